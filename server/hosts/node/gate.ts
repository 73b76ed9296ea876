// The output gate: commits go to SQLite's log without waiting for the disk, and one sync beside the event loop, shared by all that
// were committed before it began, lets their answers out. Reads wait for nothing.
import { closeSync, fdatasync, fdatasyncSync, fsyncSync, openSync } from 'node:fs'
import { dirname } from 'node:path'

/** How long nothing is committed before the log is moved into the database, in milliseconds. */
const IDLE = 1_000

/** The gate of one database. `log` is SQLite's log file, which stays the same one for as long as the database is open. */
export function createGate(log: string, idle: () => void) {
  let file: number | undefined
  let running: Promise<void> | undefined
  let following: Promise<void> | undefined
  let quiet: NodeJS.Timeout | undefined

  const begin = () => {
    file ??= openLog(log)
    const descriptor = file
    running = new Promise((resolve) =>
      fdatasync(descriptor, (error) => {
        if (error) end(error)
        running = undefined
        resolve()
      }),
    )
    return running
  }
  // For one request alone, the way to another thread and back costs more than the event loop has to do meanwhile.
  const atOnce = () => {
    file ??= openLog(log)
    try {
      fdatasyncSync(file)
    } catch (error) {
      end(error as Error)
    }
    return Promise.resolve()
  }
  return {
    /** Resolves once everything that is committed by now is on disk. A sync that has begun may have missed it: then the next one counts. */
    synced(alone = false): Promise<void> {
      quiet = quiet?.refresh() ?? setTimeout(idle, IDLE).unref()
      if (!running) return alone ? atOnce() : begin()
      following ??= running.then(() => {
        following = undefined
        return begin()
      })
      return following
    },
    close(): void {
      clearTimeout(quiet)
      const descriptor = file
      const close = () => descriptor !== undefined && closeSync(descriptor)
      const last = following ?? running
      if (last) last.then(close)
      else close()
    },
  }
}

// SQLite makes the log anew at each start and leaves its name in the folder unsynced: what is in it must be found by it.
function openLog(log: string): number {
  const folder = openSync(dirname(log), 'r')
  fsyncSync(folder)
  closeSync(folder)
  return openSync(log, 'r')
}

// After a failed sync nobody knows what is on disk, and trying again may claim too much. What is there is found at the next start.
function end(error: Error): never {
  console.error(JSON.stringify({ at: new Date().toISOString(), level: 'fatal', error: `the log cannot be synced: ${error.message}` }))
  process.exit(1)
}
