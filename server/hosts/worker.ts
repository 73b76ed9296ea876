// The distributed host: a stateless Worker that finds a request's books, and one SQLite Durable Object a book.
import { Refusal } from '../contract.ts'
import { answer } from '../http/answer.ts'
import { createApp, VERSION } from '../http/app.ts'
import { createMetrics } from '../http/metrics.ts'
import { problem } from '../http/problems.ts'
import { heard } from '../http/unread.ts'
import { dice, type Env } from './worker/env.ts'
import { isWidget, widgetFile } from './worker/files.ts'
import { gatherMetrics } from './worker/metrics.ts'
import { booksOf, operated } from './worker/operator.ts'
import { reached, routed } from './worker/router.ts'

export { Book } from './worker/book.ts'
export { Shops } from './worker/shops.ts'
export type { Env }

export default {
  /** Sends what concerns a shop to its books, and serves the widget's files. */
  async fetch(request: Request, env: Env): Promise<Response> {
    return heard(request, await answered(request, env))
  },
}

async function answered(request: Request, env: Env): Promise<Response> {
  const pathname = URL.parse(request.url)?.pathname
  if (pathname === undefined) return refused(nowhere)
  const file = isWidget(pathname) ? await widgetFile(request, env) : undefined
  if (file) return file
  const divided = booksOf(pathname)
  if (divided) return reached(request, () => operated(request, env, divided))
  const shop = /^\/v1\/shops\/([A-Za-z0-9_-]{1,64})(?:\/|$)/.exec(pathname)?.[1]
  if (shop && !climbs.test(request.url)) return routed(request, env, shop)
  aside ??= shopless(env)
  const response = await aside.fetch(request)
  return pathname === '/metrics' && response.ok ? metrics(request, env, response) : response
}

const refused = (refusal: Refusal) => answer(problem(refusal))

// With a host that is none, such as `a b`, it is no address at all.
const nowhere = new Refusal('invalid-request', 'The address is not understood.')

// The app has judged who asks; what it counted itself is nothing, for it has no books. A shop may be asked about alone: `?shop=jej`.
const metrics = (request: Request, env: Env, { headers }: Response) =>
  reached(request, async () => {
    const asked = new URL(request.url).searchParams.getAll('shop').filter((shop) => /^[A-Za-z0-9_-]{1,64}$/.test(shop))
    return new Response(await gatherMetrics(env, asked), { headers })
  })

// An address with steps up is one shop's as it is written, and another's once it is followed: it is nobody's.
const climbs = /\/(\.|%2e){1,2}(\/|\?|#|$)/i

let aside: ReturnType<typeof createApp> | undefined

// What belongs to no shop: /healthz, the OpenAPI document, and every address there is not.
function shopless(env: Env) {
  const none = (): never => {
    throw new Error('there is no book here')
  }
  const host = {
    first: () => undefined,
    book: none,
    books: [],
    now: Date.now,
    dice,
    later: none,
    operatorKey: env.MUSE_OPERATOR_KEY,
    report: none,
    watch: { tick: Date.now, metrics: createMetrics(0, VERSION) },
  }
  return createApp(host)
}
