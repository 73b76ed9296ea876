// Books have one keeper at a time: a lock of the operating system's, which goes with the process that holds it, however that ends.
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { unready } from '../settings.ts'

/** What SQLite says of a database that somebody else has locked. */
export const SQLITE_BUSY = 5

/**
 * Keeps a folder of books, below `data`, from any other server until it is let go. Throws a sentence where another one keeps it. The file
 * that is locked stays, empty: it says nothing, the lock on it does.
 */
export function keep(data: string, folder: string): { letGo(): void } {
  const lock = lockOf(join(data, folder, 'lock'), data)
  return { letGo: () => lock?.close() }
}

function lockOf(file: string, data: string): DatabaseSync | undefined {
  let lock: DatabaseSync | undefined
  try {
    lock = new DatabaseSync(file)
    lock.exec('BEGIN EXCLUSIVE')
    return lock
  } catch (error) {
    lock?.close()
    const { errcode, message } = error as { errcode?: number; message: string }
    if (errcode === SQLITE_BUSY) throw unready(`${data} is in use by another server.`)
    // On a disk that takes nothing the books can still be read.
    console.error(`${file} could not be locked: ${message}`)
    return undefined
  }
}
