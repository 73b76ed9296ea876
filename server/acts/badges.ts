// Badges: what stands beside a product: the points it earns now, the campaign that counts, its seller's badge.
import { type Badge, type Product, Refusal } from '../contract.ts'
import { judgeBadge } from '../rules/badges.ts'
import { isExcluded } from '../rules/receipt.ts'
import { lacking, productAt, sellerAt, sellerFacts } from './catalogue.ts'
import { quote } from './quotes.ts'
import { type ShopBook, terms } from './shop.ts'

/** How many products one request may name. */
const SKUS_MAX = 100

/** A badge for each of these products that the shop has told of, by sku; the others are left out. */
export function badges(book: ShopBook, skus: string[]): Record<string, Badge> {
  if (skus.length === 0) throw new Refusal('invalid-request', 'Name the products: ?sku=a&sku=b.', { path: ['sku'] })
  if (skus.length > SKUS_MAX) throw new Refusal('invalid-request', `Name ${SKUS_MAX} products at most.`, { path: ['sku'] })
  const known = [...new Set(skus)].map((sku) => [sku, productAt(book, sku)] as const)
  return Object.fromEntries(known.flatMap(([sku, product]) => (product ? [[sku, badgeOf(book, sku, product)]] : [])))
}

function badgeOf(book: ShopBook, sku: string, { price, seller, tags, categories, ...product }: Product): Badge {
  const line = { id: sku, sku, price, quantity: 1, ...(seller && { seller }), ...(tags && { tags }), ...(categories && { categories }) }
  const [earns] = quote(book, { lines: [line] }).lines
  return {
    points: earns?.points ?? 0,
    percent: earns?.percent ?? 0,
    campaign: earns?.campaign ?? null,
    // None beside what the shop has excluded: it earns nothing, whoever sells it and whenever the program starts.
    badge:
      seller && !isExcluded(line, terms(book).program) ? label(book, seller, { sku, percent: product.percent ?? null, ...product }) : null,
  }
}

function label(book: ShopBook, seller: string, good: Parameters<typeof judgeBadge>[2]): string | null {
  const { program } = terms(book)
  const known = sellerAt(book, seller)
  const facts = known && sellerFacts(known)
  return facts ? (judgeBadge(program, facts, good, lacking(book, seller, facts, program), book.now).badge?.label ?? null) : null
}
