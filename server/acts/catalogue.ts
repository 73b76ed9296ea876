// The catalogue: sellers and products as the shop reports them, every version kept, in the shop's first book.
import type * as z from 'zod'
import { iso, type KnownProduct, type Product, Refusal, type Seller, type SellerStanding, SHOP } from '../contract.ts'
import { type Book, one } from '../ledger/sql.ts'
import { type Good, judgeSeller } from '../rules/badges.ts'
import { instant } from '../rules/calendar.ts'
import type { Program } from '../rules/program.ts'
import type { SellerFacts } from '../rules/sellers.ts'
import { type ShopBook, terms } from './shop.ts'

/** Keeps a seller as it now stands. Says where its badge is, and which products keep it away. */
export function putSeller(book: ShopBook, id: string, seller: Seller): z.infer<typeof SellerStanding> {
  if (id === SHOP) throw new Refusal('invalid-request', `No seller is called "${SHOP}": what the shop funds is kept under that name.`)
  if (seller.joinedAt && seller.leftAt && instant(seller.leftAt) < instant(seller.joinedAt))
    throw new Refusal('invalid-request', 'A seller leaves after it joined.', { path: ['leftAt'] })
  book.all('INSERT INTO sellers (seller, at, document) VALUES (?, ?, ?)', id, book.now, JSON.stringify(seller))
  return sellerStanding(book, id)
}

/** A seller as it now stands, and its badge: since when it is due, whether it is shown, and which products keep it away. */
export function sellerStanding(book: ShopBook, id: string): z.infer<typeof SellerStanding> {
  const seller = sellerAt(book, id)
  if (!seller) throw new Refusal('not-found', 'This shop has no such seller.')
  const facts = sellerFacts(seller)
  const { program } = terms(book)
  const { shown, from, why, blockedBy } = judgeSeller(program, facts, lacking(book, id, facts, program), book.now)
  return {
    seller: id,
    name: seller.name,
    joinedAt: seller.joinedAt ?? null,
    leftAt: seller.leftAt ?? null,
    percent: facts.percent,
    badge: { shown, from: iso(from), why, blockedBy },
  }
}

/** Keeps a product as it now stands. */
export function putProduct(book: ShopBook, sku: string, product: Product): z.infer<typeof KnownProduct> {
  retire(book, sku)
  book.all(
    'INSERT INTO products (sku, at, seller, percent, latest, document) VALUES (?, ?, ?, ?, 1, ?)',
    sku,
    book.now,
    product.seller ?? null,
    product.percent ?? null,
    JSON.stringify(product),
  )
  return { sku, ...product }
}

/** Takes a product out of the catalogue: it keeps no badge away any longer. Orders placed before keep what it was. */
export function dropProduct(book: ShopBook, sku: string): z.infer<typeof KnownProduct> {
  const known = product(book, sku)
  retire(book, sku)
  return known
}

/** A product as it now stands. */
export function product(book: Book, sku: string): z.infer<typeof KnownProduct> {
  const known = productAt(book, sku)
  if (!known) throw new Refusal('not-found', 'This shop has no such product.')
  return { sku, ...known }
}

const retire = (book: Book, sku: string) => book.all('UPDATE products SET latest = 0 WHERE sku = ? AND latest = 1', sku)

interface Version {
  at: number
  document: string
}

/**
 * The seller as it was at `placedAt`, in milliseconds; now, when that is not given. Of a time before the shop knew of it, its
 * newest version is what is known.
 */
export const sellerAt = (book: Book, id: string, placedAt?: number): Seller | undefined =>
  version(book, 'SELECT at, document FROM sellers WHERE seller = ?', id, placedAt)

/** The product as it was at `placedAt`, in the same way. */
export function productAt(book: Book, sku: string, placedAt?: number): Product | undefined {
  const which = placedAt === undefined ? ' AND latest = 1' : ''
  return version(book, `SELECT at, document FROM products WHERE sku = ?${which}`, sku, placedAt)
}

function version<Kept>(book: Book, select: string, name: string, placedAt: number | undefined): Kept | undefined {
  const newest = one(book.all<Version>(`${select} ORDER BY seq DESC LIMIT 1`, name))
  if (!newest) return undefined
  const then = placedAt === undefined || newest.at <= placedAt ? newest : asOf(book, select, name, placedAt)
  return JSON.parse((then ?? newest).document)
}

const asOf = (book: Book, select: string, name: string, placedAt: number) =>
  one(book.all<Version>(`${select} AND at <= ? ORDER BY seq DESC LIMIT 1`, name, placedAt))

/** A seller's participation in milliseconds. */
export const sellerFacts = ({ joinedAt, leftAt, percent }: Seller): SellerFacts => ({
  joinedAt: joinedAt ? instant(joinedAt) : null,
  leftAt: leftAt ? instant(leftAt) : null,
  percent: percent ?? null,
})

const LACKING = 100

// The seller's products that may give less than the programme asks, those that say nothing first, then those that give least; the rules say
// which do. In the order of their index, and so at the same cost whatever else the seller has.
export function lacking(book: Book, seller: string, facts: SellerFacts, { sellers }: Program): Good[] {
  if (!sellers) return []
  const those = (which: string, ...values: number[]) =>
    book.all<{ sku: string; percent: number | null }>(
      `SELECT sku, percent FROM products WHERE latest = 1 AND seller = ? AND ${which} LIMIT ${LACKING}`,
      ...[seller, ...values],
    )
  const unset = (facts.percent ?? sellers.percent) < sellers.percent ? those('percent IS NULL ORDER BY seq') : []
  return [...unset, ...those('percent < ? ORDER BY percent, seq', sellers.percent)].slice(0, LACKING)
}
