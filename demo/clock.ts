// The demonstration's clock: real time, and as far ahead of it as the visitors have moved it. Storefront and Muse both run on it.
import { join } from 'node:path'
import { kept } from './kept.ts'

export type Clock = {
  /** Milliseconds since 1970. */
  now(): number
  /** How far it is ahead of the world outside, in milliseconds. */
  ahead(): number
  /** Moves it forward to an instant; one that has passed already moves nothing, since a book is never taken back. */
  moveTo(at: number): void
}

/** Kept in `folder`, so that a shop that has been moved to next month is still there after a restart. */
export function openClock(folder: string, world: () => number = Date.now): Clock {
  const file = kept(join(folder, 'clock.json'), { ahead: 0 })
  const now = () => world() + file.value.ahead
  return {
    now,
    ahead: () => file.value.ahead,
    moveTo(at) {
      if (at <= now()) return
      file.value.ahead = at - world()
      file.save()
    },
  }
}
