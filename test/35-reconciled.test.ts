// The report against random histories: what moved is what the liability changed by, and every sum is the sum of its parts.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { redeem } from '../server/acts/coupons.ts'
import { grant } from '../server/acts/grants.ts'
import { enrol } from '../server/acts/members.ts'
import { reportOrder } from '../server/acts/orders.ts'
import { pay } from '../server/acts/paying.ts'
import { report } from '../server/acts/report.ts'
import { type Order, Refusal, type Report } from '../server/contract.ts'
import { at, DAY, openBook, program, START, type TestBook } from './book.ts'

const sellers = { percent: 2, from: '2020-01-01T00:00:00Z' }

const step = fc.record({
  do: fc.constantFrom('order', 'order', 'order', 'grant', 'redeem', 'pay', 'wait', 'wait'),
  who: fc.constantFrom('ada', 'bob'),
  order: fc.constantFrom('o1', 'o2'),
  state: fc.constantFrom('placed', 'shipped', 'cancelled'),
  gone: fc.boolean(),
  seller: fc.constantFrom('s1', 's2', undefined),
  points: fc.integer({ min: 1, max: 500 }),
})
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

test('A10 · whatever happens, issued − taken back − spent − expired is what the liability changed by, in every window and for every funder', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), fc.nat({ max: 120 }), fc.nat({ max: 120 }), (steps, some, more) => {
      const book = openBook(program({ sellers, redeeming: { checkout: { max: null } }, expiry: { life: 'P20D' } }))
      for (const it of steps) happen(book, it)
      book.now += DAY
      const [from, to] = [Math.min(some, more), Math.max(some, more)].map((days) => at(days - 2))
      const [before, window, all] = [report(book, { to: from }), report(book, { from, to }), report(book, {})]
      for (const name of ['shop', 's1', 's2'])
        expect((window.funders[name]?.liability ?? 0) - (before.funders[name]?.liability ?? 0)).toBe(change(window.funders[name]))
      expect(window.liability - before.liability).toBe(change(window))
      for (const told of [before, window, all]) {
        expect(told.liability).toBe(told.available + told.pending + told.held - told.debt)
        for (const key of ['issued', 'spent', 'expired', 'clawedBack'] as const) {
          expect(sum(Object.values(told.funders).map((funder) => funder[key]))).toBe(told[key])
          expect(sum(told.months.map((month) => month[key]))).toBe(told[key])
        }
        expect(sum(Object.values(told.funders).map((funder) => funder.liability))).toBe(told.liability)
      }
      const [kept] = book.all(
        'SELECT SUM(available) AS available, SUM(pending) AS pending, SUM(held) AS held, -SUM(debt) AS debt FROM members',
      )
      for (const [name, points] of Object.entries(kept ?? {})) expect(all[name as 'held'] + 0).toBe((points as number) ?? 0)
    }),
    { numRuns: 300 },
  )
})

const sum = (all: number[]) => all.reduce((total, one) => total + one, 0)
const change = (moved: Pick<Report, 'issued' | 'clawedBack' | 'spent' | 'expired'> | undefined) =>
  moved ? moved.issued - moved.clawedBack - moved.spent - moved.expired : 0

function happen(book: TestBook, it: Step): void {
  const who = enrol(book, it.who)
  const line = { id: '1', sku: 'dress', price: 9_900, quantity: 1, ...(it.seller ? { seller: it.seller } : {}) }
  const known = { joinedAt: START - DAY, leftAt: null, percent: 3 }
  try {
    if (it.do === 'wait') book.now += 5 * DAY
    if (it.do === 'grant') grant(book, who, { points: it.points, reason: 'gift' })
    if (it.do === 'redeem') redeem(book, who, { points: it.points })
    if (it.do === 'pay') pay(book, who, it.order, { points: it.points, lines: [line] })
    if (it.do !== 'order') return
    const order = {
      ...{ placedAt: at(0), updatedAt: new Date(book.now).toISOString(), state: it.state, lines: [line] },
      ...(it.state === 'shipped' ? { shippedAt: new Date(book.now).toISOString() } : {}),
      refunds: it.gone ? [{ id: 'r', at: at(0), lines: [{ id: '1', quantity: 1 }] }] : [],
    }
    reportOrder(book, who, it.order, order as Order, { sellers: { s1: known, s2: known } } as never)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
  }
}
