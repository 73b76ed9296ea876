// How a shop comes into the list of shops: its first object tells it once.
import type { Kv } from './env.ts'

/** Gives a function that tells the list until it has been heard; a shop that was made before there was a list tells it, too. */
export function createListing(kv: Kv, tell: () => Promise<void>, report: (error: unknown) => void): () => Promise<void> {
  let isListed = false
  return async () => {
    if (isListed) return
    try {
      if (!kv.get('listed')) {
        await tell()
        kv.put('listed', true)
      }
      isListed = true
    } catch (error) {
      report(error)
    }
  }
}
