// The shop itself: its program versions, its keys, and what shoppers may see of them.
import type * as z from 'zod'
import { iso, type PublicProgram, Refusal, type ShopPut } from '../contract.ts'
import { type Book, one, type Sql } from '../ledger/sql.ts'
import { instant } from '../rules/calendar.ts'
import { Program, type Terms } from '../rules/program.ts'

/** A shop as its first book describes it. Append-only but for `origins`, so a copy never lies, it only ages. */
export interface Shop {
  id: string
  origins: string[]
  /** In how many books its members are kept: 1, 32 or 1,024. */
  books: number
  /** Every version there was, oldest first, with the instant from which it is in force. */
  versions: (Terms & { at: number })[]
  keys: { kid: string; kind: 'secret' | 'signing'; value: string }[]
}

/** A book with the shop it belongs to: what every act is given. */
export interface ShopBook extends Book {
  readonly shop: Shop
}

/** Reads the shop a book belongs to, or undefined from a book that is still empty. */
export function readShop(sql: Sql): Shop | undefined {
  const row = one(sql.all<{ id: string; origins: string; books: number }>('SELECT id, origins, books FROM shop'))
  if (!row) return undefined
  const versions = sql.all<{ version: number; at: number; document: string }>('SELECT version, at, document FROM programs ORDER BY version')
  return {
    id: row.id,
    origins: JSON.parse(row.origins),
    books: row.books,
    versions: versions.map(({ version, at, document }) => ({ version, at, program: Program.parse(JSON.parse(document)) })),
    keys: sql.all<Shop['keys'][number]>('SELECT kid, kind, value FROM keys ORDER BY at'),
  }
}

/** Keys a new shop is given: what is shown once, and what is kept. */
export interface NewKeys {
  shown: NonNullable<z.infer<typeof ShopPut>['keys']>
  kept: Shop['keys']
}

/** Makes the shop, or adds a program version to it. Gives the version; the keys are written for a new shop only. */
export function putShop(
  book: Book,
  id: string,
  put: { program: Program; origins: string[]; books?: number | undefined },
  keys: NewKeys,
): z.infer<typeof ShopPut> {
  return book.transaction(() => {
    const known = one(book.all<{ books: number }>('SELECT books FROM shop'))
    if (known && put.books !== undefined && put.books !== known.books)
      throw new Refusal('invalid-request', `The shop has ${known.books} books; the split command changes that.`, { path: ['books'] })
    const origins = JSON.stringify(put.origins)
    if (!known) book.all('INSERT INTO shop (id, origins, books) VALUES (?, ?, ?)', id, origins, put.books ?? 1)
    else book.all('UPDATE shop SET origins = ?', origins)
    const [row] = book.all<{ version: number }>(
      'INSERT INTO programs (version, at, document) SELECT COALESCE(MAX(version), 0) + 1, ?, ? FROM programs RETURNING version',
      book.now,
      JSON.stringify(put.program),
    )
    const version = row?.version ?? 1
    if (known) return { shop: id, version }
    for (const key of keys.kept)
      book.all('INSERT INTO keys (kid, kind, value, at) VALUES (?, ?, ?, ?)', key.kid, key.kind, key.value, book.now)
    return { shop: id, version, keys: keys.shown }
  })
}

/** The version in force at an instant: before the first one, the first. */
export const termsAt = (shop: Shop, at: number): Terms => (shop.versions.findLast((terms) => terms.at <= at) ?? shop.versions[0]) as Terms

/** A version by its number. */
export const termsOf = (shop: Shop, version: number): Terms => shop.versions.find((terms) => terms.version === version) ?? termsAt(shop, 0)

/** The version in force now. */
export const terms = (book: ShopBook): Terms => termsAt(book.shop, book.now)

/** The program as shoppers may see it: everything but the merchant's own arrangements, campaigns once they are over left out. */
export function publicProgram(book: ShopBook): PublicProgram {
  const { version, program } = terms(book)
  const { sellers: _sellers, startsAt, campaigns, ...seen } = program
  const running = campaigns.filter(({ ordered }) => !ordered?.until || instant(ordered.until) > book.now)
  return {
    shop: book.shop.id,
    version,
    ...seen,
    startsAt: startsAt && iso(instant(startsAt)),
    campaigns: running,
    money: money(program.currency),
  }
}

function money(currency: string): PublicProgram['money'] {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'narrowSymbol' })
  const symbol = format.formatToParts(0).find((part) => part.type === 'currency')?.value ?? currency
  return { symbol, digits: format.resolvedOptions().maximumFractionDigits ?? 0 }
}
