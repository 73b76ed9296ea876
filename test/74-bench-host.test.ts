// The host inside a browser, told a story: the product's own rules over SQLite in memory, with all that keeps books right.
import { expect, it } from 'vitest'
import { openBrowser } from '../server/hosts/browser.ts'
import { OPERATOR, openShop } from './story.ts'

it('earns, redeems, refuses and audits as every other host does', async () => {
  let now = Date.parse('2026-06-01T10:00:00+09:00')
  const clock = () => now
  const { fetch } = await openBrowser({ operatorKey: OPERATOR, clock })
  const shop = await openShop({ fetch, clock, books: 1 })
  await shop.place('mina', 'A-1', 36_300)
  await shop.ship('mina', 'A-1')
  const mina = shop.member('mina')
  expect((await mina.wallet()).points).toMatchObject({ pending: 363, available: 0 })
  now += 7 * 86_400_000
  expect((await mina.wallet()).points).toMatchObject({ pending: 0, available: 363 })

  const key = crypto.randomUUID()
  const first = await mina.redeem(300, key)
  expect([first.status, first.body.wallet.points.available]).toEqual([201, 63])
  expect((await mina.redeem(300, key)).body).toEqual(first.body)
  expect((await mina.redeem(64)).body.code).toBe('insufficient-points')
  const both = await Promise.all([mina.redeem(60), mina.redeem(60)])
  expect(both.map(({ status }) => status).toSorted()).toEqual([201, 409])
  const used = await shop.merchant('PUT', `/coupons/${first.body.coupon.code}/order`, {
    order: 'A-2',
    lines: [{ id: '1', sku: 'x', price: 200, quantity: 1 }],
  })
  expect(used.body).toEqual({ discount: 200, change: 100 })
  expect(await shop.audit()).toMatchObject({ ok: true, sum: 0 })
})
