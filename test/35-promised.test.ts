// What orders earn and where badges stand, against a model written from the contract's words: sellers who come and go, products that
// change hands, campaigns to the millisecond, versions that change while orders are open.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { badges } from '../server/acts/badges.ts'
import { dropProduct, putProduct, putSeller } from '../server/acts/catalogue.ts'
import { marketOf } from '../server/acts/market.ts'
import { enrol } from '../server/acts/members.ts'
import { receiptOf, reportOrder } from '../server/acts/orders.ts'
import { quote } from '../server/acts/quotes.ts'
import { walletOf } from '../server/acts/wallet.ts'
import type { Order, OrderLine, Product, Receipt, Seller } from '../server/contract.ts'
import { openBook } from './book.ts'
import { asOf, badgePromised, document, type Kept, type Known, type Model, ONE, promised, type Rules } from './promised.ts'

const HOUR = 3_600_000
// The last hours of 2026 in Japan: what follows are five days of which the law calls one a holiday.
const ZERO = Date.parse('2026-12-29T00:00:00+09:00')
const iso = (at: number) => new Date(at).toISOString()

// Instants on, just before and just after one another.
const moment = fc.tuple(fc.integer({ min: 0, max: 12 }), fc.constantFrom(-1, 0, 0, 1)).map(([days, off]) => ZERO + days * 24 * HOUR + off)
const maybe = <Value>(some: fc.Arbitrary<Value>) => fc.option(some, { nil: undefined })
const window = fc.tuple(maybe(moment), maybe(moment)).map(([one, other]) => {
  const [from, until] = one !== undefined && other !== undefined && one > other ? [other, one] : [one, other]
  return from === until ? { until } : { from, until }
})
const names = (...all: string[]) => maybe(fc.subarray(all, { minLength: 1 }))
const percent = fc.constantFrom(0, 0.5, 1, 2, 2.5, 3.3333, 7)
const campaign = fc
  .record({
    multiply: maybe(fc.constantFrom(0.5, 2, 2.5, 10)),
    percent: maybe(percent),
    ordered: maybe(window),
    shipped: maybe(window),
    payment: names('card', 'qr'),
    categories: names('beauty', 'food'),
    sellers: names('s1', 's2'),
    cancel: fc.boolean(),
  })
  .filter(({ multiply, percent }) => multiply !== undefined || percent !== undefined)
const rules: fc.Arbitrary<Rules> = fc.record({
  percent,
  rounding: fc.constantFrom('floor' as const, 'round' as const, 'ceil' as const),
  award: fc.constantFrom('shipped' as const, 'placed' as const),
  delay: fc.constantFrom(0, 1, 30),
  campaigns: fc.array(campaign, { maxLength: 3 }),
  sellers: maybe(fc.record({ percent: fc.constantFrom(1, 2, 3), window, days: fc.integer({ min: 0, max: 4 }) })),
  startsAt: maybe(moment),
})

const skus = ['a', 'b', 'c']
const sellerIds = ['s1', 's2']
const told = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('seller' as const),
      id: fc.constantFrom(...sellerIds),
      joinedAt: maybe(moment),
      stays: maybe(fc.integer({ min: 0, max: 4 })),
      percent: maybe(percent),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('product' as const),
      sku: fc.constantFrom(...skus),
      seller: maybe(fc.constantFrom(...sellerIds)),
      percent: maybe(percent),
      condition: maybe(fc.constantFrom('new' as const, 'used' as const)),
      buyBox: maybe(fc.boolean()),
      categories: names('beauty', 'food'),
      excluded: fc.constantFrom(false, false, false, true),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('drop' as const), sku: fc.constantFrom(...skus) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('version' as const), rules }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('report' as const),
      order: fc.nat({ max: 2 }),
      state: fc.constantFrom('placed' as const, 'on-hold' as const, 'shipped' as const, 'shipped' as const, 'cancelled' as const),
      payment: maybe(fc.constantFrom('card', 'qr', 'cash')),
      shippedAt: moment,
      back: fc.nat({ max: 2 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('wait' as const), hours: fc.constantFrom(1, 11, 24, 24, 48), off: fc.constantFrom(-1, 0, 1) }),
  },
)
type Told = typeof told extends fc.Arbitrary<infer T> ? T : never
const bought = fc.record({
  placedAt: maybe(moment),
  lines: fc.array(
    fc.record({
      sku: fc.constantFrom(...skus),
      price: fc.integer({ min: 0, max: 20_000 }),
      seller: maybe(fc.constantFrom(...sellerIds)),
      categories: names('beauty', 'food'),
    }),
    { minLength: 1, maxLength: 3 },
  ),
})

function expectPromised(receipt: Receipt, kept: Kept, now: number): void {
  const { points, from, rated, version, weight } = promised(kept, now)
  const state = points === 0 ? 'void' : from <= now ? 'available' : from === Infinity ? 'waiting' : 'pending'
  expect({ points: receipt.points, state: receipt.state, program: receipt.program }).toEqual({ points, state, program: version })
  expect(receipt.availableAt).toBe(points === 0 || from === Infinity ? null : iso(from))
  const told = receipt.lines.map(({ id, paid, why, campaign, funder }) => ({ id, paid, why, campaign, funder }))
  expect(told).toEqual(rated.map(({ id, paid, why, campaign, funder }) => ({ id, paid, why, campaign, funder })))
  expect(receipt.lines.reduce((sum, line) => sum + line.points, 0)).toBe(points)
  for (const [index, line] of receipt.lines.entries()) {
    const exact = weight === 0n ? 0 : (points * Number(rated[index]?.weight)) / Number(weight)
    expect(Math.abs(line.points - exact)).toBeLessThan(1)
    expect((line.shares ?? []).reduce((sum, share) => sum + share.points, 0)).toBe(line.points)
  }
  // A seller pays its own rate, to the point; never more than the whole, and the shop what its campaign adds.
  for (const id of sellerIds) {
    const its = rated.filter(({ funder, why }) => funder === id && !why)
    const due = its.reduce((sum, { paid, own, weight }) => sum + (weight < BigInt(paid) * own ? weight : BigInt(paid) * own), 0n)
    const pays = receipt.lines
      .flatMap(({ shares }) => shares ?? [])
      .reduce((sum, { funder, points }) => sum + (funder === id ? points : 0), 0)
    expect(Math.abs(pays - Number(due) / Number(ONE))).toBeLessThan(its.length + 0.5)
  }
}

test('A4–A15 · orders earn and badges stand as the contract says', () => {
  fc.assert(
    fc.property(
      rules,
      fc.array(bought, { minLength: 3, maxLength: 3 }),
      fc.array(told, { maxLength: 20, size: 'max' }),
      (first, orders, steps) => {
        const book = openBook(document(first))
        book.now = ZERO
        const model: Model = { now: ZERO, rules: [{ at: 0, is: first }], sellers: new Map(), products: new Map() }
        const kept = new Map<number, Kept>()
        for (const it of steps) {
          happen(it)
          model.now = book.now
          for (const sku of skus) expect(badges(book, [sku])[sku]?.badge ?? null).toBe(badgePromised(model, sku))
          const ada = enrol(book, 'ada')
          for (const [id, known] of kept) expectPromised(receiptOf(book, ada, `${id}`), known, book.now)
          const { points } = walletOf(book, ada)
          const sums = [...kept.values()].map((known) => promised(known, book.now))
          expect(points.available).toBe(sums.reduce((sum, { points, from }) => sum + (from <= book.now ? points : 0), 0))
          expect(points.pending).toBe(sums.reduce((sum, { points, from }) => sum + (from <= book.now ? 0 : points), 0))
        }
        expect(book.audited()).toEqual([])

        function happen(it: Told): void {
          const add = <Value>(all: Map<string, Known<Value>[]>, id: string, is: Value) =>
            all.set(id, [...(all.get(id) ?? []), { at: book.now, is }])
          if (it.do === 'wait') book.now += it.hours * HOUR + it.off
          if (it.do === 'version') {
            book.now += 1
            book.change(document(it.rules))
            model.rules.push({ at: book.now, is: it.rules })
          }
          if (it.do === 'seller') {
            const leftAt = it.joinedAt !== undefined && it.stays !== undefined ? iso(it.joinedAt + it.stays * 24 * HOUR) : undefined
            const seller: Seller = {
              name: it.id,
              ...(it.joinedAt === undefined ? {} : { joinedAt: iso(it.joinedAt) }),
              leftAt,
              percent: it.percent,
            }
            putSeller(book, it.id, seller)
            add(model.sellers, it.id, seller)
          }
          if (it.do === 'product') {
            const { do: _, sku, excluded, ...more } = it
            const product: Product = { title: sku, price: 1000, ...more, ...(excluded ? { tags: ['none'] } : {}) }
            const plain = JSON.parse(JSON.stringify(product))
            putProduct(book, sku, plain)
            add(model.products, sku, plain)
          }
          if (it.do === 'drop' && model.products.get(it.sku)?.at(-1)?.is) {
            dropProduct(book, it.sku)
            add(model.products, it.sku, null)
          }
          if (it.do === 'report') report(it)
        }

        function report(it: Extract<Told, { do: 'report' }>): void {
          const { placedAt: wanted, lines: its } = orders[it.order] as (typeof orders)[number]
          const known = kept.get(it.order)
          const placedAt = known ? Date.parse(known.order.placedAt) : Math.min(wanted ?? book.now, book.now)
          const lines = JSON.parse(JSON.stringify(its.map((line, index) => ({ id: `${index}`, quantity: 2, ...line })))) as OrderLine[]
          const order: Order = JSON.parse(
            JSON.stringify({
              ...{ placedAt: iso(placedAt), updatedAt: iso(book.now), state: it.state, lines, payment: it.payment },
              ...(it.state === 'shipped' ? { shippedAt: iso(it.shippedAt) } : {}),
              refunds: it.back > 0 ? [{ id: 'r', at: iso(book.now), lines: [{ id: '0', quantity: it.back }] }] : [],
            }),
          )
          const version = model.rules.findLastIndex(({ at }) => at <= placedAt)
          const frozen: Kept = known ?? {
            rules: model.rules[Math.max(0, version)]?.is as Rules,
            version: Math.max(0, version) + 1,
            sellers: new Map(sellerIds.map((id) => [id, asOf(model.sellers.get(id), placedAt)])),
            products: new Map(
              skus.map((sku) => [
                sku,
                model.products.get(sku)?.findLast(({ at }) => at <= placedAt)?.is ??
                  model.products.get(sku)?.findLast(({ is }) => is)?.is ??
                  undefined,
              ]),
            ),
            order,
          }
          kept.set(it.order, { ...frozen, order })
          if (!known && it.state === 'placed' && placedAt === book.now && it.back === 0) {
            const { lines, points, availableAt } = quote(book, { lines: order.lines, payment: order.payment, placedAt: order.placedAt })
            const receipt = reportOrder(book, enrol(book, 'ada'), `${it.order}`, order, marketOf(book, order.lines, order.placedAt))
            expect({ lines, points, availableAt }).toEqual({
              lines: receipt.lines,
              points: receipt.points,
              availableAt: receipt.availableAt,
            })
          } else reportOrder(book, enrol(book, 'ada'), `${it.order}`, order, marketOf(book, order.lines, order.placedAt))
        }
      },
    ),
    { numRuns: Number(process.env.RUNS ?? 250), seed: Number(process.env.SEED ?? 20261122) },
  )
}, 200_000)
