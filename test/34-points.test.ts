// Points at checkout: how many an order may use, and changing one's mind.
import { expect, test } from 'vitest'
import { withPoints } from './paying.ts'
import { DAY, lines, openShop } from './story.ts'

test('S7 · 795 points take ¥795 off, and the balance says so', async () => {
  const { pay, wallet, audited } = await withPoints(795)
  const paid = await pay(795)
  expect([paid.status, paid.body]).toEqual([200, { discount: 795, points: 795 }])
  expect((await wallet()).points).toEqual({ available: 0, pending: 0, held: 0, debt: 0 })
  await audited()
})

test('S7 · the same again is the same; another number moves the difference; none gives all back', async () => {
  const { shop, pay, unpay, balance, audited } = await withPoints(1000)
  await pay(600)
  const before = await shop.export()
  expect((await pay(600)).body).toEqual({ discount: 600, points: 600 })
  expect(await shop.export()).toBe(before)
  expect((await pay(250)).body).toEqual({ discount: 250, points: 250 })
  expect(await balance()).toBe(750)
  // What the order holds already counts as there.
  expect((await pay(1000)).body).toEqual({ discount: 1000, points: 1000 })
  expect((await pay(1001)).body).toMatchObject({ status: 409, code: 'insufficient-points', available: 1000 })
  expect(await balance()).toBe(0)
  for (let time = 0; time < 2; time++) {
    const back = await unpay()
    expect([back.status, back.body]).toEqual([200, { discount: 0, points: 0 }])
    expect(await balance()).toBe(1000)
  }
  await audited()
})

test('S7 · points go back to the very lots they left, with their own expiry', async () => {
  const { shop, pay, unpay, wallet } = await withPoints(100)
  await shop.grant('c1', 100, { expiresAt: '2026-07-01T00:00:00Z' })
  await shop.grant('c1', 100, { expiresAt: '2026-08-01T00:00:00Z' })
  const { expiring } = await wallet()
  await pay(150)
  expect((await wallet()).expiring).toEqual([{ points: 50, at: '2026-08-01T00:00:00.000Z' }])
  await unpay()
  expect((await wallet()).expiring).toEqual(expiring)
  await pay(150)
  shop.later(40 * DAY)
  expect((await wallet()).points.available).toBe(150)
  await unpay()
  expect((await wallet()).points.available).toBe(200)
  expect((await shop.audit()).ok).toBe(true)
})

test('S8 · there is no cap on points per checkout, unless the program has one', async () => {
  const { pay } = await withPoints(900_000)
  expect((await pay(900_000, { lines: lines(1_000_000) })).status).toBe(200)
  const capped = await withPoints(5000, { checkout: { max: 1000 } })
  expect((await capped.pay(1001)).body).toMatchObject({ status: 422, code: 'out-of-range', min: 1, max: 1000 })
  expect((await capped.pay(1000)).status).toBe(200)
})

test('S7 · no more than the lines cost, no fewer than one point', async () => {
  const { pay, balance } = await withPoints(5000)
  for (const points of [0, -1, 301]) expect((await pay(points, { lines: lines(300) })).body).toMatchObject({ status: 422, max: 300 })
  expect((await pay(5001)).body).toMatchObject({ status: 409, code: 'insufficient-points', available: 5000 })
  for (const points of [1.5, '5', null]) expect((await pay(points as number)).status).toBe(400)
  expect(await balance()).toBe(5000)
})

test('S9 · points pay for nothing tagged early-bird', async () => {
  const { shop, pay } = await withPoints(5000, { exclude: { tags: ['early-bird'] } })
  const early = lines(10_000, { tags: ['early-bird'] })
  expect((await pay(1, { lines: early })).body).toMatchObject({ status: 409, code: 'not-eligible' })
  const mixed = { lines: [...early, { id: '2', sku: 'hat', price: 500, quantity: 1 }] }
  expect((await pay(501, mixed)).body).toMatchObject({ status: 422, code: 'out-of-range', max: 500 })
  expect((await pay(500, mixed)).status).toBe(200)
  // Where the cart does not say so, the catalogue does.
  await shop.merchant('PUT', '/products/panel', { title: 'Panel', price: 900, tags: ['early-bird'] })
  const known = { lines: [{ id: '1', sku: 'panel', price: 900, quantity: 1 }] }
  expect((await pay(1, known, 'o2')).body).toMatchObject({ status: 409, code: 'not-eligible' })
})

test('S10 · points pay for shipping only where the program says so', async () => {
  const { pay } = await withPoints(5000)
  const cart = { lines: lines(300), shipping: 800 }
  expect((await pay(301, cart)).body).toMatchObject({ status: 422, max: 300 })
  const generous = await withPoints(5000, { shipping: true })
  expect((await generous.pay(1100, cart)).status).toBe(200)
  expect((await generous.pay(1101, cart)).status).toBe(422)
})

test('S11 · points and the shop’s own codes do not combine, and nothing moves', async () => {
  const { shop, pay, unpay } = await withPoints(5000)
  const before = await shop.export()
  const both = { lines: lines(10_000), codes: ['SUMMER'] }
  expect((await pay(100, both)).body).toMatchObject({ status: 409, code: 'not-eligible' })
  await shop.member('c2').get('/me')
  await shop.grant('c2', 100)
  const { code } = (await shop.member('c2').redeem(100)).body.coupon
  expect((await pay(100, { lines: lines(10_000), codes: [code] })).status).toBe(409)
  await unpay()
  expect((await shop.export()).split('\n').filter((line) => line.includes('"c1"'))).toEqual(
    before.split('\n').filter((line) => line.includes('"c1"')),
  )
  const open = await withPoints(5000, { withOtherCodes: true })
  expect((await open.pay(100, both)).status).toBe(200)
})

test('S11 · the member’s own coupons take their part of the cart first', async () => {
  const { shop, pay } = await withPoints(5000)
  const { code } = (await shop.member('c1').redeem(200)).body.coupon
  const cart = { lines: lines(500), codes: [code] }
  expect((await pay(301, cart)).body).toMatchObject({ status: 422, max: 300 })
  expect((await pay(300, cart)).status).toBe(200)
  const used = await shop.merchant('PUT', `/coupons/${code}/order`, { order: 'o1', lines: lines(500) })
  expect(used.body).toEqual({ discount: 200, change: 0 })
  expect((await pay(301, { lines: lines(500) })).body).toMatchObject({ status: 422, max: 300 })
  const another = (await shop.member('c1').redeem(200)).body.coupon.code
  expect((await shop.merchant('PUT', `/coupons/${another}/order`, { order: 'o1', lines: lines(500) })).status).toBe(409)
})

test('S7 · a program without points at checkout takes none; one that changes keeps what was begun', async () => {
  const { shop, pay, balance } = await withPoints(1000)
  await pay(400)
  shop.later(DAY)
  await shop.newProgram({ redeeming: { checkout: null } })
  // An order placed since has its book learn of the new program, wherever that book is.
  await shop.place('c1', 'since', 0)
  expect((await pay(100, undefined, 'o2')).body).toMatchObject({ status: 409, code: 'not-eligible' })
  expect((await pay(400)).status).toBe(200)
  expect((await pay(300)).status).toBe(200)
  expect(await balance()).toBe(700)
})

test('J10 · the part of an order paid with points earns none, however its report tells of it', async () => {
  const { shop, pay } = await withPoints(5000)
  for (const [order, more] of Object.entries({
    plain: {},
    nameless: { discounts: [{ amount: 2000 }] },
    named: { discounts: [{ code: 'Points', amount: 2000 }] },
    beside: { discounts: [{ code: 'points', amount: 2000 }, { amount: 0 }] },
  })) {
    await pay(2000, undefined, order)
    expect((await shop.place('c1', order, 10_000, more)).body).toMatchObject({ points: 80, lines: [{ paid: 8000 }] })
    await shop.merchant('DELETE', `/members/c1/orders/${order}/points`)
    await shop.cancel('c1', order)
  }
  // Another discount of another size is one.
  await pay(2000, undefined, 'more')
  expect((await shop.place('c1', 'more', 10_000, { discounts: [{ amount: 1000 }] })).body).toMatchObject({ points: 70 })
  // Points said after the report count as well.
  await shop.place('c1', 'late', 10_000)
  await pay(1000, undefined, 'late')
  expect((await shop.member('c1').get('/me/orders/late')).body.points).toBe(90)
  expect((await shop.audit()).ok).toBe(true)
})

test('S7 · of two checkouts for one balance at once, one gets it', async () => {
  const { pay, balance, audited } = await withPoints(1000)
  const replies = await Promise.all(Array.from({ length: 8 }, (_, order) => pay(600, undefined, `o${order}`)))
  expect(replies.map(({ status }) => status).toSorted()).toEqual([200, ...Array(7).fill(409)])
  const same = await Promise.all(Array.from({ length: 8 }, () => pay(400, undefined, 'same')))
  expect(same.map(({ text }) => text)).toEqual(Array(8).fill(JSON.stringify({ discount: 400, points: 400 })))
  expect(await balance()).toBe(0)
  await audited()
})

test('S7 · only the shop’s own server says how many points an order uses', async () => {
  const { shop, pay, balance } = await withPoints(1000)
  const path = '/members/c1/orders/o1/points'
  const body = { points: 100, lines: lines(1000) }
  const other = await openShop({ shop: 'other', fetch: shop.fetch, clock: shop.clock })
  for (const method of ['PUT', 'DELETE'] as const) {
    const sent = method === 'PUT' ? body : undefined
    expect((await shop.guest(method, path, sent)).status).toBe(401)
    expect((await shop.ask(() => shop.token('c1'))(method, path, sent)).status).toBe(403)
    expect((await shop.ask(() => other.keys.secret)(method, path, sent)).status).toBe(401)
  }
  expect((await pay(100, undefined, 'o1', 'nobody')).body).toMatchObject({ status: 409, code: 'insufficient-points' })
  expect((await shop.merchant('GET', '/members/nobody')).status).toBe(404)
  expect(await balance()).toBe(1000)
})
