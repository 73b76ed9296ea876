// Answers kept under their idempotency key: the same key and request again get the same answer, whatever happened since.
import { Refusal } from '../contract.ts'
import { add, find, indexOf, newest } from '../ledger/memtable.ts'
import type { Book, Value } from '../ledger/sql.ts'
import { bookOf, bucketOf } from '../rules/code.ts'
import { lengthened } from './kept.ts'
import { hashed, matched, requestOf, reused, type Shares, sharesOf } from './many.ts'

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

/** Writes a refusal out as an answer. */
type Refused = (refusal: Refusal) => Answer

/**
 * Runs `act` once for a key of this asker. A refusal is an answer too: what the act wrote is undone, and the refusal,
 * written out by `refused`, is kept. The same key with another request is refused.
 */
export function once(book: Book, ask: Ask, act: () => Answer, refused: Refused): Answer {
  // An import may have brought several under one key: books that are one now did not know of each other's.
  const all = keptUnder(book, ask)
  const kept = all.find(({ request }) => request === ask.request)
  if (kept) return { status: kept.status, body: lengthened(kept.body) }
  if (all.length > 0) throw reused()
  return answered(book, ask, act, refused)
}

/** A request that names many members: its route, the names in its path, and its body. */
interface Named {
  route: string
  path: object
  body: { members: string[] }
}

/**
 * The same for a request that names many members. An import may have brought the answers of several books, and not of all: what was
 * asked of those is answered as they did, and `act` is run for the other members, as their books would have.
 */
export function onceForMany(
  book: Book,
  ask: Omit<Ask, 'request'>,
  named: Named,
  act: (members: string[]) => Answer,
  refused: Refused,
): Answer {
  const { route, path, body } = named
  const shares = sharesOf(body)
  const kept = keptUnder(book, ask)
  if (kept.length === 0) return answered(book, { ...ask, request: requestOf(route, path, { shares }) }, () => act(body.members), refused)
  const { left, answers } = matched({ route, shares }, kept)
  const books = Math.max(...kept.map(({ request }) => booksIn(request)))
  const places = Map.groupBy(Object.entries(left), ([bucket]) => bookOf(Number(bucket), books))
  const others = Array.from(places.values(), (some) => {
    const shares: Shares = Object.fromEntries(some)
    const members = body.members.filter((customer) => `${bucketOf(customer)}` in shares)
    return answered(book, { ...ask, request: requestOf(route, path, { books, shares }) }, () => act(members), refused)
  })
  return joined([...answers, ...others])
}

const booksIn = (request: string): number => JSON.parse(request)[2]?.books ?? 1

// As the answers of several books are one.
function joined(answers: Answer[]): Answer {
  const [first] = answers.filter(({ status }) => status >= 400)
  const { status, body } = first ?? (answers[0] as Answer)
  if (first || answers.length === 1) return { status, body }
  return { status, body: JSON.stringify({ granted: answers.reduce((sum, { body }) => sum + JSON.parse(body).granted, 0) }) }
}

function answered(book: Book, ask: Ask, act: () => Answer, refused: Refused): Answer {
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

function keptUnder(book: Book, ask: Pick<Ask, 'key' | 'asker'>): (Answer & { request: string })[] {
  const query = 'SELECT request, status, body FROM answers WHERE id = ? AND key = ? AND asker = ?'
  const found = find<{ id: number }>(book, hashes, hashOf(ask))
  return found.flatMap(({ id }) => book.all<Answer & { request: string }>(query, id, ask.key, ask.asker))
}

function keep(book: Book, ask: Ask, { status, body, kept = body }: Answer): Answer {
  const [id, hash] = [newest(book, hashes) + 1, hashOf(ask)]
  const row = [id, hash, ask.key, ask.asker, ask.request, status, kept, book.now]
  book.all('INSERT INTO answers (id, hash, key, asker, request, status, body, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)', ...row)
  add(book, hashes, [hash, id])
  return { status, body }
}

/** What an answer is found by: 52 bits of its key and asker. Two may share it, so both are compared as well. */
export const hashOf = ({ asker, key }: Pick<Ask, 'asker' | 'key'>): number => hashed(`${key} ${asker}`)

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
