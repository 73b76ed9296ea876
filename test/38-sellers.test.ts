// Sellers: who joins gives more on everything, pays for it, and may show a badge. All of it lives in the shop's first book.
import { expect, test } from 'vitest'
import { dropProduct, productAt, putProduct, putSeller, sellerAt } from '../server/acts/catalogue.ts'
import { openBook, START } from './book.ts'
import { DAY, type Json, lines, openShop, type Story } from './story.ts'

const sellers = {
  percent: 2,
  from: '2020-07-31T00:00:00+09:00',
  until: '2021-01-01T00:00:00+09:00',
  badge: { label: '2% points', businessDays: 10 },
}
const placed = { earning: { purchase: { percent: 1, award: 'placed' } }, sellers }
const open = (now = '2020-09-01T10:00:00+09:00', more: object = {}) => openShop({ program: { ...placed, ...more }, now })
const seller = (shop: Story, id: string, more: object = {}) =>
  shop.merchant('PUT', `/sellers/${id}`, { name: id, joinedAt: '2020-07-31T00:00:00+09:00', ...more })
const product = (shop: Story, sku: string, more: object = {}) =>
  shop.merchant('PUT', `/products/${sku}`, { title: sku, price: 10_000, condition: 'new', buyBox: true, ...more })
const badge = async (shop: Story, sku: string) => (await shop.guest('GET', `/badges?sku=${sku}`)).body[sku]?.badge

test('A8 · a joined seller gives the programme’s percent, its own, or the product’s own, on every item', async () => {
  const shop = await open()
  await seller(shop, 's1')
  await seller(shop, 's2', { percent: 3 })
  await product(shop, 'bag', { seller: 's2', percent: 4.5 })
  const { body } = await shop.report('c1', 'o1', {
    lines: [
      { id: '1', sku: 'cup', price: 10_000, quantity: 1, seller: 's1' },
      { id: '2', sku: 'hat', price: 10_000, quantity: 1, seller: 's2' },
      { id: '3', sku: 'bag', price: 10_000, quantity: 1 },
      { id: '4', sku: 'own', price: 10_000, quantity: 1 },
    ],
  })
  expect(body.lines.map(({ percent, points, funder }: Json) => [percent, points, funder])).toEqual([
    [2, 200, 's1'],
    [3, 300, 's2'],
    [4.5, 450, 's2'],
    [1, 100, 'shop'],
  ])
  expect(await shop.audit()).toMatchObject({ ok: true, sum: 0 })
})

test('A8 · whatever a product is called, the shop knows whose it is', async () => {
  const shop = await open()
  await seller(shop, 's1')
  await product(shop, '__proto__', { seller: 's1' })
  const line = { id: '1', sku: '__proto__', price: 10_000, quantity: 1 }
  for (const { body } of [await shop.report('c1', 'o1', { lines: [line] }), await shop.guest('POST', '/quotes', { lines: [line] })])
    expect(body.lines).toMatchObject([{ points: 200, percent: 2, funder: 's1' }])
  expect((await shop.guest('GET', '/badges?sku=__proto__')).text).toContain('"points":200')
})

test('A8 · a product below the programme’s percent keeps the seller from its badge, and is named', async () => {
  const shop = await open()
  await seller(shop, 's1')
  await product(shop, 'good', { seller: 's1' })
  expect(await badge(shop, 'good')).toBe('2% points')
  await product(shop, 'poor', { seller: 's1', percent: 1 })
  expect(await badge(shop, 'good')).toBeNull()
  expect((await shop.merchant('GET', '/sellers/s1')).body.badge).toMatchObject({ shown: false, why: 'too-little', blockedBy: ['poor'] })
  await product(shop, 'poor', { seller: 's1', percent: 2 })
  expect(await badge(shop, 'good')).toBe('2% points')
})

test('A8 · what the shop excludes earns nothing, and has no badge beside it', async () => {
  const shop = await open(undefined, { earning: { purchase: { percent: 1, exclude: { tags: ['early-bird'] } } } })
  await seller(shop, 's1')
  await product(shop, 'good', { seller: 's1' })
  await product(shop, 'early', { seller: 's1', tags: ['early-bird'] })
  const { body } = await shop.guest('GET', '/badges?sku=good&sku=early')
  expect(body).toEqual({
    good: { points: 200, percent: 2, campaign: null, badge: '2% points' },
    early: { points: 0, percent: 0, campaign: null, badge: null },
  })
  await shop.newProgram({ earning: { purchase: { percent: 1, exclude: { tags: ['early-bird'] } } }, startsAt: '2020-10-01T00:00:00+09:00' })
  const before = (await shop.guest('GET', '/badges?sku=good&sku=early')).body
  expect([before.good.badge, before.early.badge]).toEqual(['2% points', null])
})

test('A9 · points come at the time of the order, whatever pays for it', async () => {
  const shop = await open()
  for (const payment of ['card', 'cash', 'convenience-store'])
    expect((await shop.place('c1', payment, 10_000, { payment })).body).toMatchObject({ points: 100, state: 'available' })
  expect((await shop.member('c1').wallet()).points.available).toBe(300)
})

test('A5, A9 · what is on hold is said to wait for nothing of the parcel’s, in the wallet as in the receipt', async () => {
  const shop = await open(undefined, {
    campaigns: [{ id: 'c', title: 'C', multiply: 2, shipped: { until: '2021-01-01T00:00:00Z' }, payment: ['card'] }],
  })
  const held = (await shop.place('c1', 'held', 10_000, { state: 'on-hold', payment: 'cash' })).body
  const unsent = (await shop.place('c1', 'unsent', 10_000, { payment: 'card' })).body
  expect([held.waitsFor, unsent.waitsFor]).toEqual([null, 'shipment'])
  const { pending } = await shop.member('c1').wallet()
  expect(pending).toEqual([held, unsent].map(({ order, points, availableAt, waitsFor }) => ({ order, points, availableAt, waitsFor })))
})

test('A10 · the seller bears its part, the shop what its campaign adds', async () => {
  const ten = { id: 'ten', title: '10×', multiply: 10, ordered: { until: '2020-10-01T00:00:00+09:00' } }
  const shop = await open(undefined, { campaigns: [ten] })
  await seller(shop, 's1')
  const { body } = await shop.report('c1', 'o1', { lines: lines(10_000, { seller: 's1' }) })
  expect(body.lines).toMatchObject([
    {
      points: 2000,
      campaign: 'ten',
      funder: 's1',
      shares: [
        { funder: 's1', points: 200 },
        { funder: 'shop', points: 1800 },
      ],
    },
  ])
  const lots = (await shop.export()).split('\n').flatMap((line) => (line.includes('"table":"lots"') ? [JSON.parse(line)] : []))
  expect(lots.map(({ funder, points }: Json) => [funder, points]).toSorted()).toEqual([
    ['s1', 200],
    ['shop', 1800],
  ])
  await shop.cancel('c1', 'o1')
  expect((await shop.member('c1').wallet()).points).toMatchObject({ available: 0, debt: 0 })
  expect(await shop.audit()).toMatchObject({ ok: true, sum: 0 })
})

test('A11 · the badge comes ten Japanese business days after 31 July 2020', async () => {
  const shop = await open('2020-08-01T00:00:00+09:00')
  await seller(shop, 's1', { joinedAt: '2020-07-01T00:00:00+09:00' })
  await product(shop, 'good', { seller: 's1' })
  const { from } = (await shop.merchant('GET', '/sellers/s1')).body.badge
  // Of the weekdays after Friday 31 July, Monday 10 August is a holiday: the tenth is Monday 17 August.
  expect(from).toBe('2020-08-16T15:00:00.000Z')
  shop.set('2020-08-16T23:59:59.999+09:00')
  expect(await badge(shop, 'good')).toBeNull()
  shop.set('2020-08-17T00:00:00+09:00')
  expect(await badge(shop, 'good')).toBe('2% points')
})

test('A12 · a seller who leaves has no badge, and gives no more than the shop on later orders', async () => {
  const shop = await open()
  await seller(shop, 's1')
  await product(shop, 'good', { seller: 's1' })
  const order = { lines: [{ id: '1', sku: 'good', price: 10_000, quantity: 1 }] }
  await shop.report('c1', 'before', order)
  shop.later(DAY)
  await seller(shop, 's1', { leftAt: new Date(shop.clock()).toISOString() })
  expect(await badge(shop, 'good')).toBeNull()
  expect((await shop.report('c1', 'after', order)).body.points).toBe(100)
  expect((await shop.report('c1', 'before', { state: 'shipped', shippedAt: new Date(shop.clock()).toISOString() })).body.points).toBe(200)
})

test('A13 · what is taken out of the catalogue keeps no badge away', async () => {
  const shop = await open()
  await seller(shop, 's1')
  await product(shop, 'good', { seller: 's1' })
  await product(shop, 'poor', { seller: 's1', percent: 0 })
  expect(await badge(shop, 'good')).toBeNull()
  await shop.merchant('DELETE', '/products/poor')
  expect(await badge(shop, 'good')).toBe('2% points')
  expect((await shop.merchant('GET', '/products/poor')).status).toBe(404)
})

test('A14 · the badge stands only where the item won the buy box, and never on a used one', async () => {
  const shop = await open()
  await seller(shop, 's1')
  await product(shop, 'lost', { seller: 's1', buyBox: false })
  await product(shop, 'old', { seller: 's1', condition: 'used' })
  await product(shop, 'won', { seller: 's1' })
  const { body } = await shop.guest('GET', '/badges?sku=lost&sku=old&sku=won&sku=nobody')
  expect(Object.entries(body).map(([sku, { badge, points }]: [string, Json]) => [sku, badge, points])).toEqual([
    ['lost', null, 200],
    ['old', null, 200],
    ['won', '2% points', 200],
  ])
})

test('A15 · before its first day and after its last the sellers’ programme does nothing', async () => {
  const shop = await open('2020-07-30T23:59:59.999+09:00')
  await seller(shop, 's1')
  const earns = async (order: string) => (await shop.report('c1', order, { lines: lines(10_000, { seller: 's1' }) })).body.points
  expect(await earns('early')).toBe(100)
  shop.set('2020-07-31T00:00:00+09:00')
  expect(await earns('first')).toBe(200)
  shop.set('2020-12-31T23:59:59.999+09:00')
  expect(await earns('last')).toBe(200)
  shop.set('2021-01-01T00:00:00+09:00')
  expect(await earns('late')).toBe(100)
})

test('points that several pay for are shown as those of one order', async () => {
  const shop = await open(undefined, { earning: { purchase: { percent: 1 } } })
  await seller(shop, 's1')
  shop.later(1)
  const mixed = [...lines(10_000, { seller: 's1' }), { id: '2', sku: 'vase', price: 1_000, quantity: 1 }]
  await shop.report('c1', 'o1', { lines: mixed, state: 'placed' })
  const { pending, points } = await shop.member('c1').wallet()
  expect(pending).toEqual([{ order: 'o1', points: 210, availableAt: null, waitsFor: 'shipment' }])
  expect(points.pending).toBe(210)
})

test('an order keeps what was known of its seller when it was placed, whatever the shop says later', async () => {
  const shop = await open()
  const order = { lines: lines(10_000, { seller: 's1' }) }
  expect((await shop.report('c1', 'o1', order)).body.points).toBe(100)
  await seller(shop, 's1')
  expect((await shop.report('c1', 'o1', order)).body.points).toBe(100)
  shop.later(1)
  expect((await shop.report('c1', 'o2', order)).body.points).toBe(200)
  shop.later(DAY)
  await seller(shop, 's1', { percent: 5 })
  const report = { ...order, placedAt: new Date(shop.clock() - 1).toISOString() }
  expect((await shop.report('c1', 'o3', report)).body.points).toBe(200)
})

test('an order dated ahead of the clock is judged by what the shop knows on its day, however often it is reported', async () => {
  const shop = await open()
  await seller(shop, 's1')
  const placedAt = new Date(shop.clock() + DAY).toISOString()
  const order = { placedAt, lines: lines(10_000, { seller: 's1' }) }
  expect((await shop.report('c1', 'early', order)).body.points).toBe(200)
  await seller(shop, 's1', { percent: 5 })
  shop.later(2 * DAY)
  expect((await shop.report('c1', 'late', order)).body.points).toBe(500)
  expect((await shop.report('c1', 'early', order)).body.points).toBe(500)
  await seller(shop, 's1', { percent: 7 })
  shop.later(1)
  for (const id of ['early', 'late']) expect((await shop.report('c1', id, order)).body.points).toBe(500)
  expect((await shop.member('c1').wallet()).points).toMatchObject({ available: 1000, pending: 0 })
  expect(await shop.audit()).toMatchObject({ ok: true, sum: 0 })
})

test('no seller is called "shop", leaves before it joins, or gives more than 100 percent', async () => {
  const shop = await open()
  expect((await seller(shop, 'shop')).status).toBe(400)
  expect((await seller(shop, 's1', { leftAt: '2020-07-01T00:00:00+09:00' })).body).toMatchObject({
    code: 'invalid-request',
    path: ['leftAt'],
  })
  expect((await seller(shop, 's1', { percent: 101 })).status).toBe(400)
  expect((await shop.merchant('GET', '/sellers/s1')).status).toBe(404)
})

test('badges want names, and not too many', async () => {
  const shop = await open()
  expect((await shop.guest('GET', '/badges')).status).toBe(400)
  expect((await shop.guest('GET', `/badges?${Array.from({ length: 101 }, (_, sku) => `sku=${sku}`).join('&')}`)).status).toBe(400)
  expect((await shop.guest('GET', '/badges?sku=nobody')).body).toEqual({})
})

test('A9 · a seller and a product are what they were at the very instant of an order, or else what is known of them', () => {
  const book = openBook()
  for (const [place, after] of [0, 10, 20].entries()) {
    book.now = START + after
    putSeller(book, 's1', { name: 'One', percent: place + 2 })
    putSeller(book, 's2', { name: 'Two', percent: 9 })
    putProduct(book, 'cup', { title: 'Cup', price: place + 2, condition: 'new', buyBox: true })
    putProduct(book, 'hat', { title: 'Hat', price: 9, condition: 'new', buyBox: true })
  }
  dropProduct(book, 'cup')
  const at = [-1, 0, 9, 10, 19, 20, 21].map((after) => START + after)
  expect(at.map((then) => sellerAt(book, 's1', then)?.percent)).toEqual([4, 2, 2, 3, 3, 4, 4])
  expect(at.map((then) => productAt(book, 'cup', then)?.price)).toEqual([4, 2, 2, 3, 3, 4, 4])
  expect([sellerAt(book, 's1')?.percent, productAt(book, 'cup'), productAt(book, 'hat')?.price]).toEqual([4, undefined, 9])
})
