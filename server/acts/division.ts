// A shop's one book divided among several: which rows go to which of them, taken out a page at a time, and what stays behind.
import { Refusal } from '../contract.ts'
import { audit } from '../ledger/audit.ts'
import { fileAll } from '../ledger/memtable.ts'
import { one, type Sql, VALUES_MAX, type Value } from '../ledger/sql.ts'
import { bookOf, bucketOf } from '../rules/code.ts'
import { hashes } from './answers.ts'
import { codes } from './coupons.ts'
import { answersOf } from './many.ts'

type Row = Record<string, Value>
type AnswerRow = Record<'id' | 'asker' | 'request' | 'status' | 'body', Value>

/** Rows of one table on their way to one book. */
export interface Piece {
  table: string
  columns: string[]
  rows: Value[][]
}

/** Where a division stands: the table that is being read, the key of the last row that is where it belongs, and how many rows each book has. */
export interface Reading {
  table: number
  after: Value[] | null
  rows: number
  expected: number[]
}

/** The tables whose rows move, parents first, each with its key. Other tables are the whole shop's, and stay; or are made anew from these. */
const tables: [name: string, ...key: string[]][] = [
  ['members', 'id'],
  ['lots', 'id'],
  ['transfers', 'id'],
  ['parts', 'transfer', 'lot'],
  ['coupons', 'member', 'id'],
  ['orders', 'seq'],
  ['activities', 'seq'],
  ['gifts', 'seq'],
  ['payments', 'seq'],
  ['answers', 'id'],
]
const indexes = [codes, hashes]

/** The book of each member, by the number the member has in the undivided one. */
export type Places = Uint16Array

/** How many rows are read, or removed, at once; fewer of those that hold what somebody wrote. */
const PAGE = 10_000
const pages: Record<string, number> = { orders: 1_000, activities: 1_000, answers: 500 }

/** Reads where every member goes: two bytes each. */
export function readPlaces(sql: Sql, books: number): Places {
  const places = new Uint16Array((one(sql.all<{ id: number | null }>('SELECT MAX(id) AS id FROM members'))?.id ?? 0) + 1)
  let page: { id: number; customer: string }[] = []
  let after = 0
  do {
    page = sql.all(`SELECT id, customer FROM members WHERE id > ? ORDER BY id LIMIT ${PAGE}`, after)
    for (const { id, customer } of page) places[id] = placeOf(customer, books)
    after = page.at(-1)?.id ?? after
  } while (page.length === PAGE)
  return places
}

const placeOf = (customer: string, books: number) => bookOf(bucketOf(customer), books)

/** How a reading begins. */
export const beginning = (books: number): Reading => ({ table: 0, after: null, rows: 0, expected: Array(books).fill(0) })

/**
 * The next rows, by the book they go to, and where the reading stands once they are there. What stays in the first book is counted
 * and left out. `next` is undefined after the last row.
 */
export function nextPieces(sql: Sql, places: Places, { table, after, rows, expected }: Reading, page?: number) {
  const known = tables[table]
  if (!known) return { pieces: new Map<number, Piece>(), next: undefined }
  const [name, ...key] = known
  const most = page ?? pages[name] ?? PAGE
  const read = pageOf(sql, { table: name, key, after, most })
  const pieces = new Map<number, Piece>()
  const counted = [...expected]
  const send = (place: number, row: Row) => {
    counted[place] = (counted[place] ?? 0) + 1
    if (place === 0) return
    const piece = pieces.get(place) ?? { table: name, columns: Object.keys(row), rows: [] }
    piece.rows.push(Object.values(row))
    pieces.set(place, piece)
  }
  for (const { owner, ...row } of read) {
    if (name === 'answers') for (const [place, answer] of answersOf(row as AnswerRow, expected.length)) send(place, answer)
    else send(places[Number(owner ?? (name === 'members' ? row.id : row.member))] ?? 0, row)
  }
  const last = read.at(-1)
  const whole = read.length === most && last
  const next: Reading = {
    table: whole ? table : table + 1,
    after: whole ? key.map((column) => last[column] as Value) : null,
    rows: rows + read.length,
    expected: counted,
  }
  return { pieces, next }
}

// A part is of its transfer's member.
function pageOf(sql: Sql, { table, key, after, most }: { table: string; key: string[]; after: Value[] | null; most: number }): Row[] {
  const from = table === 'parts' ? 'parts p JOIN transfers t ON t.id = p.transfer' : table
  const select = table === 'parts' ? 'p.*, t.member AS owner' : '*'
  const columns = key.join(', ')
  const further = after ? `WHERE (${columns}) > (${key.map(() => '?').join(', ')})` : ''
  return sql.all(`SELECT ${select} FROM ${from} ${further} ORDER BY ${columns} LIMIT ${most}`, ...(after ?? []))
}

/** In a book that is being filled: puts the rows in. Those that are there already stay, so that a piece may come again. */
export function putIn(sql: Sql, { table, columns, rows }: Piece): void {
  if (!tables.some(([name]) => name === table)) throw new Error(`No rows of "${table}" move.`)
  const most = Math.max(1, Math.floor(VALUES_MAX / columns.length))
  const row = `(${columns.map(() => '?').join(', ')})`
  for (let from = 0; from < rows.length; from += most) {
    const some = rows.slice(from, from + most)
    const values = some.map(() => row).join(', ')
    sql.all(`INSERT INTO ${table} (${columns.join(', ')}) VALUES ${values} ON CONFLICT DO NOTHING`, ...some.flat())
  }
}

/** In a book that has been filled: makes the indexes, counts the rows of what was to come and audits. Refuses one that is not as it should be. */
export function mustBeWhole(sql: Sql, expected: number, book = 'A book', filled = tables.map(([name]) => name)): undefined {
  for (const index of indexes) fileAll(sql, index)
  const rows = filled.reduce((sum, table) => sum + countOf(sql, table), 0)
  if (rows !== expected) throw new Refusal('not-eligible', `${book} has ${rows} rows of ${expected}.`)
  mustBalance(sql, book)
}

const countOf = (sql: Sql, table: string) => one(sql.all<{ rows: number }>(`SELECT COUNT(*) AS rows FROM ${table}`))?.rows ?? 0

/** Audits a book; refuses one that does not balance, and says what is wrong first. */
export function mustBalance(sql: Sql, book: string): void {
  const { ok, problems } = audit(sql)
  if (!ok) throw new Refusal('not-eligible', `${book} does not balance: ${problems.slice(0, 3).join('; ')}`)
}

/** Where the removal of what has moved stands: the table, and up to which number of its key. */
export interface Shedding {
  table: number
  upto: number
}

/** Children first. Parts go by the transfers that are left. */
const shed = [...tables.filter(([name]) => name !== 'parts' && name !== 'transfers').toReversed()]
shed.splice(
  shed.findIndex(([name]) => name === 'lots'),
  0,
  ['transfers', 'id'],
  ['parts', 'transfer'],
)

// What a removed row might be named by: without these SQLite would read the whole table for each.
const named = [
  ['gifts', 'hold'],
  ['gifts', 'spend'],
  ['payments', 'spend'],
  ['activities', 'lot'],
]

/** Writes down who stays. */
export function beginShedding(sql: Sql, places: Places): Shedding {
  sql.all('CREATE TABLE IF NOT EXISTS staying (id INTEGER PRIMARY KEY) STRICT')
  for (const [table, column] of named) sql.all(`CREATE INDEX IF NOT EXISTS staying_${table}_${column} ON ${table} (${column})`)
  const ids: number[] = []
  for (let id = 1; id < places.length; id++) if (places[id] === 0) ids.push(id)
  for (let from = 0; from < ids.length; from += VALUES_MAX) {
    const some = ids.slice(from, from + VALUES_MAX)
    sql.all(`INSERT OR IGNORE INTO staying (id) VALUES ${some.map(() => '(?)').join(', ')}`, ...some)
  }
  return { table: 0, upto: 0 }
}

/** Removes some more of what has moved; undefined when nothing is left to remove. May be done again. */
export function goOnShedding(sql: Sql, books: number, { table, upto }: Shedding, page?: number): Shedding | undefined {
  const [name, key] = shed[table] ?? []
  if (!name || !key) return undefined
  const end = one(sql.all<{ upto: number | null }>(`SELECT MAX(${key}) AS upto FROM ${name}`))?.upto ?? 0
  const next = Math.min(end, upto + (page ?? pages[name] ?? PAGE))
  const range = `${key} > ? AND ${key} <= ?`
  if (name === 'answers') shedAnswers(sql, books, sql.all<AnswerRow>(`SELECT * FROM answers WHERE ${range}`, upto, next))
  else sql.all(`DELETE FROM ${name} WHERE ${range} AND ${movedFrom(name)}`, upto, next)
  return next < end ? { table, upto: next } : { table: table + 1, upto: 0 }
}

function movedFrom(table: string): string {
  if (table === 'parts') return 'transfer NOT IN (SELECT id FROM transfers)'
  return `${table === 'members' ? 'id' : 'member'} NOT IN (SELECT id FROM staying)`
}

function shedAnswers(sql: Sql, books: number, rows: AnswerRow[]): void {
  for (const row of rows) {
    const [, mine] = answersOf(row, books).find(([place]) => place === 0) ?? []
    if (!mine) sql.all('DELETE FROM answers WHERE id = ?', row.id as number)
    else if (mine !== row)
      sql.all('UPDATE answers SET request = ?, body = ? WHERE id = ?', mine.request as string, mine.body as string, row.id as number)
  }
}

/** The last of it, in one transaction: from then on the shop has so many books. Throws where rows are missing or do not balance. */
export function endShedding(book: Sql, expected: number[]): void {
  for (const [table, column] of named) book.all(`DROP INDEX IF EXISTS staying_${table}_${column}`)
  book.all('DROP TABLE IF EXISTS staying')
  for (const { table } of indexes) {
    book.all(`DELETE FROM ${table}`)
    book.all('UPDATE memtables SET upto = 0 WHERE name = ?', table)
  }
  book.memtables.clear()
  mustBeWhole(book, expected[0] ?? 0)
  book.all('UPDATE shop SET books = ?', expected.length)
}
