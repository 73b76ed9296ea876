// A request that concerns several objects: the first one looks at it, then each is asked for its part, and the parts become one answer.
import { understood } from '../../http/body.ts'
import { placesOf } from '../../http/places.ts'
import type { Ask, Route } from '../../http/routes/route.ts'
import { bookAt, type Env } from './env.ts'
import { atOnce } from './many.ts'

/** How many objects begin their lines before it is their turn: what one has ready waits in it, not here. */
const AHEAD = 8

interface Gathering {
  env: Env
  shop: string
  books: number
  route: Route
  path: Record<string, string>
}

type Part = () => Promise<Response>

/**
 * Asks every object that the request concerns. The first object says whether it may be asked at all, and what the route's
 * `first` finds, before any other hears of it. Answers that are lines pass through as they come, one object after another.
 */
export async function gather(request: Request, gathering: Gathering): Promise<Response> {
  const { env, shop, route } = gathering
  const passing = request.body ? passed(request.body) : undefined
  const seen = passing ? new Request(request, { headers: withoutLength(request.headers), body: passing.on }) : request
  const looked = await bookAt(env, shop, 0).take(seen, { look: true })
  // Who refused has read the rest.
  if (!looked.ok) return looked
  const { found } = (await looked.json()) as { found?: unknown }
  const parts = partsOf(request, gathering, { body: passing && understood(await passing.text()), found })
  if (route.lines) return lines(parts)
  const responses = await atOnce(parts)
  const refused = responses.find((response) => !response.ok)
  if (refused) return refused
  const bodies = await Promise.all(responses.map((response) => response.text()))
  const { status, headers } = responses[0] ?? { status: route.status ?? 200, headers: looked.headers }
  return new Response(route.gather?.join?.(bodies) ?? '', { status, headers: withoutLength(headers) })
}

// A body on its way to the first object, which reads no more of it than it takes; what it read has its text here, too.
function passed(body: ReadableStream<Uint8Array>) {
  const { readable: on, writable } = new IdentityTransformStream()
  const [from, into] = [body.getReader(), writable.getWriter()]
  const decoder = new TextDecoder()
  let text = ''
  const pass = async () => {
    for (;;) {
      const { done, value } = await from.read()
      if (done) return into.close()
      text += decoder.decode(value, { stream: true })
      await into.write(value)
    }
  }
  const passing = pass().catch((error) => into.abort(error).catch(() => {}))
  return { on, text: () => passing.then(() => text + decoder.decode()) }
}

// What each object is asked. Where `first` found something, that says whose share is what, and the body goes to each as it came.
function partsOf(
  request: Request,
  { env, shop, books, route, path }: Gathering,
  { body, found }: { body: unknown; found: unknown },
): Part[] {
  const { url, method, headers } = request
  const ask: Ask = { path, query: {}, body, signed: { id: '' }, found }
  return placesOf(route, ask, books).map(({ book, ask: its }, place) => () => {
    const text = body === undefined ? undefined : JSON.stringify(route.first ? body : its.body)
    const part = new Request(url, { method, headers: withoutLength(headers), ...(text === undefined ? {} : { body: text }) })
    return bookAt(env, shop, book).take(part, { books, found, counts: place === 0 })
  })
}

function withoutLength(headers: Headers): Headers {
  const rest = new Headers(headers)
  for (const name of ['Content-Length', 'Transfer-Encoding']) rest.delete(name)
  return rest
}

async function lines(parts: Part[]): Promise<Response> {
  const first = await parts[0]?.()
  if (!first?.ok) return first as Response
  const text = new TextEncoder()
  const blocks = linesOf(first, ahead(parts.slice(1)))
  const stream = new ReadableStream<Uint8Array>({
    async pull(stream) {
      const { done, value } = await blocks.next()
      if (done) stream.close()
      else stream.enqueue(text.encode(value))
    },
    async cancel() {
      await blocks.return(undefined)
    },
  })
  return new Response(stream, { headers: withoutLength(first.headers) })
}

// All lines of all objects, each object's last one, which counts them, left out for one that counts them all. What breaks off
// breaks the whole off, without that line.
async function* linesOf(first: Response, rest: AsyncGenerator<Response>): AsyncGenerator<string> {
  let rows = 0
  for await (const response of following(first, rest)) {
    if (!response.ok) throw new Error(`a book answers ${response.status} in the middle of the export`)
    let held = ''
    for await (const piece of pieces(response)) {
      held += piece
      const cut = held.lastIndexOf('\n', held.length - 2) + 1
      if (cut > 0) yield held.slice(0, cut)
      held = held.slice(cut)
    }
    const end = JSON.parse(held) as { table: string; rows: number }
    if (end.table !== 'end') throw new Error('a book broke off in the middle of the export')
    rows += end.rows
  }
  yield `${JSON.stringify({ table: 'end', rows })}\n`
}

async function* following(first: Response, rest: AsyncGenerator<Response>): AsyncGenerator<Response> {
  yield first
  yield* rest
}

// The answers one after the other, some of them asked for beforehand. Whoever stops early lets go of those that were not taken.
async function* ahead(parts: Part[]): AsyncGenerator<Response> {
  const begun: Promise<Response>[] = []
  const begin = (part: Part | undefined) => {
    const response = part?.()
    // It is awaited in its turn, and fails then.
    response?.catch(() => {})
    if (response) begun.push(response)
  }
  try {
    for (const part of parts.slice(0, AHEAD)) begin(part)
    for (let place = AHEAD; begun.length > 0; place++) {
      yield await (begun.shift() as Promise<Response>)
      begin(parts[place])
    }
  } finally {
    for (const left of begun)
      left.then(
        ({ body }) => body?.cancel(),
        () => {},
      )
  }
}

async function* pieces({ body }: Response): AsyncGenerator<string> {
  const reader = body?.getReader()
  const decoder = new TextDecoder()
  try {
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true }
      if (done) return
      yield decoder.decode(value, { stream: true })
    }
  } finally {
    await reader?.cancel().catch(() => {})
  }
}
