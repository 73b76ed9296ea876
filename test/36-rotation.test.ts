// A shop's keys are changed: new ones beside those there are, and once they are everywhere, the older are worth nothing.
import { expect, test } from 'vitest'
import { type Keys, ORIGIN, openShop, program, type Story } from './story.ts'

// Where each book is alone, it hears of keys within five seconds.
const soon = { timeout: 12_000, interval: 100 }
const put = (shop: Story, keys: unknown) => shop.operator('PUT', '', { program, origins: [ORIGIN], keys })
/** Another server of the same shop, which has these keys. */
const holding = (shop: Story, keys: Keys) => openShop({ fetch: shop.fetch, clock: shop.clock, keys })
const statuses = async (server: Story) => [
  (await server.merchant('GET', '/audit')).status,
  (await server.merchant('GET', '/members/c1')).status,
  (await server.member('c1').get('/me')).status,
]

test('keys are added beside those there are; the older are given up on their own', async () => {
  const shop = await openShop()
  await shop.grant('c1', 700)
  const added = await put(shop, 'add')
  expect([added.status, added.body]).toEqual([200, { shop: 'jej', version: 2, keys: expect.any(Object) }])
  expect(added.body.keys.secret).not.toBe(shop.keys.secret)
  expect(added.body.keys.signing.kid).not.toBe(shop.keys.signing.kid)
  const next = await holding(shop, added.body.keys)
  await expect.poll(() => statuses(next), soon).toEqual([200, 200, 200])
  expect(await statuses(shop)).toEqual([200, 200, 200])

  const retired = await put(shop, 'retire')
  expect([retired.status, retired.body]).toEqual([200, { shop: 'jej', version: 3 }])
  await expect.poll(() => statuses(shop), soon).toEqual([401, 401, 401])
  expect(await statuses(next)).toEqual([200, 200, 200])
  expect((await next.member('c1').wallet()).points.available).toBe(700)
  expect(await next.audit()).toMatchObject({ ok: true })
})

test('of several that were added the last are kept, also where the clock was set back meanwhile', async () => {
  const shop = await openShop()
  await put(shop, 'add')
  shop.set('2026-05-01T10:00:00+09:00')
  const last = await holding(shop, (await put(shop, 'add')).body.keys)
  await put(shop, 'retire')
  await expect.poll(() => statuses(shop), soon).toEqual([401, 401, 401])
  expect((await last.merchant('GET', '/audit')).status).toBe(200)
})

test('nothing is given up where there is one pair, and nobody but the operator asks', async () => {
  const shop = await openShop()
  expect((await put(shop, 'retire')).status).toBe(200)
  await shop.grant('c1', 1)
  expect(await statuses(shop)).toEqual([200, 200, 200])
  expect((await shop.merchant('PUT', '', { program, origins: [ORIGIN], keys: 'add' })).status).toBe(403)
  expect((await put(shop, 'new')).body).toMatchObject({ code: 'invalid-request', path: ['keys'] })
})
