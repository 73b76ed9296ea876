// Nothing sent makes the server fall over: bodies, addresses, methods, pieces and names that no client of ours would send.
import { describe, expect, test } from 'vitest'
import { json } from '../server/http/body.ts'
import { heard } from '../server/http/unread.ts'
import { openShopWithRequests, outside, send } from './requests.ts'
import { lines, openShop } from './story.ts'

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
