// What the server tells of itself: /metrics, read by the letter of OpenMetrics, and its log; neither tells anything of a person.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createCommit } from '../server/acts/commit.ts'
import { openSql } from '../server/hosts/node/sql.ts'
import { open, serve } from '../server/hosts/node.ts'
import { readLimits } from '../server/http/limits.ts'
import type { RequestLine } from '../server/http/log.ts'
import { createMetrics } from '../server/http/metrics.ts'
import { parse, reading } from './openmetrics.ts'
import { OPERATOR, openShop, type Story } from './story.ts'

/** Recognisable, all of it: none may turn up in what the server tells. */
const PERSON = {
  id: 'juliette-7731',
  name: 'Juliette Personne',
  order: 'order-of-juliette',
  reason: 'birthday of Juliette',
  sku: 'love-letters',
}

const scrape = (shop: Story, credential: string | undefined = OPERATOR) =>
  shop.fetch(
    new Request('http://muse.test/metrics', credential === undefined ? {} : { headers: { Authorization: `Bearer ${credential}` } }),
  )
const metricsOf = async (shop: Story) => parse(await (await scrape(shop)).text())

/** A person earns, redeems, mistypes, is refused and takes back. */
async function journey(shop: Story): Promise<string[]> {
  const { id, name, order, reason, sku } = PERSON
  await shop.merchant('PUT', `/members/${id}`, { name })
  await shop.grant(id, 1000, { reason })
  await shop.report(id, order, { lines: [{ id: '1', sku, title: name, price: 5000, quantity: 1 }] })
  const me = shop.member(id, { name })
  const { code } = (await me.redeem(500, 'key-of-juliette')).body.coupon
  await me.redeem(99_999)
  await me.redeem('all of Juliette')
  await me.get(`/orders/${order}`)
  await me.delete(`/me/coupons/${code}x`)
  await me.delete(`/me/coupons/${code}`)
  await shop.guest('GET', `/members/${id}`)
  await shop.guest('GET', `/nowhere/${id}?name=${encodeURIComponent(name)}`)
  const token = await shop.token(id, { name })
  await shop.ask(() => token)('GET', '/me')
  return [id, name, 'Juliette', order, reason, sku, code, token, 'key-of-juliette', shop.keys.secret, shop.keys.signing.secret, OPERATOR]
}

describe('/metrics', () => {
  test('counts requests by their route, method and status, and refusals by their code', async () => {
    const shop = await openShop()
    await journey(shop)
    const metrics = await metricsOf(shop)
    const requests = (method: string, path: string, status: string) =>
      reading(metrics, 'muse_requests_total', { route: `/v1/shops/{shop}${path}`, method, status })
    expect(requests('PUT', '', '201')).toBe(1)
    expect(requests('POST', '/me/coupons', '201')).toBe(1)
    expect(requests('POST', '/me/coupons', '409')).toBeUndefined()
    expect(requests('POST', '/me/coupons', '422')).toBe(1)
    expect(requests('POST', '/me/coupons', '400')).toBe(1)
    expect(requests('DELETE', '/me/coupons/{code}', '404')).toBe(1)
    expect(requests('DELETE', '/me/coupons/{code}', '200')).toBe(1)
    expect(requests('GET', '/members/{member}', '401')).toBe(1)
    expect(reading(metrics, 'muse_requests_total', { route: 'none', method: 'GET', status: '404' })).toBe(2)
    for (const [code, count] of [
      ['out-of-range', 1],
      ['invalid-request', 1],
      ['unauthenticated', 1],
      ['not-found', 3],
    ] as const)
      expect([code, reading(metrics, 'muse_refusals_total', { code })]).toEqual([code, count])
    const redeems = { route: '/v1/shops/{shop}/me/coupons', method: 'POST' }
    expect(reading(metrics, 'muse_request_duration_seconds_count', redeems)).toBe(3)
    expect(reading(metrics, 'muse_request_duration_seconds_sum', redeems)).toBeGreaterThan(0)
    expect(metrics.get('process_start_time_seconds')?.samples[0]?.value).toBe(Date.parse('2026-06-01T10:00:00+09:00') / 1000)
    expect(metrics.get('muse_build')?.samples[0]?.labels.version).toMatch(/^\d+\.\d+\.\d+$/)
  })

  test('says a refusal once more when it is the answer kept under a key', async () => {
    const shop = await openShop()
    await shop.member('c1').redeem(500, 'k')
    await shop.member('c1').redeem(500, 'k')
    expect(reading(await metricsOf(shop), 'muse_refusals_total', { code: 'insufficient-points' })).toBe(2)
  })

  test('shows how many requests shared a commit', async () => {
    const shop = await openShop()
    await shop.grant('c1', 5000)
    await shop.member('c1').redeem(1)
    const before = await metricsOf(shop)
    await Promise.all(Array.from({ length: 50 }, () => shop.member('c1').redeem(1)))
    const after = await metricsOf(shop)
    const grown = (name: string) => reading(after, name, {})! - reading(before, name, {})!
    expect(grown('muse_commit_requests_sum')).toBe(50)
    expect(grown('muse_commit_requests_count')).toBeLessThan(50)
  })

  test('shows how many wait for theirs, until they have it or are refused', async () => {
    const metrics = createMetrics(0, '0.0.0')
    const held: (() => void)[] = []
    const sql = openSql(':memory:')
    const commit = createCommit(sql, (run) => held.push(run), metrics)
    const acts = ['a', 'b', 'c'].map((name) => commit(() => (name === 'b' ? 'done' : sql.all('SELECT * FROM nothing'))))
    const waiting = () => reading(parse(metrics.text()), 'muse_commit_waiting', {})
    expect(waiting()).toBe(3)
    for (const run of held) run()
    expect((await Promise.allSettled(acts)).map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected'])
    expect(waiting()).toBe(0)
    expect(reading(parse(metrics.text()), 'muse_commit_requests_sum', {})).toBe(3)
    sql.close()
  })

  test('is sent as OpenMetrics, to the operator alone', async () => {
    const shop = await openShop()
    const good = await scrape(shop)
    expect(good.status).toBe(200)
    expect(good.headers.get('Content-Type')).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8')
    for (const credential of [undefined, '', 'op_wrong', shop.keys.secret, await shop.token('c1')]) {
      const refused = credential === undefined ? await shop.fetch(new Request('http://muse.test/metrics')) : await scrape(shop, credential)
      expect(refused.status).toBe(401)
      expect(await refused.text()).not.toContain('muse_')
    }
  })

  test('names nobody, and does not grow with what is asked for', async () => {
    const shop = await openShop()
    const personal = await journey(shop)
    const before = (await (await scrape(shop)).text()).split('\n').length
    for (let index = 0; index < 50; index++) {
      await shop.merchant('GET', `/members/c${index}`)
      await shop.guest('GET', `/${crypto.randomUUID()}`)
      await shop.fetch(new Request(`http://muse.test/${crypto.randomUUID()}`, { method: 'PROPFIND' }))
      await shop.fetch(new Request(`http://muse.test/${crypto.randomUUID()}`, { method: `X${index}` }))
    }
    const text = await (await scrape(shop)).text()
    for (const word of [...personal, shop.shop]) expect(text).not.toContain(word)
    expect(text.split('\n').length).toBeLessThan(before + 60)
  })

  test('reads whole on a port, beside a site of its own', async () => {
    const site = { fetch: () => new Response('the storefront') }
    const server = await serve({ port: 0, data: null, operatorKey: OPERATOR, site, limits: readLimits('on') })
    const answer = await fetch(`${server.url}/metrics`, { headers: { Authorization: `Bearer ${OPERATOR}` } })
    const again = await fetch(`${server.url}/metrics`, { headers: { Authorization: `Bearer ${OPERATOR}` } })
    expect(parse(await answer.text()).size).toBeGreaterThan(4)
    expect(reading(parse(await again.text()), 'muse_requests_total', { route: '/metrics', method: 'GET', status: '200' })).toBe(1)
    await server.close()
  })
})

test('a duration falls into the first bucket that holds it', () => {
  const metrics = createMetrics(0, '0.0.0')
  for (const seconds of [0, 0.001, 0.0011, 5, 5.1]) metrics.answered({ route: '/r', method: 'GET', status: 200, code: undefined, seconds })
  const families = parse(metrics.text())
  const bucket = (le: string) => reading(families, 'muse_request_duration_seconds_bucket', { route: '/r', method: 'GET', le })
  expect([bucket('0.001'), bucket('0.0025'), bucket('2.5'), bucket('5.0'), bucket('+Inf')]).toEqual([2, 3, 3, 4, 5])
})

test.each([
  ['no end', 'a'],
  ['a family twice', '# TYPE a gauge\n# TYPE a gauge\n# EOF\n'],
  ['a counter without its suffix', '# TYPE a counter\na 1\n# EOF\n'],
  ['buckets that fall', '# TYPE a histogram\na_bucket{le="1.0"} 2\na_bucket{le="+Inf"} 1\n# EOF\n'],
  ['a count that is another', '# TYPE a histogram\na_bucket{le="+Inf"} 1\na_count 2\n# EOF\n'],
  ['a label without quotes', '# TYPE a gauge\na{b=c} 1\n# EOF\n'],
])('the reader of these tests sees %s', (_, text) => {
  expect(() => parse(text)).toThrow()
})

describe('the log', () => {
  let data: string
  beforeEach(() => {
    data = mkdtempSync(join(tmpdir(), 'muse-log-'))
  })
  afterEach(() => {
    vi.restoreAllMocks()
    rmSync(data, { recursive: true })
  })

  test('has a line for each request, and no personal data in any', async () => {
    const lines: RequestLine[] = []
    const clock = () => Date.parse('2026-06-01T10:00:00Z')
    const host = open({ data: null, operatorKey: OPERATOR, clock, log: (line) => lines.push(line as RequestLine) })
    const shop = await openShop({ fetch: host.fetch, clock })
    const personal = await journey(shop)
    const redeemed = lines.find(({ route, status }) => route === '/v1/shops/{shop}/me/coupons' && status === 201)
    expect(redeemed).toEqual({
      at: '2026-06-01T10:00:00.000Z',
      level: 'info',
      event: 'request',
      method: 'POST',
      route: '/v1/shops/{shop}/me/coupons',
      shop: 'jej',
      status: 201,
      ms: expect.any(Number),
    })
    expect(lines.find(({ status }) => status === 422)).toMatchObject({ code: 'out-of-range', shop: 'jej' })
    const text = lines.map((line) => JSON.stringify(line)).join('\n')
    expect(lines.length).toBe(13)
    for (const word of personal) expect(text).not.toContain(word)
    await shop.fetch(new Request(`http://muse.test/v1/shops/${PERSON.id}/me`))
    expect(lines.at(-1)).toMatchObject({ route: '/v1/shops/{shop}/me', status: 404, code: 'not-found' })
    expect(JSON.stringify(lines.at(-1))).not.toContain(PERSON.id)
  })

  test('says nothing of requests unless it is asked to', async () => {
    const printed = vi.spyOn(console, 'log')
    const server = await serve({ port: 0, data: null, operatorKey: OPERATOR })
    await fetch(`${server.url}/v1/shops/none/program`)
    await server.close()
    expect(printed).not.toHaveBeenCalled()
  })

  test('tells of the start and the stop', async () => {
    const lines: { event?: string }[] = []
    const server = await serve({ port: 0, data: null, operatorKey: OPERATOR, log: (line) => lines.push(line) })
    await fetch(`${server.url}/healthz`)
    await server.close()
    expect(lines.map(({ event }) => event)).toEqual(['start', 'request', 'stop'])
  })

  test('of a bug says where, and nothing of the document it fell over', async () => {
    const printed = vi.spyOn(console, 'error').mockImplementation(() => {})
    const host = open({ data, operatorKey: OPERATOR })
    const shop = await openShop({ fetch: host.fetch, clock: Date.now })
    await shop.report(PERSON.id, PERSON.order, { lines: [{ id: '1', sku: PERSON.sku, price: 5000, quantity: 1 }] })
    const file = readdirSync(join(data, 'books')).find((name) => name.endsWith('.sqlite')) as string
    const book = new DatabaseSync(join(data, 'books', file))
    book.prepare('UPDATE orders SET document = ?').run(`${PERSON.name} "${PERSON.id}", ${PERSON.sku}`)
    book.close()
    const headers = { Authorization: `Bearer ${await shop.token(PERSON.id)}` }
    // Asked without the story's own door, which has every answer be one that the document knows.
    const answer = await host.fetch(new Request(`http://muse.test/v1/shops/jej/me/orders/${PERSON.order}`, { headers }))
    expect(answer.status).toBe(500)
    host.close()
    expect(printed).toHaveBeenCalledOnce()
    const line = JSON.parse(printed.mock.calls[0]?.[0] as string)
    expect(line).toMatchObject({
      level: 'error',
      method: 'GET',
      route: '/v1/shops/{shop}/me/orders/{order}',
      error: expect.stringMatching(/^SyntaxError: /),
    })
    expect(line.stack[0]).toMatch(/^at /)
    for (const word of ['Juliette', 'juliette', PERSON.sku]) expect(JSON.stringify(line)).not.toContain(word)
  })
})
