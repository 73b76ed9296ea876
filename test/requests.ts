// One good request for every route, so that tests of what all routes share cover a new route by themselves.
import type { Route } from '../server/http/routes/route.ts'
import { routes } from '../server/http/routes.ts'
import { pngOf } from './pictures/files.ts'
import { dresses, photograph, shots } from './pictures/photos.ts'
import { asking, type Json, lines, ORIGIN, openShop, program, type Story } from './story.ts'

export interface Good {
  name: string
  who: Route['who'] | 'operator'
  method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH'
  path: string
  body?: Json
  route?: Route
}

/** A shop where member c1 has points, an open coupon and an order, and a request each route would grant there. */
export async function openShopWithRequests(given?: Story) {
  const shop = given ?? (await openShop({ program: rewarding }))
  if (given) await given.newProgram(rewarding)
  await shop.grant('c1', 6000)
  await shop.place('c1', 'o1', 10_000)
  const { code } = (await shop.member('c1').redeem(500)).body.coupon
  await shop.merchant('PUT', '/sellers/s1', bodies['PUT /sellers/{seller}'])
  await shop.merchant('PUT', '/products/dress', bodies['PUT /products/{sku}'])
  const named = await rewarded(shop)
  const names: Record<string, string> = { member: 'c1', order: 'o1', code, seller: 's1', sku: 'dress', network: 'x', month: '2026-06' }
  const requests = routes.map((route): Good => {
    const name = `${route.method.toUpperCase()} ${route.path}`
    if (route.body && !(name in bodies)) throw new Error(`Give ${name} a good body in test/requests.ts.`)
    const path =
      route.path.replaceAll(/\{(\w+)\}/g, (_, key: string) => named.of(name, key) ?? names[key] ?? `no-${key}`) + (queries[name] ?? '')
    return {
      name,
      who: route.who,
      method: name.split(' ')[0] as Good['method'],
      path,
      route,
      ...(route.body ? { body: name === 'PUT /prizes/{month}' ? { photos: [named.photo] } : bodies[name] } : {}),
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

/** Asks a server with one shop as nobody, for any path: none is put before it. */
export const outside = async (path: string, headers: Record<string, string> = {}, method: Good['method'] = 'GET') =>
  asking((await openShop()).fetch, '')(() => undefined)(method, path, undefined, null, headers)

/** What each route of what earns points beside buying is asked about. */
async function rewarded(shop: Story) {
  const items = ['hat', 'shoes'].map((sku) => ({ id: sku, sku, price: 0, quantity: 1 }))
  await shop.report('c1', 'o9', { lines: items, state: 'shipped', shippedAt: '2026-06-01T01:00:00Z' })
  const [c1, c2] = [shop.member('c1'), shop.member('c2')]
  await c1.put('/me/follows/facebook')
  const review: string = (await c1.post('/me/reviews', { ...bodies['POST /me/reviews'], sku: 'shoes' })).body.id
  const photo: string = (await c2.post('/me/photos', postcard(1))).body.id
  const gift: string = (await c1.post('/me/gifts', bodies['POST /me/gifts'])).body.id
  const ids: Record<string, string> = { reviews: review, photos: photo, gifts: gift }
  const of = (name: string, key: string) => {
    if (key === 'network' && name.startsWith('DELETE')) return 'facebook'
    return key === 'id' ? ids[/\/(\w+)\/\{id\}/.exec(name)?.[1] ?? ''] : undefined
  }
  return { photo, of }
}

/** A photo's form: each number is another picture. */
export function postcard(seed: number): FormData {
  const [dress, shot] = [Object.values(dresses)[seed], Object.values(shots)[seed]]
  if (!dress || !shot) throw new Error(`There is no photograph ${seed}.`)
  const form = new FormData()
  form.set('photo', new Blob([pngOf(photograph(dress, shot, seed, 72))], { type: 'image/png' }), 'photo.png')
  form.set('caption', 'At the tea party')
  return form
}

/** A program that rewards all there is to do. */
export const rewarding = {
  earning: {
    ...program.earning,
    review: { points: 10 },
    photo: { points: 10 },
    prizes: [500, 300, 200],
    follow: { points: 10, accounts: { x: 'https://x.com/shop', facebook: 'https://facebook.com/shop' } },
  },
  redeeming: { checkout: { max: null }, gifts: [{ id: 'pin', title: 'Pin', points: 50 }] },
}

const cart = { lines: lines(10_000, { tags: ['x'], categories: ['y'], seller: 'z', title: 'Dress' }), shipping: 800, codes: ['SUMMER'] }
const withoutCodes = { lines: cart.lines, shipping: 800, codes: [] }

const queries: Record<string, string> = { 'GET /badges': '?sku=dress' }

// Every number there may be in a body is in it.
const bodies: Record<string, Json> = {
  'POST /quotes': { lines: cart.lines, shipping: 800, payment: 'card', placedAt: '2026-06-01T12:00:00+09:00' },
  'POST /me/coupons': { points: 500 },
  'POST /me/reviews': { order: 'o9', sku: 'hat', rating: 5, text: 'Lovely.' },
  'PATCH /reviews/{id}': { state: 'declined' },
  'POST /me/photos': postcard(2),
  'PATCH /photos/{id}': { state: 'declined' },
  'PUT /prizes/{month}': { photos: [] },
  'POST /me/gifts': { gift: 'pin' },
  'PATCH /gifts/{id}': { state: 'accepted' },
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
  'PUT /sellers/{seller}': { name: 'A shop of dresses', joinedAt: '2026-01-01T00:00:00+09:00', percent: 3 },
  'PUT /products/{sku}': { title: 'Dress', price: 10_000, percent: 2.5, tags: ['x'], categories: ['y'], condition: 'new', buyBox: true },
  'PUT /members/{member}/orders/{order}/points': { ...withoutCodes, points: 500 },
  'PUT /import': { from: 0, lines: [] },
  'POST /coupons/{code}/check': { ...withoutCodes, member: 'c1' },
  'PUT /coupons/{code}/order': { ...withoutCodes, member: 'c1', order: 'o1' },
}
