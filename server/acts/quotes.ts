// Quotes: the receipt of an order not yet placed, for "Earn 100 points" beside a price.
import type { Quote, Receipt } from '../contract.ts'
import { instant } from '../rules/calendar.ts'
import { receipt } from '../rules/receipt.ts'
import { completed, marketOf } from './market.ts'
import { type ShopBook, termsAt } from './shop.ts'

/** What these lines would earn if ordered at `placedAt` (default: now) and paid in money, as things would stand at that instant. */
export function quote(book: ShopBook, { lines, shipping, payment, placedAt }: Quote): Receipt {
  const at = placedAt ?? new Date(book.now).toISOString()
  const market = marketOf(book, lines, at)
  const order = { placedAt: at, updatedAt: at, state: 'placed' as const, lines: completed(lines, market), shipping, payment }
  return receipt(order, termsAt(book.shop, instant(at)), { ...market, id: null, paidWithPoints: 0, now: instant(at) })
}
