// What an operator asks of a shop's first object: to divide its book among several, step by step, or to give that up.
import { Divide, Refusal } from '../../contract.ts'
import { headersOf } from '../../http/answer.ts'
import { json } from '../../http/body.ts'
import { createIdentify } from '../../http/identity.ts'
import { parsed, problem } from '../../http/problems.ts'
import { bookAt, type Env, taken } from './env.ts'
import { relearn } from './router.ts'

/** Whose books an address is about, where it is this one. */
export const booksOf = (pathname: string) => /^\/v1\/shops\/([A-Za-z0-9][A-Za-z0-9_-]{0,63})\/books$/.exec(pathname)?.[1]

/** `PUT {"books": 32}` goes on with it for about two seconds and says how far it is; `DELETE` gives it up. */
export async function operated(request: Request, env: Env, shop: string): Promise<Response> {
  try {
    await createIdentify(env.MUSE_OPERATOR_KEY)('operator', request.headers.get('Authorization') ?? undefined, {
      shop: undefined,
      now: Date.now(),
    })
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
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { status, body } = problem(error)
    return new Response(body, { status, headers: headersOf(status, {}) })
  }
}
