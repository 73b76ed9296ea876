// The door to SQLite: two functions that each host implements in a dozen lines, and the book made of them.

/** Bytes go in as a Uint8Array; a host may give them back as an ArrayBuffer: `bytesOf`. */
export type Value = string | number | null | Uint8Array

/** How many values one statement may carry, where it has as many rows as fit: the edge takes a hundred. */
export const VALUES_MAX = 96

/** What became of an act: what it returned, or what it threw. */
export type Settled<T = unknown> = { value: T } | { error: unknown }

/** Entries of an index that wait in memory, by their key, and the greatest id there is. */
export interface Memtable {
  entries: Map<Value, readonly Value[]>
  newest: number
}

/** One SQLite database. Statements take anonymous `?` only; numbers bind as REAL, so columns are STRICT INTEGER. */
export interface Sql {
  /** Runs one statement and gives its rows. */
  all<Row = Record<string, Value>>(sql: string, ...values: Value[]): Row[]
  /** Runs `fn` so that all it wrote stays or, when it throws, none of it. Nested, it is a savepoint. */
  transaction<T>(fn: () => T): T
  /** Runs acts in one transaction, each to its own end: what one wrote before it threw is undone, and nothing else. Of a whole database only. */
  together?<T>(acts: (() => T)[]): Settled<T>[]
  /**
   * What acts have in hand of the database's rows: by a member's id the coupons, by the storefront's id the whole wallet. Empty again
   * whenever something is undone. Absent where others write too.
   */
  readonly inHand?: Map<number | string, unknown>
  /** What the indexes of ledger/memtable have in memory, by their tables: empty again whenever something is undone. */
  readonly memtables: Map<string, Memtable>
  /** Runs `fn`, which only reads, on one state of the database, at less cost than statement by statement. Absent where there is none. */
  reading?<T>(fn: () => T): T
  /** Resolves once all that is committed is on disk. `alone`: for a single request, which nothing else need wait beside. Absent where nothing is kept, and where the platform itself holds answers back. */
  synced?(alone?: boolean): Promise<void>
}

/** The disk takes or gives nothing at the moment: it is full, read-only or failing. What was asked has not happened, and can be asked again. */
export class DiskTrouble extends Error {}

/** A book as one request sees it: its database, the request's instant, and the host's dice. */
export interface Book extends Sql {
  /** The instant of this request, in milliseconds since 1970; constant for the whole act. */
  readonly now: number
  /** Unpredictable bytes. */
  dice(length: number): Uint8Array
}

/** Bytes as a row has them, whichever host read it. */
export const bytesOf = (value: Uint8Array | ArrayBuffer) => (value instanceof Uint8Array ? value : new Uint8Array(value))

/** The first row of a query that may have none. */
export const one = <Row>(rows: Row[]): Row | undefined => rows[0]

/**
 * The newest `limit` links of a chain, newest first, each found by the one after it. Its cost does not grow with the book; one
 * statement a link is cheaper than SQLite's own recursion, and a link that is known already costs nothing.
 */
export function chain<Row extends { previous: number | null }>(
  newest: number | null,
  limit: number,
  find: (id: number) => Row | undefined,
): Row[] {
  const links: Row[] = []
  for (let id = newest; id !== null && links.length < limit; id = links.at(-1)?.previous ?? null) {
    const link = find(id)
    if (!link) break
    links.push(link)
  }
  return links
}
