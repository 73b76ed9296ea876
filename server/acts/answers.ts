// Answers kept under their idempotency key: the same key and request again get the same answer, whatever happened since.
import { Refusal } from '../contract.ts'
import { type Book, one } from '../ledger/sql.ts'

/** An answer as it leaves: its status and its JSON. */
export interface Answer {
  status: number
  body: string
}

/**
 * Runs `act` once for a key of this asker. A refusal is an answer too: what the act wrote is undone, and the refusal,
 * written out by `refused`, is kept. The same key with another request is refused.
 */
export function once(
  book: Book,
  ask: { asker: string; key: string; request: string },
  act: () => Answer,
  refused: (refusal: Refusal) => Answer,
): Answer {
  return book.transaction(() => {
    const kept = one(
      book.all<Answer & { request: string }>('SELECT request, status, body FROM answers WHERE asker = ? AND key = ?', ask.asker, ask.key),
    )
    if (kept && kept.request !== ask.request)
      throw new Refusal('idempotency-key-reused', 'This Idempotency-Key came with another request before.')
    if (kept) return { status: kept.status, body: kept.body }
    const answer = attempt(book, act, refused)
    book.all(
      'INSERT INTO answers (asker, key, request, status, body, at) VALUES (?, ?, ?, ?, ?, ?)',
      ask.asker,
      ask.key,
      ask.request,
      answer.status,
      answer.body,
      book.now,
    )
    return answer
  })
}

/** How long an answer is kept, in milliseconds: 30 days. */
const KEPT = 30 * 24 * 60 * 60 * 1000

/** Forgets up to `limit` answers that have been kept long enough; returns how many, so that the alarm knows to go on. */
export function forgetAnswers(book: Book, limit: number): number {
  const rows = book.all('SELECT asker, key FROM answers WHERE at < ? ORDER BY at LIMIT ?', book.now - KEPT, limit)
  book.transaction(() => {
    for (const { asker, key } of rows) book.all('DELETE FROM answers WHERE asker = ? AND key = ?', asker as string, key as string)
  })
  return rows.length
}

function attempt(book: Book, act: () => Answer, refused: (refusal: Refusal) => Answer): Answer {
  try {
    return book.transaction(act)
  } catch (error) {
    if (error instanceof Refusal) return refused(error)
    throw error
  }
}
