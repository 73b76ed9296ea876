// Ten thousand random lives of orders under a program that changes: campaigns, payment that changes, late parcels, refunds by line
// and by amount, coupons, and a clock that jumps. Many members share a book, so that the audit after them reads all their books at once.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { release, use } from '../server/acts/checkout.ts'
import { letGo, openCoupons, redeem } from '../server/acts/coupons.ts'
import { grant } from '../server/acts/grants.ts'
import { enrol } from '../server/acts/members.ts'
import { receiptOf, reportOrder } from '../server/acts/orders.ts'
import { walletOf } from '../server/acts/wallet.ts'
import { type Order, Refusal } from '../server/contract.ts'
import { at, DAY, openBook, program, START, type TestBook } from './book.ts'

const RUNS = 10_000
const SHARED = 250

const ordered = { from: at(4), until: at(9) }
const campaigns = [
  { id: 'ten', title: '10×', multiply: 10, ordered },
  {
    ...{ id: 'cashless', title: '5 %', percent: 5, ordered: { until: at(10) }, shipped: { until: at(14) } },
    ...{ payment: ['card'], categories: ['beauty'], cancelUnshipped: true },
  },
]
/** In force from the start, from day 5 and from day 8: an order keeps the one of its day. */
const versions = [
  program({ campaigns }),
  program({ campaigns: campaigns.slice(1), earning: { purchase: { percent: 2.5, rounding: 'round', delay: 'P3D' } } }),
  program({ earning: { purchase: { percent: 1.3, award: 'placed', rounding: 'ceil', delay: 'P1D' } } }),
]

function openShared(): TestBook {
  const book = openBook(versions[0])
  for (const [days, version] of [
    [5, versions[1]],
    [8, versions[2]],
  ] as const) {
    book.now = START + days * DAY
    book.change(version as NonNullable<typeof version>)
  }
  return book
}

const placedOn = [1, 6, 9]
const line = fc.record({
  price: fc.integer({ min: 0, max: 30_000 }),
  quantity: fc.integer({ min: 1, max: 3 }),
  beauty: fc.boolean(),
  back: fc.nat({ max: 3 }),
})
const report = fc.record({
  do: fc.constant('report' as const),
  order: fc.nat({ max: placedOn.length - 1 }),
  state: fc.constantFrom('placed' as const, 'on-hold' as const, 'shipped' as const, 'shipped' as const, 'cancelled' as const),
  payment: fc.constantFrom('card', 'card', 'cash', undefined),
  shippedDay: fc.integer({ min: 9, max: 20 }),
  lines: fc.array(line, { minLength: 1, maxLength: 3 }),
  refunded: fc.oneof(fc.constant(0), fc.nat({ max: 20_000 })),
})
type Report = typeof report extends fc.Arbitrary<infer T> ? T : never

const document = (it: Report, updatedAt: number): Order => ({
  placedAt: at(placedOn[it.order] as number),
  updatedAt: new Date(updatedAt).toISOString(),
  state: it.state,
  ...(it.state === 'shipped' ? { shippedAt: at(it.shippedDay) } : {}),
  ...(it.payment ? { payment: it.payment } : {}),
  lines: it.lines.map(({ price, quantity, beauty }, index) => ({
    ...{ id: `${index}`, sku: `sku-${index}`, price, quantity },
    ...(beauty ? { categories: ['beauty'] } : {}),
  })),
  refunds: [
    ...it.lines.flatMap(({ back, quantity }, index) =>
      back > 0 && back <= quantity ? [{ id: `line-${index}`, at: at(10), lines: [{ id: `${index}`, quantity: back }] }] : [],
    ),
    ...(it.refunded > 0 ? [{ id: 'amount', at: at(10), amount: it.refunded }] : []),
  ],
})

const step = fc.oneof(
  { weight: 5, arbitrary: report },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('grant' as const), points: fc.integer({ min: 1, max: 500 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('redeem' as const), points: fc.integer({ min: 1, max: 800 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('undo' as const, 'release' as const), nth: fc.nat({ max: 3 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('use' as const),
      nth: fc.nat({ max: 3 }),
      order: fc.nat({ max: 2 }),
      cart: fc.nat({ max: 900 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), days: fc.double({ min: 0, max: 5, noNaN: true }) }) },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** Balances as the transfers alone have them, and what was taken back of what was issued. */
function derived(book: TestBook, member: number) {
  const [row] = book.all<Record<'available' | 'pending' | 'held' | 'debt' | 'issued' | 'back', number>>(
    `SELECT ${['available', 'pending', 'held', 'debt']
      .map((name) => `COALESCE(SUM(points * ((credit = '${name}') - (debit = '${name}'))), 0) AS ${name}`)
      .join(', ')},
      COALESCE(SUM(points * (debit LIKE 'issued:%')), 0) AS issued, COALESCE(SUM(points * (credit LIKE 'issued:%')), 0) AS back
     FROM transfers WHERE member = ?`,
    member,
  )
  if (!row) throw new Error('a sum has one row')
  return row
}

function act(book: TestBook, who: string, step: Step): void {
  const member = enrol(book, who)
  if (step.do === 'wait') book.now += Math.floor(step.days * DAY)
  if (step.do === 'grant') grant(book, member, { points: step.points, reason: 'gift' })
  if (step.do === 'report') reportOrder(book, member, `o${step.order}`, document(step, book.now))
  if (step.do === 'redeem') redeem(book, member, step)
  if (!('nth' in step)) return
  const coupons = book.all<{ code: string }>('SELECT code FROM coupons WHERE member = ? ORDER BY id', member.id)
  const code = coupons[step.nth]?.code
  if (!code) return
  if (step.do === 'use') use(book, code, { order: `o${step.order}`, lines: [{ id: '1', sku: 'x', price: step.cart, quantity: 1 }] })
  else if (step.do === 'release') release(book, code)
  else for (const coupon of openCoupons(book, member).slice(0, 1)) letGo(book, member, coupon, 'returned')
}

test(`${RUNS} histories: no account below zero, all entries sum to zero, no more taken back than given, each order as its receipt says`, () => {
  let book = openShared()
  let number = 0
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 14 }), (steps) => {
      if (number % SHARED === 0) {
        expect(book.audited()).toEqual([])
        book = openShared()
      }
      const who = `member-${number++}`
      book.now = START + 9 * DAY
      for (const step of steps) {
        try {
          book.transaction(() => act(book, who, step))
        } catch (error) {
          if (!(error instanceof Refusal)) throw error
        }
        const { id, available, pending, held, debt } = enrol(book, who)
        const { issued, back, ...balances } = derived(book, id)
        expect(balances).toEqual({ available, pending, held, debt })
        expect(available >= 0 && pending >= 0 && held >= 0 && debt <= 0 && back <= issued).toBe(true)
      }
      expectReceipts(book, who)
    }),
    { numRuns: RUNS },
  )
  expect(book.audited()).toEqual([])
}, 120_000)

function expectReceipts(book: TestBook, who: string): void {
  const member = enrol(book, who)
  const orders = book.all<{ id: string; lots: string }>('SELECT id, lots FROM orders WHERE member = ?', member.id)
  for (const { id, lots } of orders) {
    const [{ points } = { points: 0 }] = book.all<{ points: number }>(
      'SELECT COALESCE(SUM(points), 0) AS points FROM lots WHERE id IN (SELECT value FROM json_each(?))',
      lots,
    )
    expect([id, points]).toEqual([id, receiptOf(book, member, id).points])
  }
}

test('the same reports over weeks, or all at the end in any order and three times each, end in the same wallet', () => {
  const reports = fc.uniqueArray(fc.record({ report, updated: fc.integer({ min: 1, max: 900 }) }), {
    ...{ minLength: 1, maxLength: 7, selector: ({ report, updated }: { report: Report; updated: number }) => `${report.order}.${updated}` },
  })
  const both = reports.chain((all) =>
    fc.record({ all: fc.constant(all), shuffled: fc.shuffledSubarray([...all, ...all, ...all], { minLength: all.length * 3 }) }),
  )
  let book = openShared()
  let number = 0
  const END = START + 40 * DAY
  const told = (who: string, { report, updated }: { report: Report; updated: number }) =>
    reportOrder(book, enrol(book, who), `o${report.order}`, document(report, START + 9 * DAY + updated * 3_600_000))
  const wallet = (who: string) => {
    book.now = END
    const { points, pending } = walletOf(book, enrol(book, who))
    return { points, pending: pending.toSorted((a, b) => a.order.localeCompare(b.order)) }
  }
  fc.assert(
    fc.property(both, fc.nat({ max: 400 }), ({ all, shuffled }, spent) => {
      if (number % SHARED === 0) book = openShared()
      const [slow, sudden] = [`slow-${number}`, `sudden-${number++}`]
      for (const who of [slow, sudden]) {
        book.now = START + 9 * DAY
        grant(book, enrol(book, who), { points: 400, reason: 'gift' })
        if (spent > 0) redeem(book, enrol(book, who), { points: spent })
      }
      for (const each of all.toSorted((a, b) => a.updated - b.updated)) {
        book.now = Math.max(book.now, START + 9 * DAY + each.updated * 3_600_000)
        told(slow, each)
      }
      book.now = END
      for (const each of shuffled) told(sudden, each)
      expect(wallet(sudden)).toEqual(wallet(slow))
      if (number % SHARED === 0) expect(book.audited()).toEqual([])
    }),
    { numRuns: 2_000 },
  )
}, 120_000)
