// Sellers: whose goods earn at which rate, and who pays for every point.
import { describe, expect, test } from 'vitest'
import type { Market, ProductFacts, SellerFacts } from '../server/rules/sellers.ts'
import { japan, judged, line, millis, ordered, programs, rules } from './rules.ts'

const start = millis('2020-07-31T00:00:00')
const joined: SellerFacts = { joinedAt: start, leftAt: null, percent: null }
const market = (seller: Partial<SellerFacts> = {}, product?: ProductFacts): Market => ({
  sellers: { s1: { ...joined, ...seller } },
  ...(product ? { products: { 'sku-a': product } } : {}),
})
const placed = (clock = '2020-08-01T12:00:00', more: object = {}) =>
  ordered(clock, { lines: [line('a', 10_000, { seller: 's1' })], ...more })
const first = (...args: Parameters<typeof judged>) => judged(...args).lines[0]
const { amazon } = programs

describe('A8 · an enrolled seller gives 2 % or more on its goods', () => {
  const rows: [story: string, seller: Partial<SellerFacts>, product: ProductFacts | undefined, percent: number][] = [
    ["the programme's percent by default", {}, undefined, 2],
    ["the seller's own, where it has one", { percent: 3 }, undefined, 3],
    ["the product's own before that", { percent: 3 }, { percent: 4.5 }, 4.5],
    ['a product without one follows its seller', { percent: 3 }, { percent: null }, 3],
    ['a product at nothing gives nothing', { percent: 3 }, { percent: 0 }, 0],
  ]
  test.each(rows)('%s', (_, seller, product, percent) => {
    expect(first(placed(), amazon, market(seller, product))).toMatchObject({ percent, points: percent * 100, why: null, funder: 's1' })
  })

  test('it replaces the base rate, also where that is higher', () => {
    const program = rules({ sellers: { percent: 2, from: japan('2020-07-31T00:00:00') } }, { percent: 5 })
    expect(first(placed(), program, market())).toMatchObject({ percent: 2, points: 200, funder: 's1' })
    expect(first(placed(undefined, { lines: [line('a', 10_000)] }), program, market())).toMatchObject({ points: 500, funder: 'shop' })
  })

  test('a line whose seller only the shop knows is one of its goods too', () => {
    const facts = market({}, { seller: 's1', percent: null })
    expect(first(placed(undefined, { lines: [line('a', 10_000)] }), amazon, facts)).toMatchObject({ points: 200, funder: 's1' })
  })

  test('what the program excludes earns nothing, whoever sells it', () => {
    const program = rules({ sellers: { percent: 2, from: japan('2020-07-31T00:00:00') } }, { exclude: { skus: ['sku-a'] } })
    expect(first(placed(), program, market())).toMatchObject({ points: 0, why: 'excluded', percent: 0, shares: [] })
  })
})

describe('A12 · a seller takes part from joining until leaving, to the millisecond', () => {
  const rows: [clock: string, seller: Partial<SellerFacts>, points: number][] = [
    ['2020-07-30T23:59:59.999', {}, 0],
    ['2020-07-31T00:00:00.000', {}, 200],
    ['2020-08-09T23:59:59.999', { joinedAt: millis('2020-08-10T00:00:00') }, 0],
    ['2020-08-10T00:00:00.000', { joinedAt: millis('2020-08-10T00:00:00') }, 200],
    ['2020-09-30T23:59:59.999', { leftAt: millis('2020-10-01T00:00:00') }, 200],
    ['2020-10-01T00:00:00.000', { leftAt: millis('2020-10-01T00:00:00') }, 0],
    ['2020-12-31T23:59:59.999', {}, 200],
    ['2021-01-01T00:00:00.000', {}, 0],
    ['2020-08-01T00:00:00.000', { joinedAt: null }, 0],
  ]
  test.each(rows)('an order of %s of a seller with %j earns %i', (clock, seller, points) => {
    expect(first(placed(clock), amazon, market(seller))).toMatchObject({ points, funder: points > 0 ? 's1' : 'shop' })
  })
})

test('A15 · a changed date never alters what an order has earned: it stays under the version it was placed under', () => {
  const order = placed('2020-12-15T12:00:00')
  const shorter = rules({ sellers: { percent: 2, from: japan('2020-07-31T00:00:00'), until: japan('2020-12-01T00:00:00') } })
  const later = { ...market(), now: millis('2022-01-01T00:00:00') }
  expect(judged(order, amazon, later).points).toBe(200)
  expect(judged(order, shorter, later).points).toBe(100)
})

describe('A9 · points at the time of the order, whatever the payment method', () => {
  test.each(['card', 'cash-on-delivery', 'convenience-store', undefined])('%s', (payment) => {
    const order = placed(undefined, { payment })
    expect(judged(order, amazon, market())).toMatchObject({ points: 200, state: 'available', waitsFor: null })
  })

  test('with a delay, that long after the order', () => {
    const program = rules({}, { award: 'placed', delay: 'P7D' })
    const order = ordered('2026-03-01T12:00:00')
    const end = millis('2026-03-08T12:00:00')
    expect(judged(order, program, { now: end - 1 })).toMatchObject({ state: 'pending', availableAt: new Date(end).toISOString() })
    expect(judged(order, program, { now: end })).toMatchObject({ state: 'available' })
  })

  test('an order on hold waits, though not for its shipment', () => {
    expect(judged(placed(undefined, { state: 'on-hold' }), amazon, market())).toMatchObject({
      state: 'waiting',
      availableAt: null,
      waitsFor: null,
    })
  })
})

describe('A10 · the seller bears the cost', () => {
  const campaigns = [{ id: 'c', title: 'C', percent: 5 }]
  const program = rules({ campaigns, sellers: { percent: 2, from: japan('2020-07-31T00:00:00') } })

  test('of the base; what a campaign adds is the shop’s', () => {
    expect(first(placed(), program, market())).toMatchObject({
      percent: 5,
      campaign: 'c',
      points: 500,
      funder: 's1',
      shares: [
        { funder: 's1', points: 200 },
        { funder: 'shop', points: 300 },
      ],
    })
  })

  test('of all, where no campaign adds anything; and of nothing, where its base is nothing', () => {
    expect(first(placed(), program, market({ percent: 6 }))?.shares).toEqual([{ funder: 's1', points: 600 }])
    expect(first(placed(), program, market({ percent: 0 }))?.shares).toEqual([{ funder: 'shop', points: 500 }])
  })

  test('of what rounding adds as well, where the points are all its own', () => {
    const up = rules({ sellers: { percent: 2, from: japan('2020-07-31T00:00:00') } }, { rounding: 'ceil' })
    const small = placed(undefined, { lines: [line('a', 10, { seller: 's1' })] })
    expect(first(small, up, market())).toMatchObject({ points: 1, shares: [{ funder: 's1', points: 1 }] })
  })

  test('a multiplied base is paid by its seller once', () => {
    const tenfold = rules({
      campaigns: [{ id: 'x', title: 'X', multiply: 10 }],
      sellers: { percent: 2, from: japan('2020-07-31T00:00:00') },
    })
    expect(first(placed(), tenfold, market())?.shares).toEqual([
      { funder: 's1', points: 200 },
      { funder: 'shop', points: 1_800 },
    ])
  })

  test('over many small lines rounding favours nobody', () => {
    const lines = Array.from({ length: 100 }, (_, index) => line(`${index}`, 20, { seller: 's1' }))
    const it = judged(placed(undefined, { lines }), program, market())
    const sum = (funder: string) =>
      it.lines.flatMap(({ shares }) => shares).reduce((all, share) => all + (share.funder === funder ? share.points : 0), 0)
    expect([it.points, sum('s1'), sum('shop')]).toEqual([100, 40, 60])
  })

  test('of what earns nothing nothing is carried to the seller’s next line', () => {
    const other = rules({ campaigns, sellers: { percent: 2, from: japan('2020-07-31T00:00:00') } }, { exclude: { tags: ['early-bird'] } })
    const lines = [line('a', 10_000, { seller: 's1', tags: ['early-bird'] }), line('b', 100, { seller: 's1' })]
    expect(judged(placed(undefined, { lines }), other, market()).lines.map(({ shares }) => shares)).toEqual([
      [],
      [
        { funder: 's1', points: 2 },
        { funder: 'shop', points: 3 },
      ],
    ])
  })

  test('two sellers and the shop in one order are each charged their own', () => {
    const lines = [line('a', 3_333, { seller: 's1' }), line('b', 3_333, { seller: 's2' }), line('c', 3_334)]
    const facts = { sellers: { s1: joined, s2: { ...joined, percent: 4 } } }
    const plain = rules({ sellers: { percent: 2, from: japan('2020-07-31T00:00:00') } })
    const it = judged(placed(undefined, { lines }), plain, facts)
    expect(it.points).toBe(Math.floor(66.66 + 133.32 + 33.34))
    expect(it.lines.map(({ shares }) => shares[0]?.funder)).toEqual(['s1', 's2', 'shop'])
  })
})

test.each(['shop', '__proto__', 'constructor', 'toString'])('a line that says it is sold by %j is the shop’s own', (seller) => {
  const sellers = JSON.parse('{"shop": {"joinedAt": 0, "leftAt": null, "percent": 9}}')
  expect(first(placed(undefined, { lines: [line('a', 10_000, { seller })] }), amazon, { sellers })).toMatchObject({
    funder: 'shop',
    percent: 0,
  })
})
