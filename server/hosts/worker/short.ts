// The short way from the Worker to an object: what is plain goes as a call with a text, and comes back as one. To hand on a request as
// it is has the platform make it, its headers and the stream of its body once more on either side, which costs more than an act does.
import { decodeJwt } from 'jose'
import type { Whole } from '../../http/app.ts'
import { notWhole } from '../../http/body.ts'
import { placesOf } from '../../http/places.ts'
import { routes } from '../../http/routes.ts'
import type { Short } from '../../http/sent.ts'
import { BODY_MAX, createSignposts, type Found, isShort, PLAIN } from '../../http/short.ts'

/** A plain request as it goes to an object. */
export interface Brief {
  method: string
  path: string
  headers: Record<string, string | null>
  /** The body; null where it did not arrive whole. */
  text: string | null
}

/** A request that may go the short way: its path, and the route it leads to. */
export interface Plain extends Found {
  path: string
}

/** All that an object asks of a request's headers. */
const HEADERS = ['authorization', 'origin', 'idempotency-key', 'cf-connecting-ip']
const ADDRESS = /^https?:\/\/[a-z0-9._-]+(?::\d+)?(\/[^?#]+)$/

const signposts = createSignposts(routes.filter(isShort))

/** Whether a request may go the short way. Reads nothing of its body. */
export function plain(request: Request): Plain | undefined {
  const path = ADDRESS.exec(request.url)?.[1] ?? ''
  const found = PLAIN.test(path) && hasPlainBody(request) ? signposts(request.method, path) : undefined
  return found && { path, ...found }
}

/** The number of the one book that a plain request concerns; undefined where it is several. */
export function bookFor({ route, names }: Plain, { headers }: Request, books: number): number | undefined {
  if (books === 1) return 0
  if (route.gather) return undefined
  const signed = { id: route.who === 'member' ? claimed(headers.get('Authorization')) : '' }
  return placesOf(route, { path: names, query: {}, body: undefined, signed }, books)[0]?.book
}

/** A plain request in short, its body read. */
export async function briefOf({ path }: Plain, request: Request): Promise<Brief> {
  const { method, headers, body } = request
  const text = body ? await request.text().catch(() => null) : ''
  return { method, path, headers: Object.fromEntries(HEADERS.map((name) => [name, headers.get(name)])), text }
}

/** The same as an app is asked it. */
export const shortOf = ({ method, path, headers, text }: Brief): Short => ({
  ...{ method, path },
  header: (name) => headers[name.toLowerCase()] ?? undefined,
  text: () => (text === null ? Promise.reject(notWhole()) : Promise.resolve(text)),
})

/** An answer as it leaves the Worker. */
export const responseOf = ({ body, ...init }: Whole) => new Response(body, init)

/** Whose member token it is, as it says itself: only to find the book, which verifies it. */
export function claimed(authorization: string | null | undefined): string {
  try {
    return decodeJwt((authorization ?? '').replace(/^Bearer +/i, '').trim()).sub ?? ''
  } catch {
    return ''
  }
}

function hasPlainBody({ method, headers }: Request): boolean {
  const length = headers.get('Content-Length')
  if (length === null) return method === 'GET' || (method === 'DELETE' && !headers.has('Transfer-Encoding'))
  return method !== 'GET' && Number(length) <= BODY_MAX && !headers.has('Transfer-Encoding')
}
