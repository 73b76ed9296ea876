// Undo and redo. What one drag or one burst of typing changes is one step.
import type { Theme } from './tokens.ts'

export interface History {
  past: Theme[]
  now: Theme
  future: Theme[]
  /** What the latest step changed, and when, in milliseconds. */
  last: { what: string; at: number }
}

/** Changes of the same thing that are this close together are one step. */
const BURST = 900
const STEPS = 200

export const begin = (now: Theme): History => ({ past: [], now, future: [], last: { what: '', at: 0 } })

export function change(history: History, now: Theme, what: string, at: number): History {
  if (same(now, history.now)) return history
  const isSameStep = what === history.last.what && at - history.last.at < BURST && history.past.length > 0
  const past = isSameStep ? history.past : [...history.past, history.now].slice(-STEPS)
  return { past, now, future: [], last: { what, at } }
}

export function undo({ past, now, future, last }: History): History {
  const before = past.at(-1)
  return before
    ? { past: past.slice(0, -1), now: before, future: [now, ...future], last: { what: '', at: 0 } }
    : { past, now, future, last }
}

export function redo({ past, now, future, last }: History): History {
  const [next, ...rest] = future
  return next ? { past: [...past, now], now: next, future: rest, last: { what: '', at: 0 } } : { past, now, future, last }
}

const same = (one: Theme, other: Theme) => JSON.stringify(one) === JSON.stringify(other)
