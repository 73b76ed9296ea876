// The door as acts go through it. It counts what may write, so that the acts of a group need no savepoint each: a savepoint
// has SQLite copy every page that is touched after it.
import type { Batch } from './batch.ts'
import type { Settled, Sql } from './sql.ts'

/** Runs `act` and holds on to what it throws. */
export function attempt<T>(act: () => T): Settled<T> {
  try {
    return { value: act() }
  } catch (error) {
    return { error }
  }
}

type Doorway = Pick<Sql, 'all' | 'transaction'> & Required<Pick<Sql, 'together' | 'inHand' | 'memtables'>>

/**
 * Makes the door of what a host has: one statement, and a transaction that is a savepoint when nested.
 *
 * `together` runs acts in one transaction, to the same end as if each had its own savepoint. One that throws before it wrote
 * anything leaves nothing to undo. When one throws after that, all is rolled back and run again, now with savepoints. With a `batch`,
 * what such acts write goes several rows at a time.
 */
export function createDoor(host: Pick<Sql, 'all' | 'transaction'>, batch?: Batch): Doorway {
  let writes = 0
  let light = false
  let spoiled = false

  const inHand = new Map<number | string, unknown>()
  const memtables: Sql['memtables'] = new Map()
  const transaction = <T>(fn: () => T): T => {
    try {
      return host.transaction(fn)
    } catch (error) {
      inHand.clear()
      memtables.clear()
      throw error
    }
  }
  const all: Sql['all'] = (sql, ...values) => {
    if (sql.charCodeAt(0) !== SELECT) writes++
    return light && waits(sql, values) ? [] : host.all(sql, ...values)
  }
  // What cannot be written may be another act's.
  const waits: Batch['takes'] = (sql, values) => {
    try {
      return batch?.takes(sql, values) ?? false
    } catch {
      spoiled = true
      throw spoilt
    }
  }
  const lightly = <T>(fn: () => T): T => {
    const before = writes
    try {
      return fn()
    } catch (error) {
      spoiled ||= writes !== before
      throw spoiled ? spoilt : error
    }
  }
  const lightGroup = <T>(acts: (() => T)[]): Settled<T>[] => {
    light = true
    const all = acts.map((act) => {
      const settled = attempt(() => lightly(act))
      if (spoiled) throw spoilt
      return settled
    })
    spoiled = 'error' in attempt(() => batch?.end())
    if (spoiled) throw spoilt
    return all
  }
  return {
    all,
    inHand,
    memtables,
    transaction: (fn) => (light ? lightly(fn) : transaction(fn)),
    together: (acts) => {
      try {
        return transaction(() => lightGroup(acts))
      } catch (error) {
        if (!spoiled) throw error
      } finally {
        light = false
        spoiled = false
        batch?.forget()
      }
      return transaction(() => acts.map((act) => attempt(() => transaction(act))))
    },
  }
}

// How a statement begins that only reads; whatever begins otherwise is taken to write.
const SELECT = 'S'.charCodeAt(0)

const spoilt = new Error('something was written that must not stay')
