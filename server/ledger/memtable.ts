// Indexes whose newest entries are in memory, as the memtable of a log-structured tree is. An entry at a random place costs whoever
// makes it a page of the log; put in by the thousand and in their order, many share one.
import { type Memtable, one, type Sql, VALUES_MAX, type Value } from './sql.ts'

/** An index in a table of its own. */
interface Described {
  table: string
  /** The first is the key, the last the id of what is found: a number that only grows. */
  columns: readonly string[]
  /** The entries of all that has a greater id than `?`. */
  newer: string
  /** How many may wait in memory. */
  most: number
}

interface Index extends Described {
  /** The statement for the entries under a key that are in the table. */
  filed: string
}

/** The index described, with its statement written out once. */
export const indexOf = (it: Described): Index => ({ ...it, filed: `SELECT * FROM ${it.table} WHERE ${it.columns[0]} = ?` })

/** The values of an entry in the order of its columns. */
type Entry = readonly Value[]
type Tables = Pick<Sql, 'all' | 'memtables'>

/** The entries under a key. */
export function find<Found>(book: Tables, index: Index, key: Value): Found[] {
  const waiting = memtable(book, index).entries.get(key)
  const filed = book.all<Found>(index.filed, key)
  return waiting ? [named(index, waiting) as Found, ...filed] : filed
}

/** Adds an entry for something whose id is the greatest so far. When enough are waiting, all are put into their table. */
export function add(book: Tables, index: Index, entry: Entry): void {
  const it = memtable(book, index)
  const [key, id] = [keyOf(entry), idOf(entry)]
  // A table that has just been looked through has it already.
  if (id <= it.newest && it.entries.has(key)) return
  if (it.entries.size >= index.most || it.entries.has(key)) file(book, index)
  it.entries.set(key, entry)
  it.newest = id
}

/** The greatest id that was ever given: where something is forgotten, the table itself may not know it. */
export const newest = (book: Tables, index: Index) => memtable(book, index).newest

/** The next id of a table that only grows: to be told which one SQLite chose costs as much again as the row. */
export function nextId(book: Tables, table: string): number {
  const known = book.memtables.get(table) ?? { entries: new Map(), newest: greatest(book, table) }
  book.memtables.set(table, known)
  return ++known.newest
}

const greatest = (book: Tables, table: string) => one(book.all<{ id: number | null }>(`SELECT MAX(id) AS id FROM ${table}`))?.id ?? 0

/** Puts all that was written past `add` into its table, however much that is. */
export function fileAll(book: Tables, index: Index): void {
  const [key, id] = [index.columns[0], index.columns.at(-1)]
  const upto = uptoOf(book, index)
  const last = one(book.all<{ id: number | null }>(`SELECT MAX(${id}) AS id FROM (${index.newer})`, upto))?.id ?? upto
  book.all(`INSERT INTO ${index.table} (${index.columns.join(', ')}) SELECT * FROM (${index.newer}) ORDER BY ${key}`, upto)
  book.all('UPDATE memtables SET upto = ? WHERE name = ?', last, index.table)
  book.memtables.clear()
}

// Puts all that waits into its table.
function file(book: Tables, index: Index): void {
  const { entries, newest } = memtable(book, index)
  const sorted = [...entries.values()].sort((a, b) => ((keyOf(a) as Value & {}) < (keyOf(b) as Value & {}) ? -1 : 1))
  const most = Math.floor(VALUES_MAX / index.columns.length)
  let at = 0
  // Of powers of two, so that there are few statements to prepare.
  for (let count = 2 ** Math.floor(Math.log2(most)); count >= 1; count /= 2)
    for (; sorted.length - at >= count; at += count) {
      const values = sorted.slice(at, at + count).flat()
      book.all(`INSERT INTO ${index.table} (${index.columns.join(', ')}) VALUES ${rowsOf(count, index.columns.length)}`, ...values)
    }
  book.all('UPDATE memtables SET upto = ? WHERE name = ?', newest, index.table)
  entries.clear()
}

// After a start, and after anything was undone, the tables say what waits.
function memtable(book: Tables, index: Index): Memtable {
  const known = book.memtables.get(index.table)
  if (known) return known
  const upto = uptoOf(book, index)
  const entries = book.all(index.newer, upto).map((row) => index.columns.map((column) => row[column] as Value))
  const newest = entries.reduce((most, entry) => Math.max(most, idOf(entry)), upto)
  const made = { entries: new Map(entries.map((entry) => [keyOf(entry), entry])), newest }
  book.memtables.set(index.table, made)
  return made
}

/** The greatest id that is in the table; what has a greater one waits. */
const uptoOf = (book: Tables, { table }: Index) =>
  one(book.all<{ upto: number }>('SELECT upto FROM memtables WHERE name = ?', table))?.upto ?? 0

const keyOf = (entry: Entry) => entry[0] as Value
const idOf = (entry: Entry) => entry.at(-1) as number
const named = ({ columns }: Index, entry: Entry) => Object.fromEntries(columns.map((column, place) => [column, entry[place]]))

const rowsOf = (count: number, columns: number) =>
  Array(count)
    .fill(`(${Array(columns).fill('?').join(', ')})`)
    .join(', ')
