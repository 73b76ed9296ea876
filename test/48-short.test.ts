// The two ways into a server, over a socket: a query, which no such route reads, is what sends a request the long way.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { serve } from '../server/hosts/node.ts'
import { onEdge, openEdge } from './edge/host.ts'
import { type Fetch, OPERATOR, ORIGIN, openShop, type Story } from './story.ts'

let host: { fetch: Fetch; close(): unknown }
let shop: Story

beforeAll(async () => {
  host = onEdge() ? openEdge(Date.now, 'off') : await openServer()
  shop = await openShop({ fetch: host.fetch, clock: Date.now })
  await shop.grant('c1', 5_000)
})

afterAll(() => host.close())

async function openServer() {
  const { url, close } = await serve({ port: 0, data: null, operatorKey: OPERATOR })
  const send: Fetch = (request) => {
    const { pathname, search } = new URL(request.url)
    return fetch(url + pathname + search, request)
  }
  return { fetch: send, close }
}

/** An answer as it came over the wire, without the instant of it. */
async function answered(path: string, init: RequestInit) {
  const response = await host.fetch(new Request(`http://localhost/v1/shops/jej${path}`, init))
  const headers = [...response.headers].filter(([name]) => name !== 'date').toSorted()
  return { status: response.status, headers, body: await response.text() }
}

const json = { 'Content-Type': 'application/json' }
const post = (body: string, key?: string) => ({ method: 'POST', body, headers: { ...json, ...(key ? { 'Idempotency-Key': key } : {}) } })

// Each is asked twice, so a request that changes something has a key, or comes to the same the second time.
const asked: [what: string, path: string, init: RequestInit, status: number][] = [
  ['a wallet', '/me', {}, 200],
  ['a history', '/me/history', {}, 200],
  ['a redeem, and the same again', '/me/coupons', post('{"points":100}', 'one'), 201],
  ['a redeem that is refused', '/me/coupons', post('{"points":4999}', 'two'), 409],
  ['a key that was used for something else', '/me/coupons', post('{"points":200}', 'one'), 422],
  ['no key', '/me/coupons', post('{"points":100}'), 400],
  ['a key that is none', '/me/coupons', post('{"points":100}', 'a b'), 400],
  ['no JSON', '/me/coupons', post('{"points":', 'three'), 400],
  ['no body', '/me/coupons', post('', 'four'), 400],
  ['a body with a byte order mark', '/me/coupons', post('\ufeff{"points":100}', 'five'), 201],
  ['letters of more than a byte', '/me/coupons', post('{"ポイント":100}', 'six'), 400],
  ['a body in vain', '/me/coupons/0', { method: 'DELETE', body: '{}', headers: json }, 404],
  ['nobody', '/me', { headers: { Authorization: '' } }, 401],
  ['somebody else', '/me', { headers: { Authorization: 'Bearer sk_x' } }, 401],
  ['a route of the shop’s server', '/audit', {}, 403],
  ['no such method', '/me', { method: 'PUT', body: '{}', headers: json }, 404],
  ['no such address', '/you', {}, 404],
]

test.each(asked)('%s: the same answer both ways', async (_, path, init, status) => {
  const credential = { Authorization: `Bearer ${await shop.token('c1')}`, Origin: ORIGIN }
  const [short, long] = [
    await answered(path, { ...init, headers: { ...credential, ...init.headers } }),
    await answered(`${path}?long`, { ...init, headers: { ...credential, ...init.headers } }),
  ]
  expect(short.status).toBe(status)
  expect(short).toEqual(long)
})

test('a page of another origin is told nothing, by either way', async () => {
  const headers = { Authorization: `Bearer ${await shop.token('c1')}`, Origin: 'https://elsewhere.example' }
  const [short, long] = [await answered('/me', { headers }), await answered('/me?long', { headers })]
  expect(short).toEqual(long)
  expect(short.headers.some(([name]) => name === 'access-control-allow-origin')).toBe(false)
})
