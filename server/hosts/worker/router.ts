// Which objects a request goes to. The Worker keeps nothing but what a shop's first object once said: in how many books it keeps its members.
import { type Context, Hono } from 'hono'
import { placesOf } from '../../http/places.ts'
import type { Ask, Route } from '../../http/routes/route.ts'
import { routes } from '../../http/routes.ts'
import { ended, type Passing, report, templateOf, unreachable } from './ended.ts'
import { type BookStub, bookAt, type Env, nameOf } from './env.ts'
import { gather } from './gather.ts'
import { bookFor, briefOf, claimed, plain, responseOf } from './short.ts'

/** How many shops are remembered, and how many objects' ids. */
const KNOWN_MAX = 10_000

interface Known {
  /** By their shops, in how many books they keep their members. */
  books: Map<string, number>
  /** By their names, the ids of objects: the platform hashes a name for each. */
  ids: Map<string, unknown>
}

// By the objects that the platform binds, which are the same as long as the Worker runs.
const known = new WeakMap<Env['BOOKS'], Known>()

/** Answers a request that concerns a shop, from the object or the objects of the books that it concerns. What they do not count is counted here. */
export async function routed(passing: Passing, path: string, shop: string): Promise<Response> {
  const { request, env } = passing
  const isKnown = () => known.get(env.BOOKS)?.books.has(shop) === true
  const here = () => ({ ...passing, route: templateOf(request.method, path), ...(isKnown() && { shop }) })
  return reached(here, async () => {
    const response = await answered(request, env, shop)
    // Whoever gives an import up may have another one of another number of books.
    if (request.method === 'DELETE' && response.ok && isShop(request)) {
      relearn(env, shop)
      return response
    }
    if (response.status === 421) {
      // The shop was split since its number was learned. Whoever asks again finds the right book.
      const passed = here()
      relearn(env, shop)
      return ended(passed, unreachable())
    }
    // Of a shop that there is not, an object says so and keeps nothing; it has told the log.
    return isKnown() || response.status === 201 ? response : ended(here(), response, true)
  })
}

const isShop = ({ url }: Request) => /^\/v1\/shops\/[^/]+$/.test(new URL(url).pathname)

/** Asks a shop's first object again in how many books it is: it has just been split, or is gone. */
export const relearn = ({ BOOKS }: Env, shop: string) => known.get(BOOKS)?.books.delete(shop)

/** What objects answer, or else that they gave no answer. `passing` says of what. */
export async function reached(passing: () => Passing, ask: () => Promise<Response>): Promise<Response> {
  try {
    return await ask()
  } catch (error) {
    const passed = passing()
    report(error, { method: passed.request.method, route: passed.route })
    return ended(passed, unreachable(error))
  }
}

async function answered(request: Request, env: Env, shop: string): Promise<Response> {
  const it = known.get(env.BOOKS) ?? { books: new Map(), ids: new Map() }
  known.set(env.BOOKS, it)
  const stub = (book: number) => env.BOOKS.get(idOf(env, it, nameOf(shop, book)))
  const books = it.books.get(shop) ?? (await learn(stub(0), it, shop))
  const asked = plain(request)
  const book = asked && bookFor(asked, request, books)
  if (asked && book !== undefined) return responseOf(await stub(book).shortly(await briefOf(asked, request)))
  return books === 1 ? stub(0).fetch(request) : spread.fetch(request, { env, shop, books })
}

function idOf({ BOOKS }: Env, { ids }: Known, name: string): unknown {
  const id = ids.get(name) ?? BOOKS.idFromName(name)
  if (ids.size >= KNOWN_MAX) ids.clear()
  ids.set(name, id)
  return id
}

// A shop that does not exist is not remembered: its first object says so, every time.
async function learn(first: BookStub, it: Known, shop: string): Promise<number> {
  const books = await first.shape()
  if (books === undefined) return 1
  if (it.books.size >= KNOWN_MAX) it.books.clear()
  it.books.set(shop, books)
  return books
}

interface Bindings {
  env: Env
  shop: string
  books: number
}

// Of a shop with several books: the same table as the objects have, so that both see the same route in an address.
const spread = new Hono<{ Bindings: Bindings }>()
for (const route of routes)
  spread.on(route.method.toUpperCase(), `/v1/shops/:shop${route.path.replaceAll(/\{(\w+)\}/g, ':$1')}`, (context) => {
    const { env, shop, books } = context.env
    if (route.gather) return gather(context.req.raw, { env, shop, books, route, path: context.req.param() })
    const [place] = placesOf(route, askOf(context, route), books)
    return bookAt(env, shop, place?.book ?? 0).fetch(context.req.raw)
  })
// What is no route's is the first book's: the shop itself, what a page asks beforehand, addresses that there are not.
spread.notFound(({ env: { env, shop }, req }) => bookAt(env, shop, 0).fetch(req.raw))
spread.onError((error) => {
  throw error
})

// As much of what is asked as tells the place. Whose token it is, is only believed here; the object verifies it.
function askOf(context: Context, route: Route): Ask {
  const signed = { id: route.who === 'member' ? claimed(context.req.header('Authorization')) : '' }
  return { path: context.req.param() as Record<string, string>, query: {}, body: undefined, signed }
}
