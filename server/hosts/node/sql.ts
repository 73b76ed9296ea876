// The door to SQLite on Node: one file a book. A commit is written to the log at once, and the gate says when it is on disk.
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { createDoor } from '../../ledger/door.ts'
import { createTransaction } from '../../ledger/nested.ts'
import { DiskTrouble, type Sql, type Value } from '../../ledger/sql.ts'
import { createGate } from './gate.ts'
import { createLog, LOG_PAGES, move } from './log.ts'

/** Of this many pages a commit moves the log itself, should nobody else have done so. */
const LOG_PAGES_MAX = 4 * LOG_PAGES
const MEMORY = ':memory:'
/** A file of more bytes than this is read in place, and how much of it: as much as SQLite does. */
const LARGE = 32 * 1024 * 1024
const IN_PLACE = 2 ** 31 - 2 ** 16

/** Opens a database file, or one in memory, for which nothing has to reach a disk. */
export function openSql(file: string): Sql & { close(): void } {
  const database = asked(() => new DatabaseSync(file))
  asked(() => settle(database, file))
  const isKept = file !== MEMORY
  const { letGo, ...sql } = statements(database, () => log?.grown())
  const log = isKept ? createLog(database, file, letGo) : undefined
  const gate = isKept ? createGate(`${file}-wal`, () => idle(database)) : undefined
  return {
    ...sql,
    ...(gate && { synced: gate.synced }),
    close: () => {
      log?.close()
      gate?.close()
      letGo()
      database.close()
    },
  }
}

/** Opens the file of a book that another connection writes, for what only reads. */
export function openReading(file: string) {
  const database = asked(() => new DatabaseSync(file, { readOnly: true }))
  const { all, reading, letGo } = statements(database, () => {})
  const close = () => {
    letGo()
    database.close()
  }
  try {
    database.exec('PRAGMA temp_store = MEMORY')
    readInPlace(database)
  } catch (error) {
    database.close()
    throw troubled(error)
  }
  return { all, reading, close }
}

function idle(database: DatabaseSync): void {
  move(database)
  readInPlace(database)
}

// How SQLite works here; a database that will not is closed again.
function settle(database: DatabaseSync, file: string): void {
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000')
    database.exec(`PRAGMA wal_autocheckpoint = ${LOG_PAGES_MAX}; PRAGMA temp_store = MEMORY`)
    readInPlace(database)
    mustBe(database, {
      journal_mode: file === MEMORY ? 'memory' : 'wal',
      synchronous: 1,
      foreign_keys: 1,
      wal_autocheckpoint: LOG_PAGES_MAX,
    })
  } catch (error) {
    database.close()
    throw error
  }
}

// All that durability rests on: a setting that SQLite did not take must not go unnoticed.
function mustBe(database: DatabaseSync, settings: Record<string, string | number>): void {
  for (const [name, wanted] of Object.entries(settings)) {
    const [is] = Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})
    if (is !== wanted) throw new Error(`SQLite has ${name} = ${is} where the books need ${wanted}.`)
  }
}

// Reading the file in place has a large book cost little more than a small one. A small one only pays for it: each page that was written
// is mapped anew. Decided when the book is opened, and whenever it has nothing to do. What SQLite itself keeps of pages is left at its two
// megabytes: a larger cache is looked through at the end of most commits, and made a redeem in a large book half as dear again.
function readInPlace(database: DatabaseSync): void {
  const { bytes } = database.prepare('SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size').get() as {
    bytes: number
  }
  database.exec(`PRAGMA mmap_size = ${bytes > LARGE ? IN_PLACE : 0}`)
}

// `committed` is told of every commit.
function statements(database: DatabaseSync, committed: () => void) {
  const known = new Map<string, Prepared>()
  const prepare = (sql: string): Prepared => {
    const statement = database.prepare(sql)
    statement.setReturnArrays(true)
    const made = { statement, columns: statement.columns().map(({ name }) => name) }
    known.set(sql, made)
    return made
  }
  const run = <Row>(sql: string, ...values: Value[]): Row[] => {
    try {
      const { statement, columns } = known.get(sql) ?? prepare(sql)
      return named(columns, statement.all(...values) as unknown as Value[][]) as Row[]
    } catch (error) {
      throw troubled(error)
    }
  }
  // Reads that come together share one state of the database: from the first that asks it anything until all else has had its turn,
  // or somebody writes.
  let isReading = false
  let isHeld = false
  const letGo = () => {
    if (!isHeld) return
    isHeld = false
    run('COMMIT')
  }
  const reading = <T>(fn: () => T): T => {
    isReading = true
    try {
      return fn()
    } finally {
      isReading = false
    }
  }
  const all: typeof run = (sql, ...values) => {
    if (!isReading) letGo()
    else if (!isHeld) {
      run('BEGIN')
      isHeld = true
      setImmediate(letGo)
    }
    return run(sql, ...values)
  }
  const nested = createTransaction({ all, isOpen: () => database.isTransaction })
  const transaction: typeof nested = (fn) => {
    const result = nested(fn)
    if (!database.isTransaction) committed()
    return result
  }
  return { ...createDoor({ all, transaction }), reading, letGo }
}

interface Prepared {
  statement: StatementSync
  columns: string[]
}

// The objects Node makes of rows cost twice what its arrays do, and are slower to read.
function named(columns: string[], rows: Value[][]): Record<string, Value>[] {
  return rows.map((values) => {
    const row: Record<string, Value> = {}
    for (let place = 0; place < columns.length; place++) row[columns[place] as string] = values[place] as Value
    return row
  })
}

/** SQLite's codes for a disk that does not do its part: busy, read-only, I/O error, full, cannot open. */
const TROUBLES = new Set([5, 8, 10, 13, 14])

/** Runs something of SQLite's, and tells a disk's trouble apart from a bug. */
function asked<T>(run: () => T): T {
  try {
    return run()
  } catch (error) {
    throw troubled(error)
  }
}

function troubled(error: unknown): unknown {
  const { errcode = 0 } = error as { errcode?: number }
  // The lowest byte says what, the rest where.
  return TROUBLES.has(errcode & 255) ? new DiskTrouble((error as Error).message, { cause: error }) : error
}
