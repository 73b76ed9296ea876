// The import: an export's rows taken in, piece by piece, by a shop that was opened for it and answers nothing else until it is whole.
import { type Import, type Imported, Refusal } from '../contract.ts'
import { scripts } from '../ledger/schema.ts'
import { type Book, DiskTrouble, one, type Value } from '../ledger/sql.ts'
import { BUCKETS, bookOf, bucketOf } from '../rules/code.ts'
import { Document } from '../rules/program.ts'
import { hashOf } from './answers.ts'
import { mustBeWhole } from './division.ts'
import { ofMembers, ofShop } from './export.ts'
import { lengthened } from './kept.ts'
import { answersOf, mustBelong } from './many.ts'
import type { ShopBook } from './shop.ts'

type Row = Import['lines'][number]
type AnswerRow = Row & Record<'asker' | 'key' | 'request' | 'status' | 'body', Value>
/** What one book is sent of a piece. */
type Part = Import & { book?: number }

/** How far an import has come. Rows of a book of the source have numbers of their own: here they go on from `base`. */
interface State {
  taken: number
  /** How many books the source had; 0 before its first row. */
  books: number
  /** Which of them is being read. */
  section: number
  base: Record<string, number>
  top: Record<string, number>
  /** How many rows each book here should have in the end. */
  expected: number[]
  ended: boolean
}

/** `next` is how it stands once every book has what was sent last: the sender says so by going on. */
interface Progress {
  now: State
  next?: State
  givenUp?: true
}

/** What the first book finds for a piece: enough for any book to take in its part of it, now or once more. */
export interface Plan extends Imported {
  books: number
  bases: Record<number, Record<string, number>>
  expected: number[]
}

/** What a shop keeps that is opened for an import. */
export const opening = (): string =>
  JSON.stringify({ now: { taken: 0, books: 0, section: 0, base: {}, top: {}, expected: [], ended: false } } satisfies Progress)

/** How many rows have been taken in by every book, and whether more are awaited. */
export function progress(book: Book): Imported {
  const known = read(book)
  return { rows: known?.now.taken ?? 0, open: known !== undefined }
}

/**
 * Asked of the first book: what is to be done with a piece that begins at row `from`. The same piece may be sent again until all
 * books have it. Refuses one that does not follow, and rows no export of this version has.
 */
export function plan(book: ShopBook, { from, lines }: Import): Plan {
  const known = read(book)
  // Whoever did not hear that it is done asks once more.
  if (!known && lines.length === 0) return { rows: from, open: false, books: 0, bases: {}, expected: [] }
  if (!known) throw new Refusal('not-eligible', 'The shop is open: there is no import to go on with, and nothing was done.')
  const now = known.next && from === known.next.taken && known.next.taken > known.now.taken ? known.next : known.now
  if (from !== now.taken || (now.ended && lines.length > 0))
    throw new Refusal('not-eligible', `The import goes on at row ${now.taken}.`, { rows: now.taken })
  const next: State = { ...structuredClone(now), taken: from + lines.length }
  const bases: Plan['bases'] = {}
  for (const [index, row] of lines.entries()) follow(next, bases, row, { at: from + index, books: book.shop.books })
  keep(book, now.ended ? null : { now, next })
  return { rows: next.taken, open: !now.ended, books: next.books, bases, expected: next.expected }
}

/** Takes in the rows that are this book's; what is there already stays. The last row has the book counted and audited. */
export function takeIn(book: ShopBook, { from, lines, book: number = 0 }: Part, plan: Plan): Imported {
  for (const [index, row] of lines.entries()) {
    if (row.table === 'end')
      mustBeWhole(book, plan.expected[number] ?? 0, `Book ${number}`, number === 0 ? [...ofShop, ...ofMembers] : ofMembers)
    else fitting(from + index, () => insert(book, row, plan))
  }
  return { rows: plan.rows, open: plan.open }
}

/** By the numbers of their books, what each is sent of a piece: the whole shop's rows are the first one's, and the last concerns all. */
export function partsOf({ from, lines }: Import, books: number): Map<number, Part> {
  const parts = new Map<number, Part>([[0, { from, lines: [], book: 0 }]])
  for (const row of lines)
    for (const [book, part] of row.table === 'end' ? everywhere(row, books) : placed(row, books)) {
      const known = parts.get(book) ?? { from, lines: [], book }
      known.lines.push(part)
      parts.set(book, known)
    }
  return parts
}

const everywhere = (row: Row, books: number) => Array.from({ length: books }, (_, book): [number, Row] => [book, row])

// An answer to a request that named many is divided as its members are.
const placed = (row: Row, books: number): [book: number, row: Row][] =>
  row.table === 'answers' ? answersOf(row as AnswerRow, books) : [[bookOf(Number(row.bucket ?? 0), books), row]]

/** Writes down that it is given up: from then on nothing is taken in, and all there is can go. Refuses to lose a shop that has opened. */
export function giveUp(book: Book): void {
  const shop = one(book.all<Importing>('SELECT importing FROM shop'))
  if (!shop) throw new Refusal('not-found', 'There is no such shop.')
  if (shop.importing === null) throw new Refusal('not-eligible', 'The shop is open: only an import that has not ended can be given up.')
  keep(book, { ...JSON.parse(shop.importing), givenUp: true })
}

interface Importing {
  importing: string | null
}

/** Whether an import was given up, of which there are still rows. */
export const isGivenUp = ({ importing }: Importing) => importing !== null && (JSON.parse(importing) as Progress).givenUp === true

function read(book: Book): Progress | undefined {
  const shop = one(book.all<Importing>('SELECT importing FROM shop'))
  if (shop && isGivenUp(shop)) throw new Refusal('storefront-unavailable', 'This import is being given up.', { retryAfter: 60 })
  return shop?.importing ? JSON.parse(shop.importing) : undefined
}

const keep = (book: Book, progress: Progress | null) => book.all('UPDATE shop SET importing = ?', progress && JSON.stringify(progress))

const wrong = (at: number, why: string) => new Refusal('invalid-request', `Row ${at}: ${why}.`, { path: ['lines'] })

// Follows one row: which book of the source it is of, how its numbers go on, and where it will be counted.
function follow(state: State, bases: Plan['bases'], row: Row, { at, books }: { at: number; books: number }): void {
  if (state.ended) throw wrong(at, 'comes after the end')
  if (row.table === 'end') {
    if (row.rows !== at) throw wrong(at, `the export had ${row.rows} rows, and ${at} have come`)
    state.ended = true
    return
  }
  if (row.table === 'shop') {
    begin(state, row, at)
    return
  }
  if (state.books === 0) throw wrong(at, 'an export begins with its shop')
  const place = bucketIn(row, at)
  const section = bookOf(place, state.books)
  if (section < state.section) throw wrong(at, 'is not in the order of an export')
  if (section > state.section) Object.assign(state, { section, base: { ...state.top } })
  bases[section] ??= state.base
  const [key, sequence] = numbered[row.table] ?? []
  if (key && sequence) state.top[sequence] = Math.max(state.top[sequence] ?? 0, Number(row[key]) + (state.base[sequence] ?? 0))
  fitting(at, () => {
    if (row.table === 'answers') mustBelong(row as AnswerRow, place)
    for (const [book] of placed(row, books)) {
      while (state.expected.length <= book) state.expected.push(0)
      state.expected[book] = (state.expected[book] ?? 0) + 1
    }
  })
}

function begin(state: State, { schema, books }: Row, at: number): void {
  if (at !== 0) throw wrong(at, 'an export has one shop')
  if (schema !== scripts.length) throw wrong(at, `is of schema ${schema}, and this server's is ${scripts.length}: ${older(Number(schema))}`)
  if (books !== 1 && books !== 32 && books !== BUCKETS) throw wrong(at, `has ${books} books`)
  state.books = books
}

const older = (schema: number) =>
  schema > scripts.length
    ? 'a newer server wrote it, and one of its version takes it in'
    : 'export it anew once its own server is of this version'

function bucketIn({ table, bucket }: Row, at: number): number {
  if (ofShop.includes(table)) return 0
  if (!ofMembers.includes(table))
    throw wrong(at, `this server knows no table "${table}"; if a newer server wrote the export, one of its version takes it in`)
  if (typeof bucket !== 'number' || !Number.isInteger(bucket) || bucket < 0 || bucket >= BUCKETS) throw wrong(at, 'has no bucket')
  return bucket
}

// The columns that number a table's rows, by whose numbers they count; the first is its own.
const numbered: Record<string, [column: string, sequence: string, ...rest: string[]]> = {
  members: ['id', 'members', 'last_transfer', 'transfers'],
  lots: ['id', 'lots', 'member', 'members', 'instead_of', 'lots'],
  transfers: ['id', 'transfers', 'member', 'members', 'previous', 'transfers'],
  parts: ['transfer', 'transfers', 'lot', 'lots'],
  coupons: ['id', 'transfers', 'member', 'members', 'hold', 'transfers', 'spend', 'transfers', 'change', 'transfers'],
  orders: ['seq', 'orders', 'member', 'members'],
  activities: ['seq', 'activities', 'member', 'members', 'lot', 'lots'],
  gifts: ['seq', 'gifts', 'member', 'members', 'hold', 'transfers', 'spend', 'transfers'],
  payments: ['seq', 'payments', 'member', 'members', 'spend', 'transfers'],
  answers: ['id', 'answers'],
}

function insert(book: Book, { table, bucket, ...rest }: Row, { books, bases }: Plan): void {
  if (table === 'shop') {
    book.all('UPDATE shop SET origins = ?', rest.origins as Value)
    return
  }
  const row = table === 'answers' ? found(rest as AnswerRow) : rest
  const base = bases[bookOf(Number(bucket ?? 0), books)] ?? {}
  const columns = Object.keys(row)
  if (!columns.every((column) => /^[a-z_]+$/.test(column))) throw new Error('a column has a strange name')
  const numbers = numbered[table] ?? []
  for (let place = 0; place < numbers.length; place += 2) {
    const [column, sequence] = [numbers[place] as string, numbers[place + 1] as string]
    if (row[column] !== null) row[column] = Number(row[column]) + (base[sequence] ?? 0)
  }
  if (table === 'orders') row.lots = JSON.stringify(JSON.parse(String(row.lots)).map((lot: number) => lot + (base.lots ?? 0)))
  if (table === 'coupons' || table === 'payments') row.back = moved(String(row.back), base.lots ?? 0)
  if (table === 'programs') Document.parse(JSON.parse(String(row.document)))
  if (table === 'members' && bucketOf(String(row.customer)) !== bucket) throw new Error('this customer has another bucket')
  const values = columns.map((column) => (column === 'picture' ? bytes(String(row[column])) : (row[column] as Value)))
  const names = columns.map((column) => `"${column}"`).join(', ')
  book.all(`INSERT INTO ${table} (${names}) VALUES (${columns.map(() => '?').join(', ')}) ON CONFLICT DO NOTHING`, ...values)
}

// An answer, and what it is found by. What is only read when its key comes again has to be well now.
function found(row: AnswerRow): Row {
  JSON.parse(lengthened(String(row.body)))
  if (!(Number(row.status) >= 200 && Number(row.status) < 600)) throw new Error('an answer has no such status')
  return { ...row, hash: hashOf({ asker: String(row.asker), key: String(row.key) }) }
}

const moved = (back: string, base: number) =>
  JSON.stringify(JSON.parse(back).map(({ lot, points }: { lot: number; points: number }) => ({ lot: lot + base, points })))

const bytes = (base64: string) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))

// What a book does not take is the row's fault, unless it is the disk's.
function fitting(at: number, act: () => void): void {
  try {
    act()
  } catch (error) {
    if (error instanceof DiskTrouble) throw error
    throw wrong(at, `does not fit: ${error instanceof Error ? error.message.slice(0, 200) : error}`)
  }
}
