// A batch: statements that write a row each and are alike wait for one another, and go as one. For a host on which to ask costs more than
// what is asked, as it does a Durable Object. Whatever concerns a table finds in it all that was written before.
import { type Sql, VALUES_MAX, type Value } from './sql.ts'

/** What a redeem writes: rows of tables that only grow, and of members and lots by their ids. */
const ADDED = /^INSERT INTO (transfers|parts|coupons|answers) \([^)]*\)\s+VALUES (\([^)]*\))$/
const CHANGED = /^UPDATE (members|lots) SET ((?:\w+ = (?:\w+ [+-] )?\?(?:, )?)+) WHERE id = \?$/
const NAMED = /\b(?:transfers|parts|coupons|answers|members|lots)\b/g

/** One statement for a row, and those of its rows that wait. */
interface Kind {
  table: string
  /** How many values a row has. */
  width: number
  /** The statement for so many rows. */
  statement(rows: number): string
  values: Value[]
  /** Of a change, the rows that wait: which of two that concern one row comes first is not for a statement to choose. */
  ids: Set<Value> | undefined
}

/** Statements of one database that wait. It has to be told when a group ends, and when it is undone. */
export type Batch = ReturnType<typeof createBatch>

/** The batch of one database, whose statements `all` runs. */
export function createBatch(all: Sql['all']) {
  const kinds: Kind[] = []
  const known = new Map<string, Kind | string[]>()

  // The kind of a statement, or the tables that it names.
  const look = (sql: string): Kind | string[] => {
    const found = known.get(sql) ?? kindOf(sql) ?? (sql.match(NAMED) || [])
    if (!known.has(sql) && !Array.isArray(found)) kinds.push(found)
    known.set(sql, found)
    return found
  }
  // Of powers of two, so that there are few statements to prepare.
  const write = (kind: Kind) => {
    const rows = kind.values.splice(0)
    kind.ids?.clear()
    for (let at = 0; at < rows.length; ) {
      const count = 2 ** Math.floor(Math.log2((rows.length - at) / kind.width))
      all(kind.statement(count), ...rows.slice(at, at + count * kind.width))
      at += count * kind.width
    }
  }
  const wait = (kind: Kind, values: Value[]) => {
    const id = values.at(-1) as Value
    if (kind.ids) for (const other of kinds) if (other.table === kind.table && other.ids?.has(id)) write(other)
    kind.values.push(...values)
    kind.ids?.add(id)
    if (kind.values.length >= kind.width * most(kind)) write(kind)
  }
  return {
    /** Whether a statement waits. Where it does not, all that it may look at has been written. */
    takes(sql: string, values: Value[]): boolean {
      const found = look(sql)
      if (!Array.isArray(found)) wait(found, values)
      else if (found.length > 0) for (const kind of kinds) if (kind.values.length > 0 && found.includes(kind.table)) write(kind)
      return !Array.isArray(found)
    },
    /** Writes all that waits. */
    end: () => kinds.forEach(write),
    /** Forgets all that waits: what it belongs to is undone. */
    forget(): void {
      for (const kind of kinds) {
        kind.values = []
        kind.ids?.clear()
      }
    },
  }
}

const most = ({ width }: Kind) => 2 ** Math.floor(Math.log2(VALUES_MAX / width))

function kindOf(sql: string): Kind | undefined {
  const [, grown, row] = ADDED.exec(sql) ?? []
  if (grown && row) return { ...empty(grown, row), ids: undefined, statement: memo((rows) => `${sql}${`, ${row}`.repeat(rows - 1)}`) }
  const [, table, sets] = CHANGED.exec(sql) ?? []
  if (!table || !sets) return undefined
  let place = 0
  const assigned = sets.replaceAll('?', () => `new.column${++place}`)
  const marks = `(${Array(place + 1)
    .fill('?')
    .join(', ')})`
  const rowsOf = (rows: number) => Array(rows).fill(marks).join(', ')
  const statement = (rows: number) =>
    `UPDATE ${table} SET ${assigned} FROM (VALUES ${rowsOf(rows)}) AS new WHERE id = new.column${place + 1}`
  return { ...empty(table, marks), ids: new Set(), statement: memo(statement) }
}

const empty = (table: string, row: string) => ({ table, width: row.split('?').length - 1, values: [] as Value[] })

function memo(make: (rows: number) => string): (rows: number) => string {
  const made = new Map<number, string>()
  return (rows) => {
    const text = made.get(rows) ?? make(rows)
    made.set(rows, text)
    return text
  }
}
