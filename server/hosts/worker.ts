// The distributed host: a stateless Worker that finds a request's books, and one SQLite Durable Object a book.
import { getPath } from 'hono/utils/url'
import { Refusal } from '../contract.ts'
import { answer } from '../http/answer.ts'
import { createApp } from '../http/app.ts'
import { crash, problem } from '../http/problems.ts'
import { nobodys, STEPS } from '../http/short.ts'
import { heard } from '../http/unread.ts'
import { ended, type Passing, report, tellSoon, watchOf } from './worker/ended.ts'
import { dice, type Env } from './worker/env.ts'
import { isWidget, widgetFile } from './worker/files.ts'
import { booksOf, operated, scraped } from './worker/operator.ts'
import { reached, routed } from './worker/router.ts'

export { Book } from './worker/book.ts'
export { Shops } from './worker/shops.ts'
export type { Env }

/** What the platform gives beside a request: a way to go on after its answer. */
interface Context {
  waitUntil(work: Promise<unknown>): void
}

export default {
  /** Sends what concerns a shop to its books, and serves the widget's files. */
  async fetch(request: Request, env: Env, context: Context): Promise<Response> {
    const passing = { request, env, route: 'none', begun: performance.now() }
    const response = await answered(passing).catch((error) => {
      report(error, { method: request.method, route: passing.route })
      return ended(passing, answer({ status: 500, body: crash }))
    })
    const told = tellSoon(env)
    if (told) context.waitUntil(told)
    return heard(request, response)
  },
}

async function answered(passing: Passing): Promise<Response> {
  const { request, env } = passing
  if (URL.parse(request.url) === null) return ended(passing, answer(problem(nowhere)))
  // As the app reads it, there and here.
  const path = getPath(request)
  const file = isWidget(path) ? await widgetFile(request, env) : undefined
  if (file) return file
  const divided = booksOf(path)
  if (divided) return operator(passing, '/v1/shops/{shop}/books', () => operated(request, env, divided))
  const shop = /^\/v1\/shops\/([A-Za-z0-9_-]{1,64})(?:\/|$)/.exec(path)?.[1]
  if (shop && !STEPS.test(request.url)) return routed(passing, path, shop)
  const isScrape = path === '/metrics' && (request.method === 'GET' || request.method === 'HEAD')
  if (isScrape) return operator(passing, '/metrics', () => scraped(request, env))
  const aside = asides.get(env.BOOKS) ?? shopless(env)
  asides.set(env.BOOKS, aside)
  return aside.fetch(STEPS.test(request.url) ? nobodys(request) : request)
}

// What an operator asks of the Worker itself.
async function operator(passing: Passing, route: string, ask: () => Promise<Response>): Promise<Response> {
  const passed = { ...passing, route }
  return reached(
    () => passed,
    async () => ended(passed, await ask()),
  )
}

// With a host that is none, such as `a b`, it is no address at all.
const nowhere = new Refusal('invalid-request', 'The address is not understood.')

// By the objects that the platform binds, which are the same as long as the Worker runs.
const asides = new WeakMap<Env['BOOKS'], ReturnType<typeof createApp>>()

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
    report,
    watch: watchOf(env),
  }
  return createApp(host)
}
