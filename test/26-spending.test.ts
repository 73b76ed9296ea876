// Spending: what points may pay for, as a coupon and at checkout.
import { describe, expect, test } from 'vitest'
import { pointsBack } from '../server/rules/paid.ts'
import { isCouponSize, judge, judgeCheckout } from '../server/rules/spending.ts'
import { line, ordered, programs, rules } from './rules.ts'

const { jej, solaris } = programs
const alone = { foreign: false, taken: 0 }
const figure = line('a', 3_000)
const early = line('b', 5_000, { tags: ['early-bird'] })

describe('J12 · a coupon is of ¥1 to ¥5,000, in steps of ¥1', () => {
  test.each([
    [1, true],
    [4_999, true],
    [5_000, true],
    [0, false],
    [-1, false],
    [5_001, false],
    [1.5, false],
    [Number.NaN, false],
    [Number.POSITIVE_INFINITY, false],
  ])('%d: %s', (points, may) => expect(isCouponSize(points, jej)).toBe(may))

  test('other programs have other sizes, and steps are counted from the smallest', () => {
    const program = rules({ redeeming: { coupon: { min: 100, max: 1_000, step: 50 } } })
    expect([99, 100, 125, 150, 1_000, 1_050].map((points) => isCouponSize(points, program))).toEqual([
      false,
      true,
      false,
      true,
      true,
      false,
    ])
  })
})

test('a line costs as often as there is of it', () => {
  expect(judge(5_000, { lines: [{ ...figure, quantity: 3 }] }, jej, alone)).toMatchObject({ discount: 5_000, change: 0 })
  expect(judge(5_000, { lines: [{ ...line('c', 700), quantity: 2 }] }, jej, alone)).toMatchObject({ discount: 1_400, change: 3_600 })
})

test('J18 · a coupon takes off what the cart can use, and the rest is change', () => {
  expect(judge(5_000, { lines: [figure] }, jej, alone)).toEqual({ usable: true, discount: 3_000, change: 2_000, reasons: [] })
  expect(judge(1_000, { lines: [figure] }, jej, alone)).toEqual({ usable: true, discount: 1_000, change: 0, reasons: [] })
  expect(judge(1_000, { lines: [figure] }, jej, { foreign: false, taken: 2_500 })).toMatchObject({ discount: 500, change: 500 })
})

describe('S7 · at checkout the shopper says how many points to use', () => {
  test('795 points take ¥795 off', () =>
    expect(judgeCheckout(795, { lines: [figure] }, solaris, alone)).toEqual({ refusal: null, max: 3_000 }))

  test.each([
    [1, null],
    [3_000, null],
    [3_001, 'out-of-range'],
    [0, 'out-of-range'],
    [-5, 'out-of-range'],
    [0.5, 'out-of-range'],
    [1.5, 'out-of-range'],
  ])('%d points for a cart of ¥3,000: %s', (points, refusal) =>
    expect(judgeCheckout(points, { lines: [figure] }, solaris, alone)).toEqual({ refusal, max: 3_000 }),
  )

  test('not where the program has no points at checkout', () =>
    expect(judgeCheckout(1, { lines: [figure] }, jej, alone)).toEqual({ refusal: 'not-eligible', max: 0 }))

  test('what our own coupons take off is not to be paid again', () =>
    expect(judgeCheckout(1_000, { lines: [figure] }, solaris, { foreign: false, taken: 2_500 })).toEqual({
      refusal: 'out-of-range',
      max: 500,
    }))
})

test('S8 · no cap on points per checkout, unless the program has one', () => {
  const dear = { lines: [line('a', 1_000_000_000)] }
  expect(judgeCheckout(1_000_000_000, dear, solaris, alone).refusal).toBeNull()
  const capped = rules({ redeeming: { checkout: { max: 500 } } })
  expect(judgeCheckout(500, dear, capped, alone)).toEqual({ refusal: null, max: 500 })
  expect(judgeCheckout(501, dear, capped, alone)).toEqual({ refusal: 'out-of-range', max: 500 })
})

test('S9 · points cannot pay for Early Bird items, nor can a coupon', () => {
  expect(judgeCheckout(1, { lines: [early] }, solaris, alone)).toEqual({ refusal: 'not-eligible', max: 0 })
  expect(judgeCheckout(3_001, { lines: [figure, early] }, solaris, alone)).toEqual({ refusal: 'out-of-range', max: 3_000 })
  expect(judge(4_000, { lines: [figure, early] }, solaris, alone)).toMatchObject({ usable: true, discount: 3_000, change: 1_000 })
  expect(judge(4_000, { lines: [early] }, solaris, alone)).toEqual({ usable: false, discount: 0, change: 0, reasons: ['not-eligible'] })
})

test('S10 · points cannot pay for shipping, unless the program says so', () => {
  const cart = { lines: [figure], shipping: 800 }
  expect(judgeCheckout(3_001, cart, solaris, alone)).toEqual({ refusal: 'out-of-range', max: 3_000 })
  expect(judge(5_000, cart, solaris, alone).discount).toBe(3_000)
  const generous = rules({ redeeming: { checkout: {}, shipping: true } })
  expect(judgeCheckout(3_800, cart, generous, alone)).toEqual({ refusal: null, max: 3_800 })
  expect(judge(5_000, cart, generous, alone).discount).toBe(3_800)
})

test("S11 · points and the merchant's own codes cannot be combined, and the check says so before any point moves", () => {
  const foreign = { foreign: true, taken: 0 }
  expect(judge(1_000, { lines: [figure] }, solaris, foreign)).toEqual({
    usable: false,
    discount: 0,
    change: 0,
    reasons: ['coupon-not-usable'],
  })
  expect(judgeCheckout(1_000, { lines: [figure] }, solaris, foreign)).toEqual({ refusal: 'not-eligible', max: 0 })
  const lenient = rules({ redeeming: { checkout: {}, withOtherCodes: true } })
  expect(judge(1_000, { lines: [figure] }, lenient, foreign).usable).toBe(true)
  expect(judgeCheckout(1_000, { lines: [figure] }, lenient, foreign).refusal).toBeNull()
})

describe('S13 · what a refund gives back of the points, where points pay for shipping, too', () => {
  const program = rules({ redeeming: { shipping: true } })
  const refunded = (amount: number, more: object = {}) =>
    ordered('2026-06-01T10:00:00', { shipping: 500, refunds: [{ id: 'r', at: '2026-06-02T10:00:00Z', amount }], ...more })

  test('money goes back before points, that for shipping as well', () => {
    // 1,200 points: 1,000 for the line, 200 for shipping, of which 300 was paid in money.
    const order = (amount: number) => refunded(amount, { lines: [line('a', 1_000)] })
    expect([300, 301, 1_400, 1_500].map((amount) => pointsBack(order(amount), program, 1_200))).toEqual([0, 1, 1_100, 1_200])
  })

  test('of an order with no line left in it not all at once', () => {
    const order = (amount: number) => refunded(amount, { lines: [] })
    expect([100, 200, 350, 500].map((amount) => pointsBack(order(amount), program, 300))).toEqual([0, 0, 150, 300])
  })
})
