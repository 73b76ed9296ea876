// Random histories against a small model: after every step the wallet is the model's and the audit finds nothing.
// And the same reports in any order, any number of times, end in the same wallet.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { release, use } from '../server/acts/checkout.ts'
import { findCoupon, letGo, redeem } from '../server/acts/coupons.ts'
import { grant } from '../server/acts/grants.ts'
import { enrol } from '../server/acts/members.ts'
import { reportOrder } from '../server/acts/orders.ts'
import { walletOf } from '../server/acts/wallet.ts'
import { type Order, Refusal } from '../server/contract.ts'
import { at, DAY, openBook, program, START, type TestBook } from './book.ts'

const ORDERS = 3
const state = fc.constantFrom('placed', 'on-hold', 'shipped', 'cancelled')

type Step =
  | { do: 'report'; order: number; state: Order['state']; price: number; refunded: number; shippedDay: number }
  | { do: 'grant' | 'redeem'; points: number }
  | { do: 'undo' | 'release'; coupon: number }
  | { do: 'use'; coupon: number; order: number; cart: number }
  | { do: 'wait'; days: number }

const steps = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant('report'),
        order: fc.nat({ max: ORDERS - 1 }),
        state,
        price: fc.integer({ min: 1, max: 60_000 }),
        refunded: fc.nat({ max: 20_000 }),
        shippedDay: fc.nat({ max: 12 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('grant'), points: fc.integer({ min: 1, max: 900 }) }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('redeem'), points: fc.integer({ min: 0, max: 700 }) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('undo'), coupon: fc.nat({ max: 5 }) }) },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('use'),
        coupon: fc.nat({ max: 5 }),
        order: fc.nat({ max: ORDERS - 1 }),
        cart: fc.nat({ max: 900 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('release'), coupon: fc.nat({ max: 5 }) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('wait'), days: fc.nat({ max: 6 }) }) },
  ),
  { maxLength: 30 },
) as fc.Arbitrary<Step[]>

/** An order that points have paid, refunded as if by money: chance seldom meets it. */
const allBack: Step[] = [
  { do: 'grant', points: 1 },
  { do: 'redeem', points: 1 },
  { do: 'use', coupon: 0, order: 0, cart: 1 },
  { do: 'report', order: 0, state: 'placed', price: 1, refunded: 1, shippedDay: 0 },
]

test('whatever happens, the wallet is what a model of ten lines says it is, and the books balance', () => {
  fc.assert(
    fc.property(steps, (steps) => {
      const world = start()
      for (const step of steps) {
        expectOutcome(world, step)
        const { points } = walletOf(world.book, enrol(world.book, 'ada'))
        expect(points).toEqual(modelled(world))
        expect(world.book.audited()).toEqual([])
      }
    }),
    { numRuns: 600, examples: [[allBack]] },
  )
})

const lives: [string, object][] = [
  ['ends in the same wallet', {}],
  ['ends in the same wallet, also where points run out by some of them and not by the newest', { expiry: { life: 'P3D' } }],
]

test.each(lives)('any order and repetition of the same reports %s', (_, expiry) => {
  const reports = fc.uniqueArray(
    fc.record({
      order: fc.nat({ max: ORDERS - 1 }),
      state,
      price: fc.integer({ min: 1, max: 60_000 }),
      refunded: fc.nat({ max: 20_000 }),
      shippedDay: fc.nat({ max: 12 }),
      updated: fc.nat({ max: 1000 }),
    }),
    { minLength: 2, maxLength: 8, selector: ({ order, updated }) => `${order}.${updated}` },
  )
  const twice = reports.chain((all) =>
    fc.record({ all: fc.constant(all), shuffled: fc.shuffledSubarray([...all, ...all, ...all], { minLength: all.length * 3 }) }),
  )
  fc.assert(
    fc.property(twice, fc.nat({ max: 700 }), ({ all, shuffled }, points) => {
      const end = [all, shuffled].map((reports) => {
        const book = openBook(program(expiry))
        grant(book, enrol(book, 'ada'), { points: 700, reason: 'gift', expiresAt: at(100) })
        if (points > 0) redeem(book, enrol(book, 'ada'), { points })
        book.now = START + 13 * DAY
        for (const report of reports)
          reportOrder(book, enrol(book, 'ada'), `o${report.order}`, document({ ...report, updatedAt: START + report.updated }))
        expect(book.audited()).toEqual([])
        const { points: balances, pending } = walletOf(book, enrol(book, 'ada'))
        return { balances, pending: pending.toSorted((a, b) => a.order.localeCompare(b.order)) }
      })
      expect(end[1]).toEqual(end[0])
    }),
    { numRuns: 300 },
  )
})

interface World {
  book: TestBook
  granted: number
  orders: Map<number, Extract<Step, { do: 'report' }>>
  coupons: { code: string; points: number; state: 'open' | 'used' | 'returned'; order?: number; discount?: number }[]
}

const start = (): World => ({
  book: openBook(program({ redeeming: { coupon: { max: 600 } } })),
  granted: 0,
  orders: new Map(),
  coupons: [],
})

const document = (it: { state: Order['state']; price: number; refunded: number; shippedDay: number; updatedAt: number }): Order => ({
  placedAt: at(0),
  updatedAt: new Date(it.updatedAt).toISOString(),
  state: it.state,
  ...(it.state === 'shipped' ? { shippedAt: at(it.shippedDay) } : {}),
  lines: [{ id: '1', sku: 'dress', price: it.price, quantity: 1 }],
  refunds: it.refunded > 0 ? [{ id: 'r', at: at(0), amount: it.refunded }] : [],
})

// The model: what an order merits, and every balance as a sum over what happened.
const merit = (world: World, id: number) => {
  const it = world.orders.get(id)
  if (!it || it.state === 'cancelled') return { points: 0, ripe: false, back: 0 }
  const byCoupon = world.coupons.reduce(
    (sum, coupon) => sum + (coupon.state === 'used' && coupon.order === id ? (coupon.discount ?? 0) : 0),
    0,
  )
  const paid = Math.max(0, it.price - byCoupon)
  const ripe = it.state === 'shipped' && START + (it.shippedDay + 7) * DAY <= world.book.now
  // What is refunded beyond the money was paid with points, and comes back as such.
  const back = Math.min(byCoupon, Math.max(0, it.refunded - paid))
  return { points: Math.floor((paid - Math.min(paid, it.refunded)) / 100), ripe, back }
}

function modelled(world: World) {
  const merits = Array.from({ length: ORDERS }, (_, id) => merit(world, id))
  const pending = merits.reduce((sum, { points, ripe }) => sum + (ripe ? 0 : points), 0)
  const earned = merits.reduce((sum, { points, ripe }) => sum + (ripe ? points : 0), 0)
  const held = world.coupons.reduce((sum, coupon) => sum + (coupon.state === 'open' ? coupon.points : 0), 0)
  const spent = world.coupons.reduce((sum, coupon) => sum + (coupon.state === 'used' ? (coupon.discount ?? 0) : 0), 0)
  const back = merits.reduce((sum, { back }) => sum + back, 0)
  const net = world.granted + earned + back - held - spent
  return { available: Math.max(0, net), pending, held, debt: Math.max(0, -net) }
}

// Does a step on the books and in the model, and expects the books to refuse it exactly when the model does.
function expectOutcome(world: World, step: Step): void {
  const { book } = world
  const ada = enrol(book, 'ada')
  if (step.do === 'wait') book.now += step.days * DAY
  if (step.do === 'grant') {
    grant(book, ada, { points: step.points, reason: 'gift' })
    world.granted += step.points
  }
  if (step.do === 'redeem') {
    const { available } = modelled(world)
    const refusal = step.points < 1 || step.points > 600 ? 'out-of-range' : step.points > available ? 'insufficient-points' : undefined
    const coupon = attempt(refusal, () => redeem(book, ada, { points: step.points }))
    if (coupon) world.coupons.push({ code: coupon.code, points: coupon.points, state: 'open' })
  }
  if (step.do === 'report') {
    world.orders.set(step.order, step)
    reportOrder(book, ada, `o${step.order}`, document({ ...step, updatedAt: book.now }))
    // A cancelled order gives its coupons back; one that stands after all takes them again.
    for (const coupon of world.coupons) {
      if (coupon.order === step.order) coupon.state = step.state === 'cancelled' ? 'returned' : 'used'
      expect(findCoupon(book, coupon.code).state).toBe(coupon.state)
    }
  }
  if ('coupon' in step) onCoupon(world, step)
}

function onCoupon(world: World, step: Extract<Step, { coupon: number }>): void {
  const { book } = world
  const ada = enrol(book, 'ada')
  const model = world.coupons[step.coupon]
  if (!model) return
  const row = findCoupon(book, model.code)
  if (step.do === 'undo') {
    const done = attempt(model.state === 'open' ? undefined : 'coupon-not-open', () => letGo(book, ada, row, 'returned') ?? true)
    if (done) model.state = 'returned'
  }
  if (step.do === 'release') {
    attempt(model.state === 'returned' ? 'coupon-not-open' : undefined, () => release(book, model.code))
    const after = findCoupon(book, model.code)
    if (model.state === 'used') Object.assign(model, { state: 'open', points: after.points, order: undefined, discount: undefined })
  }
  if (step.do === 'use') {
    const again = model.state === 'used' && model.order === step.order
    const taken = world.coupons.reduce(
      (sum, other) => sum + (other !== model && other.state === 'used' && other.order === step.order ? (other.discount ?? 0) : 0),
      0,
    )
    const discount = Math.min(model.points, Math.max(0, step.cart - taken))
    const unusable = discount === 0 || world.orders.get(step.order)?.state === 'cancelled'
    const refusal = again ? undefined : model.state !== 'open' ? 'coupon-not-open' : unusable ? 'coupon-not-usable' : undefined
    const lines = [{ id: '1', sku: 'dress', price: step.cart, quantity: 1 }]
    attempt(refusal, () => use(book, model.code, { order: `o${step.order}`, lines }))
    if (refusal || again) return
    Object.assign(model, { state: 'used', order: step.order, discount })
  }
}

function attempt<T>(code: string | undefined, act: () => T): T | undefined {
  try {
    const result = act()
    expect(code).toBeUndefined()
    return result
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    expect(error.code).toBe(code)
    return undefined
  }
}
