// The wire: every route answers as its schema says, and a no as a problem document.
import { describe, expect, test } from 'vitest'
import { Problem } from '../server/contract.ts'
import { routes } from '../server/http/routes.ts'
import { type Good, openShopWithRequests, outside, send } from './requests.ts'
import { openShop } from './story.ts'

const mediaOf = ({ route }: Good) => (route?.lines ? 'application/x-ndjson' : route?.picture ? 'image/jpeg' : 'application/json')

describe('answers', () => {
  test.each(routes.map((route) => `${route.method.toUpperCase()} ${route.path}`))('%s answers as its schema says', async (name) => {
    const { shop, requests } = await openShopWithRequests()
    const good = requests.find((request) => request.name === name) as Good
    const { status, body, text, headers } = await send(shop, good)
    expect(status).toBe(good.route?.status ?? 200)
    expect(headers.get('Content-Type')).toBe(mediaOf(good))
    for (const value of good.route?.lines
      ? text
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line))
      : [good.route?.picture ? text : body])
      expect(good.route?.answer.safeParse(value).error).toBeUndefined()
    expect((await shop.audit()).ok).toBe(true)
  })

  test('a refusal is a problem document, with the status it names', async () => {
    const shop = await openShop()
    const { status, body, headers } = await shop.member('c1').redeem(1)
    expect([status, headers.get('Content-Type')]).toEqual([409, 'application/problem+json'])
    expect(Problem.parse(body)).toMatchObject({ type: 'urn:muse:problem:insufficient-points', status: 409 })
  })

  test('a body that lacks something is told what', async () => {
    const shop = await openShop()
    const told = async (body: object) => (await shop.guest('POST', '/quotes', body, null)).body
    const line = { id: '1', sku: 'x', price: 1 }
    expect(await told({})).toMatchObject({ code: 'invalid-request', detail: 'lines: is missing', path: ['lines'] })
    expect((await told({ lines: [line] })).detail).toBe('lines.0.quantity: is missing')
    expect((await told({ lines: [{ ...line, quantity: null }] })).detail).toMatch(/^lines\.0\.quantity: .*number/)
  })

  test('no answer is kept by anyone but the public ones', async () => {
    const { shop, requests } = await openShopWithRequests()
    for (const request of requests) {
      const { headers } = await send(shop, request)
      const shared = request.who === 'public' && request.method === 'GET'
      const cache = request.route?.picture ? 'public, max-age=86400, immutable' : shared ? 'public, max-age=60' : 'no-store'
      expect([request.name, headers.get('Cache-Control')]).toEqual([request.name, cache])
      expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
    }
  })

  test('the server says when it is ready', async () => {
    expect(await outside('/healthz')).toMatchObject({ status: 200, body: { ok: true } })
  })
})
