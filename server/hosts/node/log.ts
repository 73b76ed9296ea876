// The log of a book is moved into its file in a thread beside the event loop: that is thousands of pages and two syncs, for which
// reads and redeems would have to wait. What has come meanwhile is little, and moved at once, so that the log begins anew.
import type { DatabaseSync } from 'node:sqlite'
import { Worker } from 'node:worker_threads'

/** How long a log grows before it is moved, in pages: moving much at once costs less than little often. */
export const LOG_PAGES = 4_000
/** How long the thread is kept with nothing to do, in milliseconds. */
const IDLE = 30_000

/** What has become of a run, in memory that both threads have. */
export const stages = { waiting: 0, running: 1, over: 2 } as const

/** What the thread is asked: to move the log of this file, unless the run is over before it begins. */
export interface Asked {
  file: string
  stage: Int32Array
}

/** The one thread of the process, begun when a log has grown long for the first time. It says of each run when it is over. */
let thread: ReturnType<typeof begin> | undefined

function begin() {
  const worker = new Worker(new URL('./log-thread.ts', import.meta.url), { execArgv: ['--disable-warning=ExperimentalWarning'] })
  const waiting: (() => void)[] = []
  let timer: NodeJS.Timeout | undefined
  const end = () => {
    clearTimeout(timer)
    thread = undefined
    for (const over of waiting.splice(0)) over()
    worker.terminate()
  }
  worker.on('message', () => {
    timer = timer?.refresh() ?? setTimeout(() => waiting.length === 0 && end(), IDLE).unref()
    waiting.shift()?.()
  })
  worker.on('error', end)
  worker.unref()
  return {
    move(asked: Asked, over: () => void) {
      waiting.push(over)
      worker.postMessage(asked)
    },
  }
}

/** Keeps the log of one book short. `free` ends what the connection is reading, which would keep the log as it is. */
export function createLog(database: DatabaseSync, file: string, free: () => void) {
  const noted = database.prepare('PRAGMA wal_checkpoint(NOOP)')
  const left = () => {
    const { log, checkpointed } = noted.get() as { log: number; checkpointed: number }
    return log - checkpointed
  }
  let stage: Int32Array | undefined
  const ask = () => {
    const asked = new Int32Array(new SharedArrayBuffer(4))
    stage = asked
    thread ??= begin()
    thread.move({ file, stage: asked }, () => {
      if (stage !== asked) return
      stage = undefined
      free()
      move(database)
    })
  }
  return {
    /** Something was committed. */
    grown(): void {
      if (stage === undefined && left() >= LOG_PAGES) ask()
    },
    /** The thread leaves the book alone from here on; a run that has begun is waited for. */
    close(): void {
      const asked = stage
      stage = undefined
      if (asked && Atomics.compareExchange(asked, 0, stages.waiting, stages.over) === stages.running) Atomics.wait(asked, 0, stages.running)
    },
  }
}

/** Moves what is in the log here and now. What finds no room in the book stays in the log, where it is just as safe, until the next time. */
export function move(database: DatabaseSync): void {
  try {
    database.exec('PRAGMA wal_checkpoint')
  } catch {}
}
