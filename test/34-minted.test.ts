// Points from nothing: whatever is paid, cancelled, refunded, undone and reported again, and whatever runs out meanwhile, what a member
// has and what the orders that stand have used is never more than what was given and earned.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { release, use } from '../server/acts/checkout.ts'
import { findCoupon, letGo, redeem } from '../server/acts/coupons.ts'
import { askGift, decideGift, findGift } from '../server/acts/gifts.ts'
import { grant } from '../server/acts/grants.ts'
import { enrol } from '../server/acts/members.ts'
import { receiptOf, reportOrder } from '../server/acts/orders.ts'
import { pay, unpay } from '../server/acts/paying.ts'
import { report } from '../server/acts/report.ts'
import { type Order, Refusal } from '../server/contract.ts'
import { at, DAY, openBook, program, START, type TestBook } from './book.ts'

const deeds = ['grant', 'pay', 'pay', 'pay', 'unpay', 'redeem', 'use', 'use', 'release', 'undo', 'gift', 'decide', 'wait', 'wait'] as const
const step = fc.record({
  do: fc.constantFrom(...deeds, 'report', 'report', 'report', 'report'),
  order: fc.constantFrom('o1', 'o1', 'o2', 'o3'),
  nth: fc.nat({ max: 3 }),
  points: fc.constantFrom(1, 10, 50, 60, 100, 100, 200),
  days: fc.constantFrom(1, 2, 3, 5, 20),
  yes: fc.boolean(),
  report: fc.record({
    state: fc.constantFrom('placed', 'cancelled', 'cancelled', 'shipped', 'on-hold'),
    price: fc.constantFrom(50, 100, 150, 10_000),
    back: fc.constantFrom(0, 0, 1, 2),
    amount: fc.constantFrom(0, 0, 0, 30, 100, 5000),
    shipped: fc.nat({ max: 12 }),
    discount: fc.constantFrom(undefined, undefined, undefined, 0, 20, 100, 1000),
  }),
})
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

const rules: [string, object][] = [
  ['points last', {}],
  ['points run out', { expiry: { life: 'P5D' }, earning: { purchase: { percent: 10, delay: 'P2D' } } }],
  ['all that is paid comes back at once', { earning: { purchase: { percent: 100, award: 'placed' } } }],
]

test.each(rules)('S13 · where %s, nobody has more than was given and earned, whatever happens', (_, rules) => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 4, maxLength: 40 }), (steps) => {
      const world = open(rules)
      for (const it of steps) {
        happen(world, it)
        expect(has(world), JSON.stringify(it)).toBeLessThanOrEqual(world.granted + earned(world))
        expect(world.book.audited()).toEqual([])
      }
    }),
    { numRuns: 150 },
  )
})

interface World {
  book: TestBook
  granted: number
  coupons: string[]
  gifts: string[]
  reports: Map<string, number>
}

const open = (rules: object): World => {
  const redeeming = { checkout: { max: null }, withOtherCodes: true, gifts: [{ id: 'pin', title: 'Pin', points: 40 }] }
  return { book: openBook(program({ redeeming, ...rules })), granted: 0, coupons: [], gifts: [], reports: new Map() }
}

const ada = ({ book }: World) => enrol(book, 'ada')
const earned = (world: World) => [...world.reports.keys()].reduce((sum, id) => sum + receiptOf(world.book, ada(world), id).points, 0)
const has = ({ book }: World) => {
  const { spent, liability } = report(book, {})
  return spent + liability
}

function happen(world: World, it: Step): void {
  try {
    world.book.transaction(() => act(world, it))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    // As a host does with what an act that was undone left in memory.
    world.book.inHand?.clear()
  }
}

function act(world: World, it: Step): void {
  const { book, coupons, gifts } = world
  const who = ada(world)
  const lines = [{ id: '1', sku: 'dress', price: it.report.price, quantity: 2 }]
  const code = coupons.at(-1 - it.nth)
  const gift = gifts.at(-1 - it.nth)
  if (it.do === 'wait') book.now += it.days * DAY
  if (it.do === 'grant') {
    grant(book, who, { points: it.points, reason: 'gift', expiresAt: new Date(book.now + it.days * DAY).toISOString() })
    world.granted += it.points
  }
  if (it.do === 'pay') pay(book, who, it.order, { points: it.points, lines })
  if (it.do === 'unpay') unpay(book, who, it.order)
  if (it.do === 'redeem') coupons.push(redeem(book, who, { points: it.points }).code)
  if (it.do === 'use' && code) use(book, code, { order: it.order, lines })
  if (it.do === 'release' && code) release(book, code)
  if (it.do === 'undo' && code) letGo(book, who, findCoupon(book, code), 'returned')
  if (it.do === 'gift') gifts.push(askGift(book, who, { gift: 'pin' }).id)
  if (it.do === 'decide' && gift) decideGift(book, who, findGift(book, gift), it.yes ? 'accepted' : 'declined')
  if (it.do !== 'report') return
  reportOrder(book, who, it.order, document(world, it, it.yes ? code : undefined))
  world.reports.set(it.order, (world.reports.get(it.order) ?? 0) + 1)
}

function document({ reports }: World, { order, report }: Step, code: string | undefined): Order {
  const { state, price, back, amount, discount } = report
  return {
    ...{ placedAt: at(0), updatedAt: new Date(START + (reports.get(order) ?? 0) * 1000).toISOString(), state },
    lines: [{ id: '1', sku: 'dress', price, quantity: 2 }],
    ...(state === 'shipped' ? { shippedAt: at(report.shipped) } : {}),
    ...(code ? { codes: [code] } : {}),
    discounts: discount === undefined ? [] : [{ ...(code ? { code } : {}), amount: discount }],
    refunds: [
      ...(back ? [{ id: 'r', at: at(0), lines: [{ id: '1', quantity: back }] }] : []),
      ...(amount ? [{ id: 's', at: at(0), amount }] : []),
    ],
  }
}
