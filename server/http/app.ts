// The app: from a request to its route's act and back. Knows Hono, and no platform.
import { type Context, Hono } from 'hono'
import { cors } from 'hono/cors'
import { etag, RETAINED_304_HEADERS } from 'hono/etag'
import * as z from 'zod'
import type { Answer } from '../acts/answers.ts'
import { opening } from '../acts/import.ts'
import { putShop, readShop, type Shop } from '../acts/shop.ts'
import { Books, closed, Id, Origins, Refusal } from '../contract.ts'
import { DiskTrouble, type Sql } from '../ledger/sql.ts'
import { instant } from '../rules/calendar.ts'
import { Program } from '../rules/program.ts'
import { bookOf, createActing } from './acting.ts'
import { answer, headersOf } from './answer.ts'
import { json } from './body.ts'
import { type Host, Misdirected } from './host.ts'
import { createIdentify, newKeys } from './identity.ts'
import { createGate } from './limits.ts'
import { openMetrics } from './metrics.ts'
import { openapi } from './openapi.ts'
import { crossOrigin, crossOriginNo, preflight, retained } from './origins.ts'
import { crash, parsed, problem, refusedIn } from './problems.ts'
import type { Ask, Route } from './routes/route.ts'
import { routes } from './routes.ts'
import { type Sent, type Short, sentShort, sentTo } from './sent.ts'
import { createSignposts } from './short.ts'
import type { Owing } from './tab.ts'
import { createUploads } from './upload.ts'
import { createVisits, type Visit } from './visit.ts'

export type { Host }

/** An answer as it stands on the wire. */
export interface Whole {
  status: number
  body: string | null
  headers: Record<string, string>
}

/** The version of the API's document and of the package. */
export const VERSION = '0.1.0'

const SHOP_ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/
const ShopId = z.string().regex(SHOP_ID, 'is not 1 to 64 letters, digits, "-" and "_"')
const ShopBody = closed({ program: Program, origins: Origins, books: Books.optional(), import: z.literal(true).optional() })
const atADisk = 'The books cannot be written at the moment. It is safe to send this again with the same Idempotency-Key.'
const IdempotencyKey = z.string().regex(/^[\x21-\x7e]{1,255}$/, 'is not 1 to 255 visible ASCII characters')

/** All of /v1 and /healthz over one host. */
export function createApp(host: Host, table: Route[] = routes) {
  const app = new Hono<{ Bindings: Visit }>()
  const shops = new WeakMap<Sql, Shop>()
  const identify = createIdentify(host.operatorKey)
  const copy = host.apart?.copy
  const elsewhere = copy && { books: () => copy.shop()?.books, owe: copy.owe }
  const gate = host.limits ? createGate(host.limits, host.now, elsewhere) : undefined
  const acting = createActing(host, gate)
  const uploads = createUploads()

  const open = (id: string): { sql: Sql; shop: Shop } | undefined => {
    const sql = SHOP_ID.test(id) ? host.first(id) : undefined
    const shop = sql && (copy ? copy.shop() : (shops.get(sql) ?? readShop(sql)))
    if (!sql || !shop) return undefined
    shops.set(sql, shop)
    return { sql, shop }
  }
  const enter = (visit: Visit, path: string, shop: Shop | undefined) => {
    visit.route = `/v1/shops/{shop}${path}`
    visit.shop = shop?.id
    gate?.enter(visit)
  }
  // A copy may not know somebody yet whom the shop knows.
  const recognise = (who: Route['who'], authorization: string | undefined, shop: Shop) => {
    const recognised = identify(who, authorization, { shop, now: host.now() })
    if (!copy || !(recognised instanceof Promise)) return recognised
    return recognised.catch(async (error) => {
      if (!(await copy.renew())) throw error
      return identify(who, authorization, { shop: copy.shop(), now: host.now() })
    })
  }
  const photo = (request: Request) =>
    uploads(request, async ({ photo, caption }) => {
      if (!host.picture) throw new Refusal('not-found', 'No photos are taken here.')
      const { digest, ...picture } = await host.picture(photo)
      return { body: { digest, caption }, picture }
    })
  // Where a request went before anybody looked whether there is such an address.
  const shopIn = (context: Context) => open(/^\/v1\/shops\/([^/]+)/.exec(context.req.path)?.[1] ?? '')?.shop
  const refused = (visit: Visit, refusal: Refusal, shared: Record<string, string>) => {
    const { status, body } = problem(refusal)
    const { retryAfter } = refusal.more
    visit.code = refusal.code
    return {
      status,
      body,
      headers: { ...headersOf(status, shared), ...(retryAfter === undefined ? {} : { 'Retry-After': `${retryAfter}` }) },
    }
  }
  // The answer to what an act threw, or what stands before it.
  const failed = (error: unknown, method: string, visit: Visit, shared: Record<string, string>): Whole => {
    if (error instanceof Refusal) return refused(visit, error, shared)
    host.report(error, { method, route: visit.route })
    if (error instanceof Misdirected) return { status: 421, body: null, headers: {} }
    if (error instanceof DiskTrouble) return refused(visit, new Refusal('storefront-unavailable', atADisk, { retryAfter: 1 }), shared)
    return { status: 500, body: crash, headers: headersOf(500, shared) }
  }
  const nowhere = new Refusal('not-found', 'There is no such address, or not for this method.')
  const no = (context: Context<{ Bindings: Visit }>, error: unknown) => {
    const { body, ...init } = failed(error, context.req.method, context.env, crossOriginNo(shopIn(context), context.req.header('Origin')))
    return new Response(body, init)
  }
  app.onError((error, context) => no(context, error))
  app.notFound((context) => no(context, nowhere))
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
    const asked = { ...body, ...(body.import && { importing: opening() }) }
    const put = await acting.commitTo(sql)(() => putShop(bookOf(host, sql), id, asked, keys))
    shops.delete(sql)
    return answer({ status: put.keys ? 201 : 200, body: JSON.stringify(put) }, crossOrigin(shop, context.req.header('Origin')))
  })

  const take = async (route: Route, sent: Sent, visit: Visit): Promise<{ answered: Answer; shop: Shop }> => {
    const found = open(sent.shop)
    enter(visit, route.path, found?.shop)
    const { shop } = found ?? missing()
    const recognised = recognise(route.who, sent.header('Authorization'), shop)
    const asker = recognised instanceof Promise ? await recognised : recognised
    if (asker.who !== 'public') gate?.recognise(visit, asker.payer)
    if (shop.importing && !route.imports) throw new Refusal('storefront-unavailable', 'An import is under way.', { retryAfter: 60 })
    const key = route.keyed ? idempotencyKey(sent) : undefined
    const { body: given, picture } =
      sent.form && route.upload ? await photo(sent.form) : { body: route.body && (await sent.json(route.bodyMax)) }
    const body = route.body ? parsed(route.body, given) : undefined
    const ask = {
      path: names(route, sent),
      query: route.query ? sent.query() : {},
      body,
      signed: asker.member ?? { id: '' },
      ...(route.many && { many: several(sent, route.many) }),
      ...(picture && { picture }),
    }
    const placedAt = copy && (body as { placedAt?: string } | undefined)?.placedAt
    if (placedAt) await copy.reach(instant(placedAt))
    const asked = { route, shop: open(shop.id)?.shop ?? shop, key, visit }
    const answered = await (visit.part && 'look' in visit.part ? acting.look : acting.answer)(asked, ask)
    if (answered.status >= 400) visit.code = refusedIn(answered.body)
    // An import changes all there is to know of its shop.
    if (route.imports && found) shops.delete(found.sql)
    return { answered, shop }
  }

  // One handler a route and nothing around it: what every request would have to pass is paid for by every request.
  for (const route of table)
    app.on(route.method.toUpperCase(), `/v1/shops/:shop${route.path.replaceAll(/\{(\w+)\}/g, ':$1')}`, async (context) => {
      const { answered, shop } = await take(route, sentTo(context), context.env)
      return answer(answered, crossOrigin(shop, context.req.header('Origin')), route)
    })

  const visits = createVisits(host, gate?.leave)
  const signposts = createSignposts(table)
  const shortly = async (sent: Sent, { method }: Short, route: Route, visit: Visit): Promise<Whole> => {
    const origin = sent.header('Origin')
    try {
      const { answered, shop } = await take(route, sent, visit)
      return { status: answered.status, body: answered.body, headers: headersOf(answered.status, crossOrigin(shop, origin), route) }
    } catch (error) {
      return failed(error, method, visit, crossOriginNo(open(sent.shop)?.shop, origin))
    }
  }

  return {
    fetch: (request: Request, env?: unknown) =>
      visits(
        request.method,
        (name) => request.headers.get(name) ?? undefined,
        env,
        (visit) => app.fetch(request, visit),
      ),
    /** The same answer by the short way; undefined where `fetch` has to be asked. */
    short(asked: Short, env?: unknown): Promise<Whole> | undefined {
      const found = signposts(asked.method, asked.path)
      if (!found) return undefined
      return visits(asked.method, asked.header, env, (visit) => shortly(sentShort(asked, found.names), asked, found.route, visit))
    },
    /** In a first book: takes from its budgets what another one let pass for it. Gives how many milliseconds each must wait now. */
    owe: (owing: Owing[]): number[] => gate?.owe(owing) ?? owing.map(() => 0),
    /** What a route's `first` finds for a book apart, of which this is the first. Throws its refusal. */
    find(id: string, method: string, path: string, ask: Ask): Promise<unknown> {
      const route = table.find((route) => route.method === method && route.path === path)
      if (!route) throw new Misdirected(`There is no ${method} ${path}.`)
      return acting.find({ route, shop: open(id)?.shop ?? missing() }, ask)
    },
  }
}

// What concerns no shop.
function answerAside(app: Hono<{ Bindings: Visit }>, host: Host, identify: ReturnType<typeof createIdentify>): void {
  const metrics = host.watch?.metrics
  // Made when it is first asked for: it costs more than all that a new object on the edge has to do.
  let document: string | undefined
  app.get('/healthz', ({ env }) => {
    env.route = '/healthz'
    return answer({ status: 200, body: '{"ok":true}' })
  })
  app.get('/v1/openapi.json', cors(), () => {
    document ??= openapi(routes, VERSION)
    return answer({ status: 200, body: document })
  })
  app.get('/metrics', async (context) => {
    context.env.route = '/metrics'
    await identify('operator', context.req.header('Authorization'), { shop: undefined, now: host.now() })
    if (!metrics) throw new Refusal('not-found', 'Nothing is counted here.')
    return new Response(metrics.text(), { headers: { 'Content-Type': openMetrics, 'Cache-Control': 'no-store' } })
  })
}

function missing(): never {
  throw new Refusal('not-found', 'There is no such shop.')
}

function idempotencyKey({ header }: Sent): string {
  const key = header('Idempotency-Key')
  if (!key) throw new Refusal('idempotency-key-missing', 'A request that moves points needs an Idempotency-Key header.')
  return parsed(IdempotencyKey, key, ['Idempotency-Key'])
}

const several = (sent: Sent, names: string[]) => Object.fromEntries(names.map((name) => [name, sent.queries(name)]))

// The names in the path as their schemas want them; the shop's own has been judged already.
function names(route: Route, sent: Sent): Record<string, string> {
  if (!route.path.includes('{')) return {}
  const { shop: _shop, ...rest } = sent.names()
  return Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, parsed(Id, value, [name])]))
}
