// What ends in the edge's Worker is counted and logged as Node counts and logs it, and what an object does not answer is a clean no.
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { open } from '../server/hosts/node.ts'
import { prepare, type Victim } from './battery/victim.ts'
import { parse, reading } from './openmetrics.ts'
import { type Fetch, OPERATOR, openShop, type Story } from './story.ts'

/** Shops that there are not are called by names that may be anyone's. */
const PERSON = 'juliette-7731'

const scrape = async (fetch: Fetch, query = '') =>
  parse(await (await fetch(new Request(`http://muse.test/metrics${query}`, { headers: { Authorization: `Bearer ${OPERATOR}` } }))).text())

let edge: Victim
beforeAll(async () => {
  process.env.MUSE_LOG = 'requests'
  edge = await prepare('edge', { clock: true })
  return async () => {
    delete process.env.MUSE_LOG
    await edge.remove()
  }
})

/** Requests that are refused, or answered beside any shop. */
const asked: [method: string, path: string, init?: RequestInit & { bearer?: string }][] = [
  ['GET', '/healthz'],
  ['HEAD', '/healthz'],
  ['GET', '/v1/openapi.json'],
  ['GET', `/${PERSON}`],
  ['POST', `/v1/${PERSON}`, { body: 'x' }],
  ['GET', '/v1/shops'],
  ['GET', '/metrics'],
  ['HEAD', '/metrics'],
  ['POST', '/metrics'],
  ['GET', `/v1/shops/${PERSON}/program`],
  ['GET', `/v1/shops/${PERSON}/program?x=1`],
  ['GET', `/v1/shops/${PERSON}/members/${PERSON}`],
  ['HEAD', `/v1/shops/${PERSON}/me`],
  ['GET', `/v1/shops/${PERSON}/nowhere`],
  ['POST', `/v1/shops/${PERSON}/quotes`, { body: 'x'.repeat(1024 * 1024 + 1) }],
  ['OPTIONS', `/v1/shops/${PERSON}/me`],
  ['PUT', `/v1/shops/${PERSON}`, { body: '{}' }],
  ['PUT', `/v1/shops/${PERSON}`, { body: '{}', bearer: OPERATOR }],
  ['PUT', '/v1/shops/-no-name', { body: '{}', bearer: OPERATOR }],
  ['DELETE', `/v1/shops/${PERSON}`],
  ['DELETE', `/v1/shops/${PERSON}`, { bearer: OPERATOR }],
  ['PROPFIND', `/v1/shops/${PERSON}/me`],
  ['GET', '/v1/shops/jej/nowhere'],
  ['GET', '/v1/shops/jej/me'],
  ['GET', '/v1/shops/jej/program'],
]

async function ask(fetch: Fetch): Promise<void> {
  for (const [method, path, { bearer, ...init } = {}] of asked) {
    const headers: Record<string, string> = bearer === undefined ? {} : { Authorization: `Bearer ${bearer}` }
    const response = await fetch(new Request(`http://muse.test${path}`, { method, headers, ...init }))
    await response.arrayBuffer()
    expect(response.status, `${method} ${path}`).toBeLessThan(500)
  }
}

type Line = { event?: string; method: string; route: string; shop?: string; status: number; code?: string }
const told = ({ method, route, shop, status, code }: Line) => [method, route, shop ?? '-', status, code ?? '-'].join(' ')
const linesOf = (text: string): Line[] =>
  text
    .split('\n')
    .flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []))
    .filter(({ event }) => event === 'request')

test('the same requests are counted and logged on both hosts', async () => {
  const lines: Line[] = []
  const node = open({ data: null, operatorKey: OPERATOR, log: (line) => lines.push(line as Line) })
  onTestFinished(() => node.close())
  await edge.start()
  await openShop({ fetch: node.fetch, clock: Date.now })
  await openShop({ fetch: edge.send, clock: edge.clock })
  // The start has asked whether it is there.
  const began = linesOf(edge.errors()).length
  const before = await scrape(edge.send)
  const nodeBefore = await scrape(node.fetch)
  const seen = lines.length
  await ask(node.fetch)
  await ask(edge.send)
  const [after, nodeAfter] = [await scrape(edge.send), await scrape(node.fetch)]
  const grown = (from: typeof before, to: typeof before, name: string) =>
    (to.get(name)?.samples ?? [])
      .filter((sample) => sample.name.endsWith('_total'))
      .map(({ labels, value }) => `${JSON.stringify(labels)} ${value - (reading(from, `${name}_total`, labels) ?? 0)}`)
      .filter((text) => !text.endsWith(' 0'))
      .toSorted()
  for (const name of ['muse_requests', 'muse_refusals']) expect(grown(before, after, name)).toEqual(grown(nodeBefore, nodeAfter, name))
  const [mine, theirs] = [() => linesOf(edge.errors()).slice(began).map(told).toSorted(), lines.slice(seen).map(told).toSorted()]
  // One line more each: /metrics itself, at the beginning here, and at the end.
  const scrapes = [told({ method: 'GET', route: '/metrics', status: 200 })]
  await expect.poll(mine, { timeout: 20_000 }).toEqual([...theirs, ...scrapes].toSorted())
  expect(edge.errors()).not.toContain(PERSON)
  expect(
    reading(await scrape(edge.send, '?shop=jej'), 'muse_requests_total', { route: '/healthz', method: 'GET', status: '200' }),
  ).toBeUndefined()
})

test('what the Worker has told outlives a kill', async () => {
  const nowhere = { route: 'none', method: 'GET', status: '404' }
  const count = async () => reading(await scrape(edge.send), 'muse_requests_total', nowhere) ?? 0
  if (!edge.running()) await edge.start()
  const before = await count()
  for (let time = 0; time < 5; time++) await edge.send(new Request('http://muse.test/nowhere'))
  expect(await count()).toBe(before + 5)
  await edge.stop('SIGKILL')
  await edge.start()
  expect(await count()).toBe(before + 5)
})

describe('what an object does not answer is a no that can be asked again:', () => {
  let shop: Story
  beforeAll(async () => {
    if (!edge.running()) await edge.start()
    // With its length: what comes in pieces is handed on.
    const send = async (request: Request) => {
      const { method, headers } = request
      const { pathname, search } = new URL(request.url)
      return fetch(`${edge.url()}${pathname}${search}`, { method, headers, ...(request.body && { body: await request.arrayBuffer() }) })
    }
    shop = await openShop({ shop: 'broken', fetch: send, clock: edge.clock })
    await shop.grant('c1', 500)
  })

  test.each<[string, Record<string, string>, retryAfter: string]>([
    ['one that throws', { 'Test-Broken': '0 shortly' }, '1'],
    ['one that is reset in the middle', { 'Test-Broken': '0 shortly reset' }, '1'],
    ['one that is asked too much', { 'Test-Overloaded': 'yes' }, '10'],
  ])('%s', async (_, headers, retryAfter) => {
    const key = crypto.randomUUID()
    const count = async () => reading(await scrape(edge.send), 'muse_refusals_total', { code: 'storefront-unavailable' }) ?? 0
    const before = await count()
    const lines = edge.errors().length
    const redeem = (more: Record<string, string>) => shop.ask(() => shop.token('c1'))('POST', '/me/coupons', { points: 7 }, key, more)
    const no = await redeem(headers)
    expect([no.status, no.body.code, no.headers.get('Content-Type'), no.headers.get('Retry-After')]).toEqual([
      ...[503, 'storefront-unavailable', 'application/problem+json', retryAfter],
    ])
    expect(await count()).toBe(before + 1)
    const route = '/v1/shops/{shop}/me/coupons'
    const logged = () => linesOf(edge.errors().slice(lines)).filter(({ status }) => status === 503)
    await expect.poll(logged, { timeout: 20_000 }).toMatchObject([{ method: 'POST', route, code: 'storefront-unavailable' }])
    expect(edge.errors().slice(lines)).toMatch(new RegExp(`"level":"error","method":"POST","route":"${route.replace(/[{}]/g, '\\$&')}"`))
    expect((await redeem({})).status).toBe(201)
    expect((await shop.audit()).ok).toBe(true)
  })

  test('one that is reset at a request that is handed on, or asked for the number of its books', async () => {
    for (const [broken, path, id] of [
      ['0 fetch reset', '/members/c1?x=1', 'broken'],
      ['0 shape reset', '/program', 'nobody'],
    ] as const) {
      const headers = { Authorization: `Bearer ${shop.keys.secret}`, 'Test-Broken': broken }
      const no = await edge.send(new Request(`http://muse.test/v1/shops/${id}${path}`, { headers }))
      expect([no.status, (await no.json()).code, no.headers.get('Retry-After')]).toEqual([503, 'storefront-unavailable', '1'])
    }
    expect((await shop.merchant('GET', '/members/c1')).status).toBe(200)
  })
})
