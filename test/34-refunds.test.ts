// What refunds give back of the points that paid for an order: the same end whatever order the reports come in, and exact sums.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { use } from '../server/acts/checkout.ts'
import { findCoupon, redeem } from '../server/acts/coupons.ts'
import { grant } from '../server/acts/grants.ts'
import { enrol } from '../server/acts/members.ts'
import { reportOrder } from '../server/acts/orders.ts'
import { pay, unpay } from '../server/acts/paying.ts'
import { walletOf } from '../server/acts/wallet.ts'
import { type Order, Refusal } from '../server/contract.ts'
import { pointsBack } from '../server/rules/paid.ts'
import { at, DAY, openBook, program, START, type TestBook } from './book.ts'

const rules = program({ redeeming: { coupon: { max: 600 }, checkout: { max: null }, exclude: { tags: ['early-bird'] } } })
const cart = [
  { id: 'a', sku: 'dress', price: 333, quantity: 3 },
  { id: 'b', sku: 'hat', price: 70, quantity: 2 },
  { id: 'c', sku: 'soon', price: 500, quantity: 1, tags: ['early-bird'] },
]

const reported = fc.record({
  order: fc.constantFrom('paid', 'other'),
  updated: fc.nat({ max: 1000 }),
  state: fc.constantFrom('placed', 'on-hold', 'shipped', 'cancelled'),
  gone: fc.record({ a: fc.nat({ max: 3 }), b: fc.nat({ max: 2 }), c: fc.nat({ max: 1 }) }),
  named: fc.boolean(),
  amount: fc.oneof(fc.constant(0), fc.nat({ max: 1500 })),
})
type Reported = typeof reported extends fc.Arbitrary<infer T> ? T : never

const document = ({ updated, state, gone, amount }: Omit<Reported, 'order' | 'named'>): Order =>
  ({
    placedAt: at(0),
    updatedAt: new Date(START + updated).toISOString(),
    state,
    ...(state === 'shipped' ? { shippedAt: at(1) } : {}),
    lines: cart,
    refunds: [
      { id: 'l', at: at(2), lines: Object.entries(gone).flatMap(([id, quantity]) => (quantity > 0 ? [{ id, quantity }] : [])) },
      ...(amount > 0 ? [{ id: 'm', at: at(2), amount }] : []),
    ],
  }) as Order

interface Opening {
  gift: number
  short: number
  paid: number
  coupon: number
  elsewhere: number
  undone: number
  day: number
}
const opening = fc.record({
  gift: fc.integer({ min: 1, max: 700 }),
  short: fc.nat({ max: 300 }),
  paid: fc.nat({ max: 700 }),
  coupon: fc.nat({ max: 600 }),
  elsewhere: fc.nat({ max: 600 }),
  undone: fc.nat({ max: 400 }),
  day: fc.nat({ max: 13 }),
})

// A member with points, some of which run out on the tenth day, who paid for one order and holds the rest, or some of it.
function told({ gift, short, paid, coupon, elsewhere, undone, day }: Opening): TestBook {
  const book = openBook(rules)
  const ada = () => enrol(book, 'ada')
  grant(book, ada(), { points: gift, reason: 'gift' })
  if (short > 0) grant(book, ada(), { points: short, reason: 'gift', expiresAt: at(10) })
  const old = { placedAt: at(-9), shippedAt: at(-8), lines: [{ id: '1', sku: 'old', price: undone * 100, quantity: 1 }] }
  reportOrder(book, ada(), 'old', { ...old, updatedAt: at(-8), state: 'shipped' })
  maybe(() => use(book, redeem(book, ada(), { points: coupon }).code, { order: 'paid', lines: cart }))
  maybe(() => pay(book, ada(), 'paid', { points: paid, lines: cart }))
  maybe(() => redeem(book, ada(), { points: elsewhere }))
  // What this takes back beyond what is left is owed.
  reportOrder(book, ada(), 'old', { ...old, updatedAt: at(-7), state: 'cancelled' })
  book.now = START + day * DAY
  return book
}

const report = (book: TestBook, { order, named, ...it }: Reported) => {
  const code = book.all<{ code: string }>('SELECT code FROM coupons ORDER BY id DESC LIMIT 1')[0]?.code
  return reportOrder(book, enrol(book, 'ada'), order, {
    ...document(it),
    ...(named && order === 'paid' && code ? { codes: [code] } : {}),
  } as Order)
}

function end(book: TestBook) {
  expect(book.audited()).toEqual([])
  const { points, pending, expiring, coupons } = walletOf(book, enrol(book, 'ada'))
  const at = new Map<string, number>()
  for (const lot of expiring) at.set(lot.at, (at.get(lot.at) ?? 0) + lot.points)
  return {
    points,
    pending: pending.toSorted((a, b) => a.order.localeCompare(b.order)),
    expiring: [...at],
    states: coupons.map((it) => it.state),
  }
}

test('S13 · any order and repetition of reports gives the same points back, to lots that run out at the same time', () => {
  const reports = fc.uniqueArray(reported, { minLength: 1, maxLength: 6, selector: ({ order, updated }) => `${order}.${updated}` })
  const shuffled = reports.chain((all) =>
    fc.record({ all: fc.constant(all), twice: fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 }) }),
  )
  fc.assert(
    fc.property(opening, shuffled, (begun, { all, twice }) => {
      const [one, other] = [all, twice].map((reports) => {
        const book = told(begun)
        // Debt is repaid by whatever comes first: how long what is left then lasts depends on the order, and so does the change that a
        // coupon finds again which only a report used.
        const owed = enrol(book, 'ada').debt !== 0
        for (const it of reports) report(book, { ...it, named: it.named && !owed })
        const { expiring, ...rest } = end(book)
        return owed ? rest : { expiring, ...rest }
      })
      expect(other).toEqual(one)
    }),
    { numRuns: 500 },
  )
})

test('S13 · whatever is paid, changed and refunded, no account falls below zero and the balance is the sum of what happened', () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant('report' as const), it: reported }),
    fc.record({ do: fc.constant('pay' as const), points: fc.integer({ min: -1, max: 900 }), order: fc.constantFrom('paid', 'other') }),
    fc.record({ do: fc.constant('unpay' as const), order: fc.constantFrom('paid', 'other') }),
    fc.record({ do: fc.constant('redeem' as const), points: fc.nat({ max: 600 }) }),
    fc.record({ do: fc.constant('wait' as const), days: fc.nat({ max: 4 }) }),
  )
  fc.assert(
    fc.property(opening, fc.array(step, { maxLength: 15 }), (begun, steps) => {
      const book = told(begun)
      for (const it of steps) {
        const ada = enrol(book, 'ada')
        if (it.do === 'wait') book.now += it.days * DAY
        if (it.do === 'report') report(book, { ...it.it, updated: it.it.updated + book.now - START })
        if (it.do === 'pay') maybe(() => pay(book, ada, it.order, { points: it.points, lines: cart }))
        if (it.do === 'unpay') unpay(book, ada, it.order)
        if (it.do === 'redeem') maybe(() => redeem(book, ada, { points: it.points }))
        expect(book.audited()).toEqual([])
        const { points } = walletOf(book, enrol(book, 'ada'))
        expect(points.debt === 0 || points.available === 0).toBe(true)
      }
    }),
    { numRuns: 250 },
  )
})

test('S13 · line by line or all at once, refunds give back all the points that paid, never more', () => {
  const line = fc.record({ price: fc.nat({ max: 3000 }), quantity: fc.integer({ min: 1, max: 5 }) })
  fc.assert(
    fc.property(
      fc.array(line, { minLength: 1, maxLength: 5 }),
      fc.nat({ max: 9000 }),
      fc.nat(),
      fc.nat({ max: 9000 }),
      (lines, points, seed, amount) => {
        const order = { ...document({ updated: 0, state: 'placed', gone: { a: 0, b: 0, c: 0 }, amount: 0 }) }
        order.lines = lines.map((it, index) => ({ ...it, id: `${index}`, sku: 's' }))
        const refund = (quantities: number[]): Order => ({
          ...order,
          refunds: [
            { id: 'r', at: at(0), lines: quantities.flatMap((quantity, index) => (quantity > 0 ? [{ id: `${index}`, quantity }] : [])) },
            ...(amount % 2 ? [{ id: 'm', at: at(0), amount }] : []),
          ],
        })
        let last = 0
        const gone = lines.map(() => 0)
        const units = lines.flatMap(({ quantity }, index) => Array(quantity).fill(index) as number[])
        for (let left = units.length, roll = seed; left > 0; left--, roll = (Math.imul(roll, 69_069) + 1) >>> 0) {
          const [index] = units.splice(roll % left, 1) as [number]
          gone[index] = (gone[index] ?? 0) + 1
          const back = pointsBack(refund(gone), rules, points)
          expect(back).toBeGreaterThanOrEqual(last)
          expect(back).toBeLessThanOrEqual(points)
          last = back
        }
        expect(last).toBe(points)
      },
    ),
    { numRuns: 1000 },
  )
})

test('J10 · a coupon that was never used and points never paid stay where they are', () => {
  const book = told({ gift: 700, short: 0, paid: 0, coupon: 0, elsewhere: 300, undone: 0, day: 0 })
  report(book, { order: 'paid', updated: 1, state: 'cancelled', gone: { a: 3, b: 2, c: 1 }, named: false, amount: 100 })
  const { points, coupons } = walletOf(book, enrol(book, 'ada'))
  expect(points).toEqual({ available: 400, pending: 0, held: 300, debt: 0 })
  expect(findCoupon(book, coupons[0]?.code ?? '').state).toBe('open')
})

function maybe(act: () => unknown): void {
  try {
    act()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
  }
}
