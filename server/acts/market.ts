// The market of an order: what is known of its sellers and products as they were when it was placed.
import type { OrderLine, Product } from '../contract.ts'
import type { Book } from '../ledger/sql.ts'
import { instant } from '../rules/calendar.ts'
import { type Market, type ProductFacts, type SellerFacts, sellerOf } from '../rules/sellers.ts'
import { productAt, sellerAt, sellerFacts } from './catalogue.ts'
import { type ShopBook, termsAt } from './shop.ts'

/** What an order keeps of its products: their tags and categories stand in where its lines name none. */
export type Facts = Market & { products?: Record<string, ProductFacts & Pick<Product, 'tags' | 'categories'>> }

/** Reads, in the shop's first book, what is known of these lines' sellers and products at `placedAt`, an instant of the wire. */
export function marketOf(book: ShopBook, lines: OrderLine[], placedAt: string): Facts {
  const at = instant(placedAt)
  const skus = new Set(lines.map((line) => line.sku))
  const products = Object.fromEntries(Array.from(skus, (sku) => [sku, productFacts(productAt(book, sku, at))]))
  const market: Facts = { products, sellers: {} }
  if (termsAt(book.shop, at).program.sellers) market.sellers = sellersOf(book, lines, market, at)
  return market
}

/** The same of a cart, as the shop knows it now. */
export const marketNow = (book: ShopBook, lines: OrderLine[]): Facts => marketOf(book, lines, new Date(book.now).toISOString())

function sellersOf(book: Book, lines: OrderLine[], market: Market, at: number): Record<string, SellerFacts> {
  const names = new Set(lines.flatMap((line) => sellerOf(line, market) ?? []))
  return Object.fromEntries([...names].map((name) => [name, sellerFacts(sellerAt(book, name, at) ?? stranger)]))
}

// Whom and what the shop does not know yet is kept as such, so that what it learns later does not change the order.
const stranger = { name: '' }
const productFacts = (known: Product | undefined) => ({
  seller: known?.seller ?? null,
  percent: known?.percent ?? null,
  ...described(known ?? {}),
})

/** Both; where they name the same, the first. */
export const merged = (first: Facts, second: Facts): Facts => ({
  products: { ...second.products, ...first.products },
  sellers: { ...second.sellers, ...first.sellers },
})

/** Lines with what their products say where they say nothing themselves. */
export const completed = <Line extends OrderLine>(lines: Line[], { products = {} }: Facts): Line[] =>
  lines.map((line) => (Object.hasOwn(products, line.sku) ? { ...described(products[line.sku] as Product), ...line } : line))

const described = ({ tags, categories }: Pick<Product, 'tags' | 'categories'>) => ({
  ...(tags && { tags }),
  ...(categories && { categories }),
})
