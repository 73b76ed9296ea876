// The distributed host: a stateless Worker that finds a request's book, and one SQLite Durable Object a book.
import { alarm as ring } from '../acts/chores.ts'
import { readShop } from '../acts/shop.ts'
import { Refusal } from '../contract.ts'
import { addressName } from '../http/address.ts'
import { createApp, type Host } from '../http/app.ts'
import { type Limits, readLimits } from '../http/limits.ts'
import { errorLine } from '../http/log.ts'
import { problem } from '../http/problems.ts'
import { migrate } from '../ledger/schema.ts'
import { one, type Sql, type Value } from '../ledger/sql.ts'
import { wantsRequests } from './settings.ts'

// What is used of the platform's own types, which would otherwise cover the whole project.
interface Storage {
  sql: { exec(sql: string, ...values: Value[]): { toArray(): unknown[] } }
  transactionSync<T>(fn: () => T): T
  getAlarm(): Promise<number | null>
  setAlarm(at: number): Promise<void>
}
interface Fetcher {
  fetch(request: Request): Promise<Response>
}
export interface Env {
  BOOKS: { get(id: unknown): Fetcher; idFromName(name: string): unknown }
  /** The widget's files, as `npm run build` leaves them. */
  ASSETS: Fetcher
  MUSE_OPERATOR_KEY: string
  MUSE_LIMITS?: string | null
  MUSE_LOG?: string | null
}

/** One book. It answers the same requests as the embedded host, from its own database. */
export class Book {
  readonly #storage: Storage
  readonly #sql: Sql
  readonly #env: Env
  #app: ReturnType<typeof createApp> | undefined

  constructor({ storage }: { storage: Storage }, env: Env) {
    const all = <Row>(sql: string, ...values: Value[]) => storage.sql.exec(sql, ...values).toArray() as Row[]
    this.#storage = storage
    this.#sql = { all, transaction: (fn) => storage.transactionSync(fn) }
    if (this.#isMade()) migrate(this.#sql, this.now())
    this.#env = env
  }

  /** The host's clock, in milliseconds since 1970. */
  now(): number {
    return Date.now()
  }

  /** How much may be asked of this book. */
  limits(): Limits | null {
    return readLimits(this.#env.MUSE_LIMITS)
  }

  async fetch(request: Request): Promise<Response> {
    this.#app ??= createApp(this.#host(this.#env))
    const response = await this.#app.fetch(request)
    if (request.method !== 'GET' && this.#isMade()) await this.#setAlarm()
    return response
  }

  /** Called by the platform when something falls due. */
  async alarm(): Promise<void> {
    const shop = this.#isMade() ? readShop(this.#sql) : undefined
    if (shop) ring({ ...this.#sql, shop, now: this.now(), dice })
    await this.#setAlarm()
  }

  #host(env: Env): Host {
    const make = () => {
      migrate(this.#sql, this.now())
      return this.#sql
    }
    return {
      first: () => (this.#isMade() ? this.#sql : undefined),
      book: make,
      // Several objects a shop need a Worker that asks them all; until it can, a shop has one.
      books: [1],
      now: () => this.now(),
      dice,
      later: (run) => void setTimeout(run, 0),
      operatorKey: env.MUSE_OPERATOR_KEY,
      report: (error, about) => console.error(JSON.stringify(errorLine(error, about, this.now()))),
      limits: this.limits(),
      // The platform says so itself; where it does not, nobody is counted by address.
      address: (request) => nameOf(request.headers.get('CF-Connecting-IP')),
      ...(wantsRequests(env.MUSE_LOG)
        ? { watch: { tick: () => performance.now(), log: (line) => console.log(JSON.stringify(line)) } }
        : {}),
    }
  }

  // Asking for a shop that does not exist must not leave a database behind.
  #isMade(): boolean {
    return this.#sql.all("SELECT 1 FROM sqlite_master WHERE name = 'scripts'").length > 0
  }

  async #setAlarm(): Promise<void> {
    const due = one(this.#sql.all<{ due: number }>('SELECT due FROM members WHERE due < 8640000000000000 ORDER BY due LIMIT 1'))?.due
    if (due !== undefined && due !== (await this.#storage.getAlarm())) await this.#storage.setAlarm(Math.max(due, this.now()))
  }
}

export default {
  /** Sends what concerns a shop to its book, and serves the widget's files. */
  async fetch(request: Request, env: Env): Promise<Response> {
    const { pathname } = new URL(request.url)
    if (pathname === '/muse.js' || pathname.startsWith('/chunks/')) return widgetFile(request, env)
    const shop = /^\/v1\/shops\/([A-Za-z0-9_-]{1,64})(?:\/|$)/.exec(pathname)?.[1]
    if (!shop) return shopless(env).fetch(request)
    return env.BOOKS.get(env.BOOKS.idFromName(`${shop}/0`))
      .fetch(request)
      .catch(unreachable)
  },
}

const nameOf = (address: string | null) => (address === null ? undefined : addressName(address))

const dice = (length: number) => crypto.getRandomValues(new Uint8Array(length))

// A book whose disk is full, or that was ended at its work, gives no answer: the platform throws in its place.
function unreachable(error: unknown): Response {
  console.error(JSON.stringify(errorLine(error, { method: '', route: 'book' }, Date.now())))
  const about = 'The book gave no answer. It is safe to send this again with the same Idempotency-Key.'
  const { status, body } = problem(new Refusal('storefront-unavailable', about))
  return new Response(body, {
    status,
    headers: { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store', 'Retry-After': '1' },
  })
}

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
  }
  return createApp(host)
}

const kinds: Record<string, string> = { js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8' }

// Chunks are named by their content and kept for ever; the tag is asked for again after five minutes.
async function widgetFile(request: Request, env: Env): Promise<Response> {
  const { pathname } = new URL(request.url)
  const packed = /\bbr\b/.test(request.headers.get('Accept-Encoding') ?? '')
    ? await env.ASSETS.fetch(asset(request, `${pathname}.br`))
    : undefined
  const file = packed?.ok ? packed : await env.ASSETS.fetch(asset(request, pathname))
  if (!file.ok) return new Response('There is no such file.', { status: 404 })
  const headers = {
    'Content-Type': kinds[pathname.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
    'Cache-Control': pathname.startsWith('/chunks/') ? 'public, max-age=31536000, immutable' : 'public, max-age=300',
    'Access-Control-Allow-Origin': '*',
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'X-Content-Type-Options': 'nosniff',
    Vary: 'Accept-Encoding',
    ...(packed?.ok ? { 'Content-Encoding': 'br' } : {}),
  }
  return new Response(file.body, { headers, ...(packed?.ok ? { encodeBody: 'manual' } : {}) })
}

const asset = (request: Request, pathname: string) => new Request(new URL(pathname, request.url))
