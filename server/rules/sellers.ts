// Sellers: whose goods earn at which base rate, and who pays for it.
import { type OrderLine, SHOP } from '../contract.ts'
import { instant } from './calendar.ts'
import type { Program } from './program.ts'

/** A seller's participation, in milliseconds: from `joinedAt` (null: never joined), without `leftAt` (null: still in). */
export interface SellerFacts {
  joinedAt: number | null
  leftAt: number | null
  percent: number | null
}

export interface ProductFacts {
  seller?: string | null
  percent: number | null
}

/** What the shop knows of the sellers and products of an order, as it was when the order was placed; by id and by sku. */
export interface Market {
  sellers?: Record<string, SellerFacts>
  products?: Record<string, ProductFacts>
}

/** The rate a line earns before any campaign, and who funds it. */
export interface Base {
  percent: number
  funder: string
}

/** Who sells a line: as the order says, else as the product does. */
export const sellerOf = (line: OrderLine, market: Market) => line.seller ?? own(market.products, line.sku)?.seller ?? undefined

/** A line's base: a joined seller's own rate, paid by the seller; else the shop's. `placedAt` in milliseconds. */
export function baseOf(line: OrderLine, placedAt: number, program: Program, market: Market): Base {
  const seller = sellerOf(line, market)
  const facts = seller === undefined || seller === SHOP ? undefined : own(market.sellers, seller)
  if (seller === undefined || !facts || !program.sellers || !isOpen(program.sellers, placedAt) || !isMember(facts, placedAt))
    return { percent: program.earning.purchase.percent, funder: SHOP }
  return { percent: percentOf(own(market.products, line.sku), facts, program.sellers), funder: seller }
}

/** Whether the sellers' programme runs at `at`. */
export const isOpen = ({ from, until }: NonNullable<Program['sellers']>, at: number) =>
  instant(from) <= at && (until === undefined || at < instant(until))

/** Whether a seller takes part at `at`. */
export const isMember = ({ joinedAt, leftAt }: SellerFacts, at: number) =>
  joinedAt !== null && joinedAt <= at && (leftAt === null || at < leftAt)

/** The percent a product gives: its own, else its seller's, else the programme's. */
export const percentOf = (
  product: { percent: number | null } | undefined,
  seller: { percent: number | null },
  sellers: NonNullable<Program['sellers']>,
) => product?.percent ?? seller.percent ?? sellers.percent

// An id may be called like something every object has.
const own = <Value>(record: Record<string, Value> | undefined, key: string) =>
  record && Object.hasOwn(record, key) ? record[key] : undefined
