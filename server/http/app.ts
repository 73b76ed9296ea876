// The app: from a request to its route's act and back. Knows Hono, and no platform.
import { type Context, Hono } from 'hono'
import { etag, RETAINED_304_HEADERS } from 'hono/etag'
import { Refusal } from '../contract.ts'
import { createActing } from './acting.ts'
import { answer, headersOf, type Whole } from './answer.ts'
import { answerAside, createGivingUp, createOperating } from './aside.ts'
import { createEntry, missing } from './entry.ts'
import { failed } from './failed.ts'
import { type Host, Misdirected } from './host.ts'
import { createGate } from './limits.ts'
import { crossOrigin, crossOriginNo, preflight, retained } from './origins.ts'
import type { Ask, Route } from './routes/route.ts'
import { routes } from './routes.ts'
import { type Sent, type Short, sentShort, sentTo } from './sent.ts'
import { createSignposts, isShort } from './short.ts'
import type { Owing } from './tab.ts'
import { createTake } from './taking.ts'
import { createVisits, type Visit } from './visit.ts'

export { VERSION } from './aside.ts'
export type { Host, Whole }

/** All of /v1 and /healthz over one host. */
export function createApp(host: Host, table: Route[] = routes) {
  const rooms = createRooms(host)
  const { entry, gate, acting } = rooms
  const take = createTake(host, rooms)
  const web = createWeb(host, table, rooms, take)
  const visits = createVisits(host, gate?.leave)
  const signposts = createSignposts(table.filter(isShort))
  const shortly = async (sent: Sent, { method }: Short, route: Route, visit: Visit): Promise<Whole> => {
    const origin = sent.header('Origin')
    try {
      const { answered, shop } = await take(route, sent, visit)
      return { status: answered.status, body: answered.body, headers: headersOf(answered.status, crossOrigin(shop, origin), route) }
    } catch (error) {
      return failed(host, error, method, visit, crossOriginNo(entry.open(sent.shop)?.shop, origin))
    }
  }
  return {
    fetch: (request: Request, env?: unknown) =>
      visits(
        request.method,
        (name) => request.headers.get(name) ?? undefined,
        env,
        (visit) => web.fetch(request, visit),
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
      return acting.find({ route, shop: entry.open(id)?.shop ?? missing() }, ask)
    },
  }
}

type Rooms = ReturnType<typeof createRooms>

// What a request goes through, each with what it remembers.
function createRooms(host: Host) {
  const copy = host.apart?.copy
  const elsewhere = copy && { books: () => copy.shop()?.books, owe: copy.owe }
  const gate = host.limits ? createGate(host.limits, host.now, elsewhere) : undefined
  return { gate, entry: createEntry(host, gate), acting: createActing(host, gate) }
}

// Hono's app, which takes whatever the web may send.
function createWeb(host: Host, table: Route[], rooms: Rooms, take: ReturnType<typeof createTake>) {
  const { entry } = rooms
  const app = new Hono<{ Bindings: Visit }>()
  // Where a request went before anybody looked whether there is such an address.
  const shopIn = (context: Context) => entry.open(/^\/v1\/shops\/([^/]+)/.exec(context.req.path)?.[1] ?? '')?.shop
  const no = (context: Context<{ Bindings: Visit }>, error: unknown) => {
    const shared = crossOriginNo(shopIn(context), context.req.header('Origin'))
    const { body, ...init } = failed(host, error, context.req.method, context.env, shared)
    return new Response(body, init)
  }
  app.onError((error, context) => no(context, error))
  app.notFound((context) => no(context, nowhere))
  answerAside(app, host, rooms)
  app.options('/v1/shops/:shop/*', (context) => preflight(shopIn(context), context.req.header('Origin')))
  app.use('/v1/shops/:shop/program', etag({ retainedHeaders: [...RETAINED_304_HEADERS, ...retained] }))
  app.put('/v1/shops/:shop', createOperating(host, rooms))
  app.delete('/v1/shops/:shop', createGivingUp(host, rooms))
  // One handler a route and nothing around it: what every request would have to pass is paid for by every request.
  for (const route of table)
    app.on(route.method.toUpperCase(), `/v1/shops/:shop${route.path.replaceAll(/\{(\w+)\}/g, ':$1')}`, async (context) => {
      const { answered, shop } = await take(route, sentTo(context), context.env)
      return answer(answered, crossOrigin(shop, context.req.header('Origin')), route, host.later)
    })
  return app
}

const nowhere = new Refusal('not-found', 'There is no such address, or not for this method.')
