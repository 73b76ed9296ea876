// Transactions of a host that has only statements: the outermost is one, and those inside it are savepoints.
import type { Sql } from './sql.ts'

interface Connection {
  all: Sql['all']
  /** Whether a transaction is under way: SQLite ends one by itself when the disk fails it. */
  isOpen(): boolean
}

/** Makes `transaction` of one connection. What `fn` throws is thrown on, once all that it wrote is undone. */
export function createTransaction({ all, isOpen }: Connection): Sql['transaction'] {
  let depth = 0
  return (fn) => {
    const name = `s${depth}`
    // A failed write may have rolled back the outer transaction; what follows must not start one of its own.
    if (depth > 0 && !isOpen()) throw new Error('the transaction is gone')
    all(depth === 0 ? 'BEGIN IMMEDIATE' : `SAVEPOINT ${name}`)
    depth++
    try {
      const result = fn()
      all(depth === 1 ? 'COMMIT' : `RELEASE ${name}`)
      return result
    } catch (error) {
      if (isOpen()) for (const undo of depth === 1 ? ['ROLLBACK'] : [`ROLLBACK TO ${name}`, `RELEASE ${name}`]) all(undo)
      throw error
    } finally {
      depth--
    }
  }
}
