// order → points, and why: a pure function of the order as it stands, the program it was placed under, and the instant.
import { iso, NEVER, type Order, type OrderLine, type Receipt, type Why } from '../contract.ts'
import { apportion, fraction } from './apportion.ts'
import { after, instant } from './calendar.ts'
import type { Program, Terms } from './program.ts'

/** What the order document does not say itself. */
export interface Facts {
  /** The storefront's id of the order; null for one not yet placed. */
  id: string | null
  /** How much of the order was paid with points, in minor units; `order.discounts` holds only the other discounts. */
  paidWithPoints: number
  /** The instant to judge by, in milliseconds. */
  now: number
}

/** What the order earns, line by line. Points are rounded once, for the order, and shared out so that lines add up. */
export function receipt(order: Order, terms: Terms, facts: Facts): Receipt {
  const { program, version } = terms
  const { purchase } = program.earning
  const { charged, paid } = amounts(order, program, facts.paidWithPoints)
  const reasons = order.lines.map((line, index) => whyNothing(order, line, { charged: charged[index] ?? 0, paid: paid[index] ?? 0 }, terms))
  const weights = paid.map((amount, index) => (reasons[index] ? 0n : BigInt(amount) * BigInt(Math.round(purchase.percent * 1e4))))
  const points = rounded(
    weights.reduce((sum, weight) => sum + weight, 0n),
    purchase.rounding,
  )
  const shares = apportion(points, weights)
  const maturity = maturesAt(order, program)
  return {
    order: facts.id,
    program: version,
    points,
    state: points === 0 ? 'void' : maturity <= facts.now ? 'available' : maturity === NEVER ? 'waiting' : 'pending',
    availableAt: points === 0 ? null : iso(maturity),
    waitsFor: points > 0 && maturity === NEVER ? 'shipment' : null,
    lines: order.lines.map((line, index) => ({
      id: line.id,
      paid: paid[index] ?? 0,
      percent: isExcluded(line, program) ? 0 : purchase.percent,
      multiply: 1,
      campaign: null,
      points: shares[index] ?? 0,
      why: reasons[index] ?? null,
      funder: 'shop',
    })),
  }
}

/** The instant the order's points become available, in milliseconds: NEVER while it waits for shipment. */
export function maturesAt(order: Order, program: Program): number {
  const { award, delay } = program.earning.purchase
  if (order.state === 'cancelled' || order.state === 'on-hold') return NEVER
  if (award === 'placed') return after(instant(order.placedAt), delay, program.timeZone)
  return order.state === 'shipped' && order.shippedAt ? after(instant(order.shippedAt), delay, program.timeZone) : NEVER
}

/** Whether points or coupons may not pay for a line. */
export const isUnpayable = (line: OrderLine, program: Program) => meets(line.tags, program.redeeming.exclude.tags)

const gross = (line: OrderLine) => line.price * line.quantity

// For each line, what money was charged for it, and how much of that has not been given back. Discounts are shared over
// the lines they apply to, a refund of a line takes its share of them along, a refund of an amount is spread over the rest.
function amounts(order: Order, program: Program, paidWithPoints: number): { charged: number[]; paid: number[] } {
  const total = order.lines.map(gross)
  const discounted = minus(total, sumOf((order.discounts ?? []).map((discount) => discount.amount)), total)
  const payable = discounted.map((amount, index) => (isUnpayable(order.lines[index] as OrderLine, program) ? 0 : amount))
  const charged = minus(discounted, paidWithPoints, payable)
  const kept = order.lines.map((line, index) => {
    const amount = charged[index] ?? 0
    return amount - fraction(amount, refundedQuantity(order, line.id), line.quantity)
  })
  const refunded = sumOf((order.refunds ?? []).map((refund) => ('amount' in refund ? refund.amount : 0)))
  return { charged, paid: minus(kept, refunded, kept) }
}

const sumOf = (amounts: number[]) => amounts.reduce((sum, amount) => sum + amount, 0)

// Takes `amount` off, in proportion to `bearing`, which is never more than `from`.
function minus(from: number[], amount: number, bearing: number[]): number[] {
  const shares = apportion(Math.min(amount, sumOf(bearing)), bearing.map(BigInt))
  return from.map((value, index) => value - (shares[index] ?? 0))
}

const refundedQuantity = (order: Order, line: string) =>
  sumOf(
    (order.refunds ?? [])
      .flatMap((refund) => ('lines' in refund ? refund.lines : []))
      .map(({ id, quantity }) => (id === line ? quantity : 0)),
  )

function whyNothing(order: Order, line: OrderLine, money: { charged: number; paid: number }, { program }: Terms): Why | null {
  if (order.state === 'cancelled') return 'cancelled'
  if (order.guest) return 'guest'
  if (program.startsAt && instant(order.placedAt) < instant(program.startsAt)) return 'before-start'
  if (isExcluded(line, program)) return 'excluded'
  if (money.charged > money.paid && money.paid === 0) return 'refunded'
  return money.charged === 0 && gross(line) > 0 ? 'paid-with-points' : null
}

function isExcluded(line: OrderLine, program: Program): boolean {
  const { tags, categories, skus } = program.earning.purchase.exclude
  return meets(line.tags, tags) || meets(line.categories, categories) || skus.includes(line.sku)
}

const meets = (names: string[] | undefined, excluded: string[]) => names?.some((name) => excluded.includes(name)) ?? false

// `weight` is minor units × percent × 10^4: a point is 10^6 of it.
function rounded(weight: bigint, rounding: Program['earning']['purchase']['rounding']): number {
  const up = { floor: 0n, round: 500_000n, ceil: 999_999n }[rounding]
  return Number((weight + up) / 1_000_000n)
}
