// The door to SQLite: two functions that each host implements in a dozen lines, and the book made of them.

export type Value = string | number | null

/** One SQLite database. Statements take anonymous `?` only; numbers bind as REAL, so columns are STRICT INTEGER. */
export interface Sql {
  /** Runs one statement and gives its rows. */
  all<Row = Record<string, Value>>(sql: string, ...values: Value[]): Row[]
  /** Runs `fn` so that all it wrote stays or, when it throws, none of it. Nested, it is a savepoint. */
  transaction<T>(fn: () => T): T
  /** Runs `fn`, which only reads, on one state of the database, at less cost than statement by statement. Absent where there is none. */
  reading?<T>(fn: () => T): T
  /** Resolves once all that is committed is on disk. Absent where nothing is kept, and where the platform itself holds answers back. */
  synced?(): Promise<void>
}

/** A book as one request sees it: its database, the request's instant, and the host's dice. */
export interface Book extends Sql {
  /** The instant of this request, in milliseconds since 1970; constant for the whole act. */
  readonly now: number
  /** Unpredictable bytes. */
  dice(length: number): Uint8Array
}

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
