// The shop itself: its program versions, its keys, and what shoppers may see of them.
import type * as z from 'zod'
import { iso, type KeyChange, type PublicProgram, Refusal, type ShopPut } from '../contract.ts'
import { type Book, one, type Sql } from '../ledger/sql.ts'
import { instant } from '../rules/calendar.ts'
import { isYetToEarn } from '../rules/campaigns.ts'
import { Document, type Program, type Terms } from '../rules/program.ts'

/** A shop as its first book describes it. Append-only but for `origins` and `keys`, so a copy never lies, it only ages. */
export interface Shop {
  id: string
  origins: string[]
  /** In how many books its members are kept: 1, 32 or 1,024. */
  books: number
  /** Whether it waits for an import to be whole, and does nothing else meanwhile. */
  importing: boolean
  /** Every version there was, oldest first, with the instant from which it is in force. */
  versions: (Terms & { at: number })[]
  keys: { kid: string; kind: 'secret' | 'signing'; value: string }[]
}

/** A book with the shop it belongs to: what every act is given. */
export interface ShopBook extends Book {
  readonly shop: Shop
  /** Whether what this book says of the shop itself is a copy of what its first book says. */
  readonly isCopy?: boolean
}

/** Reads the shop a book belongs to, or undefined from a book that is still empty. */
export function readShop(sql: Sql): Shop | undefined {
  const row = one(sql.all<ShopRow>('SELECT id, origins, books, importing FROM shop'))
  if (!row) return undefined
  const versions = sql.all<{ version: number; at: number; document: string }>('SELECT version, at, document FROM programs ORDER BY version')
  return {
    id: row.id,
    origins: JSON.parse(row.origins),
    books: row.books,
    importing: row.importing !== null,
    versions: versions.map(({ version, at, document }) => ({ version, at, program: Document.parse(JSON.parse(document)) })),
    keys: sql.all<Shop['keys'][number]>('SELECT kid, kind, value FROM keys ORDER BY at'),
  }
}

interface ShopRow {
  id: string
  origins: string
  books: number
  importing: string | null
}

/** Keys a new shop is given: what is shown once, and what is kept. */
export interface NewKeys {
  shown: NonNullable<z.infer<typeof ShopPut>['keys']>
  kept: Shop['keys']
}

/** What the operator says of a shop. `importing` opens a new one for an import, which brings its programs along: there is no version then. */
interface Put {
  program: Program
  origins: string[]
  books?: number | undefined
  importing?: string | undefined
  keys?: z.infer<typeof KeyChange> | undefined
}

/** Makes the shop, or adds a program version to it. Gives the version, and the keys of a new shop or those that were to be added. */
export function putShop(book: Book, id: string, put: Put, keys: NewKeys): z.infer<typeof ShopPut> {
  return book.transaction(() => {
    const known = one(book.all<ShopRow>('SELECT * FROM shop'))
    if (known?.importing)
      throw new Refusal('storefront-unavailable', 'An import is under way: it goes on with the shop’s secret key, or is given up.', {
        retryAfter: 60,
      })
    if (known && put.importing)
      throw new Refusal('invalid-request', 'There is a shop of this name: only a new one can be opened for an import.', {
        path: ['import'],
      })
    if (known && put.books !== undefined && put.books !== known.books)
      throw new Refusal('invalid-request', `The shop has ${known.books} books; the split command changes that.`, { path: ['books'] })
    if (known) mustKeepCurrency(book, known, put.program.currency)
    const origins = JSON.stringify(put.origins)
    if (!known)
      book.all('INSERT INTO shop (id, origins, books, importing) VALUES (?, ?, ?, ?)', id, origins, put.books ?? 1, put.importing ?? null)
    else book.all('UPDATE shop SET origins = ?', origins)
    const { version, at } = put.importing ? { version: 0, at: 0 } : nextVersion(book)
    if (!put.importing) book.all('INSERT INTO programs (version, at, document) VALUES (?, ?, ?)', version, at, JSON.stringify(put.program))
    if (known && put.keys === 'retire') book.all('DELETE FROM keys WHERE at < (SELECT MAX(at) FROM keys)')
    if (known && put.keys !== 'add') return { shop: id, version }
    addKeys(book, keys.kept)
    return { shop: id, version, keys: keys.shown }
  })
}

// The newest are those that were added last, whatever the clock said.
function addKeys(book: Book, keys: Shop['keys']): void {
  const last = one(book.all<{ at: number | null }>('SELECT MAX(at) AS at FROM keys'))?.at ?? -1
  const at = Math.max(book.now, last + 1)
  for (const { kid, kind, value } of keys) book.all('INSERT INTO keys (kid, kind, value, at) VALUES (?, ?, ?, ?)', kid, kind, value, at)
}

// A point is worth one minor unit: in another currency, all that members have would be worth something else. What other books hold
// nobody asks here, so of several any may hold some.
function mustKeepCurrency(book: Book, { books }: ShopRow, currency: string): void {
  const last = one(
    book.all<{ currency: string }>("SELECT document ->> '$.currency' AS currency FROM programs ORDER BY version DESC LIMIT 1"),
  )
  if (!last || last.currency === currency) return
  const holds = (table: string) => book.all(`SELECT 1 FROM ${table} LIMIT 1`).length > 0
  if (books === 1 && !holds('transfers') && !holds('orders')) return
  throw new Refusal(
    'invalid-request',
    `The shop's points are worth one minor unit of ${last.currency} each; another currency is another shop.`,
    {
      path: ['program', 'currency'],
    },
  )
}

// A version is in force from now on, but never from before another, nor from an instant up to which somebody has been told
// that all versions are known: the clock may have been set back since.
function nextVersion(book: Book): { version: number; at: number } {
  const last = one(book.all<{ version: number; at: number }>('SELECT version, at FROM programs ORDER BY version DESC LIMIT 1'))
  return { version: (last?.version ?? 0) + 1, at: Math.max(book.now, last?.at ?? 0, (lastTold(book) ?? -1) + 1) }
}

/** The latest instant up to which a first book has told its copies that they are complete, or that a copy was told. */
export const lastTold = (sql: Sql): number | undefined => one(sql.all<{ as_of: number }>('SELECT as_of FROM copies'))?.as_of

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
  const running = campaigns.filter((campaign) => isYetToEarn(campaign, book.now))
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
  // A code of letters comes with a space that keeps it from the number.
  const [symbol = currency] = format.format(0).split(/\d/)
  return { symbol, digits: format.resolvedOptions().maximumFractionDigits ?? 0 }
}
