// The shops on the bench: the real server app in this page, which msw's service worker asks in place of a network, and a merchant who
// reports orders to it. The clock can be set back, so that what takes weeks has happened already.
import { HttpResponse, http } from 'msw'
import { setupWorker } from 'msw/browser'
import { openBrowser } from '../../../server/hosts/browser.ts'
import { type ShopKeys, sign } from './signing.ts'

export interface World {
  /** Says what a shop's merchant says, and answers with the body. A form is sent as one, anything else as JSON. */
  merchant(shop: string, method: string, path: string, body?: unknown): Promise<Answer>
  member(shop: string, id: string, method: string, path: string, body?: unknown): Promise<Answer>
  token(shop: string, id: string, age?: number): Promise<string>
  /** Runs `act` with nobody between its requests; `at` sets the clock back by so many days. */
  alone<T>(act: (at: (daysAgo: number) => void) => Promise<T>): Promise<T>
  /** Whether a shop of this name opened: a program with rules the server does not run yet is refused. */
  has(shop: string): boolean
}
// biome-ignore lint/suspicious/noExplicitAny: whatever the route answers; each caller knows which it asked.
export type Answer = any
export interface Shop {
  program: object
  line?: (request: Request) => Line
  /** Goes without, where the server refuses its program. */
  optional?: boolean
}
/** What becomes of a shop's requests: answered, lost on the way, or never answered. */
export type Line = 'good' | 'lost' | 'silent'

const DAY = 86_400_000
const OPERATOR = 'op_bench'

/** Opens the shops, and begins to answer for them. */
export async function openWorld(shops: Record<string, Shop>): Promise<World> {
  let back = 0
  let queue: Promise<unknown> = Promise.resolve()
  const { fetch } = await openBrowser({ operatorKey: OPERATOR, clock: () => Date.now() - back * DAY })
  const inTurn = <T>(act: () => T | Promise<T>): Promise<T> => {
    const turn = queue.then(act)
    queue = turn.catch(() => {})
    return turn
  }
  const ask = async (path: string, method: string, bearer: string, body?: unknown) => {
    const headers = { authorization: `Bearer ${bearer}`, 'idempotency-key': crypto.randomUUID() }
    const sent = new Request(`https://bench.example/v1/shops/${path}`, {
      method,
      headers: body instanceof FormData ? headers : { ...headers, 'content-type': 'application/json' },
      ...(body ? { body: body instanceof FormData ? body : JSON.stringify(body) } : {}),
    })
    const answer = await fetch(sent)
    return { status: answer.status, ...(await answer.json()) }
  }
  const keys = new Map<string, ShopKeys>()
  back = 120
  for (const [shop, { program, optional }] of Object.entries(shops)) {
    const made = await ask(shop, 'PUT', OPERATOR, { program, origins: [] })
    if (made.keys) keys.set(shop, made.keys)
    else if (!optional) throw new Error(`the shop "${shop}" did not open: ${made.detail}`)
  }
  back = 0
  const token = (shop: string, id: string, age = 0) => sign(shop, id, keys.get(shop)!, Date.now() - back * DAY - age)
  await answerFor(
    (shop) => shops[shop]?.line,
    (request) => inTurn(() => fetch(atRoot(request))),
  )
  return {
    merchant: (shop, method, path, body) => ask(shop + path, method, keys.get(shop)!.secret, body),
    member: async (shop, id, method, path, body) => ask(`${shop}/me${path}`, method, await token(shop, id), body),
    token,
    has: (shop) => keys.has(shop),
    alone: (act) =>
      inTurn(async () => {
        try {
          return await act((daysAgo) => {
            back = daysAgo
          })
        } finally {
          back = 0
        }
      }),
  }
}

/** The bench may lie in any folder of its host, and the app knows only its own addresses. */
const atRoot = (request: Request) => new Request(request.url.replace(/^.*?(?=\/v1\/)/, 'https://bench.example'), request)

async function answerFor(
  lineOf: (shop: string) => ((request: Request) => Line) | undefined,
  answer: (request: Request) => Promise<Response>,
) {
  // A picture is named from the root of the host, as on a server that has it to itself.
  const addresses = ['v1/shops/:shop/*', '/v1/shops/:shop/*'].map((path) => new URL(path, location.href).href)
  const worker = setupWorker(
    ...addresses.map((address) =>
      http.all(address, async ({ request, params }) => {
        const line = lineOf(String(params.shop))?.(request) ?? 'good'
        if (line === 'silent') await new Promise(() => {})
        return line === 'lost' ? HttpResponse.error() : answer(request)
      }),
    ),
  )
  await worker.start({ serviceWorker: { url: new URL('worker.js', location.href).href }, quiet: true, onUnhandledRequest: 'bypass' })
}
