// The alarm of an object: when it rings, and what is done then, as much of it as the platform gives an alarm time for.
import { alarm as ring } from '../../acts/chores.ts'
import { readShop } from '../../acts/shop.ts'
import { one } from '../../ledger/sql.ts'
import { dice, type Storage } from './env.ts'
import type { Store } from './store.ts'

/** An alarm rings at the latest after so many milliseconds, and is set again then: the platform takes none beyond the year 2189. */
const FAR = 365 * 86_400_000
/** When it is tried again where it came at a bad time, in milliseconds. */
const LATER = 60_000
/** How often it goes on: the platform gives it half a minute of its processor. */
const TURNS = 200

interface Place {
  storage: Storage
  store: Store
  now(): number
  /** Whether the book takes what time does, at the moment. */
  takes(): boolean
}

export function createAlarm({ storage, store, now, takes }: Place) {
  let setFor: number | undefined
  /** Sees whether something falls due earlier than it would ring. */
  const set = async (): Promise<void> => {
    const due = one(store.made()?.all<{ due: number }>(next) ?? [])?.due
    if (due === undefined || (setFor !== undefined && due >= setFor)) return
    setFor = due
    await storage.setAlarm(Date.now() + Math.min(Math.max(0, due - now()), FAR))
  }
  /** Nobody knows whether it is set. */
  const forget = (): void => {
    setFor = undefined
  }
  // Gives whether there is more than one alarm may take of the processor's time. Others have their turn in between.
  const wake = async (): Promise<boolean> => {
    const sql = store.made()
    const shop = sql && readShop(sql)
    if (!shop) return false
    const book = { ...sql, shop, now: now(), dice }
    for (let turn = 0; turn < TURNS; turn++) {
      if (!takes() || store.made() !== sql || !ring(book)) return false
      await new Promise((later) => setTimeout(later, 0))
    }
    return true
  }
  return {
    set,
    forget,
    /** It rings: `keepsUp` sees to it first that what the shop's first book says is known here, and gives whether it is. */
    async rings(keepsUp: () => Promise<boolean>): Promise<void> {
      forget()
      if (!takes() || !(await keepsUp())) return storage.setAlarm(Date.now() + LATER)
      if (await wake()) await storage.setAlarm(Date.now())
      else await set()
    },
  }
}

const next = 'SELECT due FROM members WHERE due < 8640000000000000 AND (SELECT importing FROM shop) IS NULL ORDER BY due LIMIT 1'
