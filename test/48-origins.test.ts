// Which pages may read the answers, and what caches may keep of them.
import { describe, expect, test } from 'vitest'
import { ORIGIN, openShop, type Reply, type Story } from './story.ts'

describe('pages of other origins', () => {
  const from = (shop: Story, origin: string | undefined, path: string, method: 'GET' | 'OPTIONS' = 'GET', more: object = {}) =>
    shop.guest(method, path, undefined, null, { ...(origin === undefined ? {} : { Origin: origin }), ...more })
  const allowed = (reply: Reply) => reply.headers.get('Access-Control-Allow-Origin')

  test('the shop’s own may read every answer, the noes too', async () => {
    const shop = await openShop({ origins: [ORIGIN, 'http://localhost:3000'] })
    for (const path of ['/program', '/me', '/nothing', '/me/orders/%E0']) {
      for (const origin of [ORIGIN, 'http://localhost:3000'])
        expect([path, allowed(await from(shop, origin, path))]).toEqual([path, origin])
      expect((await from(shop, ORIGIN, path)).headers.get('Access-Control-Allow-Credentials')).toBe(null)
    }
  })

  test.each([
    'https://evil.example',
    'https://shop.example.evil.example',
    'https://evil-shop.example',
    'http://shop.example',
    'https://shop.example:8443',
    'null',
    '',
  ])('from "%s" none may', async (origin) => {
    const shop = await openShop()
    for (const path of ['/program', '/me']) expect(allowed(await from(shop, origin, path))).toBe(null)
    expect(allowed(await from(shop, origin, '/me/coupons', 'OPTIONS', { 'Access-Control-Request-Method': 'POST' }))).toBe(null)
  })

  test('any may read that there is no such shop, and nothing else of one', async () => {
    const shop = await openShop({ origins: [] })
    const nobody = shop.fetch(new Request('http://muse.test/v1/shops/nobody/program', { headers: { Origin: 'https://any.example' } }))
    expect([(await nobody).status, (await nobody).headers.get('Access-Control-Allow-Origin')]).toEqual([404, '*'])
    for (const path of ['/program', '/me', '/nothing']) expect(allowed(await from(shop, 'https://any.example', path))).toBe(null)
    // Asked beforehand as well: a browser that is refused there says nothing of the shop's name.
    const beforehand = {
      Origin: 'https://any.example',
      'Access-Control-Request-Method': 'GET',
      'Access-Control-Request-Headers': 'authorization',
    }
    const asked = await shop.fetch(new Request('http://muse.test/v1/shops/nobody/me', { method: 'OPTIONS', headers: beforehand }))
    expect([asked.status, asked.headers.get('Access-Control-Allow-Origin')]).toEqual([204, '*'])
  })

  test('another shop’s may not', async () => {
    const shop = await openShop({ origins: ['https://one.example'] })
    const other = await openShop({ shop: 'other', fetch: shop.fetch, clock: shop.clock, origins: ['https://two.example'] })
    expect(allowed(await from(other, 'https://one.example', '/program'))).toBe(null)
    expect(allowed(await from(other, 'https://two.example', '/program'))).toBe('https://two.example')
  })

  test('caches are told that the answer depends on the origin, whoever asks', async () => {
    const shop = await openShop()
    for (const origin of [ORIGIN, 'https://evil.example', undefined])
      expect((await from(shop, origin, '/program')).headers.get('Vary')).toMatch(/\borigin\b/i)
  })

  test('a preflight is answered without a credential, for every method and header the widget needs', async () => {
    const shop = await openShop()
    const { status, headers } = await from(shop, ORIGIN, '/me/coupons', 'OPTIONS', {
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'authorization,content-type,idempotency-key',
    })
    expect(status).toBe(204)
    expect(headers.get('Access-Control-Allow-Methods')?.split(',')).toEqual(expect.arrayContaining(['GET', 'POST', 'PUT', 'DELETE']))
    const named = headers.get('Access-Control-Allow-Headers')?.toLowerCase().split(',')
    expect(named).toEqual(expect.arrayContaining(['authorization', 'content-type', 'idempotency-key']))
  })

  test('new origins count from the next request', async () => {
    const shop = await openShop()
    await shop.operator('PUT', '', {
      program: { name: 'x', currency: 'JPY', earning: { purchase: { percent: 1 } } },
      origins: ['https://new.example'],
    })
    expect(allowed(await from(shop, 'https://new.example', '/program'))).toBe('https://new.example')
    expect(allowed(await from(shop, ORIGIN, '/program'))).toBe(null)
  })
})

describe('the program’s tag', () => {
  const asked = (shop: Story, tag: string) => shop.guest('GET', '/program', undefined, null, { 'If-None-Match': tag })

  test('spares the next visit the body, until the program changes', async () => {
    const shop = await openShop()
    const { headers } = await shop.guest('GET', '/program')
    const tag = headers.get('ETag') ?? ''
    expect(tag).toMatch(/^(W\/)?"[^"]+"$/)
    expect(await asked(shop, tag)).toMatchObject({ status: 304, text: '' })
    expect((await asked(shop, '"other"')).status).toBe(200)
    await shop.newProgram({ name: 'Renamed' })
    expect(await asked(shop, tag)).toMatchObject({ status: 200, body: { name: 'Renamed' } })
  })
})
