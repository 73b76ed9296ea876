// Group commit: requests that arrive together share one transaction and one sync, and each stands or falls by itself.
import { Refusal } from '../contract.ts'
import { attempt } from '../ledger/door.ts'
import type { Settled, Sql } from '../ledger/sql.ts'

/** Runs an act that writes; what it returns is on disk when the promise resolves. */
export type Commit = <T>(act: () => T) => Promise<T>

interface Waiting {
  act: () => unknown
  resolve(value: never): void
  reject(error: unknown): void
}

/** Told how many more wait for their commit, or fewer, and how many shared each. */
interface Counting {
  waiting(more: number): void
  committed(group: number): void
}

/** How many may wait for a book before it says that it cannot keep up. */
const WAITING_MAX = 2_000
/** How many are worth a transaction of their own while another group is on its way to the disk. */
const GROUP = 64

/**
 * The queue of one book. `later` is the host's way to run a function once everything that has arrived is queued. An act
 * that throws is undone alone. When the commit itself fails nothing has happened yet, and each act is tried by itself.
 * While one group is on its way to the disk, the next ones gather; a book that waits for no disk has no `synced`, and gathers until
 * nobody comes.
 */
export function createCommit(sql: Sql, later: (run: () => void) => void, counting?: Counting): Commit {
  const { synced } = sql
  let queue: Waiting[] = []
  let waiting = 0
  let syncing = 0
  let before = 1
  let isSet = false
  let seen = 0
  // What is committed during a sync waits for the next one: until it is worth a transaction it may as well wait for more.
  const set = () => {
    if (isSet || queue.length < (syncing > 0 ? GROUP : 1)) return
    isSet = true
    seen = queue.length
    later(look)
  }
  // Where no disk is waited for, a group is whole once nobody has joined it while all else had its turn: each costs a commit.
  const look = () => {
    if (synced || queue.length === seen || queue.length >= GROUP) return run()
    seen = queue.length
    later(look)
  }
  const run = () => {
    isSet = false
    const group = queue
    queue = []
    counting?.committed(group.length)
    const all = attempt(() =>
      runAll(
        sql,
        group.map(({ act }) => act),
      ),
    )
    const answer = () => {
      waiting -= group.length
      counting?.waiting(-group.length)
      group.forEach(({ resolve, reject }, index) => {
        const it = 'error' in all ? all : (all.value[index] as Settled)
        if ('error' in it) reject(it.error)
        else resolve(it.value as never)
      })
    }
    if (!synced) return answer()
    // One request after many is a straggler: others are on their way, and should not find everything waiting for the disk.
    const alone = group.length === 1 && before === 1
    before = group.length
    syncing++
    synced(alone).then(() => {
      syncing--
      answer()
      set()
    })
  }
  return (act) =>
    new Promise((resolve, reject) => {
      if (waiting >= WAITING_MAX) throw new Refusal('storefront-unavailable', 'The books cannot keep up at the moment.', { retryAfter: 1 })
      waiting++
      counting?.waiting(1)
      queue.push({ act, resolve, reject })
      set()
    })
}

function runAll(sql: Sql, acts: (() => unknown)[]): Settled[] {
  const alone = (act: () => unknown) => attempt(() => sql.transaction(act))
  const group = attempt(() => (sql.together ? sql.together(acts) : sql.transaction(() => acts.map(alone))))
  return 'error' in group ? acts.map(alone) : group.value
}
