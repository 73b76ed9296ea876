// What the engine has compiled is kept beside the books, so that the next start has half as much to do.
import { enableCompileCache, flushCompileCache } from 'node:module'
import { join } from 'node:path'
import { makeFolder } from './files.ts'

/** How long after the start it is written down, in milliseconds: a process that is killed would otherwise leave nothing. */
const LATER = 2_000

/** Keeps what is compiled from here on, and uses what was kept, below `data`; where nothing can be kept, nothing is. Call it before importing the rest. */
export function keepCompiled(data: string): void {
  const kept = join(data, 'compiled')
  try {
    makeFolder(kept)
  } catch {
    return
  }
  enableCompileCache(kept)
  setTimeout(flushCompileCache, LATER).unref()
}
