// Juliette et Justine's programme, as its own document has it, told through the doors a storefront uses.
import { expect, test } from 'vitest'
import document from '../server/programs/jej.json' with { type: 'json' }
import { DAY, type Json, lines, openShop } from './story.ts'

const open = () => openShop({ program: document })

test('J1 · one percent comes back in whole points, rounded down once for the whole order', async () => {
  const shop = await open()
  const { body } = await shop.report('c1', 'o1', {
    lines: [150, 199, 250].map((price, index) => ({ id: `${index}`, sku: `s${index}`, price, quantity: 1 })),
  })
  expect(body.points).toBe(5)
  expect(body.lines.reduce((sum: number, line: Json) => sum + line.points, 0)).toBe(5)
})

test('J7 · a guest’s order earns nothing, also when the guest registers and the order is reported again', async () => {
  const shop = await open()
  expect((await shop.place('c1', 'o1', 10_000, { guest: true })).body).toMatchObject({
    points: 0,
    state: 'void',
    lines: [{ why: 'guest' }],
  })
  await shop.merchant('PUT', '/members/c1', { name: 'Justine' })
  expect((await shop.ship('c1', 'o1')).body).toMatchObject({ points: 0, lines: [{ why: 'guest' }] })
  expect((await shop.member('c1').wallet()).points).toEqual({ available: 0, pending: 0, held: 0, debt: 0 })
})

test('J7 · nor once a report no longer says that it was a guest’s, in whichever order the reports come', async () => {
  const shop = await open()
  const at = (hour: number) => new Date(shop.clock() + (hour * DAY) / 24).toISOString()
  const placed = { placedAt: at(0), state: 'placed', lines: lines(10_000) }
  const reports = [
    { ...placed, guest: true, updatedAt: at(0) },
    { ...placed, updatedAt: at(1) },
    { ...placed, guest: false, state: 'shipped', shippedAt: at(2), updatedAt: at(2) },
  ]
  const ends: Json[] = []
  for (const order of ['012', '210', '120', '102', '021', '201']) {
    const member = shop.member(order)
    for (const which of order) await shop.merchant('PUT', `/members/${order}/orders/o1`, reports[Number(which)])
    expect((await member.wallet()).points).toEqual({ available: 0, pending: 0, held: 0, debt: 0 })
    ends.push((await member.get('/me/orders/o1')).body)
  }
  expect(ends[0]).toMatchObject({ points: 0, lines: [{ why: 'guest' }] })
  for (const end of ends) expect(end).toEqual(ends[0])
  await shop.merchant('PUT', '/members/nobodys/orders/o1', reports[2])
  expect((await shop.member('nobodys').get('/me/orders/o1')).body).toMatchObject({ points: 100 })
  expect(await shop.audit()).toMatchObject({ ok: true, sum: 0 })
})

test('J8, J9 · points wait, shown with their order, until it has shipped; then they are there', async () => {
  const shop = await open()
  await shop.place('c1', 'o1', 12_345)
  const waiting = await shop.member('c1').wallet()
  expect(waiting.points).toMatchObject({ available: 0, pending: 123 })
  expect(waiting.pending).toEqual([{ order: 'o1', points: 123, availableAt: null, waitsFor: 'shipment' }])
  await shop.ship('c1', 'o1')
  const shipped = await shop.member('c1').wallet()
  expect([shipped.points.available, shipped.pending]).toEqual([123, []])
})

test('J10, J11 · a coupon of 1,000 points takes ¥1,000 off, and that part of the order earns nothing', async () => {
  const shop = await open()
  await shop.grant('c1', 1000)
  const { coupon } = (await shop.member('c1').redeem(1000)).body
  expect(coupon).toMatchObject({ points: 1000, value: 1000, currency: 'JPY' })
  const used = await shop.merchant('PUT', `/coupons/${coupon.code}/order`, { order: 'o1', member: 'c1', lines: lines(5000) })
  expect(used.body).toEqual({ discount: 1000, change: 0 })
  const discounts = [{ code: coupon.code, amount: 1000 }]
  expect((await shop.place('c1', 'o1', 5000, { codes: [coupon.code], discounts })).body).toMatchObject({
    points: 40,
    lines: [{ paid: 4000 }],
  })
  await shop.grant('c1', 500)
  const whole = (await shop.member('c1').redeem(500)).body.coupon.code
  await shop.merchant('PUT', `/coupons/${whole}/order`, { order: 'o2', lines: lines(500) })
  expect((await shop.place('c1', 'o2', 500)).body).toMatchObject({ points: 0, lines: [{ why: 'paid-with-points' }] })
})

test('J12 · a coupon takes from 1 to 5,000 points, every number between', async () => {
  const shop = await open()
  await shop.grant('c1', 20_000)
  for (const points of [1, 2, 777, 4999, 5000]) expect((await shop.member('c1').redeem(points)).status).toBe(201)
  for (const points of [0, -1, 5001, 1.5]) expect(Math.floor((await shop.member('c1').redeem(points)).status / 100)).toBe(4)
  expect((await shop.member('c1').wallet()).points).toMatchObject({ available: 9221, held: 10_779 })
})

test('J14 · coupons are listed as open, used and returned', async () => {
  const shop = await open()
  await shop.grant('c1', 600)
  const me = shop.member('c1')
  const codes: string[] = []
  for (const points of [100, 200, 300]) codes.push((await me.redeem(points)).body.coupon.code)
  await shop.merchant('PUT', `/coupons/${codes[0]}/order`, { order: 'o1', lines: lines(900) })
  await me.delete(`/me/coupons/${codes[1]}`)
  expect((await me.wallet()).coupons.map(({ points, state, order }: Json) => [points, state, order])).toEqual([
    [300, 'open', null],
    [200, 'returned', null],
    [100, 'used', 'o1'],
  ])
})

test('J15 · one code serves one order, whoever asks first', async () => {
  const shop = await open()
  await shop.grant('c1', 300)
  const { code } = (await shop.member('c1').redeem(300)).body.coupon
  const use = (order: string) => shop.merchant('PUT', `/coupons/${code}/order`, { order, lines: lines(1000) })
  const answers = await Promise.all(Array.from({ length: 20 }, (_, number) => use(`o${number}`)))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(answers.filter(({ body }) => body.code === 'coupon-not-open')).toHaveLength(19)
  expect(await shop.audit()).toMatchObject({ ok: true, sum: 0 })
})

test('J16 · a coupon made by mistake is taken back, its points to their own lots with their own last day', async () => {
  const shop = await open()
  const soon = new Date(shop.clock() + DAY).toISOString()
  await shop.grant('c1', 100, { expiresAt: soon })
  await shop.grant('c1', 100)
  const me = shop.member('c1')
  const { code } = (await me.redeem(150)).body.coupon
  expect((await me.delete(`/me/coupons/${code}`)).body.wallet).toMatchObject({
    points: { available: 200, held: 0 },
    expiring: [{ points: 100, at: soon }],
  })
  shop.later(DAY)
  expect((await me.wallet()).points.available).toBe(100)
  expect((await me.delete(`/me/coupons/${code}`)).body.code).toBe('coupon-not-open')
})

test('J18 · what a small cart cannot use of a coupon comes back as points', async () => {
  const shop = await open()
  await shop.grant('c1', 1000)
  const { code } = (await shop.member('c1').redeem(1000)).body.coupon
  const cart = { member: 'c1', lines: lines(300) }
  expect((await shop.merchant('POST', `/coupons/${code}/check`, cart)).body).toEqual({
    usable: true,
    discount: 300,
    change: 700,
    reasons: [],
  })
  expect((await shop.member('c1').wallet()).points).toMatchObject({ available: 0, held: 1000 })
  expect((await shop.merchant('PUT', `/coupons/${code}/order`, { order: 'o1', ...cart })).body).toEqual({ discount: 300, change: 700 })
  expect((await shop.member('c1').wallet()).points).toMatchObject({ available: 700, held: 0 })
})
