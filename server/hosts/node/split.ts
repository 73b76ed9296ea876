// Splitting a shop's books into more: every row goes, as it is, to the book that keeps its member. The server must not run.
import { closeSync, existsSync, fsyncSync, linkSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { hashes } from '../../acts/answers.ts'
import { codes } from '../../acts/coupons.ts'
import { answersOf } from '../../acts/many.ts'
import { readShop } from '../../acts/shop.ts'
import { audit } from '../../ledger/audit.ts'
import { fileAll } from '../../ledger/memtable.ts'
import { migrate } from '../../ledger/schema.ts'
import { bookOf, bucketOf } from '../../rules/code.ts'
import { bookFile } from './files.ts'
import { keep, SQLITE_BUSY } from './keeper.ts'
import { openSql } from './sql.ts'

type Row = Record<string, string | number | null | Uint8Array>
type AnswerRow = Row & Record<'asker' | 'request' | 'status' | 'body', string>

/**
 * Spreads a shop that has one book over `books` of them (32 or 1,024). The new ones are made beside the old one and
 * audited before it, which says how many there are, is replaced at the very end: until then the shop is what it was. The
 * book as it was stays beside them as `….before`. Returns how many rows were moved.
 */
export function split(data: string, shop: string, books: number, now: number): number {
  const first = bookFile(data, shop, 0)
  if (!existsSync(first)) throw new Error(`There is no shop "${shop}" in ${data}.`)
  if (books !== 32 && books !== 1024) throw new Error('A shop can be split into 32 or 1024 books.')
  alone(first, shop).close()
  // No server starts meanwhile.
  const keeper = keep(data, 'books')
  try {
    return spread(data, { shop, books, now })
  } finally {
    keeper.letGo()
  }
}

function spread(data: string, { shop, books, now }: { shop: string; books: number; now: number }): number {
  const first = bookFile(data, shop, 0)
  const before = booksOf(first, now)
  if (before !== 1) throw new Error(`The shop has ${before} books already.`)
  const files = range(books).map((book) => bookFile(data, shop, book))
  const moved = divide(
    alone(first, shop),
    files.map((file) => `${file}.new`),
    now,
  )
  rmSync(`${first}.before`, { force: true })
  linkSync(first, `${first}.before`)
  for (const file of files.toReversed()) renameSync(`${file}.new`, file)
  sync(dirname(first))
  return moved
}

const range = (length: number) => Array.from({ length }, (_, index) => index)

function booksOf(first: string, now: number): number {
  const sql = openSql(first)
  migrate(sql, now)
  const shop = readShop(sql)
  sql.close()
  if (!shop) throw new Error(`${first} is not the first book of a shop.`)
  if (shop.importing) throw new Error('An import is under way: it has to end first.')
  return shop.books
}

// Opens a book that nobody else has open, such as the server, and lets nobody else in.
function alone(file: string, shop: string): DatabaseSync {
  const database = new DatabaseSync(file)
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
    return database
  } catch (error) {
    database.close()
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) throw new Error(`${shop} is open in a running server: stop it first.`)
    throw error
  }
}

function divide(source: DatabaseSync, targets: string[], now: number): number {
  try {
    return distribute(source, targets, now)
  } finally {
    source.close()
  }
}

function distribute(source: DatabaseSync, targets: string[], now: number): number {
  const into = targets.map((target) => emptyBook(target, now))
  const placeOf = (customer: string) => bookOf(bucketOf(customer), targets.length)
  const places = new Map<number, number>()
  let moved = 0
  const move = (table: string, place: (row: Row) => number, select = `SELECT * FROM ${table}`) => {
    for (const row of source.prepare(select).iterate() as Iterable<Row>) {
      const at = place(row)
      into[at]?.insert(table, row)
      moved++
    }
  }
  for (const table of ['shop', 'programs', 'keys', 'sellers', 'products', 'photos', 'pieces', 'prizes']) move(table, () => 0)
  move('members', (row) => {
    const place = placeOf(String(row.customer))
    places.set(Number(row.id), place)
    return place
  })
  const ofMember = (row: Row) => places.get(Number(row.member)) ?? -1
  for (const table of ['lots', 'transfers', 'coupons', 'orders', 'activities', 'gifts', 'payments']) move(table, ofMember)
  const memberOf = source.prepare('SELECT member FROM transfers WHERE id = ?')
  move('parts', (row) => ofMember(memberOf.get(row.transfer as number) as Row))
  for (const row of source.prepare('SELECT * FROM answers').iterate() as Iterable<AnswerRow>)
    for (const [place, answer] of answersOf(row, into.length)) into[place]?.insert('answers', answer)
  into[0]?.all(`UPDATE shop SET books = ${targets.length}`)
  for (const target of into) target.finish()
  return moved
}

function emptyBook(file: string, now: number) {
  for (const rest of ['', '-wal', '-shm']) rmSync(file + rest, { force: true })
  const sql = openSql(file)
  migrate(sql, now)
  sql.close()
  const database = new DatabaseSync(file)
  database.exec('PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF; BEGIN')
  const statements = new Map<string, StatementSync>()
  return {
    all: (text: string) => database.exec(text),
    insert(table: string, row: Row) {
      const known = statements.get(table)
      const columns = Object.keys(row)
      const statement =
        known ?? database.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`)
      if (!known) statements.set(table, statement)
      statement.run(...Object.values(row))
    },
    finish() {
      database.exec('COMMIT')
      database.close()
      const whole = openSql(file)
      for (const index of [codes, hashes]) fileAll(whole, index)
      const { ok, problems } = audit(whole)
      whole.close()
      if (!ok) throw new Error(`${file} does not balance: ${problems.join('; ')}`)
      sync(file)
    },
  }
}

function sync(path: string): void {
  const file = openSync(path, 'r')
  fsyncSync(file)
  closeSync(file)
}
