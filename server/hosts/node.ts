// The embedded host: Node with its built-in SQLite, one file a book, and the widget's files beside the API.
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { readShop } from '../acts/shop.ts'
import { addressName, lastHop } from '../http/address.ts'
import { createApp, type Host, VERSION } from '../http/app.ts'
import { errorLine } from '../http/log.ts'
import { createMetrics } from '../http/metrics.ts'
import { nobodys, STEPS } from '../http/short.ts'
import type { Header } from '../http/visit.ts'
import { migrate } from '../ledger/schema.ts'
import { DiskTrouble, type Sql } from '../ledger/sql.ts'
import { createAlarm } from './node/alarm.ts'
import { bookFile, makeFolder, removeBook, shopsIn } from './node/files.ts'
import { keep } from './node/keeper.ts'
import { createPictures } from './node/pictures.ts'
import { openSocket } from './node/socket.ts'
import { openSql } from './node/sql.ts'
import { isLarge, readAside } from './node/whole.ts'
import { operatorKey } from './operator.ts'
import { type Settings, unready } from './settings.ts'

export interface Options extends Partial<Settings> {
  /** The folder the books are kept in; null keeps them in memory. */
  data: string | null
  /** Made and kept in `data` when not given. */
  operatorKey?: string | undefined
  /** Milliseconds since 1970. */
  clock?: () => number
}

export interface Site {
  fetch(request: Request, env?: unknown): Response | Promise<Response>
}

/** One reader for all shops of the process. */
const picture = createPictures()

/** How often the alarm looks for members whom time has something to do for, in milliseconds. */
const ALARM = 60_000
/** Below the data folder. */
const BOOKS = 'books'
const DIST = join(import.meta.dirname, '../../dist/widget')

/** The server without a socket: `fetch` answers requests, `close` leaves the books in order. */
export function open(options: Options) {
  const { data, clock = Date.now, limits, log } = options
  if (data !== null) makeFolder(join(data, BOOKS))
  const key = operatorKey(data, options.operatorKey)
  const books = new Map<string, Sql & { close(): void }>()
  const openBook = (shop: string, book: number, make: boolean) => {
    const name = `${shop}/${book}`
    const known = books.get(name)
    if (known) return known
    const file = data === null ? ':memory:' : bookFile(data, shop, book)
    if (!(make || (data !== null && existsSync(file)))) return undefined
    const sql = openFile(file, clock())
    books.set(name, sql)
    return sql
  }
  const remove = async (shop: string, idle: (sql: Sql) => Promise<void>) => {
    // A piece of its import that was let in before is in its books' queues by then.
    await new Promise(setImmediate)
    const first = openBook(shop, 0, false)
    const known = first && readShop(first)
    const count = known?.importing ? known.books : 0
    const numbers = Array.from({ length: count }, (_, number) => count - 1 - number)
    await Promise.all(numbers.map((number) => books.get(`${shop}/${number}`)).map((sql) => sql && idle(sql)))
    for (const number of numbers) {
      books.get(`${shop}/${number}`)?.close()
      books.delete(`${shop}/${number}`)
      if (data !== null) removeBook(data, shop, number)
    }
  }
  const removing = new Map<string, Promise<void>>()
  const host: Host = {
    remove(shop, idle) {
      const begun = removing.get(shop) ?? remove(shop, idle).finally(() => removing.delete(shop))
      removing.set(shop, begun)
      return begun
    },
    first: (shop) => openBook(shop, 0, false),
    book: (shop, book) => openBook(shop, book, true) as Sql,
    books: [1, 32, 1024],
    now: clock,
    dice: createDice(),
    later: setImmediate,
    aside: (shop, number, route, ask) => {
      const sql = openBook(shop.id, number, true)
      return data !== null && sql && isLarge(sql)
        ? readAside(bookFile(data, shop.id, number), route, { ask, shop, now: clock() })
        : undefined
    },
    picture,
    operatorKey: key.value,
    report: (error, about) => console.error(JSON.stringify(errorLine(error, about, clock()))),
    limits,
    address: limits ? (header, env) => addressOf(header, env, limits.trustProxy) : undefined,
    watch: { tick: () => performance.now(), metrics: createMetrics(clock(), VERSION), log },
  }
  const app = createApp(host)
  const alarm = createAlarm(books, host)
  // At the start a book that cannot be opened is one for whoever starts the server to look at.
  const openKept = (shop: string, book: number) => {
    try {
      return openBook(shop, book, false)
    } catch (error) {
      throw unready(messageOf(error), error)
    }
  }
  for (const shop of data === null ? [] : shopsIn(data)) {
    const first = openKept(shop, 0)
    const count = (first && readShop(first)?.books) ?? 1
    for (let book = 1; book < count; book++) openKept(shop, book)
  }
  return {
    fetch: app.fetch,
    short: app.short,
    operatorKey: key.value,
    operatorKeyIsNew: key.isNew,
    alarm,
    report: (error: unknown) => host.report(error, { method: '', route: 'socket' }),
    close: () => {
      for (const sql of books.values()) sql.close()
      books.clear()
    },
  }
}

// A book with the schema of this version. What does not work with it is said with its file.
function openFile(file: string, now: number): ReturnType<typeof openSql> {
  let sql: ReturnType<typeof openSql> | undefined
  try {
    sql = openSql(file)
    migrate(sql, now)
    return sql
  } catch (error) {
    sql?.close()
    const about = `${file}: ${messageOf(error)}`
    throw error instanceof DiskTrouble ? new DiskTrouble(about, { cause: error }) : new Error(about, { cause: error })
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/**
 * The server on a port (0: any free one), with the widget's files and, for all other addresses, `site`. Throws while another server
 * keeps these books.
 */
export async function serve(options: Options & { port: number; site?: Site }) {
  const keeper = options.data === null ? undefined : keepBooks(options.data)
  const server = open(options)
  const files = new Hono()
  for (const path of ['/muse.js', '/chunks/*']) files.use(path, widgetFiles())
  files.all('*', (context) => (options.site ?? server).fetch(context.req.raw, context.env))
  // What is asked most goes straight to the API.
  const isOurs = (url: string) => /^https?:\/\/[^/]*\/(v1\/|healthz$|metrics$)/.test(url)
  const fetch = (request: Request, env: unknown) => {
    if (!isOurs(request.url)) return files.fetch(request, env)
    return server.fetch(STEPS.test((env as Incoming).incoming.url ?? '') ? nobodys(request) : request, env)
  }
  const leave = () => {
    server.close()
    keeper?.letGo()
  }
  const socket = await openSocket({ fetch, short: server.short }, options.port, server.report).catch((error) => {
    leave()
    throw error
  })
  const timer = setInterval(server.alarm, ALARM)
  const url = `http://localhost:${socket.port}`
  const tell = (event: 'start' | 'stop') => options.log?.({ at: new Date().toISOString(), level: 'info', event, url, version: VERSION })
  tell('start')
  return {
    url,
    operatorKey: server.operatorKey,
    operatorKeyIsNew: server.operatorKeyIsNew,
    /** Finishes what is in flight, then closes the books. */
    async close() {
      clearInterval(timer)
      await socket.close()
      leave()
      tell('stop')
    },
  }
}

/** What the socket says of a request. */
interface Incoming {
  incoming: { url?: string }
}

function keepBooks(data: string) {
  makeFolder(join(data, BOOKS))
  return keep(data, BOOKS)
}

// The peer of the socket, or what the proxies before the server say that theirs was.
function addressOf(header: Header, env: unknown, proxies: number | boolean): string | undefined {
  const { incoming } = (env ?? {}) as { incoming?: { socket: { remoteAddress?: string } } }
  const text = (proxies && lastHop(header('X-Forwarded-For'), Number(proxies))) || incoming?.socket.remoteAddress
  return text && addressName(text)
}

// Random bytes are fetched some thousands at a time, since fetching is what costs; each is given out once.
function createDice(): (length: number) => Uint8Array {
  let bytes = randomBytes(0)
  return (length) => {
    if (bytes.length < length) bytes = randomBytes(Math.max(4096, length))
    const some = bytes.subarray(0, length)
    bytes = bytes.subarray(length)
    return some
  }
}

// Chunks are named by their content and kept for ever; the tag is asked for again after five minutes.
const widgetFiles = () =>
  serveStatic({
    root: DIST,
    precompressed: true,
    onFound: (path, context) => {
      context.header('Access-Control-Allow-Origin', '*')
      context.header('Cross-Origin-Resource-Policy', 'cross-origin')
      context.header('X-Content-Type-Options', 'nosniff')
      context.header('Vary', 'Accept-Encoding')
      context.header('Cache-Control', path.includes('/chunks/') ? 'public, max-age=31536000, immutable' : 'public, max-age=300')
    },
  })
