// Group commit: requests that arrive together share one transaction and one sync, each in a savepoint of its own.
import { Refusal } from '../contract.ts'
import type { Sql } from '../ledger/sql.ts'

/** Runs an act that writes; what it returns is on disk when the promise resolves. */
export type Commit = <T>(act: () => T) => Promise<T>

interface Waiting {
  act: () => unknown
  resolve(value: never): void
  reject(error: unknown): void
}

/** How many acts may wait for a book before it says that it cannot keep up. */
const QUEUE_MAX = 2_000

/**
 * The queue of one book. `later` is the host's way to run a function once everything that has arrived is queued. An act
 * that throws is undone alone. When the commit itself fails nothing has happened yet, and each act is tried by itself.
 */
export function createCommit(sql: Sql, later: (run: () => void) => void): Commit {
  let queue: Waiting[] = []
  const run = () => {
    const group = queue
    queue = []
    const settled = together(sql, group) ?? group.map(({ act }) => attempt(sql, act))
    group.forEach(({ resolve, reject }, index) => {
      const it = settled[index] as Settled
      if ('error' in it) reject(it.error)
      else resolve(it.value as never)
    })
  }
  return (act) =>
    new Promise((resolve, reject) => {
      if (queue.length >= QUEUE_MAX)
        throw new Refusal('storefront-unavailable', 'The books cannot keep up at the moment.', { retryAfter: 1 })
      queue.push({ act, resolve, reject })
      if (queue.length === 1) later(run)
    })
}

type Settled = { value: unknown } | { error: unknown }

function together(sql: Sql, group: Waiting[]): Settled[] | undefined {
  try {
    return sql.transaction(() => group.map(({ act }) => attempt(sql, act)))
  } catch {
    return undefined
  }
}

function attempt(sql: Sql, act: () => unknown): Settled {
  try {
    return { value: sql.transaction(act) }
  } catch (error) {
    return { error }
  }
}
