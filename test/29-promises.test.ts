// What the source programmes promise of earning, each as one order and its receipt.
import { describe, expect, test } from 'vitest'
import { NEVER, type Order } from '../server/contract.ts'
import { judge } from '../server/rules/spending.ts'
import { japan, judged, line, millis, ordered, programs, rules } from './rules.ts'

const { jej, solaris } = programs
const early = { tags: ['early-bird'] }
const shipped = (clock: string, more: object = {}) => ordered('2026-07-01T12:00:00', { state: 'shipped', shippedAt: japan(clock), ...more })

describe('J1 · 1 % of the purchase price comes back as whole points', () => {
  test.each([
    [10_000, 100],
    [199, 1],
    [100, 1],
    [99, 0],
  ])('¥%i: %i', (price, points) => expect(judged(ordered('2026-07-01T12:00:00', { lines: [line('a', price)] }), jej).points).toBe(points))

  test('rounded once, for the order’s total, as the program says', () => {
    const order = ordered('2026-07-01T12:00:00', { lines: [line('a', 150), line('b', 150), line('c', 190)] })
    expect(judged(order, jej)).toMatchObject({ points: 4, lines: [{ points: 1 }, { points: 1 }, { points: 2 }] })
    expect(judged(order, rules({}, { rounding: 'ceil' })).points).toBe(5)
  })
})

test('J7 · an order placed as a guest earns nothing, also when that guest registers later', () => {
  const guest = shipped('2026-07-03T12:00:00', { guest: true })
  for (const now of [millis('2026-07-01T12:00:00'), millis('2030-01-01T00:00:00')])
    expect(judged(guest, jej, { now })).toMatchObject({ points: 0, state: 'void', availableAt: null, lines: [{ why: 'guest', points: 0 }] })
})

test('J8 · points are awarded after the products are shipped, to the millisecond', () => {
  const order = shipped('2026-07-03T12:00:00')
  expect(judged(order, jej, { now: millis('2026-07-03T12:00:00') - 1 }).state).toBe('pending')
  expect(judged(order, jej, { now: millis('2026-07-03T12:00:00') }).state).toBe('available')
})

test('J9 · between order and shipment they are shown as points to be awarded, with the order they belong to', () => {
  const order = ordered('2026-07-01T12:00:00')
  expect(judged(order, jej, { id: 'o-17' })).toMatchObject({
    order: 'o-17',
    points: 100,
    state: 'waiting',
    waitsFor: 'shipment',
    availableAt: null,
  })
  expect(judged(order, jej, { now: NEVER - 1 }).state).toBe('waiting')
})

describe('J10 · no points for the part of an order paid with points', () => {
  test('¥10,000 with a coupon of 4,000 points earns 60', () =>
    expect(judged(ordered('2026-07-01T12:00:00'), jej, { paidWithPoints: 4_000 })).toMatchObject({
      points: 60,
      lines: [{ paid: 6_000, why: null }],
    }))

  test('all of it paid with points says why', () =>
    expect(judged(ordered('2026-07-01T12:00:00'), jej, { paidWithPoints: 10_000 }).lines[0]).toMatchObject({
      points: 0,
      why: 'paid-with-points',
    }))

  test("a discount of the merchant's own that takes all off is not blamed on points", () => {
    const free = ordered('2026-07-01T12:00:00', { discounts: [{ code: 'FREE', amount: 10_000 }] })
    expect(judged(free, jej).lines[0]).toMatchObject({ paid: 0, points: 0, why: null })
  })
})

test('J11 · a point is worth ¥1', () => {
  for (const points of [1, 77, 5_000])
    expect(judge(points, { lines: [line('a', 5_000)] }, jej, { foreign: false, taken: 0 })).toMatchObject({ discount: points, change: 0 })
})

test('S3 · only orders placed after the launch earn, to the millisecond', () => {
  expect(judged(ordered('2026-06-01T09:59:59.999'), solaris)).toMatchObject({ points: 0, lines: [{ why: 'before-start' }] })
  expect(judged(ordered('2026-06-01T10:00:00.000'), solaris)).toMatchObject({ points: 100, lines: [{ why: null }] })
})

test('S4 · an eligible item shows what it earns (¥10,000: 100), an excluded one shows none and says why', () => {
  const it = judged(ordered('2026-07-01T12:00:00', { lines: [line('a', 10_000), line('b', 10_000, early)] }), solaris, { id: null })
  expect(it.lines).toMatchObject([
    { points: 100, percent: 1, why: null },
    { points: 0, percent: 0, why: 'excluded' },
  ])
})

test('S5 · points are earned at purchase, as pending', () =>
  expect(judged(ordered('2026-07-01T12:00:00'), solaris)).toMatchObject({ points: 100, state: 'waiting', availableAt: null }))

test('S6 · they become available 7 × 24 hours after the order has shipped, to the millisecond', () => {
  const order = shipped('2026-07-03T12:34:56.789')
  const at = millis('2026-07-03T12:34:56.789') + 7 * 24 * 3_600_000
  expect(judged(order, solaris, { now: at - 1 })).toMatchObject({
    state: 'pending',
    availableAt: new Date(at).toISOString(),
    waitsFor: null,
  })
  expect(judged(order, solaris, { now: at })).toMatchObject({ state: 'available', availableAt: new Date(at).toISOString() })
})

describe('S13 · a partial refund takes back the corresponding points', () => {
  const two = { lines: [line('a', 3_000, { quantity: 2 }), line('b', 4_000)] }
  const rows: [story: string, refunds: object[], points: number, why: (string | null)[]][] = [
    ['nothing', [], 100, [null, null]],
    ['one of two', [{ lines: [{ id: 'a', quantity: 1 }] }], 70, [null, null]],
    ['a whole line', [{ lines: [{ id: 'b', quantity: 1 }] }], 60, [null, 'refunded']],
    ['an amount', [{ amount: 5_000 }], 50, [null, null]],
    ['everything', [{ lines: [{ id: 'a', quantity: 2 }] }, { amount: 4_000 }], 0, ['refunded', 'refunded']],
  ]
  test.each(rows)('%s', (_, refunds, points, why) => {
    const order = shipped('2026-07-03T12:00:00', {
      ...two,
      refunds: refunds.map((refund, index) => ({ id: `${index}`, at: japan('2026-07-20T00:00:00'), ...refund })),
    })
    const it = judged(order, solaris)
    expect(it.points).toBe(points)
    expect(it.lines.map((line) => line.why)).toEqual(why)
  })

  test('with the rule the order was placed under: ten times then, ten times back', () => {
    const refunds = [{ id: 'r', at: japan('2026-08-01T00:00:00'), lines: [{ id: 'a', quantity: 1 }] }]
    const order: Order = { ...ordered('2026-06-10T12:00:00', two), refunds }
    expect(judged({ ...order, refunds: [] }, solaris).points).toBe(1_000)
    expect(judged(order, solaris, { now: millis('2026-08-02T00:00:00') }).points).toBe(700)
  })
})
