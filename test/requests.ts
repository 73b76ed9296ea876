// One good request for every route, so that tests of what all routes share cover a new route by themselves.
import { type Route, routes } from '../server/http/routes.ts'
import { type Json, lines, ORIGIN, openShop, program, type Story } from './story.ts'

export interface Good {
  name: string
  who: Route['who'] | 'operator'
  method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH'
  path: string
  body?: Json
  route?: Route
}

/** A shop where member c1 has points, an open coupon and an order, and a request each route would grant there. */
export async function openShopWithRequests() {
  const shop = await openShop()
  await shop.grant('c1', 6000)
  await shop.place('c1', 'o1', 10_000)
  const { code } = (await shop.member('c1').redeem(500)).body.coupon
  const names: Record<string, string> = { member: 'c1', order: 'o1', code }
  const requests = routes.map((route): Good => {
    const name = `${route.method.toUpperCase()} ${route.path}`
    if (route.body && !(name in bodies)) throw new Error(`Give ${name} a good body in test/requests.ts.`)
    const path = route.path.replaceAll(/\{(\w+)\}/g, (_, key: string) => names[key] ?? `no-${key}`)
    return {
      name,
      who: route.who,
      method: name.split(' ')[0] as Good['method'],
      path,
      route,
      ...(route.body ? { body: bodies[name] } : {}),
    }
  })
  const put: Good = { name: 'PUT the shop', who: 'operator', method: 'PUT', path: '', body: { program, origins: [ORIGIN] } }
  return { shop, code, requests: [put, ...requests] }
}

/** Sends a request as whoever it is for, with its own body or another. */
export async function send(shop: Story, { who, method, path, body: own }: Good, body: unknown = own) {
  const credentials = { operator: () => 'op_test', secret: () => shop.keys.secret, member: () => shop.token('c1'), public: () => undefined }
  return shop.ask(credentials[who])(method, path, body)
}

const cart = { lines: lines(10_000, { tags: ['x'], categories: ['y'], seller: 'z', title: 'Dress' }), shipping: 800, codes: ['SUMMER'] }
const withoutCodes = { lines: cart.lines, shipping: 800, codes: [] }

// Every number there may be in a body is in it.
const bodies: Record<string, Json> = {
  'POST /quotes': { lines: cart.lines, shipping: 800, payment: 'card', placedAt: '2026-06-01T12:00:00+09:00' },
  'POST /me/coupons': { points: 500 },
  'PUT /members/{member}': { name: 'Juliette' },
  'POST /members/{member}/grants': { points: 300, reason: 'gift', expiresAt: '2027-01-01T00:00:00Z' },
  'POST /grants': { points: 300, reason: 'gift', members: ['c1', 'c2'] },
  'PUT /members/{member}/orders/{order}': {
    ...cart,
    placedAt: '2026-06-01T01:00:00Z',
    updatedAt: '2026-06-02T01:00:00Z',
    state: 'shipped',
    shippedAt: '2026-06-02T01:00:00Z',
    payment: 'card',
    discounts: [{ code: 'SUMMER', amount: 100 }],
    refunds: [
      { id: 'r1', at: '2026-06-02T01:00:00Z', lines: [{ id: '1', quantity: 1 }] },
      { id: 'r2', at: '2026-06-02T01:00:00Z', amount: 10 },
    ],
  },
  'POST /coupons/{code}/check': { ...withoutCodes, member: 'c1' },
  'PUT /coupons/{code}/order': { ...withoutCodes, member: 'c1', order: 'o1' },
}
