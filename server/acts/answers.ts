// Answers kept under their idempotency key: the same key and request again get the same answer, whatever happened since.
import { Refusal } from '../contract.ts'
import type { Book } from '../ledger/sql.ts'

/** An answer as it leaves: its status and its JSON. */
export interface Answer {
  status: number
  body: string
  /** Instead of a body: lines of JSON, which may be more than one string can hold. */
  lines?: string[]
}

interface Ask {
  asker: string
  key: string
  request: string
}

/**
 * Runs `act` once for a key of this asker. A refusal is an answer too: what the act wrote is undone, and the refusal,
 * written out by `refused`, is kept. The same key with another request is refused.
 */
export function once(book: Book, ask: Ask, act: () => Answer, refused: (refusal: Refusal) => Answer): Answer {
  const [kept] = book.all<Answer & { request: string }>(
    'SELECT request, status, body FROM answers WHERE key = ? AND asker = ?',
    ask.key,
    ask.asker,
  )
  if (kept && kept.request !== ask.request)
    throw new Refusal('idempotency-key-reused', 'This Idempotency-Key came with another request before.')
  if (kept) return { status: kept.status, body: kept.body }
  try {
    return book.transaction(() => keep(book, ask, act()))
  } catch (error) {
    if (error instanceof Refusal) return keep(book, ask, refused(error))
    throw error
  }
}

function keep(book: Book, { asker, key, request }: Ask, { status, body }: Answer): Answer {
  const row = [key, asker, request, status, body, book.now]
  book.all('INSERT INTO answers (key, asker, request, status, body, at) VALUES (?, ?, ?, ?, ?, ?)', ...row)
  return { status, body }
}

/** How long an answer is kept, in milliseconds: 30 days. */
const KEPT = 30 * 24 * 60 * 60 * 1000

/** Forgets up to `limit` answers that have been kept long enough; returns how many, so that the alarm knows to go on. */
export function forgetAnswers(book: Book, limit: number): number {
  const oldest = book.all<{ id: number; at: number }>('SELECT id, at FROM answers ORDER BY id LIMIT ?', limit)
  const young = oldest.findIndex(({ at }) => at >= book.now - KEPT)
  const old = young < 0 ? oldest : oldest.slice(0, young)
  if (old.length > 0) book.all('DELETE FROM answers WHERE id <= ?', old.at(-1)?.id ?? 0)
  return old.length
}
