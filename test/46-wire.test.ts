// The wire: answers are what the document says, and nothing sent makes the server fall over.
import { beforeAll, describe, expect, test } from 'vitest'
import { Problem } from '../server/contract.ts'
import { json } from '../server/http/body.ts'
import { routes } from '../server/http/routes.ts'
import { heard } from '../server/http/unread.ts'
import { type Good, openShopWithRequests, send } from './requests.ts'
import { asking, type Json, lines, openShop } from './story.ts'

const outside = async (path: string, headers: Record<string, string> = {}, method: Good['method'] = 'GET') =>
  asking((await openShop()).fetch, '')(() => undefined)(method, path, undefined, null, headers)

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

describe('the document', () => {
  let document: Json
  beforeAll(async () => {
    document = (await outside('/v1/openapi.json')).body
  })

  test('is OpenAPI 3.1, and anyone’s to read', async () => {
    expect(document).toMatchObject({ openapi: expect.stringMatching(/^3\.1\./), info: { title: 'Muse', version: expect.any(String) } })
    expect((await outside('/v1/openapi.json', { Origin: 'https://elsewhere.example' })).headers.get('Access-Control-Allow-Origin')).toBe(
      '*',
    )
  })

  test.each([
    'put ',
    'get /program',
    'post /quotes',
    'get /me',
    'get /me/history',
    'get /me/orders/{order}',
    'post /me/coupons',
    'delete /me/coupons/{code}',
    'get /members/{member}',
    'put /members/{member}',
    'post /members/{member}/grants',
    'post /grants',
    'put /members/{member}/orders/{order}',
    'get /coupons/{code}',
    'post /coupons/{code}/check',
    'put /coupons/{code}/order',
    'delete /coupons/{code}/order',
    'delete /coupons/{code}',
    'get /audit',
    'get /export',
  ])('has %s, with its answer and its refusals', (name) => {
    const [method = '', path = ''] = name.split(' ')
    const { responses, parameters, requestBody } = document.paths[`/v1/shops/{shop}${path}`][method]
    expect(Object.keys(responses)).toEqual(expect.arrayContaining(['default', expect.stringMatching(/^20[01]$/)]))
    expect(responses.default.content).toHaveProperty(['application/problem+json'])
    const named = parameters.filter((parameter: Json) => parameter.in === 'path').map((parameter: Json) => `{${parameter.name}}`)
    expect(named).toEqual(['{shop}', ...(path.match(/\{\w+\}/g) ?? [])])
    expect(parameters.some((parameter: Json) => parameter.name === 'Idempotency-Key')).toBe(
      method === 'post' && /coupons$|grants$/.test(path),
    )
    expect(requestBody !== undefined).toBe(['put', 'post'].includes(method))
  })

  test('refers to nothing that it does not have', () => {
    const references = JSON.stringify(document).match(/"#\/[^"]+"/g) ?? []
    expect(references.length).toBeGreaterThan(0)
    for (const reference of references) {
      const steps = JSON.parse(reference).slice(2).split('/')
      expect([reference, typeof steps.reduce((inside: Json, step: string) => inside?.[step], document)]).toEqual([reference, 'object'])
    }
  })
})

describe('nothing sent', () => {
  const deep = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`
  const bodies: [what: string, body: string, status: number][] = [
    ['no JSON', '{', 400],
    ['JSON and more', '{} {}', 400],
    ['a word', 'points', 400],
    ['a form', 'points=500&lines=', 400],
    ['a string', '"x"', 400],
    ['null', 'null', 400],
    ['a list', '[]', 400],
    ['__proto__', '{"__proto__":{"points":500,"lines":[]}}', 400],
    ['__proto__ beside the rest', `{"lines":[],"points":1,"__proto__":{}}`, 400],
    ['__proto__ in a line', `{"lines":[{"id":"1","sku":"x","price":1,"quantity":1,"__proto__":{}}]}`, 400],
    ['constructor', '{"lines":[],"constructor":{"prototype":{}}}', 400],
    ['lists in lists', deep(200_000), 400],
    ['lines in lines', `{"lines":${deep(200_000)}}`, 400],
    ['objects in objects', `${'{"lines":'.repeat(50_000)}1${'}'.repeat(50_000)}`, 400],
    ['300,000 lines', `{"lines":[${Array(300_000).fill('{}')}]}`, 400],
    ['1,001 lines', JSON.stringify({ lines: Array.from({ length: 1001 }, (_, id) => ({ ...lines(1)[0], id: `${id}` })) }), 400],
    ['two lines of one id', JSON.stringify({ lines: [...lines(1), ...lines(1)] }), 400],
    ['100,000 unknown keys', `{${Array.from({ length: 100_000 }, (_, index) => `"${index.toString(36)}":0`)}}`, 400],
    ['1 MiB and a byte', ' '.repeat(1024 * 1024 + 1), 413],
    ['2 MiB', `"${'x'.repeat(2 * 1024 * 1024)}"`, 413],
  ]

  test.each(bodies)('as a body makes us fall over: %s', async (_, body, status) => {
    const { shop, requests } = await openShopWithRequests()
    const before = await shop.export()
    for (const request of requests.filter(({ body, route }) => body && !route?.upload && !(status === 413 && route?.bodyMax))) {
      const reply = await send(shop, request, body)
      expect([request.name, reply.status, reply.headers.get('Content-Type')]).toEqual([request.name, status, 'application/problem+json'])
    }
    expect(await shop.export()).toBe(before)
  })

  test.each([
    '/me/orders/%',
    '/me/orders/%E0%A4%A',
    '/me/orders/%00',
    '/me/orders/%ff',
    `/me/orders/${'x'.repeat(10_240)}`,
    '/me/coupons/%',
    '/me//orders',
    '/me/',
    '//',
    '/me/history?before=%',
    `/me/history?before=${'9'.repeat(10_000)}`,
  ])('as an address makes us fall over: %.40s', async (path) => {
    const { shop } = await openShopWithRequests()
    for (const method of ['GET', 'PUT', 'DELETE', 'PATCH'] as const) {
      const token = await shop.token('c1')
      const { status, headers } = await shop.ask(() => token)(method, path, method === 'GET' ? undefined : '{}')
      expect([400, 404]).toContain(status)
      expect(headers.get('Content-Type')).toBe('application/problem+json')
    }
  })

  test.each([
    '/',
    '/v1',
    '/v2/shops/jej/program',
    '/v1/shops',
    '/v1/shops/none/program',
    '/v1/shops/../program',
    '/v1/shops/jej',
    '/v1/shops/jej/program/x',
    '/V1/shops/jej/program',
  ])('is found at %s', async (path) => {
    const { status, body, headers } = await outside(path)
    expect([status, body.code, headers.get('Content-Type')]).toEqual([404, 'not-found', 'application/problem+json'])
  })

  test('is answered by another method than the route’s', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH'] as const)
      expect((await outside('/v1/shops/jej/program', {}, method)).status).toBe(404)
  })

  const inPieces = (mebibytes: number) => {
    const sent = { pieces: 0 }
    const body = new ReadableStream({
      pull(pieces) {
        if (sent.pieces++ < mebibytes * 16) pieces.enqueue(new Uint8Array(65_536).fill(0x20))
        else pieces.close()
      },
    })
    return { sent, body }
  }

  test.each(['/quotes', '/grants', '/nowhere'])(
    'too large and in pieces that do not say how much they are, to %s, is kept from its answer',
    async (path) => {
      const shop = await openShop()
      const answer = async () => {
        const request = { method: 'POST', body: inPieces(7).body, duplex: 'half' } as RequestInit
        const { status, headers } = await shop.fetch(new Request(`http://muse.test/v1/shops/jej${path}`, request))
        return [status, headers.get('Content-Type')]
      }
      for (let time = 0; time < 3; time++)
        expect(await answer()).toEqual([{ '/quotes': 413, '/grants': 401 }[path] ?? 404, 'application/problem+json'])
    },
  )

  test('is read beyond 1 MiB when it comes in pieces, but by a host that lets its sender hear why', async () => {
    const { sent, body } = inPieces(7)
    const request = new Request('http://muse.test', { method: 'POST', body, duplex: 'half' } as RequestInit)
    const refusal = await json(request).then(
      () => undefined,
      (error) => error,
    )
    expect([refusal?.code, sent.pieces < 30]).toEqual(['too-large', true])
    await heard(request, new Response(null, { status: 413 }))
    expect(sent.pieces).toBe(7 * 16 + 1)
  })

  test('is read away beyond 24 MiB', async () => {
    const { sent, body } = inPieces(1024)
    await heard(
      new Request('http://muse.test', { method: 'POST', body, duplex: 'half' } as RequestInit),
      new Response(null, { status: 401 }),
    )
    expect(sent.pieces).toBeLessThan(30 * 16)
  })

  test.each(['%FF', '%', '%E6%97', 'a%zz'])('makes a name of what cannot be decoded: %s', async (name) => {
    const shop = await openShop()
    for (const [method, path] of [
      ['PUT', `/members/${name}`],
      ['GET', `/members/${name}`],
      ['GET', `/coupons/${name}`],
    ] as const) {
      const { status, body } = await shop.merchant(method, path, method === 'PUT' ? {} : undefined)
      expect([status, body.code, body.detail]).toEqual([400, 'invalid-request', 'The address is not well encoded.'])
    }
    expect((await shop.audit()).members).toBe(0)
  })

  test('is lost of an id as long as it may be, in any letters', async () => {
    const shop = await openShop()
    for (const id of ['日本/ü %41?#&+', 'x'.repeat(200), 'o\'x\\"', 'me', '%']) {
      expect((await shop.place('c1', id, 100)).body.order).toBe(id)
      expect((await shop.member('c1').get(`/me/orders/${encodeURIComponent(id)}`)).body.order).toBe(id)
    }
  })
})
