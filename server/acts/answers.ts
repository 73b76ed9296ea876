// Answers kept under their idempotency key: the same key and request again get the same answer, whatever happened since.
import { Refusal } from '../contract.ts'
import { add, find, indexOf, newest } from '../ledger/memtable.ts'
import { type Book, one, type Value } from '../ledger/sql.ts'
import { lengthened } from './kept.ts'

/** An answer as it leaves: its status and its JSON. */
export interface Answer {
  status: number
  body: string
  /** A shorter form of the body, of which it can be made again. */
  kept?: string
  /** Instead of a body: lines of JSON, which may be more than one string can hold. */
  lines?: Iterable<string>
  /** Instead of a body: a picture, as JPEG. */
  picture?: Uint8Array<ArrayBuffer>
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
  const kept = keptUnder(book, ask)
  if (kept && kept.request !== ask.request)
    throw new Refusal('idempotency-key-reused', 'This Idempotency-Key came with another request before.')
  if (kept) return { status: kept.status, body: lengthened(kept.body) }
  try {
    return book.transaction(() => keep(book, ask, act()))
  } catch (error) {
    if (error instanceof Refusal) return keep(book, ask, refused(error))
    throw error
  }
}

/** Answers by the hash of their key and asker. */
export const hashes = indexOf({
  table: 'hashes',
  columns: ['hash', 'id'],
  newer: 'SELECT hash, id FROM answers WHERE id > ?',
  most: 2_048,
})

function keptUnder(book: Book, { key, asker }: Ask): (Answer & { request: string }) | undefined {
  for (const { id } of find<{ id: number }>(book, hashes, hashOf({ key, asker }))) {
    const query = 'SELECT request, status, body FROM answers WHERE id = ? AND key = ? AND asker = ?'
    const kept = one(book.all<Answer & { request: string }>(query, id, key, asker))
    if (kept) return kept
  }
  return undefined
}

function keep(book: Book, ask: Ask, { status, body, kept = body }: Answer): Answer {
  const [id, hash] = [newest(book, hashes) + 1, hashOf(ask)]
  const row = [id, hash, ask.key, ask.asker, ask.request, status, kept, book.now]
  book.all('INSERT INTO answers (id, hash, key, asker, request, status, body, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)', ...row)
  add(book, hashes, [hash, id])
  return { status, body }
}

/** What an answer is found by: 52 bits of its key and asker, in two lanes of FNV-1a. Two may share it, so both are compared as well. */
export function hashOf({ asker, key }: Pick<Ask, 'asker' | 'key'>): number {
  const text = `${key} ${asker}`
  let [one, other] = [0x811c9dc5, 0x050c5d1f]
  for (let place = 0; place < text.length; place++) {
    const unit = text.charCodeAt(place)
    one = Math.imul(one ^ unit, 0x01000193)
    other = Math.imul(other ^ unit ^ (one >>> 13), 0x01000193)
  }
  return (one >>> 0) * 2 ** 20 + (other >>> 12)
}

/** How long an answer is kept, in milliseconds: 30 days. */
const KEPT = 30 * 24 * 60 * 60 * 1000

/** Forgets up to `limit` answers that have been kept long enough; returns how many, so that the alarm knows to go on. */
export function forgetAnswers(book: Book, limit: number): number {
  const oldest = book.all<{ id: number; at: number }>('SELECT id, at FROM answers ORDER BY id LIMIT ?', limit)
  const young = oldest.findIndex(({ at }) => at >= book.now - KEPT)
  const old = young < 0 ? oldest : oldest.slice(0, young)
  if (old.length > 0) deleteAnswers(book, 'id <= ?', old.at(-1)?.id ?? 0)
  return old.length
}

/** Deletes the answers that a condition is true of. */
export function deleteAnswers(book: Book, condition: string, ...values: Value[]): void {
  book.all(`DELETE FROM hashes WHERE (hash, id) IN (SELECT hash, id FROM answers WHERE ${condition})`, ...values)
  book.all(`DELETE FROM answers WHERE ${condition}`, ...values)
}
