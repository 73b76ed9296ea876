// The export: everything a book holds, one JSON object a row, table by table, in an order that an import can follow.
import { scripts } from '../ledger/schema.ts'
import { bytesOf, one, type Value } from '../ledger/sql.ts'
import { bucketOf } from '../rules/code.ts'
import { departing } from './many.ts'
import type { ShopBook } from './shop.ts'

// Keys stay behind: an export is for the merchant's files, and a secret has no business there. With each table its key, by which it
// is read a page at a time, and the column in which it grows.
const tables: [name: string, key: string[], grows: string][] = [
  ['shop', ['id'], 'id'],
  ['programs', ['version'], 'version'],
  ['sellers', ['seq'], 'seq'],
  ['products', ['seq'], 'seq'],
  ['photos', ['seq'], 'seq'],
  ['pieces', ['piece', 'photo'], 'photo'],
  ['prizes', ['month', 'place'], 'month'],
  ['members', ['id'], 'id'],
  ['lots', ['id'], 'id'],
  ['transfers', ['id'], 'id'],
  ['parts', ['transfer', 'lot'], 'transfer'],
  ['coupons', ['member', 'id'], 'id'],
  ['orders', ['seq'], 'seq'],
  ['activities', ['seq'], 'seq'],
  ['gifts', ['seq'], 'seq'],
  ['payments', ['seq'], 'seq'],
  ['answers', ['id'], 'id'],
]

const names = tables.map(([name]) => name)
/** The tables of a first book that are the whole shop's, after the shop itself; and those that each book has of its members. */
export const [ofShop, ofMembers] = [names.slice(1, names.indexOf('members')), names.slice(names.indexOf('members'))]

const copied = new Set<string>(['shop', 'programs'])

/**
 * Lines of JSON, `{"table": "members", "bucket": 17, …columns}` each: together more than memory can hold, so they are read from the
 * book as they are asked for. A member's rows say the member's bucket; their numbers are those of the book that keeps it, of as
 * many books as the first line says; whole-shop rows, all of the first book, say none. What is only a copy is left out. Rows that come
 * after the beginning are not in it, so that whatever a row names is; a balance is as of the reading of its page, and the transfers say
 * what it was.
 *
 * `answers` are those kept under their idempotency keys: who asked (`member …` or `shop`), what (its route, the names in its path, its
 * body, as JSON), and the answer, whose `body` is in the short form of `acts/kept.ts`. Of a request to many members `request` has, in
 * place of its body, `{books, shares}`: of how many books the one was that answered, and by bucket what `acts/many.ts` keeps, which
 * names nobody.
 */
export function exportBook(book: ShopBook): Iterable<string> {
  const asked = tables.filter(([table]) => !(book.isCopy && copied.has(table)))
  const last = new Map(asked.map(([table, , grows]) => [table, newest(book, table, grows)]))
  const buckets = new Map<Value, number>()
  return (function* () {
    for (const [table, key, grows] of asked)
      for (const row of rowsOf(book, { table, key, grows, last: last.get(table) ?? null })) {
        const line = table === 'answers' ? answerLine(row, book.shop.books) : lineOf(table, row, buckets)
        if (line) yield line
      }
  })()
}

// A coupon's id is that of a transfer, and coupons lie by member: the newest is quicker found among the transfers.
function newest(book: ShopBook, table: string, column: string): Value {
  const grown = table === 'coupons' ? 'transfers' : table
  return one(book.all<{ last: Value }>(`SELECT MAX(${column}) AS last FROM ${grown}`))?.last ?? null
}

const PAGE = 500
/** Rows with a picture in them are read a few at a time. */
const PHOTOS = 10

function* rowsOf(
  book: ShopBook,
  { table, key, grows, last }: { table: string; key: string[]; grows: string; last: Value },
): Iterable<Record<string, Value>> {
  const columns = key.join(', ')
  const marks = key.map(() => '?').join(', ')
  const size = table === 'photos' ? PHOTOS : PAGE
  const from = table === 'parts' ? `(${owned})` : table
  const page = `ORDER BY ${columns} LIMIT ${size}`
  const first = `SELECT * FROM ${from} WHERE ${grows} <= ? ${page}`
  const further = `SELECT * FROM ${from} WHERE ${grows} <= ? AND (${columns}) > (${marks}) ${page}`
  let rows = book.all<Record<string, Value>>(first, last)
  while (rows.length > 0) {
    yield* rows
    const end = rows.at(-1) as Record<string, Value>
    rows = rows.length < size ? [] : book.all(further, last, ...key.map((column) => end[column] as Value))
  }
}

// A part is of its transfer's member.
const owned = 'SELECT p.*, t.member AS owner FROM parts p JOIN transfers t ON t.id = p.transfer'

// A picture is written in base64; how far an import has come is nobody else's.
function lineOf(table: string, { owner, importing: _, ...row }: Record<string, Value>, buckets: Map<Value, number>): string {
  if (table === 'shop') return JSON.stringify({ table, schema: scripts.length, ...row })
  if (!ofMembers.includes(table)) {
    const { picture } = row
    return JSON.stringify({ table, ...row, ...(picture && typeof picture === 'object' ? { picture: base64(bytesOf(picture)) } : {}) })
  }
  if (table === 'members') buckets.set(row.id as Value, bucketOf(String(row.customer)))
  return JSON.stringify({ table, bucket: buckets.get(table === 'members' ? (row.id as Value) : ((owner ?? row.member) as Value)), ...row })
}

// What it is found by is made anew.
function answerLine({ hash: _, ...row }: Record<string, Value>, books: number): string | undefined {
  const it = departing(row as Parameters<typeof departing>[0], books)
  return it && JSON.stringify({ table: 'answers', bucket: it.bucket, ...it.row })
}

function base64(bytes: Uint8Array): string {
  let text = ''
  for (let from = 0; from < bytes.length; from += 32_768) text += String.fromCharCode(...bytes.subarray(from, from + 32_768))
  return btoa(text)
}
