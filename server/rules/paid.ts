// What money was paid for each line of an order: discounts, points and refunds shared out over the lines they concern.
import type { Order, OrderLine } from '../contract.ts'
import { apportion, fraction } from './apportion.ts'
import type { Program } from './program.ts'
import { isUnpayable } from './spending.ts'

/** A line's money in minor units, each what was left of the one before. */
export interface LineMoney {
  /** Its price less its share of the discounts. */
  discounted: number
  /** What of that was charged in money: the rest was paid with points. */
  charged: number
  /** What of that has not been given back. */
  paid: number
}

/**
 * The money of each line. Discounts are shared by price, and so are the points among the lines that points may pay for. A
 * refund of a line takes its share of both along, rounded in the shopper's favour; a refund of an amount is spread over the rest.
 */
export function moneyOf(order: Order, program: Program, paidWithPoints: number): LineMoney[] {
  const total = order.lines.map(gross)
  const discounted = minus(total, sumOf((order.discounts ?? []).map((discount) => discount.amount)), total)
  const payable = discounted.map((amount, index) => (isUnpayable(order.lines[index] as OrderLine, program) ? 0 : amount))
  const charged = minus(discounted, paidWithPoints, payable)
  const gone = refundedQuantities(order)
  const kept = charged.map((amount, index) => {
    const { id, quantity } = order.lines[index] as OrderLine
    return amount - fraction(amount, gone.get(id) ?? 0, quantity)
  })
  const paid = minus(kept, refundedAmount(order), kept)
  return paid.map((amount, index) => ({ discounted: discounted[index] ?? 0, charged: charged[index] ?? 0, paid: amount }))
}

/**
 * How many of the points that paid for an order come back because of its refunds: a line's share goes back with the line, rounded
 * in the shopper's favour, and all of them with the last line. A refund of an amount is of money first, and of points beyond that.
 */
export function pointsBack(order: Order, program: Program, paidWithPoints: number): number {
  if (paidWithPoints === 0 || !order.refunds?.length) return 0
  const gone = refundedQuantities(order)
  if (order.lines.length > 0 && order.lines.every(({ id, quantity }) => gone.get(id) === quantity)) return paidWithPoints
  let [withLines, money, shared] = [0, 0, 0]
  for (const [index, { discounted, charged }] of moneyOf(order, program, paidWithPoints).entries()) {
    const { id, quantity } = order.lines[index] as OrderLine
    const back = gone.get(id) ?? 0
    const share = discounted - charged
    shared += share
    withLines += share - fraction(share, quantity - back, quantity)
    money += charged - fraction(charged, back, quantity)
  }
  const shipping = (order.shipping ?? 0) - (program.redeeming.shipping ? Math.min(order.shipping ?? 0, paidWithPoints - shared) : 0)
  return Math.min(paidWithPoints, withLines + Math.max(0, refundedAmount(order) - money - shipping))
}

/** Whether anything of a line is still the buyer's: not all of it was given back, piece by piece or in money. */
export function isKept(line: OrderLine, order: Order, program: Program): boolean {
  if ((refundedQuantities(order).get(line.id) ?? 0) >= line.quantity) return false
  const { charged, paid } = moneyOf(order, program, 0)[order.lines.indexOf(line)] as LineMoney
  return charged === 0 || paid > 0
}

// What a line costs before anything is taken off.
const gross = (line: OrderLine) => line.price * line.quantity

const sumOf = (amounts: number[]) => amounts.reduce((sum, amount) => sum + amount, 0)

// Takes `amount` off, in proportion to `bearing`, which is never more than `from`.
function minus(from: number[], amount: number, bearing: number[]): number[] {
  if (amount === 0) return from
  const shares = apportion(Math.min(amount, sumOf(bearing)), bearing.map(BigInt))
  return from.map((value, index) => value - (shares[index] ?? 0))
}

const refundedAmount = (order: Order) => sumOf((order.refunds ?? []).map((refund) => ('amount' in refund ? refund.amount : 0)))

function refundedQuantities(order: Order): Map<string, number> {
  const gone = new Map<string, number>()
  for (const refund of order.refunds ?? [])
    for (const { id, quantity } of 'lines' in refund ? refund.lines : []) gone.set(id, (gone.get(id) ?? 0) + quantity)
  return gone
}
