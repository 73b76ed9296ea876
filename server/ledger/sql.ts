// The door to SQLite: two functions that each host implements in a dozen lines, and the book made of them.

export type Value = string | number | null

/** One SQLite database. Statements take anonymous `?` only; numbers bind as REAL, so columns are STRICT INTEGER. */
export interface Sql {
  /** Runs one statement and gives its rows. */
  all<Row = Record<string, Value>>(sql: string, ...values: Value[]): Row[]
  /** Runs `fn` so that all it wrote stays or, when it throws, none of it. Nested, it is a savepoint. */
  transaction<T>(fn: () => T): T
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
