// The same odd requests to both hosts, one after the other: each pair of answers has to be one answer.
import { type Good, openShopWithRequests } from '../requests.ts'
import { seeded } from '../seeded.ts'
import { OPERATOR, type Story } from '../story.ts'
import { drawn, type Odd } from './oddities.ts'
import { createRaw, type Got } from './raw.ts'
import type { Victim } from './victim.ts'

/** A request that the hosts answered differently, or one of them wrongly. */
interface Difference {
  number: number
  request: string
  changes: string
  node: string
  edge: string
}

/** Sends `count` requests to both, and gives those that they answered differently, and what is wrong with any answer by itself. */
export async function alike(node: Victim, edge: Victim, count: number, seed: number) {
  const sides = [await opened(node), await opened(edge)] as const
  const dice = seeded(seed)
  const differences: Difference[] = []
  const statuses: Record<string, number> = {}
  for (let number = 0; number < count; number++) {
    const route = Math.floor(dice() * sides[0].requests.length)
    const changes = drawn(dice, number)
    const pair: string[] = []
    let request = ''
    let wrong = ''
    for (const side of sides) {
      const odd = changes.reduce((odd, change) => change.to(odd), await side.plain(route, number))
      request = `${odd.method} ${odd.target.slice(0, 200)} ${JSON.stringify(odd.headers.slice(2)).slice(0, 300)} ${odd.body.toString('latin1').slice(0, 200)}`
      const got = await side.raw.send({ pieces: written(odd), bodiless: odd.method === 'HEAD' })
      wrong ||= faultOf(got, odd)
      pair.push(told(got))
      if (got) statuses[got.status] = (statuses[got.status] ?? 0) + 1
    }
    const [a = '', b = ''] = pair
    const names = changes.map(({ name }) => name).join(', ')
    if (a !== b || wrong) differences.push({ number, request, changes: `${names}${wrong && `: ${wrong}`}`, node: a, edge: b })
  }
  for (const { raw } of sides) raw.close()
  return { differences, statuses }
}

async function opened(victim: Victim) {
  await victim.start()
  const { shop, requests } = await openShopWithRequests(await victim.openShop('jej'))
  const raw = createRaw(victim.url())
  return { raw, requests, plain: (route: number, number: number) => plain(shop, requests[route] as Good, number) }
}

async function plain(shop: Story, { who, method, path, body }: Good, number: number): Promise<Odd> {
  const credential = { operator: OPERATOR, secret: shop.keys.secret, member: await shop.token('c1'), public: undefined }[who]
  const form = body instanceof FormData ? new Response(body) : undefined
  const bytes = form ? Buffer.from(await form.arrayBuffer()) : Buffer.from(body === undefined ? '' : JSON.stringify(body))
  return {
    method,
    target: `/v1/shops/${shop.shop}${path}`,
    headers: [
      ['Host', 'muse.test'],
      ...(credential === undefined ? [] : [['Authorization', `Bearer ${credential}`] as [string, string]]),
      ...(method === 'POST' ? [['Idempotency-Key', `key-${number}`] as [string, string]] : []),
      ...(bytes.length ? [['Content-Type', form?.headers.get('Content-Type') ?? 'application/json'] as [string, string]] : []),
    ],
    body: bytes,
    chunked: false,
  }
}

function written({ method, target, headers, body, chunked }: Odd): Uint8Array[] {
  const length: [string, string][] = chunked
    ? [['Transfer-Encoding', 'chunked']]
    : body.length > 0 || !/^(GET|HEAD|DELETE|OPTIONS)$/.test(method)
      ? [['Content-Length', `${body.length}`]]
      : []
  const head = `${method} ${target} HTTP/1.1\r\n${[...headers, ...length].map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`
  const sent = chunked ? Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n0\r\n\r\n')]) : body
  const whole = chunked && body.length === 0 ? Buffer.from('0\r\n\r\n') : sent
  // In one piece: what is sent in two waits for the first to be acknowledged.
  return [Buffer.concat([Buffer.from(head, 'latin1'), whole])]
}

/** What is wrong with an answer whatever the other says. */
function faultOf(got: Got | undefined, { method }: Odd): string {
  if (!got) return 'no answer'
  if (got.status >= 500) return 'a fault of the server'
  if (got.status >= 400 && got.headers['content-type'] !== 'application/problem+json') return 'no problem document'
  if (method === 'HEAD') return got.body === '' ? '' : 'a body for HEAD'
  if (got.status >= 400 && JSON.parse(got.body).status !== got.status) return 'another status in its document'
  return ''
}

// Codes, ids and instants are each host's own.
function told(got: Got | undefined): string {
  if (!got) return 'no answer'
  const { status, headers, body } = got
  const kind = headers['content-type'] ?? '-'
  const shared = [headers['access-control-allow-origin'] ?? '-', headers['cache-control'] ?? '-', headers.allow ?? '-', headers.vary ?? '-']
  const problem = status >= 400 && body !== '' ? JSON.parse(kind.includes('json') ? body : '{}') : undefined
  return [status, kind, ...shared, problem ? `${problem.code}: ${problem.detail.replaceAll(/\b[0-9A-Z]{16}\b/g, '…')}` : ''].join(' | ')
}
