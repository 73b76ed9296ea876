// What an operator asks of the Worker: to have a shop's first object divide its book among several, step by step, or give that up; and
// what has been counted.
import { Divide, Refusal } from '../../contract.ts'
import { headersOf } from '../../http/answer.ts'
import { json } from '../../http/body.ts'
import { createIdentify } from '../../http/identity.ts'
import { openMetrics } from '../../http/metrics.ts'
import { parsed, problem } from '../../http/problems.ts'
import { bookAt, type Env, taken } from './env.ts'
import { gatherMetrics } from './metrics.ts'
import { relearn } from './router.ts'

/** Whose books an address is about, where it is this one. */
export const booksOf = (pathname: string) => /^\/v1\/shops\/([A-Za-z0-9][A-Za-z0-9_-]{0,63})\/books$/.exec(pathname)?.[1]

/** `PUT {"books": 32}` goes on with it for about two seconds and says how far it is; `DELETE` gives it up. */
export const operated = (request: Request, env: Env, shop: string) =>
  admitted(request, env, async () => {
    const first = bookAt(env, shop, 0)
    if (request.method === 'PUT') {
      const { books } = parsed(Divide, await json(request))
      const divided = taken(await first.divide(books))
      if (divided.done) relearn(env, shop)
      return new Response(JSON.stringify(divided), { headers: headersOf(200, {}) })
    }
    if (request.method !== 'DELETE') throw new Refusal('not-found', 'There is no such address, or not for this method.')
    taken(await first.giveUp())
    return new Response(JSON.stringify({ books: await first.shape() }), { headers: headersOf(200, {}) })
  })

/** What has been counted, of all shops or of those that the query names: `?shop=jej`. */
export const scraped = (request: Request, env: Env) =>
  admitted(request, env, async () => {
    const asked = new URL(request.url).searchParams.getAll('shop').filter((shop) => /^[A-Za-z0-9_-]{1,64}$/.test(shop))
    const text = await gatherMetrics(env, asked)
    return new Response(text, { headers: { 'Content-Type': openMetrics, 'Cache-Control': 'no-store' } })
  })

// Lets the operator in, and nobody else.
async function admitted({ headers }: Request, { MUSE_OPERATOR_KEY }: Env, act: () => Promise<Response>): Promise<Response> {
  try {
    const authorization = headers.get('Authorization') ?? undefined
    await createIdentify(MUSE_OPERATOR_KEY)('operator', authorization, { shop: undefined, now: Date.now() })
    return await act()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { status, body } = problem(error)
    return new Response(body, { status, headers: headersOf(status, {}) })
  }
}
