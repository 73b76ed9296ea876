// Receipts: order → points, and why. Each row is an order, the rules it differs by, and what its lines earn.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Order } from '../server/contract.ts'
import { receipt } from '../server/rules/receipt.ts'
import { at, order, program, START } from './book.ts'

const line = (id: string, price: number, quantity = 1, more: object = {}) => ({ id, sku: `sku-${id}`, price, quantity, ...more })
const rules = (purchase: object, more: object = {}) => program({ earning: { purchase: { percent: 1, ...purchase } }, ...more })
const refund = (more: object) => ({ id: 'r', at: at(1), ...more })

interface Row {
  story: string
  order: object
  program?: ReturnType<typeof program>
  paidWithPoints?: number
  earns: number[]
  why?: (string | null)[]
}

const rows: Row[] = [
  { story: '1 % of ¥10,000 is 100', order: {}, earns: [100] },
  {
    story: 'the order is rounded once, not its lines',
    order: { lines: [line('a', 150), line('b', 150), line('c', 150)] },
    earns: [2, 1, 1],
  },
  {
    story: 'a line that comes to whole points earns them, whatever the others leave over',
    order: { lines: [line('a', 36_300), line('b', 5_500), line('c', 2_970)] },
    earns: [363, 55, 29],
  },
  {
    story: 'also where the order is rounded up, since what is over goes to those with a remainder',
    program: rules({ rounding: 'ceil' }),
    order: { lines: [line('a', 36_300), line('b', 20), line('c', 2_970)] },
    earns: [363, 0, 30],
  },
  { story: 'it is rounded down by default', order: { lines: [line('a', 199)] }, earns: [1] },
  {
    story: 'or to the nearest, if the program says so',
    program: rules({ rounding: 'round' }),
    order: { lines: [line('a', 150)] },
    earns: [2],
  },
  { story: 'or up', program: rules({ rounding: 'ceil' }), order: { lines: [line('a', 101)] }, earns: [2] },
  { story: 'a percent may have decimals', program: rules({ percent: 2.5 }), order: { lines: [line('a', 9_999)] }, earns: [249] },
  {
    story: 'a percent that floating point cannot hold is exact',
    program: rules({ percent: 0.07 }),
    order: { lines: [line('a', 10_000)] },
    earns: [7],
  },
  { story: 'a yen earns nothing, and that needs no reason', order: { lines: [line('a', 1)] }, earns: [0], why: [null] },
  { story: 'the largest order there may be is exact', order: { lines: [line('a', 1e12)] }, earns: [1e10] },
  {
    story: 'excluded tags, categories and products earn nothing',
    program: rules({ exclude: { tags: ['early-bird'], categories: ['books'], skus: ['sku-c'] } }),
    order: {
      lines: [line('a', 1e4, 1, { tags: ['early-bird'] }), line('b', 1e4, 1, { categories: ['books'] }), line('c', 1e4), line('d', 1e4)],
    },
    earns: [0, 0, 0, 100],
    why: ['excluded', 'excluded', 'excluded', null],
  },
  { story: 'a guest earns nothing', order: { guest: true }, earns: [0], why: ['guest'] },
  { story: 'a cancelled order earns nothing', order: { state: 'cancelled' }, earns: [0], why: ['cancelled'] },
  { story: 'an order before the start earns nothing', program: program({ startsAt: at(1) }), order: {}, earns: [0], why: ['before-start'] },
  { story: 'at the start it does', program: program({ startsAt: at(0) }), order: {}, earns: [100] },
  { story: 'what a coupon paid earns nothing', order: {}, paidWithPoints: 4_000, earns: [60] },
  { story: 'all of it paid with points says so', order: {}, paidWithPoints: 10_000, earns: [0], why: ['paid-with-points'] },
  {
    story: 'points pay only for what they may pay for',
    program: program({ redeeming: { exclude: { tags: ['early-bird'] } } }),
    order: { lines: [line('a', 5_000, 1, { tags: ['early-bird'] }), line('b', 5_000)] },
    paidWithPoints: 5_000,
    earns: [50, 0],
    why: [null, 'paid-with-points'],
  },
  {
    story: 'a discount is shared by price',
    order: { lines: [line('a', 6_000), line('b', 4_000)], discounts: [{ amount: 1_000 }] },
    earns: [54, 36],
  },
  { story: 'a discount larger than the order leaves nothing', order: { discounts: [{ amount: 99_999 }] }, earns: [0] },
  { story: 'shipping earns nothing', order: { shipping: 5_000 }, earns: [100] },
  {
    story: 'two of three refunded leaves a third',
    order: { lines: [line('a', 5_000, 3)], refunds: [refund({ lines: [{ id: 'a', quantity: 2 }] })] },
    earns: [50],
  },
  {
    story: 'a line refunded whole says so',
    order: { refunds: [refund({ lines: [{ id: '1', quantity: 1 }] })] },
    earns: [0],
    why: ['refunded'],
  },
  {
    story: 'an amount refunded is spread over the lines',
    order: { lines: [line('a', 6_000), line('b', 4_000)], refunds: [refund({ amount: 5_000 })] },
    earns: [30, 20],
  },
  {
    story: 'an amount larger than the order takes it all',
    order: { refunds: [refund({ amount: 99_999 })] },
    earns: [0],
    why: ['refunded'],
  },
  {
    story: 'a refunded line takes its part of the discount along',
    order: { lines: [line('a', 5_000, 2)], discounts: [{ amount: 1_000 }], refunds: [refund({ lines: [{ id: 'a', quantity: 1 }] })] },
    earns: [45],
  },
]

describe('a receipt', () => {
  test.each(rows)('$story', ({ order: more, program: rules = program(), paidWithPoints = 0, earns, why }) => {
    const it = read(order(more) as Order, rules, paidWithPoints)
    expect(it.lines.map((line) => line.points)).toEqual(earns)
    expect(it.points).toBe(earns.reduce((sum, points) => sum + points, 0))
    if (why) expect(it.lines.map((line) => line.why)).toEqual(why)
  })

  const states: [story: string, order: object, at: number, state: string, availableAt: string | null, waitsFor: string | null][] = [
    ['waits for shipment', {}, 0, 'waiting', null, 'shipment'],
    ['waits on hold', { state: 'on-hold' }, 0, 'waiting', null, 'shipment'],
    ['is pending until seven days have passed', { state: 'shipped', shippedAt: at(1) }, 8 * 864e5 - 1, 'pending', at(8), null],
    ['is available to the millisecond', { state: 'shipped', shippedAt: at(1) }, 8 * 864e5, 'available', at(8), null],
    ['is void when cancelled', { state: 'cancelled' }, 0, 'void', null, null],
  ]
  test.each(states)('%s', (_story, more, after, state, availableAt, waitsFor) => {
    expect(read(order(more) as Order, program(), 0, START + after)).toMatchObject({ state, availableAt, waitsFor })
  })

  test('after a refund is that of the order which is left, whatever was refunded in how many steps', () => {
    const lines = fc.array(
      fc.record({ price: fc.nat({ max: 50_000 }), quantity: fc.integer({ min: 1, max: 9 }), gone: fc.nat({ max: 9 }) }),
      { minLength: 1, maxLength: 6 },
    )
    fc.assert(
      fc.property(lines, fc.constantFrom(1, 0.5, 2.5, 7), (lines, percent) => {
        const whole = lines.map(({ price, quantity }, index) => line(`${index}`, price, quantity))
        const steps = lines.flatMap(({ gone, quantity }, index) =>
          Array.from({ length: Math.min(gone, quantity) }, (_, step) => ({
            id: `${index}.${step}`,
            at: at(1),
            lines: [{ id: `${index}`, quantity: 1 }],
          })),
        )
        const left = whole
          .map((line, index) => ({ ...line, quantity: line.quantity - Math.min(lines[index]?.gone ?? 0, line.quantity) }))
          .filter((line) => line.quantity > 0)
        const refunded = read(order({ lines: whole, refunds: steps }) as Order, rules({ percent }))
        expect(refunded.points).toBe(read(order({ lines: left }) as Order, rules({ percent })).points)
        expect(refunded.lines.reduce((sum, line) => sum + line.points, 0)).toBe(refunded.points)
      }),
      { numRuns: 2_000 },
    )
  })
})

test('of a thousand names that a program gives, each is read once, however many lines an order has and names each of them', () => {
  const lists: { names: string[]; reads(): number }[] = []
  const counted = (prefix: string) => {
    let reads = 0
    const names = new Proxy(
      Array.from({ length: 1_000 }, (_, index) => `${prefix}-${index}`),
      {
        get: (all, key) => {
          if (typeof key === 'string' && /^\d/.test(key)) reads++
          return Reflect.get(all, key)
        },
      },
    )
    lists.push({ names, reads: () => reads })
    return names
  }
  const terms = rules({})
  terms.earning.purchase.exclude = { tags: counted('tag'), categories: counted('kind'), skus: counted('sku') }
  terms.redeeming.exclude.tags = counted('early')
  terms.campaigns = rules({}, { campaigns: [{ id: 'c', title: 'C', multiply: 10, categories: ['x'] }] }).campaigns
  terms.campaigns[0]!.categories = counted('category')
  const many = (name: string, last: string) => [...Array.from({ length: 50 }, (_, index) => `${name}-of-${index}`), last]
  const lines = ['tag-999', 'kind-999', 'none'].flatMap((last) =>
    Array.from({ length: 60 }, (_, index) => line(`${last}-${index}`, 100, 1, { tags: many('a', last), categories: many('b', last) })),
  )
  lines.push(line('1', 100), line('c', 100, 1, { categories: ['category-500'] }))
  const got = read(order({ lines }) as Order, terms)
  const points = (from: number) => got.lines.slice(from, from + 60).reduce((sum, { points }) => sum + points, 0)
  expect([points(0), points(60), points(120), got.lines[180], got.lines[181]]).toMatchObject([
    ...[0, 0, 60],
    { points: 0, why: 'excluded' },
    { points: 10, campaign: 'c' },
  ])
  expect(lists.map(({ reads }) => reads())).toEqual(lists.map(({ names }) => names.length))
})

const read = (it: Order, rules: ReturnType<typeof program>, paidWithPoints = 0, now = START) =>
  receipt(it, { version: 1, program: rules }, { id: 'o', paidWithPoints, now })
