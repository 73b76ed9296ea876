// The host inside a browser: the same app over SQLite compiled to WebAssembly, in the page's memory. Nothing is kept and nothing leaves
// the page; it is for showing the product where there is no server, as the theme bench does.
import sqlite3InitModule, { type Database, type PreparedStatement, type Sqlite3Static } from '@sqlite.org/sqlite-wasm'
import { createApp, type Host } from '../http/app.ts'
import { createDoor } from '../ledger/door.ts'
import { createTransaction } from '../ledger/nested.ts'
import { migrate } from '../ledger/schema.ts'
import type { Sql, Value } from '../ledger/sql.ts'
import { picture } from './browser/pictures.ts'

interface BrowserOptions {
  operatorKey: string
  /** Milliseconds since 1970. */
  clock: () => number
  report?: Host['report']
}

/** The server in this page: `fetch` answers what a server's socket would. */
export async function openBrowser({ operatorKey, clock, report = (error) => console.error(error) }: BrowserOptions) {
  const sqlite = await sqlite3InitModule()
  const books = new Map<string, Sql>()
  const book = (shop: string, number: number) => {
    const name = `${shop}/${number}`
    const known = books.get(name) ?? openBook(sqlite, clock())
    books.set(name, known)
    return known
  }
  const host: Host = {
    first: (shop) => books.get(`${shop}/0`),
    book,
    remove: async (shop) => void books.delete(`${shop}/0`),
    books: [1],
    now: clock,
    dice: (length) => crypto.getRandomValues(new Uint8Array(length)),
    later: (run) => queueMicrotask(run),
    picture,
    operatorKey,
    report,
  }
  return createApp(host)
}

function openBook(sqlite: Sqlite3Static, now: number): Sql {
  const database = new sqlite.oo1.DB(':memory:', 'c')
  database.exec('PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY')
  const sql = statements(sqlite, database)
  migrate(sql, now)
  return sql
}

function statements(sqlite: Sqlite3Static, database: Database): Sql {
  const known = new Map<string, PreparedStatement>()
  const all = <Row>(text: string, ...values: Value[]): Row[] => {
    const statement = known.get(text) ?? database.prepare(text)
    known.set(text, statement)
    const rows: Row[] = []
    try {
      if (values.length) statement.bind(values)
      while (statement.step()) rows.push(statement.get({}) as Row)
    } finally {
      statement.reset(true)
    }
    return rows
  }
  const transaction = createTransaction({ all, isOpen: () => !sqlite.capi.sqlite3_get_autocommit(database.pointer!) })
  return createDoor({ all, transaction })
}
