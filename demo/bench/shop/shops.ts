// The shops whose widget is shown, and the member each state needs. What a member has, they have come by: orders, grants, coupons.
import { hanging, salon, stocked } from './pages.ts'
import type { Shop, World } from './world.ts'

const plain = {
  name: 'Atelier Muse',
  currency: 'JPY',
  timeZone: 'Asia/Tokyo',
  earning: { purchase: { percent: 1, delay: 'P7D' } },
  redeeming: { coupon: { min: 1, max: 5_000, step: 1, life: 'P30D' } },
  links: { signIn: '/login', signUp: '/register', contact: '/contact' },
}
const name = 'Maison Noctuelle et Filles, Kyoto · 夜蛾の館メンバーズポイント'
const until = new Date(Date.now() + 9 * 86_400_000).toISOString()
const campaigns = [{ id: 'tenfold', title: '10× points · ポイント10倍', multiply: 10, ordered: { until } }]
const isRedeem = (request: Request) => request.method === 'POST' && request.url.includes('/coupons')

export const shops: Record<string, Shop> = {
  atelier: { program: plain },
  long: { program: { ...plain, name } },
  // Where the server does not run campaigns yet, it refuses this one.
  campaign: { program: { ...plain, campaigns }, optional: true },
  salon,
  offline: { program: plain, line: () => 'lost' },
  slow: { program: plain, line: () => 'silent' },
  torn: { program: plain, line: (request) => (isRedeem(request) ? 'lost' : 'good') },
}

/** Makes who stands before the widget, with nobody asking in between; `at` sets the clock back by so many days. */
export type Seat = (world: World, id: string, shop: string, at: (daysAgo: number) => void) => Promise<unknown>

const order = (price: number, daysAgo: number, more: object = {}) => {
  const at = new Date(Date.now() - daysAgo * 86_400_000).toISOString()
  return { placedAt: at, updatedAt: at, state: 'placed', lines: [{ id: '1', sku: 'moonmoth', price, quantity: 1 }], ...more }
}
const shipped = (price: number, daysAgo: number) =>
  order(price, daysAgo, { state: 'shipped', shippedAt: new Date(Date.now() - daysAgo * 86_400_000).toISOString() })

const grant =
  (points: number, more: object = {}): Seat =>
  (world, id, shop) =>
    world.merchant(shop, 'POST', `/members/${id}/grants`, { points, reason: 'Welcome', ...more })

/** Members by what they have. The clock stands where `at` has set it. */
export const seats = {
  zero: (world, id, shop) => world.merchant(shop, 'PUT', `/members/${id}`, {}),
  some: grant(2_480),
  few: grant(900),
  async pending(world, id, shop) {
    await world.merchant(shop, 'PUT', `/members/${id}/orders/M-2041`, order(36_300, 0))
    await world.merchant(shop, 'PUT', `/members/${id}/orders/M-2038`, shipped(12_800, 2))
  },
  async rich(world, id, shop, at) {
    await grant(48_210)(world, id, shop, at)
    await seats.pending(world, id, shop)
    await world.member(shop, id, 'POST', '/coupons', { points: 3_000 })
  },
  async long(world, id, shop, at) {
    await grant(987_654_321)(world, id, shop, at)
    await world.merchant(shop, 'PUT', `/members/${id}/orders/ORDER-2026-11-22-0000000000187734-KYOTO`, order(1_987_654_300, 0))
    await world.member(shop, id, 'POST', '/coupons', { points: 5_000 })
  },
  async expiring(world, id, shop, at) {
    const expiresAt = new Date(Date.now() + 5 * 86_400_000).toISOString()
    await grant(640, { expiresAt })(world, id, shop, at)
    await grant(1_200)(world, id, shop, at)
  },
  async debt(world, id, shop, at) {
    at(40)
    await world.merchant(shop, 'PUT', `/members/${id}/orders/M-1960`, shipped(124_000, 40))
    at(20)
    await spend(world, id, shop, 1_200, 'M-1988')
    at(1)
    await world.merchant(shop, 'PUT', `/members/${id}/orders/M-1960`, order(124_000, 40, { updatedAt: daysAgo(1), state: 'cancelled' }))
  },
  async used(world, id, shop, at) {
    at(20)
    await grant(3_100)(world, id, shop, at)
    await spend(world, id, shop, 800, 'M-1990')
    at(12)
    const { coupon } = await world.member(shop, id, 'POST', '/coupons', { points: 300 })
    await world.member(shop, id, 'DELETE', `/coupons/${coupon.code}`)
  },
  async expired(world, id, shop, at) {
    at(60)
    await grant(1_900)(world, id, shop, at)
    await world.member(shop, id, 'POST', '/coupons', { points: 400 })
  },
  async holding(world, id, shop, at) {
    await grant(4_300)(world, id, shop, at)
    for (const points of [1_000, 500]) await world.member(shop, id, 'POST', '/coupons', { points })
  },
  stocked,
  hanging,
} satisfies Record<string, Seat>

async function spend(world: World, id: string, shop: string, points: number, number: string) {
  const { coupon } = await world.member(shop, id, 'POST', '/coupons', { points })
  const lines = [{ id: '1', sku: 'ribbon', price: 8_800, quantity: 1 }]
  await world.merchant(shop, 'PUT', `/coupons/${coupon.code}/order`, { order: number, lines })
}

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString()
