// What is beside the routes: the operator's PUT of a shop itself, and what concerns no shop.
import type { Context, Hono } from 'hono'
import { cors } from 'hono/cors'
import * as z from 'zod'
import { giveUp, opening } from '../acts/import.ts'
import { putShop } from '../acts/shop.ts'
import { Books, closed, KeyChange, Origins, Refusal } from '../contract.ts'
import { Document, Program } from '../rules/program.ts'
import { bookOf, type createActing } from './acting.ts'
import { answer } from './answer.ts'
import { json } from './body.ts'
import { type Entry, missing, SHOP_ID } from './entry.ts'
import type { Host } from './host.ts'
import { newKeys } from './identity.ts'
import type { Gate } from './limits.ts'
import { openMetrics } from './metrics.ts'
import { openapi } from './openapi.ts'
import { crossOrigin } from './origins.ts'
import { parsed } from './problems.ts'
import { routes } from './routes.ts'
import type { Visit } from './visit.ts'

/** The version of the API's document and of the package. */
export const VERSION = '0.1.0'

const ShopId = z.string().regex(SHOP_ID, 'is not 1 to 64 letters, digits, "-" and "_"')
const besides = { origins: Origins, books: Books.optional(), import: z.literal(true).optional(), keys: KeyChange.optional() }
const ShopBody = closed({ program: Program, ...besides })
/** Of a shop that is opened for an import, which brings its programs along: they were judged when they were new, perhaps by less. */
const OpenedBody = closed({ program: Document, ...besides })

interface Rooms {
  entry: Entry
  gate: Gate | undefined
  acting: ReturnType<typeof createActing>
}

/** The operator makes a shop, or gives it another program and other origins. */
export function createOperating(host: Host, { entry, gate, acting }: Rooms) {
  return async (context: Context<{ Bindings: Visit }>): Promise<Response> => {
    const id = parsed(ShopId, context.req.param('shop'), ['shop'])
    const shop = entry.open(id)?.shop
    entry.enter(context.env, '', shop)
    await entry.operator(context.req.header('Authorization'), shop)
    gate?.recognise(context.env, undefined)
    const sent = await json(context.req.raw)
    const body = parsed((sent as { import?: unknown } | null)?.import === true ? OpenedBody : ShopBody, sent)
    if (body.books !== undefined && !host.books.includes(body.books))
      throw new Refusal('invalid-request', `Here a shop has ${host.books.join(', ')} books.`, { path: ['books'] })
    const keys = await newKeys(host.dice)
    const sql = host.book(id, 0)
    const asked = { ...body, ...(body.import && { importing: opening() }) }
    const put = await acting.commitTo(sql)(() => putShop(bookOf(host, sql), id, asked, keys))
    entry.forget(sql)
    return answer({ status: put.version < 2 ? 201 : 200, body: JSON.stringify(put) }, crossOrigin(shop, context.req.header('Origin')))
  }
}

/** The operator gives up an import that has not ended. Sent again, it goes on where it was broken off. */
export function createGivingUp(host: Host, { entry, gate, acting }: Rooms) {
  return async (context: Context<{ Bindings: Visit }>): Promise<Response> => {
    const id = parsed(ShopId, context.req.param('shop'), ['shop'])
    const found = entry.open(id)
    entry.enter(context.env, '', found?.shop)
    await entry.operator(context.req.header('Authorization'), found?.shop)
    gate?.recognise(context.env, undefined)
    const { sql, shop } = found ?? missing()
    await acting.commitTo(sql)(() => giveUp(bookOf(host, sql)))
    await host.remove?.(id, acting.idle)
    entry.forget(sql)
    const body = JSON.stringify({ shop: id, givenUp: true })
    return answer({ status: 200, body }, crossOrigin(shop, context.req.header('Origin')))
  }
}

/** What concerns no shop: whether the server is there, what it understands, and what it has counted. */
export function answerAside(app: Hono<{ Bindings: Visit }>, host: Host, { entry, gate }: Rooms): void {
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
    const visit = context.env
    visit.route = '/metrics'
    // Nowhere may an operator's key be guessed at for nothing.
    gate?.enter(visit)
    await entry.operator(context.req.header('Authorization'))
    gate?.recognise(visit, undefined)
    if (!metrics) throw new Refusal('not-found', 'Nothing is counted here.')
    return new Response(metrics.text(), { headers: { 'Content-Type': openMetrics, 'Cache-Control': 'no-store' } })
  })
}
