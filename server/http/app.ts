// The app: from a request to its route's act and back. Knows Hono, and no platform.
import { type Context, Hono } from 'hono'
import { cors } from 'hono/cors'
import { etag, RETAINED_304_HEADERS } from 'hono/etag'
import * as z from 'zod'
import { type Answer, once } from '../acts/answers.ts'
import { type Commit, createCommit, createReading } from '../acts/commit.ts'
import { putShop, readShop, type Shop, type ShopBook } from '../acts/shop.ts'
import { Books, closed, Id, Origins, Refusal } from '../contract.ts'
import type { Sql } from '../ledger/sql.ts'
import { Program } from '../rules/program.ts'
import { answer } from './answer.ts'
import { json } from './body.ts'
import { createIdentify, newKeys } from './identity.ts'
import { createGate, type Limits } from './limits.ts'
import { openMetrics } from './metrics.ts'
import { openapi } from './openapi.ts'
import { crossOrigin, preflight, retained } from './origins.ts'
import { type Place, placesOf } from './places.ts'
import { crash, parsed, problem, refusedIn } from './problems.ts'
import { type Ask, type Route, routes } from './routes.ts'
import { countedCommit, type Visit, visited, type Watch } from './visit.ts'

/** What a platform gives the app. */
export interface Host {
  /** The first book of a shop, or undefined when there is no shop of that name. */
  first(shop: string): Sql | undefined
  /** A book of a shop by its number, made when it is not there yet. */
  book(shop: string, book: number): Sql
  /** In how many books a shop may keep its members here. */
  books: readonly number[]
  now(): number
  dice(length: number): Uint8Array
  /** Runs a function once everything that has arrived by now has been queued. */
  later(run: () => void): void
  operatorKey: string
  /** Told of every bug. */
  report(error: unknown, about: { method: string; route: string }): void
  /** How much may be asked; everything when absent. */
  limits?: Limits | null | undefined
  /** Where a request came from, as a name to count by, as far as the platform can tell. */
  address?: ((request: Request, env: unknown) => string | undefined) | undefined
  /** What counts and logs requests. */
  watch?: Watch
}

/** The version of the API's document and of the package. */
export const VERSION = '0.1.0'

const SHOP_ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/
const ShopId = z.string().regex(SHOP_ID, 'is not 1 to 64 letters, digits, "-" and "_"')
const ShopBody = closed({ program: Program, origins: Origins, books: Books.optional() })
const IdempotencyKey = z.string().regex(/^[\x21-\x7e]{1,255}$/, 'is not 1 to 255 visible ASCII characters')

/** What is asked of one book, in groups. */
interface Queues {
  commit: Commit
  reading: Commit
}

/** All of /v1 and /healthz over one host. */
export function createApp(host: Host) {
  const app = new Hono<{ Bindings: Visit }>()
  const shops = new WeakMap<Sql, Shop>()
  const known = new WeakMap<Sql, Queues>()
  const identify = createIdentify(host.operatorKey)
  const gate = host.limits ? createGate(host.limits, host.now) : undefined

  const open = (id: string): { sql: Sql; shop: Shop } | undefined => {
    const sql = SHOP_ID.test(id) ? host.first(id) : undefined
    const shop = sql && (shops.get(sql) ?? readShop(sql))
    if (!sql || !shop) return undefined
    shops.set(sql, shop)
    return { sql, shop }
  }
  const queuesOf = (sql: Sql): Queues => {
    const queues = known.get(sql) ?? {
      commit: countedCommit((later) => createCommit(sql, later), host.later, host.watch?.metrics),
      reading: createReading(sql, host.later),
    }
    known.set(sql, queues)
    return queues
  }
  const enter = (visit: Visit, path: string, shop: Shop | undefined) => {
    visit.route = `/v1/shops/{shop}${path}`
    visit.shop = shop?.id
    gate?.enter(visit)
  }
  // Where a request went before anybody looked whether there is such an address.
  const shopIn = (context: Context) => open(/^\/v1\/shops\/([^/]+)/.exec(context.req.path)?.[1] ?? '')?.shop
  const no = (context: Context, answered: Answer) => answer(answered, crossOrigin(shopIn(context), context.req.header('Origin')))

  const refuse = (context: Context<{ Bindings: Visit }>, refusal: Refusal) => {
    context.env.code = refusal.code
    const response = no(context, problem(refusal))
    if ('retryAfter' in refusal.more) response.headers.set('Retry-After', String(refusal.more.retryAfter))
    return response
  }

  // What one book answers: a read at once, a write with the group it arrives in.
  const answerAt = ({ route, shop, key, visit }: Asked, { book: number, ask }: Place): Promise<Answer> => {
    const sql = host.book(shop.id, number)
    const book = { ...bookOf(host, sql), shop }
    const run = (book: ShopBook) => (key === undefined ? act(route, book, ask) : keyed(route, book, ask, key))
    const judged = gate && route.path.includes('{code}') ? (book: ShopBook) => gate.guess(visit, guesser(ask), () => run(book)) : run
    const queues = queuesOf(sql)
    return route.method === 'get' ? read(book, queues, judged) : queues.commit(() => judged(book))
  }

  app.onError((error, context) => {
    if (error instanceof Refusal) return refuse(context, error)
    host.report(error, { method: context.req.method, route: context.env.route })
    return no(context, { status: 500, body: crash })
  })
  app.notFound((context) => refuse(context, new Refusal('not-found', 'There is no such address, or not for this method.')))
  answerAside(app, host, identify)
  app.options('/v1/shops/:shop/*', (context) => preflight(shopIn(context), context.req.header('Origin')))
  app.use('/v1/shops/:shop/program', etag({ retainedHeaders: [...RETAINED_304_HEADERS, ...retained] }))

  app.put('/v1/shops/:shop', async (context) => {
    const id = parsed(ShopId, context.req.param('shop'), ['shop'])
    const shop = open(id)?.shop
    enter(context.env, '', shop)
    await identify('operator', context.req.header('Authorization'), { shop, now: host.now() })
    gate?.recognise(context.env, undefined)
    const body = parsed(ShopBody, await json(context.req.raw))
    if (body.books !== undefined && !host.books.includes(body.books))
      throw new Refusal('invalid-request', `Here a shop has ${host.books.join(', ')} books.`, { path: ['books'] })
    const keys = await newKeys(host.dice)
    const sql = host.book(id, 0)
    const put = await queuesOf(sql).commit(() => putShop(bookOf(host, sql), id, body, keys))
    shops.delete(sql)
    return answer({ status: put.keys ? 201 : 200, body: JSON.stringify(put) }, crossOrigin(shop, context.req.header('Origin')))
  })

  // One handler a route and nothing around it: what every request would have to pass is paid for by every request.
  for (const route of routes)
    app.on(route.method.toUpperCase(), `/v1/shops/:shop${route.path.replaceAll(/\{(\w+)\}/g, ':$1')}`, async (context) => {
      const found = open(context.req.param('shop') ?? '')
      enter(context.env, route.path, found?.shop)
      const { sql, shop } = found ?? missing()
      const recognised = identify(route.who, context.req.header('Authorization'), { shop, now: host.now() })
      const asker = recognised instanceof Promise ? await recognised : recognised
      if (asker.who !== 'public') gate?.recognise(context.env, asker.member?.id)
      const key = route.keyed ? idempotencyKey(context) : undefined
      const body = route.body ? parsed(route.body, await json(context.req.raw)) : undefined
      const query = route.query ? context.req.query() : {}
      const ask = { path: names(context, route), query, body, signed: asker.member ?? { id: '' } }
      const asked = { route, shop: shops.get(sql) ?? shop, key, visit: context.env }
      const places = placesOf(route, ask, asked.shop.books)
      const answered =
        places.length === 1
          ? await answerAt(asked, places[0] as Place)
          : join(route, await Promise.all(places.map((place) => answerAt(asked, place))))
      if (answered.status >= 400) context.env.code = refusedIn(answered.body)
      return answer(answered, crossOrigin(shop, context.req.header('Origin')), route)
    })

  return { fetch: visited(app.fetch, host) }
}

// What concerns no shop.
function answerAside(app: Hono<{ Bindings: Visit }>, host: Host, identify: ReturnType<typeof createIdentify>): void {
  const metrics = host.watch?.metrics
  const document = openapi(routes, VERSION)
  app.get('/healthz', ({ env }) => {
    env.route = '/healthz'
    return answer({ status: 200, body: '{"ok":true}' })
  })
  app.get('/v1/openapi.json', cors(), () => answer({ status: 200, body: document }))
  app.get('/metrics', async (context) => {
    context.env.route = '/metrics'
    await identify('operator', context.req.header('Authorization'), { shop: undefined, now: host.now() })
    if (!metrics) throw new Refusal('not-found', 'Nothing is counted here.')
    return new Response(metrics.text(), { headers: { 'Content-Type': openMetrics, 'Cache-Control': 'no-store' } })
  })
}

interface Asked {
  route: Route
  shop: Shop
  key: string | undefined
  visit: Visit
}

// One answer of several books': a refusal is the whole's.
function join(route: Route, answers: Answer[]): Answer {
  const refused = answers.find(({ status }) => status >= 400)
  if (refused) return refused
  const status = route.status ?? 200
  if (route.lines) return { status, body: '', lines: answers.flatMap(({ lines = [] }) => lines) }
  return { status, body: route.gather?.join?.(answers.map(({ body }) => body)) ?? '' }
}

function missing(): never {
  throw new Refusal('not-found', 'There is no such shop.')
}

const bookOf = (host: Host, sql: Sql) => ({ all: sql.all, transaction: sql.transaction, now: host.now(), dice: host.dice })

// Whose wrong codes these would be: the member's, or the customer's whom the shop's server names.
function guesser({ signed, body }: Ask): string | undefined {
  return signed.id || (body as { member?: string } | undefined)?.member
}

// A read takes no lock and waits for no disk. Where it finds somebody new, or that time has something to do, it becomes a write.
async function read(book: ShopBook, { reading, commit }: Queues, run: (book: ShopBook) => Answer): Promise<Answer> {
  try {
    return await reading(() => run({ ...book, transaction: mustWrite }))
  } catch (error) {
    if (error === writes) return await commit(() => run(book))
    throw error
  }
}

const writes = new Error('this read has something to write')
function mustWrite(): never {
  throw writes
}

function act(route: Route, book: ShopBook, ask: Ask): Answer {
  const result = route.act(book, ask)
  if (route.lines) return { status: route.status ?? 200, body: '', lines: result as string[] }
  return { status: route.status ?? 200, body: typeof result === 'string' ? result : JSON.stringify(result) }
}

function keyed(route: Route, book: ShopBook, ask: Ask, key: string): Answer {
  const request = JSON.stringify([route.path, ask.path, ask.body])
  const asker = route.who === 'member' ? `member ${ask.signed.id}` : 'shop'
  return once(book, { asker, key, request }, () => act(route, book, ask), problem)
}

function idempotencyKey(context: Context): string {
  const key = context.req.header('Idempotency-Key')
  if (!key) throw new Refusal('idempotency-key-missing', 'A request that moves points needs an Idempotency-Key header.')
  return parsed(IdempotencyKey, key, ['Idempotency-Key'])
}

// The names in the path as their schemas want them; the shop's own has been judged already.
function names(context: Context, route: Route): Record<string, string> {
  if (!route.path.includes('{')) return {}
  const { shop: _shop, ...rest } = context.req.param() as Record<string, string>
  return Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, parsed(Id, value, [name])]))
}
