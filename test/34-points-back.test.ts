// What refunds, cancelled orders and changed checkouts give back of the points that paid, and for how long it lasts.
import { expect, test } from 'vitest'
import { withPoints } from './paying.ts'
import { DAY, lines } from './story.ts'

const refund = (quantity: number) => ({ refunds: [{ id: 'r1', at: '2026-06-01T01:00:00Z', lines: [{ id: '1', quantity }] }] })

test('J10 · a cancelled order gives its points back; standing again it takes them again, and no new ones meanwhile', async () => {
  const { shop, pay, balance, wallet, audited } = await withPoints(1000)
  await pay(600)
  await shop.place('c1', 'o1', 10_000)
  await shop.cancel('c1', 'o1')
  expect(await balance()).toBe(1000)
  expect((await pay(700)).body).toMatchObject({ status: 409, code: 'not-eligible' })
  await shop.member('c1').redeem(900)
  await shop.report('c1', 'o1', { state: 'placed' })
  expect((await wallet()).points).toEqual({ available: 0, pending: 94, held: 900, debt: 500 })
  await shop.cancel('c1', 'o1')
  expect((await wallet()).points).toEqual({ available: 100, pending: 0, held: 900, debt: 0 })
  await audited()
})

test('S13 · a refunded line gives back the points that paid for it, to their own lots', async () => {
  const { shop, pay, balance, audited } = await withPoints(1000)
  const cart = { lines: [{ id: '1', sku: 'dress', price: 2500, quantity: 4 }] }
  await pay(1000, cart)
  await shop.report('c1', 'o1', { ...cart })
  expect(await balance()).toBe(0)
  await shop.report('c1', 'o1', refund(1))
  expect(await balance()).toBe(250)
  await shop.report('c1', 'o1', refund(4))
  expect(await balance()).toBe(1000)
  await shop.report('c1', 'o1', refund(2))
  expect(await balance()).toBe(500)
  await shop.report('c1', 'o1', { refunds: [] })
  expect(await balance()).toBe(0)
  // An amount is of money first: ¥9,000 were paid in money.
  await shop.report('c1', 'o1', { refunds: [{ id: 'r', at: '2026-06-01T01:00:00Z', amount: 9300 }] })
  expect(await balance()).toBe(300)
  await audited()
})

test('S13 · a coupon’s points come back with the refunded line as well', async () => {
  const { shop, balance, audited } = await withPoints(1000)
  const { code } = (await shop.member('c1').redeem(1000)).body.coupon
  const cart = { lines: [{ id: '1', sku: 'dress', price: 2500, quantity: 4 }] }
  await shop.merchant('PUT', `/coupons/${code}/order`, { order: 'o1', ...cart })
  await shop.report('c1', 'o1', { ...cart, codes: [code] })
  await shop.report('c1', 'o1', refund(3))
  expect(await balance()).toBe(750)
  await shop.cancel('c1', 'o1')
  expect(await balance()).toBe(1000)
  await shop.report('c1', 'o1', { state: 'placed' })
  expect(await balance()).toBe(750)
  expect((await shop.merchant('DELETE', `/coupons/${code}/order`)).body).toMatchObject({ state: 'open', points: 1000 })
  expect((await shop.member('c1').wallet()).points).toMatchObject({ available: 0, held: 1000 })
  await audited()
})

test('S12 · points that a checkout gives back after their last day have run out, and pay for nothing else', async () => {
  const { shop, pay, wallet, audited } = await withPoints(10)
  await shop.grant('c1', 300, { expiresAt: '2026-06-06T00:00:00Z' })
  await pay(300)
  shop.later(6 * DAY)
  expect((await wallet()).points.available).toBe(10)
  expect((await pay(20)).status).toBe(200)
  expect((await wallet()).points.available).toBe(10)
  expect((await shop.member('c1').redeem(11)).body.code).toBe('insufficient-points')
  await audited()
})

test('S12 · nor do they outlive it when they come back before', async () => {
  const { shop, pay, wallet, audited } = await withPoints(10)
  await shop.grant('c1', 300, { expiresAt: '2026-06-06T00:00:00Z' })
  await pay(300)
  // What falls due first while the order has them.
  await shop.grant('c1', 5, { expiresAt: '2026-06-03T00:00:00Z' })
  shop.later(3 * DAY)
  expect((await wallet()).points.available).toBe(10)
  await pay(20)
  expect((await wallet()).points.available).toBe(290)
  shop.later(3 * DAY)
  expect((await wallet()).points.available).toBe(10)
  await audited()
})

test('S13 · what ran out is given once to orders that stand again, and what they had used beyond that is owed', async () => {
  const { shop, pay, wallet, audited } = await withPoints(1)
  await shop.grant('c1', 1000, { expiresAt: '2026-06-20T00:00:00Z' })
  const orders = ['a', 'b', 'c', 'd']
  for (const order of orders) {
    expect((await pay(100, { lines: lines(100) }, order)).status).toBe(200)
    await shop.place('c1', order, 100)
    await shop.cancel('c1', order)
  }
  await pay(900, { lines: lines(900) }, 'other')
  shop.later(30 * DAY)
  expect((await wallet()).points).toMatchObject({ available: 1, debt: 0 })
  for (const order of orders) await shop.report('c1', order, { state: 'placed' })
  // 1,001 were given and 1,300 are used.
  expect((await wallet()).points).toMatchObject({ available: 0, debt: 299 })
  await audited()
  expect((await shop.merchant('GET', '/report')).body).toMatchObject({ issued: 1101, spent: 1300, expired: 100, liability: -299 })
})

test('S13 · an order whose points paid after they had run out takes them back all the same when it is cancelled', async () => {
  const { shop, pay, wallet, audited } = await withPoints(1, {}, { expiry: { life: 'P10D' }, earning: { purchase: { percent: 10 } } })
  await shop.place('c1', 'earning', 1000)
  await shop.ship('c1', 'earning')
  await pay(101, { lines: lines(101) }, 'paid')
  await shop.place('c1', 'paid', 101)
  await shop.cancel('c1', 'paid')
  shop.later(20 * DAY)
  expect((await wallet()).points).toMatchObject({ available: 0, debt: 0 })
  await shop.report('c1', 'paid', { state: 'placed' })
  expect((await wallet()).points).toMatchObject({ available: 0, debt: 0 })
  await shop.cancel('c1', 'earning')
  expect((await wallet()).points).toMatchObject({ available: 0, debt: 100 })
  await audited()
})

test('S13 · the audit tells what a checkout owes from what an activity gave', async () => {
  const { shop, pay, wallet, audited } = await withPoints(100, {}, { earning: { purchase: { percent: 0 }, review: { points: 10 } } })
  await shop.place('c1', 'o0', 100)
  await shop.ship('c1', 'o0')
  await shop.member('c1').post('/me/reviews', { order: 'o0', sku: 'dress', rating: 5, text: '' })
  await pay(100)
  await shop.place('c1', 'o1', 10_000)
  await shop.report('c1', 'o1', refund(1))
  await shop.member('c1').redeem(110)
  await shop.report('c1', 'o1', { refunds: [] })
  expect((await wallet()).points).toMatchObject({ available: 0, held: 110, debt: 100 })
  await audited()
})

test('S13 · points that pay for what was given back already come back at once, whether as a coupon or at checkout', async () => {
  for (const how of ['points', 'coupon']) {
    const { shop, pay, wallet, audited } = await withPoints(300)
    await shop.place('c1', 'o1', 10_000)
    await shop.report('c1', 'o1', refund(1))
    if (how === 'points') await pay(300)
    else {
      const { code } = (await shop.member('c1').redeem(300)).body.coupon
      expect((await shop.merchant('PUT', `/coupons/${code}/order`, { order: 'o1', lines: lines(10_000) })).status).toBe(200)
    }
    const paid = await wallet()
    expect([how, paid.points.available]).toEqual([how, 300])
    await shop.report('c1', 'o1', {})
    expect((await wallet()).points).toEqual(paid.points)
    await audited()
  }
})

test('S13 · what comes back after its last day repays nothing, whatever held it: a coupon, a gift, a checkout', async () => {
  const gifts = [{ id: 'tote', title: 'Tote bag', points: 100 }]
  for (const how of ['coupon', 'gift', 'points']) {
    const { shop, pay, wallet, audited } = await withPoints(60, { gifts })
    const ada = shop.member('c1')
    await shop.grant('c1', 100, { expiresAt: '2026-06-06T00:00:00Z' })
    const held =
      how === 'coupon'
        ? (await ada.redeem(100)).body.coupon.code
        : how === 'gift'
          ? (await ada.post('/me/gifts', { gift: 'tote' })).body.id
          : ''
    if (how === 'points') await pay(100)
    // The 60 that are left pay for an order whose refund the shop takes back: they are owed.
    await pay(60, undefined, 'o2')
    await shop.place('c1', 'o2', 10_000)
    await shop.cancel('c1', 'o2')
    await ada.redeem(60)
    await shop.report('c1', 'o2', { state: 'placed' })
    expect((await wallet()).points).toMatchObject({ available: 0, debt: 60 })
    shop.later(6 * DAY)
    if (how === 'coupon') await ada.delete(`/me/coupons/${held}`)
    if (how === 'gift') await shop.merchant('PATCH', `/gifts/${held}`, { state: 'declined' })
    if (how === 'points') await pay(1)
    expect([how, (await wallet()).points]).toMatchObject([how, { available: 0, debt: 60 }])
    await shop.grant('c1', 70)
    expect([how, (await wallet()).points]).toMatchObject([how, { available: 10, debt: 0 }])
    await audited()
  }
})

test('J10 · of a coupon whose change has run out, a report may say more than its points took off: nobody paid that either', async () => {
  for (const by of ['checkout', 'report']) {
    const { shop, wallet, audited } = await withPoints(0, {}, { earning: { purchase: { percent: 10 } } })
    await shop.grant('c1', 100, { expiresAt: '2026-06-06T00:00:00Z' })
    const { code } = (await shop.member('c1').redeem(100)).body.coupon
    const cart = { order: 'o1', lines: lines(60) }
    if (by === 'checkout') expect((await shop.merchant('PUT', `/coupons/${code}/order`, cart)).body).toEqual({ discount: 60, change: 40 })
    const first = await shop.place('c1', 'o1', 1000, { discounts: [{ code, amount: 60 }] })
    expect([by, first.body.points]).toEqual([by, 94])
    shop.later(6 * DAY)
    // The 40 are gone, and no others stand in for them.
    const raised = await shop.report('c1', 'o1', { discounts: [{ code, amount: 100 }] })
    expect([by, raised.body.points, raised.body.lines[0].paid]).toEqual([by, 90, 900])
    expect((await wallet()).points).toEqual({ available: 0, pending: 90, held: 0, debt: 0 })
    expect((await shop.merchant('GET', '/report')).body).toMatchObject({
      issued: 194,
      clawedBack: 4,
      spent: 60,
      expired: 40,
      liability: 90,
    })
    expect((await shop.merchant('DELETE', `/coupons/${code}/order`)).body).toMatchObject({ state: 'open', points: 60 })
    await audited()
  }
})
