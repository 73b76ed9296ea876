// Many at once, over real HTTP, with the books in a file: exactly as many succeed as may.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { serve } from '../server/hosts/node.ts'
import { lines, OPERATOR, openShop, type Reply, type Story } from './story.ts'

let data: string
let server: Awaited<ReturnType<typeof serve>>

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'muse-races-'))
  server = await serve({ port: 0, data, operatorKey: OPERATOR })
})

afterAll(async () => {
  await server.close()
  rmSync(data, { recursive: true })
})

const times = <T>(count: number, act: (index: number) => Promise<T>) => Promise.all(Array.from({ length: count }, (_, index) => act(index)))

let shops = 0
async function openRealShop(): Promise<Story> {
  const send = (request: Request) => {
    const { pathname, search } = new URL(request.url)
    return fetch(`${server.url}${pathname}${search}`, request)
  }
  return openShop({ shop: `races-${shops++}`, fetch: send, clock: Date.now })
}

const tally = (replies: Reply[]) => {
  const counts: Record<string, number> = {}
  for (const { status, body } of replies) {
    const what = `${status} ${body.code ?? 'yes'}`
    counts[what] = (counts[what] ?? 0) + 1
  }
  return counts
}

test('200 redeems of 500 at once on 5,000 points make exactly 10 coupons', async () => {
  const shop = await openRealShop()
  await shop.grant('c1', 5000)
  const replies = await times(200, () => shop.member('c1').redeem(500))
  expect(tally(replies)).toEqual({ '201 yes': 10, '409 insufficient-points': 190 })
  const wallet = await shop.member('c1').wallet()
  expect(wallet.points).toEqual({ available: 0, pending: 0, held: 5000, debt: 0 })
  const codes = replies.filter(({ status }) => status === 201).map(({ body }) => body.coupon.code)
  expect(wallet.coupons.map((coupon: { code: string }) => coupon.code).toSorted()).toEqual(codes.toSorted())
  expect(await shop.audit()).toMatchObject({ ok: true, sum: 0, problems: [] })
})

test('one key sent 50 times at once makes one coupon, and 50 equal answers', async () => {
  const shop = await openRealShop()
  await shop.grant('c1', 5000)
  const replies = await times(50, () => shop.member('c1').redeem(500, 'one-key'))
  expect(tally(replies)).toEqual({ '201 yes': 50 })
  expect(new Set(replies.map(({ text }) => text)).size).toBe(1)
  expect((await shop.member('c1').wallet()).points).toMatchObject({ available: 4500, held: 500 })
})

test('one key sent at once with two bodies: one of them is carried out, the other refused', async () => {
  const shop = await openRealShop()
  await shop.grant('c1', 5000)
  const replies = await times(50, (index) => shop.member('c1').redeem(500 + (index % 2), 'one-key'))
  expect(tally(replies)).toEqual({ '201 yes': 25, '422 idempotency-key-reused': 25 })
  expect((await shop.member('c1').wallet()).coupons).toHaveLength(1)
})

test('50 checkouts racing for one code: one order gets it, and a ¥300 cart’s rest of ¥200 is back', async () => {
  const shop = await openRealShop()
  await shop.grant('c1', 500)
  const { code } = (await shop.member('c1').redeem(500)).body.coupon
  const replies = await times(50, (index) => shop.merchant('PUT', `/coupons/${code}/order`, { order: `o${index}`, lines: lines(300) }))
  expect(tally(replies)).toEqual({ '200 yes': 1, '409 coupon-not-open': 49 })
  const winner = replies.findIndex(({ status }) => status === 200)
  expect((await shop.merchant('GET', `/coupons/${code}`)).body).toMatchObject({ state: 'used', order: `o${winner}`, discount: 300 })
  expect((await shop.member('c1').wallet()).points).toEqual({ available: 200, pending: 0, held: 0, debt: 0 })
  expect((await shop.audit()).ok).toBe(true)
})

test('a checkout and 20 hands taking the same coupon back: one of them has it', async () => {
  const shop = await openRealShop()
  await shop.grant('c1', 500)
  const { code } = (await shop.member('c1').redeem(500)).body.coupon
  const replies = await times(21, (index) =>
    index === 10
      ? shop.merchant('PUT', `/coupons/${code}/order`, { order: 'o1', lines: lines(500) })
      : shop.member('c1').delete(`/me/coupons/${code}`),
  )
  expect(tally(replies)).toEqual({ '200 yes': 1, '409 coupon-not-open': 20 })
  const used = replies[10]?.status === 200
  expect((await shop.member('c1').wallet()).points).toMatchObject({ available: used ? 0 : 500, held: 0 })
  expect((await shop.audit()).ok).toBe(true)
})

test('a gift sent 20 times at once under one key reaches each member once', async () => {
  const shop = await openRealShop()
  const members = Array.from({ length: 30 }, (_, index) => `c${index}`)
  const replies = await times(20, () => shop.merchant('POST', '/grants', { points: 100, reason: 'launch', members }, 'launch'))
  expect(tally(replies)).toEqual({ '201 yes': 20 })
  const wallets = await Promise.all(members.map((id) => shop.member(id).wallet()))
  expect(new Set(wallets.map(({ points }) => points.available))).toEqual(new Set([100]))
})

test('reports of an order racing in any order end with the newest', async () => {
  const shop = await openRealShop()
  const placedAt = '2026-06-01T00:00:00Z'
  const report = (version: number) => ({
    ...{ placedAt, updatedAt: `2026-06-01T00:00:${10 + version}Z`, state: 'placed' },
    lines: lines(1000 * (1 + version)),
  })
  await times(40, (index) => shop.merchant('PUT', '/members/c1/orders/o1', report((index * 7) % 40)))
  expect((await shop.member('c1').get('/me/orders/o1')).body).toMatchObject({ points: 400 })
  expect((await shop.member('c1').wallet()).points).toMatchObject({ pending: 400, debt: 0 })
  expect((await shop.audit()).ok).toBe(true)
})
