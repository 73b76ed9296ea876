// A shop with points at checkout, and a member who pays with them.
import { expect } from 'vitest'
import { lines, openShop } from './story.ts'

/** Opens a shop, grants the member `c1` so many points, and gives what its storefront and they can do. */
export async function withPoints(points: number, redeeming: object = {}, more: object = {}) {
  const shop = await openShop({ program: { redeeming: { checkout: { max: null }, ...redeeming }, ...more } })
  await shop.grant('c1', points)
  const pay = (asked: number, cart: object = { lines: lines(10_000) }, order = 'o1', member = 'c1') =>
    shop.merchant('PUT', `/members/${member}/orders/${order}/points`, { points: asked, ...cart })
  const unpay = (order = 'o1') => shop.merchant('DELETE', `/members/c1/orders/${order}/points`)
  const wallet = () => shop.member('c1').wallet()
  const balance = async () => (await wallet()).points.available
  const audited = async () => expect(await shop.audit()).toMatchObject({ ok: true, problems: [] })
  return { shop, pay, unpay, wallet, balance, audited }
}
