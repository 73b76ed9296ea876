// The embedded host: Node with its built-in SQLite, one file a book, and the widget's files beside the API.
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { serve as listen, type ServerType } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { alarm as ring } from '../acts/chores.ts'
import { readShop } from '../acts/shop.ts'
import { createApp, type Host } from '../http/app.ts'
import { migrate } from '../ledger/schema.ts'
import type { Sql, Value } from '../ledger/sql.ts'
import { operatorKey } from './operator.ts'

export interface Options {
  /** The folder the books are kept in; null keeps them in memory. */
  data: string | null
  /** Made and kept in `data` when not given. */
  operatorKey?: string | undefined
  /** Milliseconds since 1970. */
  clock?: () => number
}

export interface Site {
  fetch(request: Request): Response | Promise<Response>
}

/** How often the alarm looks for members whom time has something to do for, in milliseconds. */
const ALARM = 60_000
const DIST = join(import.meta.dirname, '../../dist/widget')

/** The server without a socket: `fetch` answers requests, `close` leaves the books in order. */
export function open(options: Options) {
  const { data, clock = Date.now } = options
  if (data !== null) mkdirSync(join(data, 'books'), { recursive: true })
  const key = operatorKey(data, options.operatorKey)
  const books = new Map<string, Sql & { close(): void }>()
  const openBook = (shop: string, make: boolean) => {
    const file = data === null ? ':memory:' : join(data, 'books', fileName(shop))
    const known = books.get(shop)
    if (known || !(make || (data !== null && existsSync(file)))) return known
    const sql = openSql(file)
    migrate(sql, clock())
    books.set(shop, sql)
    return sql
  }
  const host: Host = {
    book: (shop) => openBook(shop, false),
    create: (shop) => openBook(shop, true) as Sql,
    now: clock,
    dice: (length) => randomBytes(length),
    later: setImmediate,
    operatorKey: key.value,
    report: (error, about) =>
      console.error(
        JSON.stringify({
          at: new Date(clock()).toISOString(),
          level: 'error',
          ...about,
          error: String(error),
          stack: error instanceof Error ? error.stack : undefined,
        }),
      ),
  }
  const app = createApp(host)
  const alarm = () => {
    for (const sql of books.values()) {
      try {
        const shop = readShop(sql)
        if (shop) ring({ ...sql, shop, now: clock(), dice: host.dice })
      } catch (error) {
        host.report(error, { method: 'alarm', route: '' })
      }
    }
  }
  for (const shop of data === null ? [] : shopsIn(data)) openBook(shop, false)
  return {
    fetch: (request: Request) => app.fetch(request),
    operatorKey: key.value,
    operatorKeyIsNew: key.isNew,
    alarm,
    close: () => {
      for (const sql of books.values()) sql.close()
      books.clear()
    },
  }
}

/** The server on a port (0: any free one), with the widget's files and, for all other addresses, `site`. */
export async function serve(options: Options & { port: number; site?: Site }) {
  const server = open(options)
  const app = new Hono()
  const traffic = watched(app)
  for (const path of ['/muse.js', '/chunks/*']) app.use(path, widgetFiles())
  app.all('*', (context) => {
    const { pathname } = new URL(context.req.url)
    const ours = pathname === '/healthz' || pathname.startsWith('/v1/') || !options.site
    return ours ? server.fetch(context.req.raw) : (options.site as Site).fetch(context.req.raw)
  })
  const socket = await new Promise<ServerType>((resolve, reject) => {
    const it = listen({ fetch: app.fetch, port: options.port }, () => resolve(it))
    it.once('error', reject)
  })
  const timer = setInterval(server.alarm, ALARM)
  return {
    url: `http://localhost:${(socket.address() as AddressInfo).port}`,
    operatorKey: server.operatorKey,
    operatorKeyIsNew: server.operatorKeyIsNew,
    /** Finishes what is in flight, then closes the books. */
    async close() {
      clearInterval(timer)
      await traffic.ebb()
      // A connection kept alive is idle again only after its answer has left, so idle ones are closed until none is left.
      const sweep = setInterval(() => 'closeIdleConnections' in socket && socket.closeIdleConnections(), 20)
      await new Promise<void>((resolve) => socket.close(() => resolve()))
      clearInterval(sweep)
      server.close()
    },
  }
}

const LULL = 100
const PATIENCE = 2_000

// A connection that was accepted but not read yet looks idle to Node. So before the socket closes, answers ask their
// connections to end, and the server waits (two seconds at most) until no request has begun for a tenth of one.
function watched(app: Hono) {
  let closing = false
  let begun = 0
  app.use(async (context, next) => {
    begun = Date.now()
    await next()
    if (closing) context.header('Connection', 'close')
  })
  const ebb = async () => {
    closing = true
    const asked = Date.now()
    while (Date.now() - Math.max(begun, asked) < LULL && Date.now() - asked < PATIENCE) await new Promise((later) => setTimeout(later, 10))
  }
  return { ebb }
}

/** The door to one database file. */
export function openSql(file: string): Sql & { close(): void } {
  const database = new DatabaseSync(file)
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000')
  const statements = new Map<string, StatementSync>()
  const prepared = (sql: string): StatementSync => {
    const known = statements.get(sql)
    if (known) return known
    const statement = database.prepare(sql)
    statements.set(sql, statement)
    return statement
  }
  const all = <Row>(sql: string, ...values: Value[]) => prepared(sql).all(...values) as Row[]
  let depth = 0
  const transaction = <T>(fn: () => T): T => {
    const name = `s${depth}`
    // A failed write may have rolled back the outer transaction; what follows must not start one of its own.
    if (depth > 0 && !database.isTransaction) throw new Error('the transaction is gone')
    prepared(depth === 0 ? 'BEGIN IMMEDIATE' : `SAVEPOINT ${name}`).run()
    depth++
    try {
      const result = fn()
      prepared(depth === 1 ? 'COMMIT' : `RELEASE ${name}`).run()
      return result
    } catch (error) {
      if (database.isTransaction) database.exec(depth === 1 ? 'ROLLBACK' : `ROLLBACK TO ${name}; RELEASE ${name}`)
      throw error
    } finally {
      depth--
    }
  }
  return { all, transaction, close: () => database.close() }
}

// Upper case is written with a dot, so that shops differing in case alone stay apart on any file system.
const fileName = (shop: string) => `${shop.replaceAll(/[A-Z]/g, (letter) => `.${letter.toLowerCase()}`)}.0.sqlite`

const shopsIn = (data: string) =>
  readdirSync(join(data, 'books'))
    .filter((file) => file.endsWith('.0.sqlite'))
    .map((file) => file.slice(0, -'.0.sqlite'.length).replaceAll(/\.(.)/g, (_, letter: string) => letter.toUpperCase()))

// Chunks are named by their content and kept for ever; the tag is asked for again after five minutes.
const widgetFiles = () =>
  serveStatic({
    root: DIST,
    precompressed: true,
    onFound: (path, context) => {
      context.header('Access-Control-Allow-Origin', '*')
      context.header('Cross-Origin-Resource-Policy', 'cross-origin')
      context.header('X-Content-Type-Options', 'nosniff')
      context.header('Cache-Control', path.includes('/chunks/') ? 'public, max-age=31536000, immutable' : 'public, max-age=300')
    },
  })
