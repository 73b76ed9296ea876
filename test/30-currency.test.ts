// What a point is worth: one minor unit of the shop's currency, which is its currency for good once anybody has been told of points.
import { describe, expect, test } from 'vitest'
import { openShop, type Story } from './story.ts'

const change = (shop: Story, currency: string) => shop.newProgram({ currency })
const told = async (shop: Story) => {
  const { version, currency, money } = (await shop.guest('GET', '/program')).body
  return { version, currency, digits: money.digits }
}

describe('J11 · the currency of a shop', () => {
  const began: [string, (shop: Story) => Promise<unknown>][] = [
    ['points were given', (shop) => shop.grant('c1', 5)],
    [
      'points were given and have run out',
      async (shop) => {
        await shop.grant('c1', 5, { expiresAt: '2026-06-02T00:00:00Z' })
        shop.set('2026-06-03T00:00:00Z')
        await shop.member('c1').wallet()
      },
    ],
    ['an order was reported, though it earned nothing yet', (shop) => shop.place('c1', 'o1', 10_000, { guest: true })],
  ]
  test.each(began)('stays once %s', async (_, begin) => {
    const shop = await openShop()
    await begin(shop)
    const refused = await change(shop, 'USD')
    expect(refused.body).toMatchObject({ status: 400, code: 'invalid-request', path: ['program', 'currency'] })
    expect(await told(shop)).toEqual({ version: 1, currency: 'JPY', digits: 0 })
    expect((await shop.newProgram({ name: 'Another name' })).status).toBe(200)
    expect((await shop.audit()).ok).toBe(true)
  })

  test('may be mended before: by whoever visits, nothing is worth anything yet', async () => {
    const shop = await openShop()
    await shop.member('c1').wallet()
    expect((await change(shop, 'KWD')).status).toBe(200)
    expect(await told(shop)).toEqual({ version: 2, currency: 'KWD', digits: 3 })
    await shop.grant('c1', 5)
    expect((await change(shop, 'JPY')).status).toBe(400)
  })

  test.each([32, 1024])('stays from the first in a shop of %i books, of which one does not know the others', async (books) => {
    const shop = await openShop({ books })
    expect((await change(shop, 'USD')).body).toMatchObject({ status: 400, path: ['program', 'currency'] })
    expect((await change(shop, 'JPY')).status).toBe(200)
  })
})

describe('J11 · a point is one minor unit, whatever that is called', () => {
  const rows: [currency: string, price: number, points: number][] = [
    ['JPY', 10_050, 100],
    ['USD', 10_050, 100],
    ['KWD', 10_050, 100],
    ['CLP', 99, 0],
    ['USD', 1, 0],
  ]
  test.each(rows)('%s %i earns %i at one percent, and each takes one off', async (currency, price, points) => {
    const earning = { purchase: { percent: 1, award: 'placed' } }
    const shop = await openShop({ program: { currency, earning, redeeming: { checkout: { max: null } } } })
    const lines = [{ id: '1', sku: 'dress', price, quantity: 1 }]
    expect((await shop.guest('POST', '/quotes', { lines })).body.points).toBe(points)
    expect((await shop.place('c1', 'o1', price)).body).toMatchObject({ points, state: points ? 'available' : 'void' })
    if (points === 0) return
    const { coupon } = (await shop.member('c1').redeem(60)).body
    expect(coupon).toMatchObject({ points: 60, value: 60, currency })
    expect((await shop.merchant('PUT', `/coupons/${coupon.code}/order`, { order: 'o2', lines })).body).toEqual({ discount: 60, change: 0 })
    expect((await shop.merchant('PUT', '/members/c1/orders/o2/points', { points: 40, lines })).body).toEqual({ discount: 40, points: 40 })
    expect((await shop.merchant('GET', '/report')).body).toMatchObject({ currency, issued: 100, spent: 100, liability: 0 })
  })
})
