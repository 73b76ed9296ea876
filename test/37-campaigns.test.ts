// Campaigns as a shop lives through them: windows that open and close by themselves, payment that changes, parcels that are late.
import { expect, test } from 'vitest'
import { DAY, lines, openShop } from './story.ts'

const cashless = {
  earning: { purchase: { percent: 1, award: 'shipped', delay: 'P7D' } },
  campaigns: [
    {
      ...{ id: 'cashless', title: '5% back', percent: 5, ordered: { until: '2020-07-01T00:00:00+09:00' } },
      ...{ shipped: { until: '2020-07-30T00:00:00+09:00' }, payment: ['card', 'qr'], categories: ['beauty'], cancelUnshipped: true },
    },
  ],
}
const beauty = (price = 10_000) => lines(price, { categories: ['beauty'] })
const inJune = () => openShop({ program: cashless, now: '2020-06-30T12:00:00+09:00' })
const order = { lines: beauty(), payment: 'card' }

test('A1 · ordered by the last millisecond of June and shipped by that of 29 July, it earns the campaign’s 5 %', async () => {
  const shop = await inJune()
  shop.set('2020-06-30T23:59:59.999+09:00')
  expect((await shop.report('c1', 'last', order)).body).toMatchObject({ points: 500, lines: [{ percent: 5, campaign: 'cashless' }] })
  shop.set('2020-07-01T00:00:00+09:00')
  expect((await shop.report('c1', 'late', order)).body).toMatchObject({ points: 100, lines: [{ percent: 1, campaign: null }] })
  shop.set('2020-07-29T23:59:59.999+09:00')
  expect((await shop.ship('c1', 'last')).body).toMatchObject({ points: 500, state: 'pending' })
  shop.later(7 * DAY)
  expect((await shop.member('c1').wallet()).points).toMatchObject({ available: 500, pending: 100 })
  expect(await shop.audit()).toMatchObject({ ok: true, sum: 0 })
})

test('A2 · not shipped by the deadline, an order counts as cancelled, even if the parcel left afterwards', async () => {
  const shop = await inJune()
  await shop.report('c1', 'o1', order)
  shop.set('2020-07-29T23:59:59.999+09:00')
  expect((await shop.member('c1').wallet()).points).toMatchObject({ pending: 500 })
  shop.set('2020-07-30T00:00:00+09:00')
  expect((await shop.member('c1').wallet()).points).toMatchObject({ available: 0, pending: 0, debt: 0 })
  const late = await shop.ship('c1', 'o1')
  expect(late.body).toMatchObject({ points: 0, state: 'void', lines: [{ points: 0, why: 'cancelled' }] })
  const history = (await shop.member('c1').get('/me/history')).body
  expect(history.entries.map(({ kind, points, at }: { kind: string; points: number; at: string }) => [kind, points, at])).toEqual([
    ['revoke', 500, '2020-07-29T15:00:00.000Z'],
    ['earn', 500, '2020-06-30T03:00:00.000Z'],
  ])
})

test('A2 · a report that arrives late still counts by when the parcel was shipped', async () => {
  const shop = await inJune()
  await shop.report('c1', 'o1', order)
  shop.set('2020-08-02T00:00:00+09:00')
  expect((await shop.member('c1').wallet()).points.pending).toBe(0)
  const told = await shop.report('c1', 'o1', { state: 'shipped', shippedAt: '2020-07-29T23:59:59.999+09:00' })
  expect(told.body).toMatchObject({ points: 500, availableAt: '2020-08-05T14:59:59.999Z' })
  expect((await shop.member('c1').wallet()).points).toMatchObject({ pending: 500, debt: 0 })
})

test('A3 · an order that lapses gives back the coupon that paid for it, without anyone acting', async () => {
  const shop = await inJune()
  await shop.grant('c1', 1000)
  const { code } = (await shop.member('c1').redeem(1000)).body.coupon
  await shop.merchant('PUT', `/coupons/${code}/order`, { order: 'o1', lines: beauty() })
  await shop.report('c1', 'o1', { ...order, codes: [code], discounts: [{ code, amount: 1000 }] })
  expect((await shop.member('c1').wallet()).points).toMatchObject({ available: 0, pending: 450 })
  shop.set('2020-07-30T00:00:00+09:00')
  const wallet = await shop.member('c1').wallet()
  expect(wallet.points).toMatchObject({ available: 1000, pending: 0 })
  expect(wallet.coupons).toMatchObject([{ code, state: 'returned' }])
  expect(await shop.audit()).toMatchObject({ ok: true, sum: 0 })
})

test('A3 · what gave back its coupon as it lapsed gives it back once, though a failed checkout is the first to hear of it', async () => {
  const shop = await inJune()
  await shop.grant('c1', 1000)
  const { code } = (await shop.member('c1').redeem(1000)).body.coupon
  await shop.merchant('PUT', `/coupons/${code}/order`, { order: 'o1', lines: beauty() })
  await shop.report('c1', 'o1', { ...order, codes: [code], discounts: [{ code, amount: 1000 }] })
  shop.set('2020-07-30T00:00:00+09:00')
  const { body } = await shop.merchant('DELETE', `/coupons/${code}/order`)
  expect(body).toMatchObject({ status: 409, code: 'coupon-not-open', state: 'returned' })
  expect((await shop.member('c1').wallet()).points).toMatchObject({ available: 1000, held: 0 })
  expect(await shop.audit()).toMatchObject({ ok: true, sum: 0 })
})

test('A4 · another payment method is judged anew, by the date of the order', async () => {
  const shop = await inJune()
  await shop.report('c1', 'o1', order)
  shop.set('2020-07-10T00:00:00+09:00')
  expect((await shop.report('c1', 'o1', { payment: 'cash' })).body).toMatchObject({ points: 100 })
  expect((await shop.report('c1', 'o1', { payment: 'qr' })).body).toMatchObject({ points: 500, lines: [{ campaign: 'cashless' }] })
  expect((await shop.member('c1').wallet()).points).toMatchObject({ pending: 500 })
})

test('A5 · an order on hold past the end is judged by its order date and its payment', async () => {
  const shop = await inJune()
  await shop.report('c1', 'o1', { ...order, state: 'on-hold' })
  shop.set('2020-07-15T00:00:00+09:00')
  expect((await shop.report('c1', 'o1', { state: 'placed' })).body).toMatchObject({ points: 500, lines: [{ campaign: 'cashless' }] })
})

test('A7 · the end of a campaign needs nobody: quotes, receipts and the public program follow the clock', async () => {
  const shop = await inJune()
  const quoted = async () => (await shop.guest('POST', '/quotes', { lines: beauty(), payment: 'card' })).body
  const running = async () => (await shop.guest('GET', '/program')).body.campaigns.length
  shop.set('2020-06-30T23:59:59.999+09:00')
  expect([await running(), await quoted()]).toMatchObject([1, { points: 500 }])
  shop.set('2020-07-01T00:00:00+09:00')
  expect([await running(), await quoted()]).toMatchObject([0, { points: 100 }])
})

test('A7 · one that wants its orders shipped before an instant is over then, though nobody said until when to order', async () => {
  const shop = await openShop({ program: { campaigns: [{ id: 'c', title: 'C', percent: 5, shipped: { until: '2026-06-10T00:00:00Z' } }] } })
  const offered = async () => [
    (await shop.guest('GET', '/program')).body.campaigns.length,
    (await shop.guest('POST', '/quotes', { lines: lines(10_000) })).body.points,
  ]
  shop.set('2026-06-09T23:59:59.999Z')
  expect(await offered()).toEqual([1, 500])
  shop.set('2026-06-10T00:00:00Z')
  expect(await offered()).toEqual([0, 100])
})

test('S14 · ten times the points until 10:00 in Japan, to the millisecond, whenever the order is reported', async () => {
  const ordered = { from: '2026-06-05T10:00:00+09:00', until: '2026-06-12T10:00:00+09:00' }
  const shop = await openShop({ program: { campaigns: [{ id: 'ten', title: '10× points', multiply: 10, ordered }] } })
  shop.set('2026-07-01T00:00:00+09:00')
  const at = async (order: string, placedAt: string) => (await shop.report('c1', order, { placedAt, lines: lines(10_000) })).body.points
  expect(await at('before', '2026-06-05T09:59:59.999+09:00')).toBe(100)
  expect(await at('first', '2026-06-05T10:00:00+09:00')).toBe(1000)
  expect(await at('last', '2026-06-12T01:59:59.999+01:00')).toBe(1000)
  expect(await at('after', '2026-06-12T10:00:00+09:00')).toBe(100)
})

test('A15 · a changed date alters no order that was placed before the change', async () => {
  const until = (until: string) => ({ campaigns: [{ id: 'ten', title: '10× points', multiply: 10, ordered: { until } }] })
  const shop = await openShop({ program: until('2026-07-01T00:00:00+09:00') })
  await shop.place('c1', 'o1', 10_000)
  shop.later(DAY)
  await shop.newProgram(until('2026-06-02T00:00:00+09:00'))
  expect((await shop.ship('c1', 'o1')).body).toMatchObject({ points: 1000, program: 1 })
  expect((await shop.place('c1', 'o2', 10_000)).body).toMatchObject({ points: 100, program: 2 })
})

test('A6 · five percent on the goods of small sellers, in the named categories only', async () => {
  const [campaign] = cashless.campaigns
  const shop = await openShop({
    program: { ...cashless, campaigns: [{ ...campaign, sellers: ['small'] }] },
    now: '2020-06-01T00:00:00+09:00',
  })
  const goods = (id: string, more: object) => ({ id, sku: id, price: 10_000, quantity: 1, ...more })
  const { body } = await shop.report('c1', 'o1', {
    payment: 'card',
    lines: [
      goods('both', { seller: 'small', categories: ['beauty'] }),
      goods('large', { seller: 'large', categories: ['beauty'] }),
      goods('toys', { seller: 'small', categories: ['toys'] }),
      goods('own', { categories: ['beauty'] }),
    ],
  })
  expect(body.lines.map(({ id, percent, points }: { id: string; percent: number; points: number }) => [id, percent, points])).toEqual([
    ['both', 5, 500],
    ['large', 1, 100],
    ['toys', 1, 100],
    ['own', 1, 100],
  ])
})
