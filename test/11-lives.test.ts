// Which points go first and which run out, against a model of lots: grants with lives of their own, coupons and gifts that hold
// them past their last day, debt, and a clock that stops on the millisecond.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { release, use } from '../server/acts/checkout.ts'
import { findCoupon, letGo, redeem } from '../server/acts/coupons.ts'
import { askGift, decideGift, findGift } from '../server/acts/gifts.ts'
import { grant } from '../server/acts/grants.ts'
import { enrol } from '../server/acts/members.ts'
import { reportOrder } from '../server/acts/orders.ts'
import { walletOf } from '../server/acts/wallet.ts'
import { Refusal } from '../server/contract.ts'
import { DAY, openBook, order, program, type TestBook } from './book.ts'

const rules = program({
  earning: { purchase: { percent: 1, award: 'placed' } },
  redeeming: { coupon: { life: 'P6D' }, gifts: [{ id: 'g', title: 'G', points: 40 }] },
})

const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('grant' as const),
      points: fc.integer({ min: 1, max: 90 }),
      days: fc.option(fc.integer({ min: 1, max: 9 })),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('redeem' as const), points: fc.integer({ min: 1, max: 120 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('undo' as const, 'release' as const), nth: fc.nat({ max: 3 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('use' as const), nth: fc.nat({ max: 3 }), cart: fc.integer({ min: 1, max: 120 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('gift' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('accepted' as const, 'declined' as const), nth: fc.nat({ max: 1 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('order' as const), earns: fc.nat({ max: 90 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 4 }), off: fc.constantFrom(-1, 0, 0, 1) }),
  },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

interface Lot {
  until: number
  points: number
}
type Part = [lot: Lot, points: number]
interface Held {
  state: 'open' | 'used' | 'gone'
  parts: Part[]
  /** What of them an order used, and what it left over. */
  spent: Part[]
  change: Part[]
  until: number
}
interface Model {
  now: number
  lots: Lot[]
  coupons: Held[]
  gifts: Held[]
  debt: number
  earned: number
  own: Lot
}

const sum = (parts: Part[]) => parts.reduce((total, [, points]) => total + points, 0)
function first(parts: Part[], points: number): Part[] {
  const taken: Part[] = []
  for (const [lot, some] of parts) taken.push([lot, Math.min(some, points - sum(taken))])
  return taken.filter(([, some]) => some > 0)
}
const rest = (parts: Part[], gone: Part[]): Part[] =>
  parts.map(([lot, some]): Part => [lot, some - (gone.find(([other]) => other === lot)?.[1] ?? 0)]).filter(([, some]) => some > 0)

// The soonest to run out first, of equal ones the oldest.
const inTurn = (model: Model): Part[] => model.lots.toSorted((a, b) => a.until - b.until).map((lot) => [lot, lot.points])
const available = (model: Model) => model.lots.reduce((total, { points }) => total + points, 0)

function take(model: Model, points: number, from = inTurn(model)): Part[] {
  const parts = first(from, points)
  for (const [lot, some] of parts) lot.points -= some
  return parts
}
// What comes back is there with the life it has left, if any, and repays what is owed.
function back(model: Model, parts: Part[], at = model.now): void {
  for (const [lot, some] of parts) if (lot.until > at) lot.points += some
  model.debt -= sum(take(model, Math.min(model.debt, available(model))))
}
function pass(model: Model, now: number): void {
  for (;;) {
    const open = model.coupons.filter((coupon) => coupon.state === 'open' && coupon.until <= now)
    const next = Math.min(now, ...open.map(({ until }) => until))
    for (const lot of model.lots) if (lot.until <= next) lot.points = 0
    const over = open.find(({ until }) => until === next)
    if (!over) break
    over.state = 'gone'
    back(model, over.parts, Math.max(next, model.now))
  }
  model.now = now
}

// What the model makes of a step, or the refusal.
function expected(model: Model, it: Step): string {
  if (it.do === 'grant') {
    const lot = { until: it.days === null ? Infinity : model.now + it.days * DAY, points: 0 }
    model.lots.push(lot)
    back(model, [[lot, it.points]])
  }
  if (it.do === 'redeem' || it.do === 'gift') {
    const points = it.do === 'redeem' ? it.points : 40
    if (points > available(model)) return 'insufficient-points'
    const held: Held = { state: 'open', parts: take(model, points), spent: [], change: [], until: model.now + 6 * DAY }
    if (it.do === 'redeem') model.coupons.push(held)
    else model.gifts.push(held)
  }
  if (it.do === 'order') {
    if (model.own.points === 0 && it.earns > 0 && !model.lots.includes(model.own)) model.lots.push(model.own)
    const more = it.earns - model.earned
    model.earned = it.earns
    if (more > 0) back(model, [[model.own, more]])
    if (more < 0)
      model.debt += -more - sum(take(model, -more, [[model.own, model.own.points], ...inTurn(model).filter(([lot]) => lot !== model.own)]))
  }
  if (it.do === 'accepted' || it.do === 'declined') {
    const gift = model.gifts[it.nth]
    if (!gift) return 'done'
    const state = it.do === 'accepted' ? 'used' : 'gone'
    if (gift.state !== 'open') return gift.state === state ? 'done' : 'already-done'
    gift.state = state
    if (state === 'gone') back(model, gift.parts)
  }
  if (it.do === 'undo' || it.do === 'use' || it.do === 'release') return onCoupon(model, it)
  return 'done'
}

function onCoupon(model: Model, it: Extract<Step, { do: 'undo' | 'use' | 'release' }>): string {
  const coupon = model.coupons[it.nth]
  if (!coupon || (it.do === 'release' && coupon.state === 'open')) return 'done'
  if (it.do === 'release' && coupon.state === 'used') {
    const kept = coupon.change.map(([lot, points]): Part => [lot, Math.min(points, lot.points)])
    for (const [lot, points] of kept) lot.points -= points
    const lots = new Set([...coupon.spent, ...kept].map(([lot]) => lot))
    const of = (parts: Part[], lot: Lot) => sum(parts.filter(([other]) => other === lot))
    // As they were taken: the soonest to run out first.
    const parts = [...lots].map((lot): Part => [lot, of(coupon.spent, lot) + of(kept, lot)]).filter(([, points]) => points > 0)
    Object.assign(coupon, {
      state: 'open',
      parts: parts.toSorted(([a], [b]) => a.until - b.until || model.lots.indexOf(a) - model.lots.indexOf(b)),
      spent: [],
      change: [],
    })
    return 'done'
  }
  if (it.do === 'use' && coupon.state === 'used') return 'done'
  if (coupon.state !== 'open') return 'coupon-not-open'
  coupon.state = it.do === 'use' ? 'used' : 'gone'
  if (it.do === 'use') {
    coupon.spent = first(coupon.parts, it.cart)
    coupon.change = rest(coupon.parts, coupon.spent)
  }
  back(model, it.do === 'use' ? coupon.change : coupon.parts)
  return 'done'
}

function act(book: TestBook, it: Step): void {
  const ada = enrol(book, 'ada')
  const coupon = 'nth' in it ? book.all<{ code: string }>('SELECT code FROM coupons ORDER BY id')[it.nth]?.code : undefined
  const gift = 'nth' in it ? book.all<{ id: string }>('SELECT id FROM gifts ORDER BY seq')[it.nth]?.id : undefined
  if (it.do === 'grant')
    grant(book, ada, {
      points: it.points,
      reason: 'x',
      expiresAt: it.days === null ? null : new Date(book.now + it.days * DAY).toISOString(),
    })
  if (it.do === 'redeem') redeem(book, ada, it)
  if (it.do === 'gift') askGift(book, ada, { gift: 'g' })
  if (it.do === 'undo' && coupon) letGo(book, ada, findCoupon(book, coupon), 'returned')
  if (it.do === 'release' && coupon) release(book, coupon)
  if (it.do === 'use' && coupon) use(book, coupon, { order: `with ${it.nth}`, lines: [{ id: '1', sku: 'x', price: it.cart, quantity: 1 }] })
  if ((it.do === 'accepted' || it.do === 'declined') && gift) decideGift(book, ada, findGift(book, gift), it.do)
  if (it.do === 'order')
    reportOrder(
      book,
      ada,
      'o',
      order({ updatedAt: new Date(book.now).toISOString(), lines: [{ id: '1', sku: 'x', price: it.earns * 100, quantity: 1 }] }),
    )
}

function happened(book: TestBook, it: Step): string {
  try {
    book.transaction(() => act(book, it))
    return 'done'
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return error.code
  }
}

test('S12 · points go and run out as a model of lots says, to the millisecond, whatever held them', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30, size: 'max' }), (steps) => {
      const book = openBook(rules)
      enrol(book, 'ada')
      const model: Model = { now: book.now, lots: [], coupons: [], gifts: [], debt: 0, earned: 0, own: { until: Infinity, points: 0 } }
      for (const it of steps) {
        if (it.do === 'wait') book.now += it.days * DAY + it.off
        pass(model, book.now)
        expect(happened(book, it)).toBe(expected(model, it))
        pass(model, book.now)
        const { points, expiring } = walletOf(book, enrol(book, 'ada'))
        const held = [...model.coupons, ...model.gifts].reduce((total, { state, parts }) => total + (state === 'open' ? sum(parts) : 0), 0)
        expect(points).toEqual({ available: available(model), pending: 0, held, debt: model.debt })
        const lasting = inTurn(model).filter(([{ until }, some]) => until < Infinity && some > 0)
        expect(expiring).toEqual(lasting.map(([{ until }, some]) => ({ points: some, at: new Date(until).toISOString() })))
      }
      expect(book.audited()).toEqual([])
    }),
    { numRuns: Number(process.env.RUNS ?? 400), seed: Number(process.env.SEED ?? 20261122) },
  )
}, 200_000)
