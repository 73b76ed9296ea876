// An object's database: the book in it, made when it is first needed, and the door by which its app goes in.
import { Refusal } from '../../contract.ts'
import { createBatch } from '../../ledger/batch.ts'
import { createDoor } from '../../ledger/door.ts'
import { migrate } from '../../ledger/schema.ts'
import { DiskTrouble, type Sql, type Value } from '../../ledger/sql.ts'
import { dividing } from './division.ts'
import type { Storage } from './env.ts'

interface Place {
  storage: Storage
  now(): number
  /** Whether the book may be written at the moment. */
  takes(): boolean
}

export type Store = ReturnType<typeof createStore>

/** Asking for a shop that does not exist leaves no database behind: only `make` does. */
export function createStore({ storage, now, takes }: Place) {
  const all = <Row>(text: string, ...values: Value[]) => told(() => storage.sql.exec(text, ...values).toArray() as Row[])
  const transaction = <T>(fn: () => T) => told(() => storage.transactionSync(fn))
  let shut = () => {}
  // A read that finds something to write is refused, too, while the book takes nothing.
  const openDoor = (): Sql => {
    let isShut = false
    shut = () => {
      isShut = true
    }
    const open: typeof all = (text, ...values) => {
      if (isShut) throw dividing()
      return all(text, ...values)
    }
    const held: typeof transaction = (fn) => {
      if (!takes()) throw dividing()
      return transaction(fn)
    }
    return createDoor({ all: open, transaction: held }, createBatch(open))
  }
  let sql = openDoor()
  let isMade = all("SELECT 1 FROM sqlite_master WHERE name = 'scripts'").length > 0
  if (isMade) migrate(sql, now())

  // What is in hand of a book that has become another one is worth nothing, and whoever still reads by the old door must not go on.
  const renew = () => {
    shut()
    sql = openDoor()
  }
  const made = () => (isMade ? sql : undefined)
  const make = (): Sql => {
    if (!isMade) migrate(sql, now())
    isMade = true
    return sql
  }
  let emptied = 0
  return {
    renew,
    isMade: () => isMade,
    made,
    make,
    /** A door of its own, which is open also while the book takes nothing. */
    besides: () => createDoor({ all, transaction }),
    /** The book until it is emptied: what was asked of it by then may come only afterwards, and is nothing to the book that is made next. */
    living() {
      const life = emptied
      const isLiving = () => life === emptied
      const mustLive = () => {
        if (!isLiving()) throw new Refusal('storefront-unavailable', 'This book was emptied.', { retryAfter: 1 })
      }
      return {
        isMade: () => isLiving() && isMade,
        made() {
          mustLive()
          return made()
        },
        make() {
          mustLive()
          return make()
        },
      }
    },
    async empty(): Promise<void> {
      await storage.deleteAll()
      emptied++
      isMade = false
      renew()
    },
  }
}

// The platform says in words what a disk did not do: workerd's own disk, since Cloudflare's is not a book's to know.
function told<T>(run: () => T): T {
  try {
    return run()
  } catch (error) {
    const isDisk = error instanceof Error && /\bSQLITE_(BUSY|READONLY|IOERR|FULL|CANTOPEN)/.test(error.message)
    throw isDisk ? new DiskTrouble(error.message, { cause: error }) : error
  }
}
