// Campaigns: which one counts on a line, to the millisecond, and what happens to an order that is not shipped for it in time.
import { describe, expect, test } from 'vitest'
import { NEVER, type Order } from '../server/contract.ts'
import { changesAt, lapsesAt } from '../server/rules/campaigns.ts'
import { isCancelledAt, maturesAt } from '../server/rules/receipt.ts'
import { japan, judged, line, millis, ordered, programs, rules } from './rules.ts'

const { amazon, solaris } = programs

describe('S14 · ten times the points for a week, ending 12 June at 10:00 in Japan', () => {
  const rows: [clock: string, points: number, campaign: string | null][] = [
    ['2026-06-05T09:59:59.999', 100, null],
    ['2026-06-05T10:00:00.000', 1_000, 'ten-times'],
    ['2026-06-12T09:59:59.999', 1_000, 'ten-times'],
    ['2026-06-12T10:00:00.000', 100, null],
  ]
  test.each(rows)('an order of %s earns %i', (clock, points, campaign) => {
    const it = judged(ordered(clock), solaris)
    expect(it).toMatchObject({ points, lines: [{ campaign, percent: 1, multiply: campaign ? 10 : 1, why: null }] })
  })

  test('an instant is the same whatever offset it is written with', () => {
    const order = { ...ordered('2026-06-12T09:59:59.999'), placedAt: '2026-06-11T18:59:59.999-06:00' }
    expect(judged(order, solaris).points).toBe(1_000)
    expect(judged({ ...order, placedAt: '2026-06-12T01:00:00Z' }, solaris).points).toBe(100)
  })

  test('A7 · nobody has to act when it ends: what was ordered in it keeps its points, whenever one looks', () => {
    const order = ordered('2026-06-12T09:59:59.999', { state: 'shipped', shippedAt: japan('2026-07-01T12:00:00') })
    for (const clock of ['2026-06-12T09:59:59.999', '2026-06-12T10:00:00', '2030-01-01T00:00:00'])
      expect(judged(order, solaris, { now: millis(clock) }).points).toBe(1_000)
    expect(changesAt(order, solaris, { now: 0 })).toBe(NEVER)
  })

  test('S15 · outside events there are no extra points, and what is excluded gets none inside them either', () => {
    expect(judged(ordered('2026-06-20T12:00:00'), solaris).lines[0]).toMatchObject({ points: 100, multiply: 1, campaign: null })
    const early = ordered('2026-06-06T12:00:00', { lines: [line('a', 10_000, { tags: ['early-bird'] })] })
    expect(judged(early, solaris)).toMatchObject({ points: 0, lines: [{ why: 'excluded', percent: 0, campaign: null }] })
  })
})

const cashless = (clock = '2020-06-30T23:59:59.999', more: object = {}) =>
  ordered(clock, {
    payment: 'card',
    lines: [line('a', 10_000, { categories: ['home'], seller: 'kura-ceramics' }), line('b', 5_000)],
    ...more,
  })
const shipped = (clock: string) => ({ state: 'shipped', shippedAt: japan(clock) })

describe('A1 · ordered by 30 June 2020 23:59 and shipped by 29 July 2020, Japan time', () => {
  const rows: [ordered: string, shipped: string, points: number][] = [
    ['2020-06-30T23:59:59.999', '2020-07-29T23:59:59.999', 500],
    ['2020-07-01T00:00:00.000', '2020-07-10T00:00:00.000', 0],
    ['2019-10-01T00:00:00.000', '2019-10-03T00:00:00.000', 500],
    ['2019-09-30T23:59:59.999', '2019-10-03T00:00:00.000', 0],
  ]
  test.each(rows)('ordered %s, shipped %s: %i points', (placed, sent, points) => {
    const it = judged(cashless(placed, shipped(sent)), amazon, { now: millis('2020-12-01T00:00:00') })
    expect(it.points).toBe(points)
    expect(it.lines[0]?.why).toBeNull()
  })

  test('shipped one millisecond late, the order counts as cancelled', () => {
    const it = judged(cashless(undefined, shipped('2020-07-30T00:00:00.000')), amazon, { now: millis('2020-07-30T00:00:00') })
    expect(it).toMatchObject({ points: 0, state: 'void', lines: [{ why: 'cancelled' }, { why: 'cancelled' }] })
  })
})

describe('A2 · not shipped in time', () => {
  const order = cashless()
  const end = millis('2020-07-30T00:00:00')

  test('until the last millisecond its points are shown as coming, and wait for shipment', () => {
    expect(judged(order, amazon, { now: end - 1 })).toMatchObject({
      points: 500,
      state: 'waiting',
      waitsFor: 'shipment',
      availableAt: null,
      lines: [{ campaign: 'cashless', campaignTitle: expect.stringContaining('cashless'), percent: 5, multiply: 1 }, { points: 0 }],
    })
  })

  test('then every line of it is cancelled, and the receipt said when that would be', () => {
    expect(changesAt(order, amazon, { now: end - 1 })).toBe(end)
    expect(lapsesAt(order, amazon, {})).toBe(end)
    const it = judged(order, amazon, { now: end })
    expect(it).toMatchObject({ points: 0, state: 'void', lines: [{ why: 'cancelled' }, { why: 'cancelled' }] })
    expect(changesAt(order, amazon, { now: end })).toBe(NEVER)
  })

  test('even if the parcel left after all: a shipment reported later, of a later instant, changes nothing', () => {
    const late = cashless(undefined, shipped('2020-08-02T09:00:00'))
    const judgement = { now: millis('2020-08-03T00:00:00') }
    expect(isCancelledAt(late, amazon, judgement)).toBe(true)
    expect(judged(late, amazon, judgement)).toMatchObject({ points: 0, lines: [{ why: 'cancelled' }, { why: 'cancelled' }] })
  })

  test('a report that comes late of a shipment that did not is believed: any order of reports ends the same', () => {
    const it = judged(cashless(undefined, shipped('2020-07-29T23:59:59.999')), amazon, { now: millis('2020-09-01T00:00:00') })
    expect(it).toMatchObject({ points: 500, state: 'available' })
  })

  test('without cancelUnshipped only what the campaign added is lost', () => {
    const lenient = rules({
      campaigns: [
        { id: 'c', title: 'C', percent: 5, shipped: { from: japan('2020-07-02T00:00:00'), until: japan('2020-07-30T00:00:00') } },
      ],
    })
    const order = ordered('2020-06-30T12:00:00')
    expect(judged(order, lenient, { now: end - 1 }).points).toBe(500)
    expect(judged(order, lenient, { now: end })).toMatchObject({ points: 100, state: 'waiting', lines: [{ campaign: null }] })
    expect(changesAt(order, lenient, { now: 0 })).toBe(end)
    const sent = (clock: string) => judged({ ...order, ...shipped(clock) } as Order, lenient).points
    expect(sent('2020-07-01T23:59:59.999')).toBe(100)
    expect(sent('2020-07-02T00:00:00')).toBe(500)
    expect(sent('2020-07-29T23:59:59.999')).toBe(500)
    expect(sent('2020-07-30T00:00:00')).toBe(100)
  })

  test('an order placed when nothing could ship in time any more is not in the campaign, and not cancelled by it', () => {
    const endless = rules({
      campaigns: [{ id: 'c', title: 'C', percent: 5, shipped: { until: japan('2020-07-30T00:00:00') }, cancelUnshipped: true }],
    })
    const now = millis('2020-08-01T00:00:00')
    expect(judged(ordered('2020-07-30T00:00:00'), endless, { now })).toMatchObject({ points: 100, lines: [{ campaign: null, why: null }] })
    expect(judged(ordered('2020-07-29T23:59:59.999'), endless, { now })).toMatchObject({ points: 0, lines: [{ why: 'cancelled' }] })
  })

  test('an order is in a campaign that matches one of its lines, even if another is better there', () => {
    const better = { id: 'better', title: 'Better', percent: 9 }
    const both = rules({ campaigns: [...amazon.campaigns, better] }, { award: 'placed' })
    expect(judged(order, both, { now: end - 1 }).lines[0]?.campaign).toBe('better')
    expect(judged(order, both, { now: end }).lines.map(({ why }) => why)).toEqual(['cancelled', 'cancelled'])
  })
})

test('A3 · an order cancelled before fulfilment earns nothing on any line, at once and for ever', () => {
  const order = cashless(undefined, { state: 'cancelled' })
  for (const clock of ['2020-06-30T23:59:59.999', '2020-08-01T00:00:00'])
    expect(judged(order, amazon, { now: millis(clock) })).toMatchObject({
      points: 0,
      state: 'void',
      lines: [{ why: 'cancelled' }, { why: 'cancelled' }],
    })
  expect(changesAt(order, amazon, { now: 0 })).toBe(NEVER)
})

test('A4 · payment changed after ordering: an ineligible method ends eligibility, an eligible one restores it', () => {
  const paid = (payment?: string) => judged({ ...cashless(), payment }, amazon, { now: millis('2020-07-20T00:00:00') })
  expect(paid('card').points).toBe(500)
  expect(paid('cash-on-delivery')).toMatchObject({ points: 0, lines: [{ campaign: null, why: null }, {}] })
  expect(paid(undefined).points).toBe(0)
  expect(paid('qr').points).toBe(500)
})

test('A4 · an order that changed to another payment is in the campaign no longer, and is not cancelled by it', () => {
  const order = { ...cashless(), payment: 'cash-on-delivery' }
  expect(lapsesAt(order, amazon, {})).toBe(NEVER)
  expect(judged(order, amazon, { now: millis('2020-08-01T00:00:00') }).lines.map(({ why }) => why)).toEqual([null, null])
})

test('A2 · an order of which no line is of the campaign’s goods does not lapse with it, however it is paid', () => {
  const order = { ...cashless(), lines: [line('a', 10_000, { categories: ['books'] })] }
  expect([lapsesAt(order, amazon, {}), changesAt(order, amazon, { now: 0 })]).toEqual([NEVER, NEVER])
})

test('A5 · an order on hold past the end is judged by its order date and payment', () => {
  const held = { ...cashless(), state: 'on-hold' as const }
  expect(judged(held, amazon, { now: millis('2020-07-10T00:00:00') })).toMatchObject({ points: 500, state: 'waiting' })
  const sent = { ...held, state: 'shipped' as const, shippedAt: japan('2020-07-20T00:00:00') }
  expect(judged(sent, amazon, { now: millis('2020-07-20T00:00:00') })).toMatchObject({ points: 500, state: 'available' })
  expect(judged({ ...sent, payment: 'cash' }, amazon, { now: millis('2020-07-20T00:00:00') }).points).toBe(0)
})

describe('A6 · 5 % on the goods of small sellers, in named categories', () => {
  const rows: [goods: object, points: number][] = [
    [{ categories: ['home'], seller: 'kura-ceramics' }, 500],
    [{ categories: ['games', 'food'], seller: 'hakata-pantry' }, 500],
    [{ categories: ['games'], seller: 'kura-ceramics' }, 0],
    [{ categories: ['home'], seller: 'a-large-one' }, 0],
    [{ categories: ['home'] }, 0],
    [{ seller: 'kura-ceramics' }, 0],
  ]
  test.each(rows)('%j earns %i', (goods, points) => {
    expect(judged(cashless(undefined, { lines: [line('a', 10_000, goods)] }), amazon).points).toBe(points)
  })

  test('a product whose seller only the shop knows counts too', () => {
    const order = cashless(undefined, { lines: [line('a', 10_000, { categories: ['home'] })] })
    expect(judged(order, amazon, { products: { 'sku-a': { seller: 'kura-ceramics', percent: null } } }).points).toBe(500)
  })
})

describe('of several campaigns on a line', () => {
  const campaign = (id: string, more: object) => ({ id, title: id, ...more })
  const rows: [story: string, campaigns: object[], expected: object][] = [
    [
      'the best counts',
      [campaign('a', { multiply: 3 }), campaign('b', { percent: 5 }), campaign('c', { multiply: 4 })],
      { campaign: 'b', percent: 5, multiply: 1, points: 500 },
    ],
    [
      'of equal ones the first',
      [campaign('a', { multiply: 5 }), campaign('b', { percent: 5 })],
      { campaign: 'a', percent: 1, multiply: 5, points: 500 },
    ],
    [
      'of equal ones the first, the other way round',
      [campaign('b', { percent: 5 }), campaign('a', { multiply: 5 })],
      { campaign: 'b', percent: 5, multiply: 1, points: 500 },
    ],
    [
      'one that adds nothing is not named',
      [campaign('a', { percent: 0.5 }), campaign('b', { multiply: 1 })],
      { campaign: null, percent: 1, multiply: 1, points: 100 },
    ],
    [
      'one with both gives the better of both, not their product',
      [campaign('a', { percent: 3, multiply: 2 })],
      { campaign: 'a', percent: 3, multiply: 1, points: 300 },
    ],
    ['factors with decimals are exact', [campaign('a', { multiply: 1.07 })], { campaign: 'a', percent: 1, multiply: 1.07, points: 107 }],
  ]
  test.each(rows)('%s', (_, campaigns, expected) => {
    const it = judged(ordered('2026-01-01T00:00:00'), rules({ campaigns }))
    expect(it.lines[0]).toMatchObject(expected)
  })

  test('each line has its own, and a line outside all of them the base', () => {
    const program = rules({
      campaigns: [campaign('toys', { multiply: 2, categories: ['toys'] }), campaign('s', { percent: 7, sellers: ['s1'] })],
    })
    const lines = [
      line('a', 1_000, { categories: ['toys'] }),
      line('b', 1_000, { seller: 's1' }),
      line('c', 1_000),
      line('d', 1_000, { categories: ['toys'], seller: 's1' }),
    ]
    const it = judged(ordered('2026-01-01T00:00:00', { lines }), program)
    expect(it.lines.map(({ campaign, points }) => [campaign, points])).toEqual([
      ['toys', 20],
      ['s', 70],
      [null, 10],
      ['s', 70],
    ])
  })
})

test('points that a campaign hangs on the shipment do not become available before it', () => {
  const now = millis('2020-07-01T00:00:00')
  expect(maturesAt(cashless(), amazon, { now })).toBe(NEVER)
  expect(maturesAt(cashless(undefined, shipped('2020-07-05T00:00:00')), amazon, { now })).toBe(millis('2020-07-05T00:00:00'))
  expect(maturesAt(ordered('2020-06-30T12:00:00'), amazon, { now })).toBe(millis('2020-06-30T12:00:00'))
})
