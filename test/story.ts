// A shop to tell stories about: the real app over a book in memory, and a clock that stands still until it is set.
// Paths are those below /v1/shops/{shop}; every POST carries a new Idempotency-Key unless it is given one, or null for none.
import { SignJWT } from 'jose'
import type * as z from 'zod'
import type { ShopPut } from '../server/contract.ts'
import { open } from '../server/hosts/node.ts'
import { readLimits } from '../server/http/limits.ts'
import { mustBeDocumented } from './document.ts'
import { onEdge, openEdge } from './edge/host.ts'
import { shortFirst, wantsShort } from './short.ts'

export type Keys = NonNullable<z.infer<typeof ShopPut>['keys']>
export type Json = ReturnType<typeof JSON.parse>

export interface Reply {
  status: number
  body: Json
  text: string
  headers: Headers
}

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH' | 'OPTIONS'
export type Asking = (method: Method, path: string, body?: unknown, key?: string | null, headers?: Record<string, string>) => Promise<Reply>
/** Where requests go: the app itself, or a server on a port. */
export type Fetch = (request: Request) => Response | Promise<Response>

export const OPERATOR = 'op_test'
export const ORIGIN = 'https://shop.example'
export const DAY = 86_400_000

/** The least a program says: 1 percent, available seven days after shipment. */
export const program = { name: 'JeJ Muse', currency: 'JPY', timeZone: 'Asia/Tokyo', earning: { purchase: { percent: 1, delay: 'P7D' } } }

export const lines = (price: number, more: object = {}) => [{ id: '1', sku: 'dress', price, quantity: 1, ...more }]

interface Opening {
  /** The shop's id. */
  shop?: string
  /** Merged over `program`, key by key at the top. */
  program?: object
  now?: string
  origins?: string[]
  /** Another shop's, to live on the same server. */
  fetch?: Fetch
  /** In how many books its members are kept. */
  books?: number
  /** Of a shop that is there already. */
  keys?: Keys
  /** For a server on real time. */
  clock?: () => number
  /** What MUSE_LIMITS says; "off" unless given. */
  limits?: string
}

export type Story = Awaited<ReturnType<typeof openShop>>

/** Opens a shop, and gives everyone who can talk to it. */
export async function openShop(opening: Opening = {}) {
  const { shop = 'jej', origins = [ORIGIN] } = opening
  let now = Date.parse(opening.now ?? '2026-06-01T10:00:00+09:00')
  const clock = opening.clock ?? (() => now)
  const { limits = 'off' } = opening
  const host = opening.fetch
    ? undefined
    : onEdge()
      ? openEdge(clock, limits)
      : open({ data: null, operatorKey: OPERATOR, clock, limits: readLimits(limits) })
  const fetch = opening.fetch ?? (host && 'short' in host && wantsShort() ? shortFirst(host) : (host as { fetch: Fetch }).fetch)
  const ask = asking(fetch, `/v1/shops/${shop}`)
  const operator = ask(() => OPERATOR)
  const document = { ...program, ...opening.program }
  const make = async (): Promise<Keys> => {
    const made = await operator('PUT', '', { program: document, origins, books: opening.books ?? booksHere() })
    if (made.status !== 201) throw new Error(`The shop was not made: ${made.text}`)
    return made.body.keys
  }
  const keys = opening.keys ?? (await make())
  const token = (sub?: string, claims: object = {}, header: object = {}, secret = keys.signing.secret) => {
    const iat = Math.floor(clock() / 1000)
    return new SignJWT({ aud: shop, ...(sub === undefined ? {} : { sub }), iat, exp: iat + 3600, ...claims })
      .setProtectedHeader({ alg: 'HS256', kid: keys.signing.kid, ...header })
      .sign(new TextEncoder().encode(secret))
  }
  const merchant = ask(() => keys.secret)
  const member = (id: string, claims?: object) => {
    const asks = ask(() => token(id, claims))
    return {
      get: (path: string) => asks('GET', path),
      post: (path: string, body?: unknown, key?: string | null) => asks('POST', path, body, key),
      put: (path: string, body?: unknown) => asks('PUT', path, body),
      delete: (path: string) => asks('DELETE', path),
      wallet: async () => (await asks('GET', '/me')).body,
      redeem: (points: unknown, key?: string | null) => asks('POST', '/me/coupons', { points }, key),
    }
  }
  return {
    ...{ fetch, keys, shop, document, ask, operator, merchant, member, token, clock, guest: ask(() => undefined) },
    ...reporting(merchant, clock),
    set: (instant: string) => {
      now = Date.parse(instant)
    },
    later: (milliseconds: number) => {
      now += milliseconds
    },
    grant: (id: string, points: number, more: object = {}) =>
      merchant('POST', `/members/${id}/grants`, { points, reason: 'gift', ...more }),
    newProgram: (changes: object) => operator('PUT', '', { program: { ...document, ...changes }, origins }),
    audit: async () => (await merchant('GET', '/audit')).body,
    export: async () => (await merchant('GET', '/export')).text,
    /** What the books hold: an export without the answers kept under keys, of which a refusal is one, and without its count of rows. */
    books: async () => (await merchant('GET', '/export')).text.replaceAll(/^\{"table":"(answers|end)".*\n/gm, ''),
    close: () => host?.close(),
  }
}

// Orders as a storefront reports them: each report repeats the last document with what changed.
function reporting(merchant: Asking, clock: () => number) {
  const documents = new Map<string, object>()
  const report = (member: string, order: string, changes: object) => {
    const at = new Date(clock()).toISOString()
    const path = `/members/${encodeURIComponent(member)}/orders/${encodeURIComponent(order)}`
    const document = { ...(documents.get(path) ?? { placedAt: at, state: 'placed', lines: [] }), updatedAt: at, ...changes }
    documents.set(path, document)
    return merchant('PUT', path, document)
  }
  return {
    report,
    place: (member: string, order: string, price: number, more: object = {}) => report(member, order, { lines: lines(price), ...more }),
    ship: (member: string, order: string) => report(member, order, { state: 'shipped', shippedAt: new Date(clock()).toISOString() }),
    cancel: (member: string, order: string) => report(member, order, { state: 'cancelled' }),
  }
}

/** Asks for paths below `base`, each time with the credential as it is then. A text or a form is sent as it stands. */
export const asking =
  (fetch: Fetch, base: string, origin = 'http://muse.test') =>
  (credential: () => string | undefined | Promise<string | undefined>): Asking =>
  async (method, path, body, key, headers = {}) => {
    const bearer = await credential()
    const form = body instanceof FormData ? new Response(body) : undefined
    const sent = new Request(`${origin}${base}${path}`, {
      method,
      headers: {
        ...(bearer === undefined ? {} : { Authorization: `Bearer ${bearer}` }),
        ...(body === undefined ? {} : { 'Content-Type': form?.headers.get('Content-Type') ?? 'application/json' }),
        ...(method !== 'POST' || key === null ? {} : { 'Idempotency-Key': key ?? crypto.randomUUID() }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: form ? await form.arrayBuffer() : typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    return reply(sent, await fetch(sent))
  }

async function reply(request: Request, response: Response): Promise<Reply> {
  const text = await response.text()
  mustBeDocumented(request, response, text)
  const isJson = /[/+]json\b/.test(response.headers.get('Content-Type') ?? '')
  return { status: response.status, body: isJson ? JSON.parse(text) : text, text, headers: response.headers }
}

/** Every story can be told of a shop of several books: `MUSE_BOOKS=32`. */
const booksHere = () => (process.env.MUSE_BOOKS ? Number(process.env.MUSE_BOOKS) : undefined)
