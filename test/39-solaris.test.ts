// Solaris Japan's programme, as its own document has it, told through the doors a storefront uses.
import { expect, test } from 'vitest'
import document from '../server/programs/solaris.json' with { type: 'json' }
import { DAY, type Json, lines, openShop } from './story.ts'

const START = '2026-06-01T10:00:00+09:00'
const open = (now = START) => openShop({ program: document, now })

test('S1 · the first signed visit, or the first order, makes a member', async () => {
  const shop = await open()
  expect((await shop.merchant('GET', '/members/visitor')).status).toBe(404)
  expect((await shop.member('visitor').wallet()).points.available).toBe(0)
  await shop.place('buyer', 'o1', 10_000)
  for (const id of ['visitor', 'buyer']) expect((await shop.merchant('GET', `/members/${id}`)).body.member.id).toBe(id)
})

test('S2 · one call gives points to many, each once for one gift, however often it is sent', async () => {
  const shop = await open()
  const members = Array.from({ length: 500 }, (_, number) => `c${number}`)
  const gift = { points: 300, reason: 'launch', members: [...members, 'c1', 'c2'] }
  const give = () => shop.merchant('POST', '/grants', gift, 'launch')
  expect((await give()).body).toEqual({ granted: 500 })
  expect((await give()).body).toEqual({ granted: 500 })
  for (const id of ['c1', 'c499']) expect((await shop.member(id).wallet()).points.available).toBe(300)
  expect(await shop.audit()).toMatchObject({ ok: true, members: 500, transfers: 500 })
})

test('S3 · only orders placed from the start on earn, whenever they are reported', async () => {
  const shop = await open('2026-06-02T00:00:00+09:00')
  const early = await shop.report('c1', 'early', { placedAt: '2026-06-01T09:59:59.999+09:00', lines: lines(10_000) })
  expect(early.body).toMatchObject({ points: 0, lines: [{ why: 'before-start' }] })
  expect((await shop.report('c1', 'first', { placedAt: START, lines: lines(10_000) })).body.points).toBe(100)
})

test('S4 · ¥10,000 shows 100 points; an excluded item shows none, and says why', async () => {
  const shop = await open()
  const { body } = await shop.guest('POST', '/quotes', {
    lines: [
      { id: 'figure', sku: 'figure', price: 10_000, quantity: 1 },
      { id: 'early', sku: 'early', price: 10_000, quantity: 1, tags: ['early-bird'] },
    ],
  })
  expect(body.lines.map(({ points, why }: Json) => [points, why])).toEqual([
    [100, null],
    [0, 'excluded'],
  ])
  const product = { title: 'Figure', price: 10_000 }
  await shop.merchant('PUT', '/products/figure', product)
  await shop.merchant('PUT', '/products/early', { ...product, tags: ['early-bird'] })
  const badges = (await shop.guest('GET', '/badges?sku=figure&sku=early')).body
  expect([badges.figure.points, badges.early.points]).toEqual([100, 0])
})

test('S5, S6 · earned at once as pending, available 7 × 24 hours after the parcel left', async () => {
  const shop = await open()
  await shop.place('c1', 'o1', 10_000)
  expect((await shop.member('c1').wallet()).points).toMatchObject({ available: 0, pending: 100 })
  shop.later(3 * DAY + 12_345)
  expect((await shop.ship('c1', 'o1')).body.availableAt).toBe(new Date(shop.clock() + 7 * DAY).toISOString())
  shop.later(7 * DAY - 1)
  expect((await shop.member('c1').wallet()).points).toMatchObject({ available: 0, pending: 100 })
  shop.later(1)
  expect((await shop.member('c1').wallet()).points).toMatchObject({ available: 100, pending: 0 })
})

test('S12 · points do not run out; a program that says so later shortens no life that has begun', async () => {
  const shop = await open()
  await shop.grant('c1', 100)
  await shop.place('c1', 'o1', 10_000)
  await shop.newProgram({ expiry: { life: 'P1M' } })
  await shop.grant('c1', 50)
  await shop.ship('c1', 'o1')
  shop.later(400 * DAY)
  expect((await shop.member('c1').wallet()).points.available).toBe(200)
})

test('S13 · a partial refund takes back its part by the rule of the order’s day; what is spent already becomes a debt', async () => {
  const shop = await open('2026-06-05T10:00:00+09:00')
  await shop.report('c1', 'o1', { lines: [...lines(10_000), { id: '2', sku: 'stand', price: 5000, quantity: 2 }] })
  await shop.ship('c1', 'o1')
  await shop.newProgram({ earning: { purchase: { percent: 5 } }, campaigns: [] })
  shop.later(7 * DAY)
  const me = shop.member('c1')
  expect((await me.wallet()).points.available).toBe(2000)
  await me.redeem(1800)
  const refunds = [{ id: 'r1', at: new Date(shop.clock()).toISOString(), lines: [{ id: '2', quantity: 1 }] }]
  expect((await shop.report('c1', 'o1', { refunds })).body).toMatchObject({ points: 1500, program: 1 })
  expect((await me.wallet()).points).toEqual({ available: 0, pending: 0, held: 1800, debt: 300 })
  await shop.grant('c1', 1000)
  expect((await me.wallet()).points).toEqual({ available: 700, pending: 0, held: 1800, debt: 0 })
  expect(await shop.audit()).toMatchObject({ ok: true, sum: 0 })
})

test('S14, S15 · ten times the points inside the week’s event, the usual one percent before and after', async () => {
  const shop = await open('2026-06-20T00:00:00+09:00')
  const at = async (order: string, placedAt: string) => (await shop.report('c1', order, { placedAt, lines: lines(10_000) })).body.points
  expect(await at('before', '2026-06-05T09:59:59.999+09:00')).toBe(100)
  expect(await at('first', '2026-06-05T10:00:00+09:00')).toBe(1000)
  expect(await at('last', '2026-06-12T09:59:59.999+09:00')).toBe(1000)
  expect(await at('after', '2026-06-12T10:00:00+09:00')).toBe(100)
})
