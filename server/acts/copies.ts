// Copies of the shop: where each book is alone, its first book tells the others what versions and keys there are, and up to when.
import { type Book, one, type Sql, type Value } from '../ledger/sql.ts'
import { isGivenUp } from './import.ts'
import { lastTold } from './shop.ts'

type Row = Record<string, Value>

/** What a first book says of its shop to one that knows its first `versions` versions already. */
export interface Told {
  /** No version that is not told by now will ever be in force at this instant or before; in milliseconds since 1970, by the first book's clock. */
  asOf: number
  shop: Row
  programs: Row[]
  keys: Row[]
}

/**
 * In a first book: what is new after `versions` versions; undefined where there is no shop (any more). It writes, so that `asOf` outlives a
 * restart. Throws where a copy knows more than there is, as after a restore of books of different times.
 */
export function tell(book: Book, versions: number): Told | undefined {
  return book.transaction(() => {
    const shop = one(book.all('SELECT * FROM shop'))
    // Of one that is going nobody needs to learn any more.
    if (!shop || isGivenUp({ importing: shop.importing as string | null })) return undefined
    const known = one(book.all<{ versions: number }>('SELECT COUNT(*) AS versions FROM programs'))?.versions ?? 0
    if (known < versions) throw new Error(`A copy knows ${versions} versions of ${shop.id}, of which there are ${known}.`)
    const last = lastTold(book)
    // One more version may come in this very millisecond, and would be in force from it on.
    const asOf = Math.max(book.now - 1, last ?? 0)
    if (asOf !== last) book.all(last === undefined ? 'INSERT INTO copies (book, as_of) VALUES (0, ?)' : 'UPDATE copies SET as_of = ?', asOf)
    const programs = book.all('SELECT * FROM programs WHERE version > ? ORDER BY version', versions)
    return { asOf, shop, programs, keys: book.all('SELECT * FROM keys ORDER BY at') }
  })
}

/** In book `number`: takes in what the first one told, and gives whether anything is other than it was. */
export function learn(sql: Sql, told: Told, number: number): boolean {
  const { shop, programs, keys } = told
  const known = one(sql.all('SELECT * FROM shop'))
  const kids = sql.all<{ kid: string }>('SELECT kid FROM keys').length
  if (JSON.stringify(known) === JSON.stringify(shop) && programs.length === 0 && kids === keys.length) return false
  sql.transaction(() => {
    if (lastTold(sql) === undefined) sql.all('INSERT INTO copies (book, as_of) VALUES (?, ?)', number, told.asOf)
    else sql.all('UPDATE copies SET as_of = ?', told.asOf)
    for (const table of ['shop', 'keys']) sql.all(`DELETE FROM ${table}`)
    insert(sql, 'shop', [shop])
    insert(sql, 'programs', programs)
    insert(sql, 'keys', keys)
  })
  return true
}

function insert(sql: Sql, table: string, rows: Row[]): void {
  for (const row of rows) {
    const columns = Object.keys(row)
    sql.all(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`, ...Object.values(row))
  }
}
