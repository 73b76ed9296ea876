// Requests that name many members, and whose a kept answer is. What is kept of such a request names nobody: it has, for each bucket, how
// many members it named and a print of all that was asked for them, so that it can be divided among books, and a repeat is known anywhere.
import { Refusal } from '../contract.ts'
import type { Value } from '../ledger/sql.ts'
import { BUCKETS, bookOf, bucketOf } from '../rules/code.ts'

/** By bucket: how many different members, and the print of what was asked for them. */
export type Shares = Record<string, [members: number, print: string]>

/** What is kept of one request. The answer is that of one of `books` books; where that is not said, of the book that keeps it. */
export interface Many {
  books?: number
  shares: Shares
}

interface Body {
  members: string[]
}

/** A row of `answers`, of which only this much is looked at. */
type Kept = Record<'asker' | 'request' | 'status' | 'body', Value>

/** What is kept of a body that names many. */
export function sharesOf({ members, ...rest }: Body): Shares {
  const about = JSON.stringify(rest)
  const named = Array.from(Map.groupBy(members, bucketOf), ([bucket, some]): [string, Shares[string]] => [
    `${bucket}`,
    [new Set(some).size, printOf(`${about}${JSON.stringify(some)}`)],
  ])
  return Object.fromEntries(named)
}

/** The request as it is kept. */
export const requestOf = (route: string, path: object, many: Many) => JSON.stringify([route, path, many])

/** Whose answer it is: one member's, by the asker or by the path; or that of a request to many, with its route and its path. */
function ownerOf({ asker, request }: Pick<Kept, 'asker' | 'request'>): { customer: string } | { route: string; path: object; many: Many } {
  if (String(asker).startsWith('member ')) return { customer: String(asker).slice('member '.length) }
  const [route, path, body] = JSON.parse(String(request)) as [string, { member?: string }, Many | Body | undefined]
  if (path.member !== undefined) return { customer: path.member }
  // Before there were shares, the members themselves were kept.
  if (body && 'members' in body) return { route, path, many: { shares: sharesOf(body) } }
  return { route, path, many: body ?? { shares: {} } }
}

/** The answer as each of so many books keeps it: the whole of it where its member is, or of one to many the part of each book's members. */
export function answersOf<Answer extends Kept>(row: Answer, books: number): [place: number, answer: Answer][] {
  const owner = ownerOf(row)
  if ('customer' in owner) return [[bookOf(bucketOf(owner.customer), books), row]]
  const { route, path, many } = owner
  const parts = Map.groupBy(Object.entries(many.shares), ([bucket]) => bookOf(Number(bucket), books))
  return Array.from(parts, ([place, part]) => {
    const shares = Object.fromEntries(part)
    const body = Number(row.status) < 400 ? JSON.stringify({ granted: countOf(shares) }) : row.body
    return [place, { ...row, request: requestOf(route, path, { ...many, shares }), body }]
  })
}

/** How many different members. */
export const countOf = (shares: Shares) => Object.values(shares).reduce((sum, [members]) => sum + members, 0)

/** The answer as it leaves a book of `books`: naming nobody, and with a bucket that says which book it is of. */
export function departing<Answer extends Kept>(row: Answer, books: number): { bucket: number; row: Answer } | undefined {
  const owner = ownerOf(row)
  if ('customer' in owner) return { bucket: bucketOf(owner.customer), row }
  const { route, path, many } = owner
  const [bucket] = Object.keys(many.shares)
  if (bucket === undefined) return undefined
  const request = requestOf(route, path, { books: Math.max(books, many.books ?? 1), shares: many.shares })
  return { bucket: Number(bucket), row: { ...row, request } }
}

/** Throws where an answer that comes with an import is not of the bucket it says, or of more books than one. */
export function mustBelong(row: Kept, bucket: unknown): void {
  const owner = ownerOf(row)
  const buckets = 'customer' in owner ? [bucketOf(owner.customer)] : Object.keys(owner.many.shares).map(Number)
  if (!buckets.includes(Number(bucket))) throw new Error('this answer is of another bucket')
  if ('customer' in owner) return
  const { books, shares } = owner.many
  if (books !== 1 && books !== 32 && books !== BUCKETS) throw new Error('this answer is of a strange number of books')
  const isWell = ([members, print]: [unknown, unknown]) => Number.isInteger(members) && typeof print === 'string'
  if (!Object.values(shares).every(isWell) || new Set(buckets.map((it) => bookOf(it, books))).size > 1)
    throw new Error('this answer is of several books')
}

/**
 * Of what is asked now: `left`, for which no answer is kept, and which answers are kept for the rest. Each kept one was given by a book of
 * its own, and is judged as that book would judge it: by all that is asked now of its members. Refuses what was asked otherwise then.
 */
export function matched<Answer extends { request: string }>(asked: { route: string; shares: Shares }, kept: Answer[]) {
  let left = asked.shares
  const answers: Answer[] = []
  const known = kept.flatMap((answer) => {
    const owner = ownerOf({ asker: '', request: answer.request })
    return 'many' in owner && owner.route === asked.route ? [{ answer, many: owner.many }] : []
  })
  if (known.length === 0) throw reused()
  for (const { answer, many } of known) {
    const { books = 1, shares } = many
    const place = bookOf(Number(Object.keys(shares)[0]), books)
    const [mine, rest] = [true, false].map((isMine) =>
      Object.fromEntries(Object.entries(left).filter(([bucket]) => (bookOf(Number(bucket), books) === place) === isMine)),
    ) as [Shares, Shares]
    if (Object.keys(mine).length === 0) continue
    if (JSON.stringify(mine) !== JSON.stringify(shares)) throw reused()
    left = rest
    answers.push(answer)
  }
  return { left, answers }
}

export const reused = () => new Refusal('idempotency-key-reused', 'This Idempotency-Key came with another request before.')

// 104 bits in two numbers, FNV-1a in two lanes each. Whoever may ask this can grant without a key: it is no secret, only a likeness.
function printOf(text: string): string {
  return [hashed(text, 0x811c9dc5), hashed(text, 0x1b873593)].map((number) => number.toString(36)).join('-')
}

/** 52 bits of a text, in two lanes of FNV-1a. */
export function hashed(text: string, seed = 0x811c9dc5): number {
  let [one, other] = [seed, 0x050c5d1f]
  for (let place = 0; place < text.length; place++) {
    const unit = text.charCodeAt(place)
    one = Math.imul(one ^ unit, 0x01000193)
    other = Math.imul(other ^ unit ^ (one >>> 13), 0x01000193)
  }
  return (one >>> 0) * 2 ** 20 + (other >>> 12)
}
