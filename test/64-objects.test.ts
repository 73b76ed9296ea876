// A shop of 32 Durable Objects on the real workerd: each answers for its own members, and together they are what 32 books in one process are.
import { afterEach, describe, expect, test } from 'vitest'
import { open } from '../server/hosts/node.ts'
import { bookOf, bucketOf, makeCode } from '../server/rules/code.ts'
import { parse, reading } from './openmetrics.ts'
import { lines, OPERATOR, openShop, type Story } from './story.ts'

const START = Date.parse('2026-06-01T10:00:00+09:00')
const people = Array.from({ length: 40 }, (_, index) => `customer-${index}`)
const bookOfPerson = (person: string) => bookOf(bucketOf(person), 32)

const opened: { close(): void }[] = []
afterEach(() => {
  for (const host of opened.splice(0)) host.close()
})

describe('an order is settled by the version in force when it was placed', () => {
  test('though its book heard of no new one: not when it was placed before, and at once when it was placed after', async () => {
    const shop = await openShop()
    await shop.grant('c1', 5)
    shop.later(60_000)
    const before = new Date(shop.clock()).toISOString()
    shop.later(60_000)
    await shop.newProgram({ earning: { purchase: { percent: 10, delay: 'P7D' } } })
    const order = { updatedAt: before, state: 'placed', lines: lines(10_000) }
    const report = (id: string, placedAt: string) => shop.merchant('PUT', `/members/c1/orders/${id}`, { ...order, placedAt })
    expect((await report('early', before)).body).toMatchObject({ program: 1, points: 100 })
    expect((await report('late', new Date(shop.clock()).toISOString())).body).toMatchObject({ program: 2, points: 1_000 })
    for (let version = 3; version < 8; version++) {
      shop.later(1)
      await shop.newProgram({ earning: { purchase: { percent: version, delay: 'P7D' } } })
      const receipt = await report(`order-${version}`, new Date(shop.clock()).toISOString())
      expect(receipt.body).toMatchObject({ program: version, points: version * 100 })
    }
  })
})

describe('32 objects', () => {
  test('hold what 32 books in one process hold after the same story: one audit, one export', async () => {
    const objects = await openShop()
    const host = open({ data: null, operatorKey: OPERATOR, clock: objects.clock })
    opened.push(host)
    const books = await openShop({ fetch: host.fetch, clock: objects.clock, books: 32 })
    for (const shop of [objects, books]) await story(shop)
    expect(await objects.audit()).toEqual(await books.audit())
    expect((await objects.audit()).members).toBe(people.length)
    const [told, same] = [await objects.export(), await books.export()]
    expect(withoutDice(told)).toEqual(withoutDice(same))
    expect(JSON.parse(told.trimEnd().split('\n').at(-1) ?? '')).toEqual({ table: 'end', rows: told.trimEnd().split('\n').length - 1 })
  })

  test('are asked for nobody whom the first of them does not know', async () => {
    const shop = await openShop()
    const stranger = shop.ask(() => 'sk_wrong')
    for (const path of ['/audit', '/export']) expect((await stranger('GET', path)).status).toBe(401)
    expect((await stranger('POST', '/grants', { points: 1, reason: 'x', members: people })).status).toBe(401)
    expect((await shop.merchant('POST', '/grants', { points: 1, reason: 'x', members: [] })).body.code).toBe('invalid-request')
    expect((await shop.audit()).members).toBe(0)
  })

  test('refuse what is another’s', async () => {
    const shop = await openShop()
    await shop.grant('customer-1', 5)
    const own = bookOfPerson('customer-1')
    const at = async (book: number, method: 'GET' | 'PUT', path: string, bearer = shop.keys.secret) => {
      const headers = { Authorization: `Bearer ${bearer}`, 'Test-Book': `jej/${book}` }
      const body = method === 'PUT' ? { body: '{}' } : {}
      const response = await shop.fetch(new Request(`http://muse.test/v1/shops/jej${path}`, { method, headers, ...body }))
      return { status: response.status, text: await response.text() }
    }
    expect(JSON.parse((await at(own, 'GET', '/members/customer-1')).text).points.available).toBe(5)
    for (const wrong of [0, (own + 1) % 32, 31].filter((book) => book !== own)) {
      expect((await at(wrong, 'GET', '/members/customer-1')).status).toBe(421)
      expect((await at(wrong, 'PUT', '/members/customer-1')).status).toBe(421)
    }
    expect((await at(own, 'GET', '/audit')).status).toBe(421)
    expect(await shop.audit()).toMatchObject({ ok: true, members: 1 })
  })

  test('grant to many exactly once per key, though one of them breaks off midway', async () => {
    const shop = await openShop()
    const gift = { points: 7, reason: 'gift', members: people }
    const broken = { 'Test-Broken': String(bookOfPerson('customer-7')) }
    const send = (headers: Record<string, string> = {}) => shop.merchant('POST', '/grants', gift, 'the-gift', headers)
    expect(await send(broken)).toMatchObject({ status: 503, body: { code: 'storefront-unavailable' } })
    const some = (await shop.audit()).members
    expect(some).toBeGreaterThan(0)
    expect(some).toBeLessThan(people.length)
    for (let time = 0; time < 2; time++) expect(await send()).toMatchObject({ status: 201, body: { granted: people.length } })
    expect(await balances(shop)).toEqual(people.map(() => 7))
    expect(await shop.audit()).toMatchObject({ ok: true, members: people.length, transfers: people.length })
  })

  test('break an export off where one of them does, and do not call it whole', async () => {
    const shop = await openShop()
    await shop.merchant('POST', '/grants', { points: 7, reason: 'gift', members: people })
    const broken = shop.merchant('GET', '/export', undefined, null, { 'Test-Broken': '20' }).then(
      ({ text }) => text,
      () => 'broken off',
    )
    expect(await broken).not.toContain('"table":"end"')
    expect((await shop.export()).trimEnd().split('\n').at(-1)).toContain('"table":"end"')
  })
})

describe('what 32 objects let pass is what one would, and half as much again at most', () => {
  const BURST = 320
  const wide = { burst: 100_000, perSecond: 100_000 }
  const limits = (budgets: object) => JSON.stringify({ address: wide, member: wide, shop: wide, ...budgets })
  const tight = { burst: BURST, perSecond: 0.001 }
  const everybody = Array.from({ length: 1_200 }, (_, index) => `customer-${index}`)
  const from = (address: string) => ({ 'CF-Connecting-IP': address })

  /** Asks for everybody, some at a time, and gives the statuses. */
  const statuses = async (ask: (person: string) => Promise<{ status: number }>) => {
    const rest = [...everybody]
    const found: number[] = []
    const hand = async () => {
      for (let person = rest.shift(); person; person = rest.shift()) found.push((await ask(person)).status)
    }
    await Promise.all(Array.from({ length: 4 }, hand))
    return found
  }
  const count = (found: number[], status: number) => found.filter((it) => it === status).length

  test('an address that tries wrong credentials, whosever they are', async () => {
    const shop = await openShop({ limits: limits({ address: tight }) })
    const wrong = shop.ask(() => 'sk_wrong')
    const found = await statuses((person) => wrong('GET', `/members/${person}`, undefined, null, from('1.2.3.4')))
    expect(count(found, 401)).toBeGreaterThanOrEqual(BURST)
    expect(count(found, 401)).toBeLessThanOrEqual(BURST * 1.5)
    expect(count(found, 401) + count(found, 429)).toBe(everybody.length)
    expect((await shop.guest('GET', '/program', undefined, null, from('1.2.3.4'))).status).toBe(429)
    expect((await shop.guest('GET', '/program', undefined, null, from('4.3.2.1'))).status).toBe(200)
  })

  test('an address of people who prove who they are pays nothing, in whichever object they are', async () => {
    const shop = await openShop({ limits: limits({ address: tight }) })
    const found = await statuses((person) => shop.merchant('GET', `/members/${person}`, undefined, null, from('1.2.3.4')))
    expect(count(found, 404)).toBe(everybody.length)
    expect((await shop.guest('GET', '/program', undefined, null, from('1.2.3.4'))).status).toBe(200)
  })

  test('a shop, whoever asks', async () => {
    const shop = await openShop({ limits: limits({ shop: tight }) })
    const found = await statuses((person) => shop.merchant('GET', `/members/${person}`))
    expect(count(found, 404)).toBeGreaterThanOrEqual(BURST)
    expect(count(found, 404)).toBeLessThanOrEqual(BURST * 1.5)
    shop.later(1_000_000_000)
    expect((await shop.merchant('GET', '/members/customer-1')).status).toBe(404)
  })

  test('wrong codes that a customer types at the checkout, whichever bucket they name', async () => {
    const shop = await openShop({ limits: limits({ guesses: { burst: 32, perSecond: 0.001 } }) })
    const dice = (length: number) => crypto.getRandomValues(new Uint8Array(length))
    const check = (customer: string) => (person: string) =>
      shop.merchant('POST', `/coupons/${makeCode(bucketOf(person), dice)}/check`, { lines: lines(100), member: customer })
    const found = await statuses(check('mallory'))
    expect(count(found, 404)).toBeGreaterThanOrEqual(32)
    // A share of less than one is one.
    expect(count(found, 404)).toBeLessThanOrEqual(32 + 32 + 4)
    expect((await check('customer-1')('customer-2')).status).toBe(404)
  })

  test('what all of them are asked counts once', async () => {
    const shop = await openShop({ limits: limits({ shop: tight }) })
    for (let time = 0; time < 12; time++) expect((await shop.merchant('GET', '/audit')).status).toBe(200)
    expect((await shop.merchant('GET', '/members/customer-1')).status).toBe(404)
  })
})

describe('/metrics', () => {
  const scrape = async (shop: Story, query = '') => {
    const request = new Request(`http://muse.test/metrics${query}`, { headers: { Authorization: `Bearer ${OPERATOR}` } })
    return parse(await (await shop.fetch(request)).text())
  }
  const requests = (of: Awaited<ReturnType<typeof scrape>>, method: string, path: string, status: string) =>
    reading(of, 'muse_requests_total', { route: `/v1/shops/{shop}${path}`, method, status })

  test('adds up what all objects of all shops have counted, and counts once what was asked of all of them', async () => {
    const shop = await openShop()
    const other = await openShop({ shop: 'other', fetch: shop.fetch, clock: shop.clock })
    for (const person of people) await shop.merchant('PUT', `/members/${person}`, {})
    await other.merchant('PUT', '/members/customer-1', {})
    for (let time = 0; time < 3; time++) await shop.audit()
    await shop.merchant('POST', '/grants', { points: 7, reason: 'gift', members: people })
    await shop.merchant('POST', '/grants', { points: 7, reason: 'gift', members: [] })
    await shop.export()
    const all = await scrape(shop)
    expect(requests(all, 'PUT', '', '201')).toBe(2)
    expect(requests(all, 'PUT', '/members/{member}', '200')).toBe(people.length + 1)
    expect(requests(all, 'GET', '/audit', '200')).toBe(3)
    expect(requests(all, 'POST', '/grants', '201')).toBe(1)
    expect(requests(all, 'POST', '/grants', '400')).toBe(1)
    expect(requests(all, 'GET', '/export', '200')).toBe(1)
    expect(requests(await scrape(shop, '?shop=other'), 'PUT', '/members/{member}', '200')).toBe(1)
  })

  test('is no document where one of them does not answer', async () => {
    const shop = await openShop()
    const headers = { Authorization: `Bearer ${OPERATOR}`, 'Test-Broken': '20' }
    expect((await shop.fetch(new Request('http://muse.test/metrics', { headers }))).status).toBe(503)
    expect(requests(await scrape(shop), 'PUT', '', '201')).toBe(1)
  })
})

// The same things happening to everybody, on a clock that both shops share.
async function story(shop: Story) {
  const at = new Date(START).toISOString()
  await shop.merchant('POST', '/grants', { points: 500, reason: 'gift', members: people }, 'start')
  for (const [index, person] of people.entries()) {
    const order = { placedAt: at, updatedAt: at, state: index % 2 ? 'placed' : 'shipped', shippedAt: at, lines: lines(10_000) }
    await shop.merchant('PUT', `/members/${person}/orders/order-${index}`, order)
    if (index % 4 === 0) await shop.member(person).redeem(200, `redeem-${index}`)
  }
}

const balances = async (shop: Story) =>
  Promise.all(people.map(async (person) => (await shop.merchant('GET', `/members/${person}`)).body.points.available))

/** An export in an order that does not depend on who answered first; what dice made is left out. */
const withoutDice = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => line.replaceAll(/"[0-9A-Z]{16}\\?"|"[0-9a-f-]{36}"/g, '"…"'))
    .toSorted()
