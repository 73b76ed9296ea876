// order → points, and why: a pure function of the order as it stands, the program it was placed under, and the instant.
import { iso, NEVER, type Order, type OrderLine, type Receipt, SHOP, type Why } from '../contract.ts'
import { dealt } from './apportion.ts'
import { after, instant } from './calendar.ts'
import { campaignsOf, exact, isInTime, lapsesAt, type Rate, rateOf } from './campaigns.ts'
import { isAnyNamed, isNamed } from './names.ts'
import { type LineMoney, moneyOf } from './paid.ts'
import type { Program, Terms } from './program.ts'
import { type Base, baseOf, type Market } from './sellers.ts'

/** What the order document does not say itself. */
export interface Facts extends Circumstances {
  /** The storefront's id of the order; null for one not yet placed. */
  id: string | null
  /** How much of the order was paid with points, in minor units; `order.discounts` holds only the other discounts. */
  paidWithPoints: number
}

/** The instant to judge by, in milliseconds, and what is known of sellers and products. */
export interface Circumstances extends Market {
  now: number
}

/** What the order earns, line by line. Points are rounded once, for the order, and shared out so that lines add up. */
export function receipt(order: Order, terms: Terms, facts: Facts): Receipt {
  const { program, version } = terms
  const standing = stand(order, program, facts)
  const money = moneyOf(order, program, facts.paidWithPoints)
  const reasons = standing.lines.map(({ excluded }, index) => whyNothing(order, standing, excluded, money[index] as LineMoney))
  const weights = standing.lines.map(({ rate }, index) => (reasons[index] ? 0n : BigInt(money[index]?.paid ?? 0) * BigInt(exact(rate))))
  const points = rounded(
    weights.reduce((sum, weight) => sum + weight, 0n),
    program.earning.purchase.rounding,
  )
  const earned = dealt(points, weights, POINT)
  const funded = shares(standing.lines, money, weights, earned)
  const maturity = matures(order, program, standing)
  return {
    order: facts.id,
    program: version,
    points,
    state: points === 0 ? 'void' : maturity <= facts.now ? 'available' : maturity === NEVER ? 'waiting' : 'pending',
    availableAt: points === 0 ? null : iso(maturity),
    waitsFor: points > 0 && maturity === NEVER && standing.byShipment ? 'shipment' : null,
    lines: standing.lines.map(({ id, base, rate }, index) => ({
      id,
      paid: money[index]?.paid ?? 0,
      percent: rate.percent,
      multiply: rate.multiply,
      campaign: rate.campaign?.id ?? null,
      campaignTitle: rate.campaign?.title ?? null,
      points: earned[index] ?? 0,
      why: reasons[index] ?? null,
      funder: base.funder,
      shares: funded[index] ?? [],
    })),
  }
}

/** The instant the order's points become available, in milliseconds: NEVER while it waits for shipment, or is on hold. */
export const maturesAt = (order: Order, program: Program, circumstances: Circumstances) =>
  matures(order, program, stand(order, program, circumstances))

/** What the order's points wait for while no instant is known from which they are available; null where only the shop holds it up. */
export const awaitedBy = (order: Order, program: Program, circumstances: Circumstances): Receipt['waitsFor'] =>
  stand(order, program, circumstances).byShipment ? 'shipment' : null

/** Whether the order is cancelled, or counts as cancelled because it was not shipped by the end of its campaign. */
export const isCancelledAt = (order: Order, program: Program, circumstances: Circumstances) =>
  order.state === 'cancelled' || lapsesAt(order, program, circumstances) <= circumstances.now

/** Whether the program keeps a line from earning anything, at any time. */
export function isExcluded(line: OrderLine, program: Program): boolean {
  const { tags, categories, skus } = program.earning.purchase.exclude
  return isAnyNamed(tags, line.tags) || isAnyNamed(categories, line.categories) || isNamed(skus, line.sku)
}

interface LineStanding {
  id: string
  base: Base
  rate: Rate
  excluded: boolean
}

interface Standing {
  cancelled: boolean
  beforeStart: boolean
  /** Whether points wait for shipment: the program says so, or what a campaign adds hangs on it. */
  byShipment: boolean
  lines: LineStanding[]
}

// How the order and each of its lines stand under the program, before any money is counted.
function stand(order: Order, program: Program, circumstances: Circumstances): Standing {
  const placedAt = instant(order.placedAt)
  const running = campaignsOf(order, program).filter((campaign) => isInTime(campaign, order, circumstances.now))
  const lines = order.lines.map((line) => {
    const base = baseOf(line, placedAt, program, circumstances)
    const excluded = isExcluded(line, program)
    const rate = excluded ? { percent: 0, multiply: 1, campaign: null } : rateOf(line, base.percent, running, circumstances)
    return { id: line.id, base, rate, excluded }
  })
  return {
    cancelled: isCancelledAt(order, program, circumstances),
    beforeStart: program.startsAt !== null && placedAt < instant(program.startsAt),
    byShipment: program.earning.purchase.award === 'shipped' || lines.some(({ rate }) => rate.campaign?.shipped),
    lines,
  }
}

// Where points are awarded as the order is placed, but a campaign's hang on its shipment, the later of the two counts.
function matures(order: Order, program: Program, { cancelled, byShipment }: Standing): number {
  const { award, delay } = program.earning.purchase
  if (cancelled || order.state === 'on-hold') return NEVER
  const shippedAt = order.state === 'shipped' && order.shippedAt ? instant(order.shippedAt) : NEVER
  if (byShipment && shippedAt === NEVER) return NEVER
  if (award === 'shipped') return after(shippedAt, delay, program.timeZone)
  const placed = after(instant(order.placedAt), delay, program.timeZone)
  return byShipment ? Math.max(placed, shippedAt) : placed
}

function whyNothing(order: Order, standing: Standing, excluded: boolean, money: LineMoney): Why | null {
  if (standing.cancelled) return 'cancelled'
  if (order.guest) return 'guest'
  if (standing.beforeStart) return 'before-start'
  if (excluded) return 'excluded'
  if (money.charged > money.paid && money.paid === 0) return 'refunded'
  return money.charged === 0 && money.discounted > 0 ? 'paid-with-points' : null
}

// Who funds each line's points: the base is its funder's, what a campaign adds is the shop's. What rounding leaves of a
// seller's part is carried to the seller's next line: else a seller of many small things would always pay too much, or never.
function shares(lines: LineStanding[], money: LineMoney[], weights: bigint[], earned: number[]): Receipt['lines'][number]['shares'][] {
  const carried = new Map<string, bigint>()
  return lines.map(({ base, rate }, index) => {
    const points = earned[index] ?? 0
    const plain = exact({ percent: base.percent, multiply: 1 })
    const counts = weights[index] !== 0n
    const due = (carried.get(base.funder) ?? 0n) + (counts ? BigInt(money[index]?.paid ?? 0) * BigInt(plain) : 0n)
    const all = base.funder === SHOP || plain === exact(rate)
    const part = all ? points : Math.max(0, Math.min(points, rounded(due, 'round')))
    carried.set(base.funder, due - BigInt(part) * POINT)
    return [
      { funder: base.funder, points: part },
      { funder: SHOP, points: points - part },
    ].filter((share) => share.points > 0)
  })
}

/** What one point weighs: minor units × `exact` rate. */
const POINT = 10_000_000_000n

function rounded(weight: bigint, rounding: Program['earning']['purchase']['rounding']): number {
  const up = { floor: 0n, round: POINT / 2n, ceil: POINT - 1n }[rounding]
  return Number((weight + up) / POINT)
}
