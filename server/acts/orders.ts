// Orders: the merchant reports one as it now stands; settling moves the difference between its receipt and the ledger.
import { type Order, type Receipt, Refusal } from '../contract.ts'
import type { MemberRow } from '../ledger/member.ts'
import { instant } from '../rules/calendar.ts'
import { settleFollows } from './follows.ts'
import { type Facts, merged } from './market.ts'
import { earned, findOrder } from './placed.ts'
import { settle } from './settlement.ts'
import { type ShopBook, termsAt } from './shop.ts'

/**
 * Takes in the order as it now stands and settles it. A report older than the newest one seen changes nothing. `market` is
 * what the shop's first book knows of its sellers and products as of `placedAt`.
 */
export function reportOrder(book: ShopBook, member: MemberRow, id: string, order: Order, market: Facts = {}): Receipt {
  const row = findOrder(book, member, id)?.row
  const updatedAt = instant(order.updatedAt)
  if (row && updatedAt < row.updated_at) return receiptOf(book, member, id)
  const placedAt = instant(order.placedAt)
  const known = row?.placed_at === placedAt ? row : undefined
  const facts = known ? merged(JSON.parse(known.facts), market) : market
  book.all(
    `INSERT INTO orders (member, id, placed_at, updated_at, program, document, facts, lots) VALUES (?, ?, ?, ?, ?, ?, ?, '[]')
     ON CONFLICT (member, id) DO UPDATE SET placed_at = excluded.placed_at, updated_at = excluded.updated_at,
       program = excluded.program, document = excluded.document, facts = excluded.facts`,
    member.id,
    id,
    placedAt,
    updatedAt,
    known?.program ?? termsAt(book.shop, placedAt).version,
    JSON.stringify(order),
    JSON.stringify(facts),
  )
  settle(book, member, id)
  settleFollows(book, member)
  return receiptOf(book, member, id)
}

/** What the order earns and why, as it stands at the book's instant. */
export function receiptOf(book: ShopBook, member: MemberRow, id: string): Receipt {
  const placed = findOrder(book, member, id)
  if (!placed) throw new Refusal('not-found', 'This member has no order with this id.')
  return earned(book, member, placed)
}

/** Whether the storefront has said that this order is cancelled, or it counts as cancelled. */
export const isCancelled = (book: ShopBook, member: MemberRow, id: string) => findOrder(book, member, id)?.cancelled ?? false
