// The app: from a request to its route's act and back. Knows Hono, and no platform.
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { cors } from 'hono/cors'
import { etag, RETAINED_304_HEADERS } from 'hono/etag'
import * as z from 'zod'
import { type Answer, once } from '../acts/answers.ts'
import { type Commit, createCommit } from '../acts/commit.ts'
import { putShop, readShop, type Shop, type ShopBook } from '../acts/shop.ts'
import { closed, Id, Origins, Refusal } from '../contract.ts'
import type { Sql } from '../ledger/sql.ts'
import { Program } from '../rules/program.ts'
import { identify, newKeys } from './identity.ts'
import { openapi } from './openapi.ts'
import { crash, parsed, problem } from './problems.ts'
import { type Ask, type Route, routes } from './routes.ts'

/** What a platform gives the app. */
export interface Host {
  /** The book of a shop, or undefined when there is none of that name. */
  book(shop: string): Sql | undefined
  /** The book of a shop, made when there is none. */
  create(shop: string): Sql
  now(): number
  dice(length: number): Uint8Array
  /** Runs a function once everything that has arrived by now has been queued. */
  later(run: () => void): void
  operatorKey: string
  /** Told of every bug. */
  report(error: unknown, about: { method: string; route: string }): void
}

/** The version of the API's document and of the package. */
export const VERSION = '0.1.0'

const BODY_MAX = 1024 * 1024
const ShopId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'is not 1 to 64 letters, digits, "-" and "_"')
const ShopBody = closed({ program: Program, origins: Origins })
const IdempotencyKey = z.string().regex(/^[\x21-\x7e]{1,255}$/, 'is not 1 to 255 visible ASCII characters')

/** All of /v1 and /healthz over one host. */
export function createApp(host: Host): Hono {
  const app = new Hono()
  const shops = new WeakMap<Sql, Shop>()
  const commits = new WeakMap<Sql, Commit>()
  const document = openapi(routes, VERSION)

  const open = (id: string): { sql: Sql; shop: Shop } | undefined => {
    const sql = ShopId.safeParse(id).success ? host.book(id) : undefined
    const shop = sql && (shops.get(sql) ?? readShop(sql))
    if (!sql || !shop) return undefined
    shops.set(sql, shop)
    return { sql, shop }
  }
  const commitTo = (sql: Sql): Commit => {
    const commit = commits.get(sql) ?? createCommit(sql, host.later)
    commits.set(sql, commit)
    return commit
  }

  app.onError((error, context) => {
    if (error instanceof Refusal) return answer(problem(error))
    host.report(error, { method: context.req.method, route: context.req.routePath })
    return answer({ status: 500, body: crash })
  })
  app.notFound(() => answer(problem(new Refusal('not-found', 'There is no such address, or not for this method.'))))
  app.get('/healthz', () => answer({ status: 200, body: '{"ok":true}' }))
  app.get('/v1/openapi.json', cors(), () => answer({ status: 200, body: document }))
  app.use(
    '/v1/shops/:shop/*',
    cors({
      origin: (origin, context) => (open(context.req.param('shop') ?? '')?.shop.origins.includes(origin) ? origin : null),
      allowMethods: ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'],
      allowHeaders: ['Authorization', 'Content-Type', 'Idempotency-Key', 'If-None-Match'],
      exposeHeaders: ['ETag', 'Retry-After'],
      maxAge: 7200,
    }),
  )
  app.use('/v1/*', bodyLimit({ maxSize: BODY_MAX, onError: () => answer(problem(new Refusal('too-large', 'A body is 1 MiB at most.'))) }))
  app.use(
    '/v1/shops/:shop/program',
    etag({ retainedHeaders: [...RETAINED_304_HEADERS, 'access-control-allow-origin', 'access-control-expose-headers'] }),
  )

  app.put('/v1/shops/:shop', async (context) => {
    const id = parsed(ShopId, context.req.param('shop'), ['shop'])
    await identify('operator', context.req.header('Authorization'), {
      shop: open(id)?.shop,
      operatorKey: host.operatorKey,
      now: host.now(),
    })
    const body = parsed(ShopBody, await json(context))
    const keys = await newKeys(host.dice)
    const sql = host.create(id)
    const put = putShop(bookOf(host, sql), id, body, keys)
    shops.delete(sql)
    return answer({ status: put.keys ? 201 : 200, body: JSON.stringify(put) })
  })

  for (const route of routes)
    app.on(route.method.toUpperCase(), `/v1/shops/:shop${route.path.replaceAll(/\{(\w+)\}/g, ':$1')}`, async (context) => {
      const { sql, shop } = open(context.req.param('shop') ?? '') ?? missing()
      const authorization = context.req.header('Authorization')
      const asker = await identify(route.who, authorization, { shop, operatorKey: host.operatorKey, now: host.now() })
      const key = route.keyed ? idempotencyKey(context) : undefined
      const body = route.body ? parsed(route.body, await json(context)) : undefined
      const ask = { path: names(context), query: context.req.query(), body, signed: asker.member ?? { id: '' } }
      const book = { ...bookOf(host, sql), shop: shops.get(sql) ?? shop }
      const run = () => (key === undefined ? act(route, book, ask) : keyed(route, book, ask, key))
      return answer(route.method === 'get' ? book.transaction(run) : await commitTo(sql)(run), route)
    })

  return app
}

function missing(): never {
  throw new Refusal('not-found', 'There is no such shop.')
}

const bookOf = (host: Host, sql: Sql) => ({ all: sql.all, transaction: sql.transaction, now: host.now(), dice: host.dice })

function act(route: Route, book: ShopBook, ask: Ask): Answer {
  const result = route.act(book, ask)
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
function names(context: Context): Record<string, string> {
  const { shop: _shop, ...rest } = context.req.param() as Record<string, string>
  return Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, parsed(Id, value, [name])]))
}

async function json(context: Context): Promise<unknown> {
  const text = await context.req.text().catch(() => {
    throw new Refusal('invalid-request', 'The body did not arrive whole.')
  })
  try {
    return text === '' ? {} : JSON.parse(text)
  } catch {
    throw new Refusal('invalid-request', 'The body is not JSON.')
  }
}

function answer({ status, body }: Answer, route?: Route): Response {
  const kind = status >= 400 ? 'application/problem+json' : route?.lines ? 'application/x-ndjson' : 'application/json'
  const cache = route?.who === 'public' && route.method === 'get' ? 'public, max-age=60' : 'no-store'
  const headers: Record<string, string> = { 'Content-Type': kind, 'Cache-Control': cache, 'X-Content-Type-Options': 'nosniff' }
  if (status === 401) headers['WWW-Authenticate'] = 'Bearer'
  if (status === 429 || status === 503) headers['Retry-After'] = '1'
  return new Response(body, { status, headers })
}
