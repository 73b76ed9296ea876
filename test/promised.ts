// What the contract promises of orders and badges, worked out from its words alone: the model that random histories are held against.
import type { Order, Product, Seller } from '../server/contract.ts'

import { program } from './book.ts'

const HOUR = 3_600_000
const iso = (at: number) => new Date(at).toISOString()

/** From the first instant until before the second, in milliseconds. */
export interface Span {
  from?: number | undefined
  until?: number | undefined
}
export interface Campaign {
  multiply?: number | undefined
  percent?: number | undefined
  ordered?: Span | undefined
  shipped?: Span | undefined
  payment?: string[] | undefined
  categories?: string[] | undefined
  sellers?: string[] | undefined
  cancel: boolean
}
/** A program, as far as orders and badges are concerned; `delay` in hours. */
export interface Rules {
  percent: number
  rounding: 'floor' | 'round' | 'ceil'
  award: 'shipped' | 'placed'
  delay: number
  campaigns: Campaign[]
  sellers?: { percent: number; window: Span; days: number } | undefined
  startsAt?: number | undefined
}

// A campaign's id is its place in the program.
const campaignsOf = (rules: Rules) => rules.campaigns.map((campaign, index) => ({ ...campaign, id: `c${index}` }))

/** The program document that says so. */
export const document = (it: Rules) => {
  const wire = (some: Span | undefined) =>
    some && {
      ...(some.from === undefined ? {} : { from: iso(some.from) }),
      ...(some.until === undefined ? {} : { until: iso(some.until) }),
    }
  return program({
    earning: {
      purchase: { percent: it.percent, rounding: it.rounding, award: it.award, delay: `PT${it.delay}H`, exclude: { tags: ['none'] } },
    },
    ...(it.startsAt === undefined ? {} : { startsAt: iso(it.startsAt) }),
    campaigns: campaignsOf(it).map((one) => ({
      ...{ id: one.id, title: one.id, ordered: wire(one.ordered), shipped: wire(one.shipped) },
      ...{ multiply: one.multiply, percent: one.percent, payment: one.payment, categories: one.categories, sellers: one.sellers },
      ...(one.cancel && one.shipped?.until !== undefined ? { cancelUnshipped: true } : {}),
    })),
    ...(it.sellers
      ? {
          sellers: {
            ...{ percent: it.sellers.percent, from: iso(it.sellers.window.from ?? 0) },
            ...(it.sellers.window.until === undefined ? {} : { until: iso(it.sellers.window.until) }),
            badge: { label: 'B', businessDays: it.sellers.days },
          },
        }
      : {}),
  })
}

/** What the shop knew from an instant on. */
export interface Known<Value> {
  at: number
  is: Value
}
export interface Model {
  now: number
  rules: Known<Rules>[]
  sellers: Map<string, Known<Seller>[]>
  products: Map<string, Known<Product | null>[]>
}
/** An order, and what was known when it was first settled. */
export interface Kept {
  rules: Rules
  version: number
  sellers: Map<string, Seller | undefined>
  products: Map<string, Product | undefined>
  order: Order
}

const inside = (some: Span | undefined, at: number) => !some || ((some.from ?? -Infinity) <= at && at < (some.until ?? Infinity))
/** What was known at an instant, else what is known now. */
export const asOf = <Value>(all: Known<Value>[] | undefined, at: number) =>
  all?.findLast((one) => one.at <= at)?.is ?? all?.at(-1)?.is ?? undefined
const joined = (seller: Seller | undefined, at: number) =>
  !!seller?.joinedAt && Date.parse(seller.joinedAt) <= at && !(seller.leftAt && Date.parse(seller.leftAt) <= at)

/** Of an order what the contract says: rate, funder and reason of each line, the points of all, and from when they are available. */
export function promised({ rules: its, sellers, products, order, version }: Kept, now: number) {
  const placedAt = Date.parse(order.placedAt)
  const shippedAt = order.state === 'shipped' && order.shippedAt ? Date.parse(order.shippedAt) : undefined
  const admitted = campaignsOf(its).filter(
    (one) =>
      inside(one.ordered, placedAt) &&
      placedAt < (one.shipped?.until ?? Infinity) &&
      (!one.payment || one.payment.includes(order.payment ?? '')),
  )
  const lines = order.lines.map((line) => {
    const product = products.get(line.sku)
    const categories = line.categories ?? product?.categories ?? []
    const seller = line.seller ?? product?.seller ?? undefined
    const facts = seller === undefined ? undefined : sellers.get(seller)
    const takes = its.sellers && inside(its.sellers.window, placedAt) && joined(facts, placedAt)
    const base = takes ? (product?.percent ?? facts?.percent ?? its.sellers?.percent ?? 0) : its.percent
    const isIn = (one: Campaign) =>
      (!one.categories || one.categories.some((name) => categories.includes(name))) && (!one.sellers || one.sellers.includes(seller ?? '-'))
    return {
      line,
      base,
      funder: takes ? (seller as string) : 'shop',
      excluded: (line.tags ?? product?.tags ?? []).includes('none'),
      campaigns: admitted.filter(isIn),
    }
  })
  const cancelled =
    order.state === 'cancelled' ||
    lines.some(({ campaigns }) =>
      campaigns.some(
        ({ cancel, shipped }) =>
          cancel && shipped?.until !== undefined && !(shippedAt !== undefined && shippedAt < shipped.until) && shipped.until <= now,
      ),
    )
  let byShipment = its.award === 'shipped'
  const rated = lines.map(({ line, base, funder, excluded, campaigns }) => {
    const before =
      order.refunds?.flatMap((refund) => ('lines' in refund ? refund.lines : [])).find(({ id }) => id === line.id)?.quantity ?? 0
    let best = { rate: ten(base) * 10_000n, campaign: null as string | null, shipped: false }
    for (const one of excluded ? [] : campaigns) {
      if (shippedAt === undefined ? now >= (one.shipped?.until ?? Infinity) : !inside(one.shipped, shippedAt)) continue
      const rate = [ten(base) * ten(one.multiply ?? 1), ten(one.percent ?? 0) * 10_000n].reduce((a, b) => (a > b ? a : b))
      if (rate > best.rate) best = { rate, campaign: one.id, shipped: one.shipped !== undefined }
    }
    byShipment ||= !excluded && best.shipped
    const paid = line.price * (line.quantity - before)
    const why = cancelled
      ? 'cancelled'
      : its.startsAt !== undefined && placedAt < its.startsAt
        ? 'before-start'
        : excluded
          ? 'excluded'
          : paid === 0 && line.price > 0
            ? 'refunded'
            : null
    return {
      id: line.id,
      paid,
      why,
      campaign: best.campaign,
      funder,
      own: ten(base) * 10_000n,
      weight: why ? 0n : BigInt(paid) * best.rate,
    }
  })
  const weight = rated.reduce((sum, one) => sum + one.weight, 0n)
  const points = Number((weight + { floor: 0n, round: ONE / 2n, ceil: ONE - 1n }[its.rounding]) / ONE)
  const shipped = shippedAt ?? Infinity
  const [placed, delayed] = [placedAt + its.delay * HOUR, shipped + its.delay * HOUR]
  const from =
    cancelled || order.state === 'on-hold' ? Infinity : its.award === 'shipped' ? delayed : byShipment ? Math.max(placed, shipped) : placed
  return { points, version, from, rated, weight }
}
const ten = (rate: number) => BigInt(Math.round(rate * 10_000))
/** What one point weighs: minor units times a rate of 10^8 a percent. */
export const ONE = 10_000_000_000n

const holidays = ['2027-01-01', '2027-01-11']
// In Japan: the day after so many that are neither of a weekend nor a holiday, from the one after `at`.
function badgeFrom(at: number, days: number): number {
  if (days === 0) return at
  const start = Math.floor((at + 9 * HOUR) / (24 * HOUR))
  for (let day = start + 1, left = days; ; day++) {
    const date = new Date(day * 24 * HOUR)
    if (date.getUTCDay() % 6 !== 0 && !holidays.includes(date.toISOString().slice(0, 10))) left--
    if (left === 0) return day * 24 * HOUR - 9 * HOUR
  }
}

/** The badge beside a product: its label, or null. */
export function badgePromised(model: Model, sku: string): string | null {
  const its = asOf(model.rules, model.now) as Rules
  const product = model.products.get(sku)?.at(-1)?.is
  const seller = model.sellers.get(product?.seller ?? '-')?.at(-1)?.is
  if (!its.sellers || !product || !seller || !inside({ from: 0, ...its.sellers.window }, model.now) || !joined(seller, model.now))
    return null
  const since = Math.max(Date.parse(seller.joinedAt as string), its.sellers.window.from ?? 0)
  if (model.now < badgeFrom(since, its.sellers.days)) return null
  if (product.condition === 'used' || !product.buyBox || product.tags?.includes('none')) return null
  const least = its.sellers.percent
  const all = [...model.products.values()].flatMap((versions) => versions.at(-1)?.is ?? []).filter((one) => one.seller === product.seller)
  return all.some((one) => (one.percent ?? seller.percent ?? least) < least) ? null : 'B'
}
