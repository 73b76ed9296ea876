// Orders: the merchant reports one as it now stands; settling moves the difference between its receipt and the ledger.
import { type Order, type Receipt, Refusal } from '../contract.ts'
import type { MemberRow } from '../ledger/member.ts'
import { instant, isBefore } from '../rules/calendar.ts'
import { settleFollows } from './follows.ts'
import { type Facts, merged } from './market.ts'
import { earned, findOrder, type OrderRow, type Placed, paidBy } from './placed.ts'
import { settle } from './settlement.ts'
import { type ShopBook, termsAt } from './shop.ts'

/**
 * Takes in the order as it now stands and settles it. A report older than the newest one seen changes nothing, unless it is what
 * tells of a guest. `market` is what the shop's first book knows of its sellers and products as of `placedAt`.
 */
export function reportOrder(book: ShopBook, member: MemberRow, id: string, report: Order, market: Facts = {}): Receipt {
  const row = findOrder(book, member, id)?.row
  const order = told(row, report)
  const document = JSON.stringify(order)
  if (row && isBefore(report.updatedAt, order.updatedAt) && document === row.document) return receiptOf(book, member, id)
  const placedAt = instant(order.placedAt)
  const known = row?.placed_at === placedAt ? row : undefined
  const facts = known ? learned(known, market) : market
  book.all(
    `INSERT INTO orders (member, id, placed_at, updated_at, program, document, facts, lots) VALUES (?, ?, ?, ?, ?, ?, ?, '[]')
     ON CONFLICT (member, id) DO UPDATE SET placed_at = excluded.placed_at, updated_at = excluded.updated_at,
       program = excluded.program, document = excluded.document, facts = excluded.facts`,
    member.id,
    id,
    placedAt,
    instant(order.updatedAt),
    known && known.program > 0 ? known.program : termsAt(book.shop, placedAt).version * (placedAt > book.now ? -1 : 1),
    document,
    JSON.stringify(facts),
  )
  const receipt = settle(book, member, reported(book, member, id))
  if (receipt.points > EARNED_MAX) throw new Refusal('out-of-range', `An order earns at most ${EARNED_MAX} points.`, { max: EARNED_MAX })
  settleFollows(book, member)
  return receipt
}

/** As many as an order can cost. Beyond 2^53 nobody could count them, and a few orders a thousand times their price would get there. */
const EARNED_MAX = 1_000_000_000_000

// The newest of both. Who placed it as a guest has no account that an order could earn for; one that comes later does not change that,
// in whichever order the reports come.
function told(row: OrderRow | undefined, report: Order): Order {
  if (!row) return report
  const before: Order = JSON.parse(row.document)
  const newest = isBefore(report.updatedAt, before.updatedAt) ? before : report
  return report.guest || before.guest ? { ...newest, guest: true } : newest
}

// What an order was first settled by stays. Of one dated ahead of the clock the shop may still learn until its day.
function learned({ program, facts }: OrderRow, market: Facts): Facts {
  const before: Facts = JSON.parse(facts)
  return program > 0 ? merged(before, market) : merged(market, before)
}

/** What the order earns and why, as it stands at the book's instant. */
export function receiptOf(book: ShopBook, member: MemberRow, id: string): Receipt {
  return earned(reported(book, member, id), paidBy(book, member, id))
}

function reported(book: ShopBook, member: MemberRow, id: string): Placed {
  const placed = findOrder(book, member, id)
  if (!placed) throw new Refusal('not-found', 'This member has no order with this id.')
  return placed
}

/** Whether the storefront has said that this order is cancelled, or it counts as cancelled. */
export const isCancelled = (book: ShopBook, member: MemberRow, id: string) => findOrder(book, member, id)?.cancelled ?? false
