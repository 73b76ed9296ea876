// What a review found: each of these must hold, and did not when it was written.
import { expect, test } from 'vitest'
import { Problem } from '../server/contract.ts'
import { open } from '../server/hosts/node.ts'
import { openShopWithRequests, send } from './requests.ts'
import { asking, lines, openShop, type Story } from './story.ts'

const at = (second: number) => new Date(Date.parse('2026-06-01T01:00:00Z') + second * 1000).toISOString()
const report = (shop: Story, second: number, more: object, member = 'c1') =>
  shop.merchant('PUT', `/members/${member}/orders/o1`, {
    ...{ placedAt: at(0), updatedAt: at(second), state: 'placed', lines: lines(10_000) },
    ...more,
  })
async function withCoupon(points = 5000, program: object = {}) {
  const shop = await openShop({ program })
  await shop.grant('c1', points)
  const { code } = (await shop.member('c1').redeem(500)).body.coupon
  const state = async () => {
    const { points, coupons } = await shop.member('c1').wallet()
    return { ...points, coupons: coupons.map((coupon: { state: string; discount: number }) => [coupon.state, coupon.discount]) }
  }
  return { shop, code, state }
}

test.each(['2026-06-01T00:00:00.1234567890Z'])('an instant finer than nanoseconds is refused, not a crash', async (fine) => {
  const shop = await openShop()
  expect((await shop.guest('POST', '/quotes', { lines: [], placedAt: fine }, null)).status).toBe(400)
  expect((await report(shop, 1, { placedAt: fine })).status).toBe(400)
  expect((await shop.grant('c1', 1, { expiresAt: fine })).status).toBe(400)
  const answer = await shop.newProgram({ startsAt: fine })
  expect((await shop.guest('GET', '/program')).status).toBe(200)
  expect(answer.status).toBe(400)
})

test('the history before an instant is what is older than it', async () => {
  const shop = await openShop()
  const member = shop.member('c1')
  await shop.grant('c1', 5000)
  for (let points = 1; points <= 25; points++) {
    shop.later(60_000)
    await member.redeem(points)
  }
  const pointsBefore = async (before: string) => {
    const { status, body } = await member.get(`/me/history?before=${before}`)
    expect(status).toBe(200)
    return { points: body.entries.map((entry: { points: number }) => entry.points), next: body.next }
  }
  const { entries } = (await member.get('/me/history')).body
  const [newest, oldest] = [entries[0].at, entries.at(-1).at]
  expect(await pointsBefore(oldest)).toEqual({ points: [5, 4, 3, 2, 1, 5000], next: null })
  const japan = new Date(Date.parse(oldest) + 9 * 3_600_000).toISOString().replace('Z', '+09:00')
  expect(await pointsBefore(japan)).toEqual(await pointsBefore(oldest))
  expect((await pointsBefore(newest)).points).toEqual(Array.from({ length: 20 }, (_, index) => 24 - index))
  expect(await pointsBefore('2000-01-01T00:00:00Z')).toEqual({ points: [], next: null })
})

const sameEnd: [what: string, reports: (code: string) => object[]][] = [
  ['placed with our code, then cancelled', (code) => [{ codes: [code] }, { codes: [code], state: 'cancelled' }]],
  [
    'lines that grow',
    (code) => [
      { lines: lines(300), codes: [code] },
      { lines: lines(1000), codes: [code] },
    ],
  ],
  ['an amount that grows', (code) => [{ discounts: [{ code, amount: 300 }] }, { discounts: [{ code, amount: 500 }] }]],
]
test.each(sameEnd)('reports in any order end the same: %s', async (_, reports) => {
  const ends = await Promise.all(
    [
      [0, 1],
      [1, 0],
    ].map(async (order) => {
      const { shop, code, state } = await withCoupon()
      for (const index of order) await report(shop, index + 1, reports(code)[index] as object)
      return state()
    }),
  )
  expect(ends[0]).toEqual(ends[1])
})

test('a coupon used at checkout stays used, even if an earlier report had named it and a later one does not', async () => {
  const { shop, code, state } = await withCoupon()
  await report(shop, 1, { codes: [code] })
  expect((await shop.merchant('PUT', `/coupons/${code}/order`, { order: 'o1', lines: lines(10_000) })).status).toBe(200)
  await report(shop, 2, {})
  expect((await state()).coupons).toEqual([['used', 500]])
})

test('a released coupon is open, even if the order’s last report named it', async () => {
  const { shop, code } = await withCoupon()
  await shop.merchant('PUT', `/coupons/${code}/order`, { order: 'o1', lines: lines(10_000) })
  await report(shop, 1, { codes: [code] })
  expect((await shop.merchant('DELETE', `/coupons/${code}/order`)).body.state).toBe('open')
})

test('an order that comes back from cancelled is paid for, by debt if need be', async () => {
  const { shop, code, state } = await withCoupon(500)
  await shop.merchant('PUT', `/coupons/${code}/order`, { order: 'o1', lines: lines(10_000) })
  await report(shop, 1, { codes: [code], state: 'cancelled' })
  await shop.member('c1').redeem(500)
  expect((await report(shop, 2, { codes: [code] })).body.points).toBe(95)
  expect(await state()).toMatchObject({ available: 0, held: 500, debt: 500 })
})

test('two coupons on a cart that one of them covers: one is usable', async () => {
  const { shop, code } = await withCoupon()
  const second = (await shop.member('c1').redeem(500)).body.coupon.code
  const ask = (of: string) => shop.merchant('POST', `/coupons/${of}/check`, { lines: lines(400), codes: [code, second] })
  expect([(await ask(code)).body, (await ask(second)).body].map(({ discount }) => discount)).toEqual([400, 0])
})

test('a coupon is not used for an order that is cancelled already', async () => {
  const { shop, code } = await withCoupon()
  await report(shop, 1, { state: 'cancelled' })
  const { status } = await shop.merchant('PUT', `/coupons/${code}/order`, { order: 'o1', lines: lines(10_000) })
  expect([status, (await shop.merchant('GET', `/coupons/${code}`)).body.state]).toEqual([409, 'open'])
})

test('what an order earns is by the version in force at its date, though the clock of its storefront was ahead of ours', async () => {
  const shop = await openShop()
  await report(shop, 0, { placedAt: at(60) })
  shop.later(30_000)
  await shop.newProgram({ earning: { purchase: { percent: 5 } } })
  shop.later(60_000)
  const { body } = await shop.member('c1').get('/me/orders/o1')
  expect([body.points, body.program]).toEqual([(await shop.member('c1').wallet()).points.pending, 2])
})

test('our code in two discount rows took off both', async () => {
  const { shop, code } = await withCoupon()
  const rows = [
    { code, amount: 200 },
    { code, amount: 300 },
  ]
  expect((await report(shop, 1, { discounts: rows })).body.points).toBe(95)
})

test('a coupon that is closed takes nothing off, and leaves it all to an open one named after it', async () => {
  const { shop, code, state } = await withCoupon()
  await shop.merchant('DELETE', `/coupons/${code}`)
  const open = (await shop.member('c1').redeem(500)).body.coupon.code
  await shop.place('c1', 'o1', 600, { codes: [code, open] })
  expect((await state()).coupons).toEqual([
    ['used', 500],
    ['returned', null],
  ])
})

test('of two coupons in a cart that named first takes its part first, or the older one where it is not named', async () => {
  const { shop, code: older } = await withCoupon()
  const newer = (await shop.member('c1').redeem(500)).body.coupon.code
  const discount = async (code: string, codes: string[]) =>
    (await shop.merchant('POST', `/coupons/${code}/check`, { lines: lines(600), codes })).body.discount
  expect([await discount(older, [newer, older]), await discount(newer, [newer, older])]).toEqual([100, 500])
  expect([await discount(older, [older, newer]), await discount(newer, [older, newer])]).toEqual([500, 100])
  expect([await discount(older, [newer]), await discount(newer, [older])]).toEqual([500, 100])
})

test('what they say beyond the coupon’s worth is a discount that nobody paid', async () => {
  const { shop, code } = await withCoupon()
  const rows = [
    { code, amount: 500 },
    { code, amount: 300 },
  ]
  expect((await report(shop, 1, { discounts: rows })).body.points).toBe(92)
})

test('a 304 may be read by the shop’s pages', async () => {
  const shop = await openShop()
  const Origin = 'https://shop.example'
  const tag = (await shop.guest('GET', '/program')).headers.get('ETag') ?? ''
  const { status, headers } = await shop.guest('GET', '/program', undefined, null, { Origin, 'If-None-Match': tag })
  expect([status, headers.get('Access-Control-Allow-Origin')]).toEqual([304, Origin])
})

test('a body that is too large may be told so to the shop’s pages', async () => {
  const shop = await openShop()
  const Origin = 'https://shop.example'
  const { status, headers } = await shop.guest('POST', '/quotes', ' '.repeat(1024 * 1024 + 1), null, { Origin })
  expect([status, headers.get('Access-Control-Allow-Origin')]).toEqual([413, Origin])
})

test('a refusal with extras is what the document says a problem is', async () => {
  const { shop } = await withCoupon()
  const { body } = await shop.member('c1').redeem(5001)
  expect(Problem.parse(body)).toEqual(body)
})

test('a refusal is no larger than what it refuses', async () => {
  const shop = await openShop()
  const body = `{${Array.from({ length: 100_000 }, (_, index) => `"${index.toString(36)}":0`)}}`
  expect((await shop.guest('POST', '/quotes', body, null)).text.length).toBeLessThan(2000)
  expect((await shop.guest('POST', '/quotes', `{"${'x'.repeat(500_000)}":0}`, null)).text.length).toBeLessThan(2000)
})

test('a link cannot lead to another host by a backslash', async () => {
  const shop = await openShop()
  expect((await shop.newProgram({ links: { signIn: '/\\evil.example' } })).status).toBe(400)
})

test('an origin that no browser sends is refused', async () => {
  const shop = await openShop()
  const program = { name: 'x', currency: 'JPY', earning: { purchase: { percent: 1 } } }
  expect((await shop.operator('PUT', '', { program, origins: ['https://*.shop.example'] })).status).toBe(400)
})

test('what a member stores by redeeming does not grow with what they stored before', async () => {
  const { shop } = await withCoupon()
  const sizes: number[] = []
  for (let count = 0; count < 300; count++) sizes.push((await shop.member('c1').redeem(1)).text.length)
  expect(sizes[299]).toBeLessThan(20_000)
})

test('no answer carries what its schema lacks', async () => {
  const { shop, requests } = await openShopWithRequests()
  const program = requests.find(({ name }) => name === 'GET /program')
  if (!program) throw new Error('no such route')
  const { body } = await send(shop, program)
  expect(program.route?.answer.parse(body)).toEqual(body)
})

test('an operator’s key may have dots', async () => {
  const { fetch } = open({ data: null, operatorKey: 'my.key.v1' })
  const operator = asking(fetch, '/v1/shops/dots')(() => 'my.key.v1')
  const program = { name: 'x', currency: 'JPY', earning: { purchase: { percent: 1 } } }
  const answers = [await operator('PUT', '', { program, origins: [] }), await operator('PUT', '', { program, origins: [] })]
  expect(answers.map(({ status }) => status)).toEqual([201, 200])
})
