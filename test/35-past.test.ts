// What has come due is in every answer, and what the books said of an instant that is over they say for ever.
import { expect, test } from 'vitest'
import { DAY, lines, openShop, type Story } from './story.ts'

const to = async (shop: Story, instant: string) => (await shop.merchant('GET', `/report?to=${instant}`)).body
const days = async (shop: Story) =>
  (await shop.member('c1').get('/me/history')).body.entries.map(
    ({ at, kind, points }: { at: string; kind: string; points: number }) => `${at.slice(5, 10)} ${kind} ${points}`,
  )
const well = async (shop: Story) => expect(await shop.audit()).toMatchObject({ ok: true, sum: 0, problems: [] })

test('A10 · a report has all that was due by then, though nobody has looked since', async () => {
  const shop = await openShop({ program: { expiry: { life: 'P30D' } } })
  await shop.grant('c1', 100)
  await shop.place('c2', 'o1', 20_000)
  await shop.ship('c2', 'o1')
  shop.later(31 * DAY)
  const first = (await shop.merchant('GET', '/report')).body
  expect(first).toMatchObject({ issued: 300, expired: 100, available: 200, pending: 0, liability: 200 })
  for (const id of ['c1', 'c2']) await shop.member(id).wallet()
  expect((await shop.merchant('GET', '/report')).body).toEqual(first)
  await well(shop)
})

test('A10 · a coupon that ran out while an order had it runs out when it is open again, not in a month that is closed', async () => {
  const shop = await openShop({ program: { redeeming: { coupon: { life: 'P10D' } } } })
  await shop.grant('c1', 100)
  const { coupon } = (await shop.member('c1').redeem(100)).body
  await shop.merchant('PUT', `/coupons/${coupon.code}/order`, { order: 'o1', lines: lines(10_000) })
  shop.set('2026-07-01T10:00:00+09:00')
  const june = await to(shop, '2026-07-01')
  expect(june).toMatchObject({ spent: 100, held: 0, available: 0 })
  await shop.merchant('DELETE', `/coupons/${coupon.code}/order`)
  expect((await shop.member('c1').wallet()).points).toMatchObject({ available: 100, held: 0 })
  expect(await to(shop, '2026-07-01')).toEqual(june)
  expect(await days(shop)).toEqual([
    '07-01 release 100',
    '07-01 hold 100',
    '07-01 return 100',
    '06-01 spend 100',
    '06-01 hold 100',
    '06-01 grant 100',
  ])
  await well(shop)
})

test('S12 · an order that is said to have shipped earlier loses what has run out now, not in a month that is closed', async () => {
  const shop = await openShop({ program: { earning: { purchase: { percent: 1, delay: 'PT0S' } }, expiry: { life: 'P30D' } } })
  await shop.place('c1', 'o1', 10_000)
  shop.later(8 * DAY)
  await shop.ship('c1', 'o1')
  shop.set('2026-07-05T10:00:00+09:00')
  const before = await to(shop, '2026-07-04')
  expect(before).toMatchObject({ available: 100, expired: 0 })
  await shop.report('c1', 'o1', { shippedAt: '2026-06-02T00:00:00+09:00' })
  expect((await shop.member('c1').wallet()).points).toMatchObject({ available: 0 })
  expect(await to(shop, '2026-07-04')).toEqual(before)
  expect((await days(shop))[0]).toBe('07-05 expire 100')
  await well(shop)
})
