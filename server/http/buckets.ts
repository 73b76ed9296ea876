// Token buckets by name: who has used how much of a budget, in memory that stays small whoever asks.

/** How much may be asked for at once, and how fast it comes back. */
interface Budget {
  burst: number
  perSecond: number
}

export interface Buckets {
  /** Takes one. Gives 0, or, where none is left, the milliseconds until one is; then nothing is taken. */
  take(name: string, now: number): number
  /** The milliseconds until one can be taken; 0 is now. Takes nothing. */
  wait(name: string, now: number): number
  /** Undoes a take. */
  giveBack(name: string): void
  /** Takes what has been used elsewhere already, whether or not it is there; no more is owed than a whole burst. Gives what `wait` gives. */
  owe(name: string, count: number, now: number): number
  /** Gives nothing for so many milliseconds at least. */
  hold(name: string, wait: number, now: number): void
  /** How many names are remembered. */
  readonly size: number
}

/** A generation remembers this many names at most: some ten megabytes. */
export const NAMES_MAX = 50_000

/**
 * A bucket is one number, the instant at which it is full again; a name without one has a full bucket. Names are kept in two
 * generations. One not heard of for as long as a bucket takes to fill is forgotten, which changes nothing. Where more names
 * than fit come in that time, those not heard of for the longest are forgotten early, in their favour.
 */
export function createBuckets({ burst, perSecond }: Budget): Buckets {
  const each = 1000 / perSecond
  const whole = burst * each
  // What rounding may add up to must not cost anyone the last of a burst.
  const grain = Math.min(1, each / 2)
  let young = new Map<string, number>()
  let old = new Map<string, number>()
  let since = 0
  let latest = 0
  let first: number | undefined

  // Gives the time since the first take: at today's distance from 1970, fractions of a millisecond would be lost.
  const turn = (instant: number): number => {
    first ??= instant
    const now = instant - first
    // Once the clock was set back, every bucket would seem to be full a long time from now.
    if (now < latest) young = new Map()
    if (now < latest || now - since >= whole || young.size >= NAMES_MAX) {
      old = young
      young = new Map()
      since = now
    }
    latest = now
    return now
  }
  const fullAt = (name: string, now: number) => Math.max(young.get(name) ?? old.get(name) ?? now, now)
  const waiting = (full: number, now: number) => {
    const missing = full + each - now - whole
    return missing > grain ? missing : 0
  }
  return {
    take(name, instant) {
      const now = turn(instant)
      const full = fullAt(name, now)
      const wait = waiting(full, now)
      young.set(name, wait === 0 ? full + each : full)
      return wait
    },
    wait(name, instant) {
      const now = turn(instant)
      return waiting(fullAt(name, now), now)
    },
    giveBack(name) {
      const full = young.get(name) ?? old.get(name)
      if (full !== undefined) young.set(name, full - each)
    },
    owe(name, count, instant) {
      const now = turn(instant)
      const full = Math.min(fullAt(name, now) + count * each, now + 2 * whole)
      young.set(name, full)
      return waiting(full, now)
    },
    hold(name, wait, instant) {
      const now = turn(instant)
      young.set(name, Math.max(fullAt(name, now), now + whole + wait - each))
    },
    get size() {
      return young.size + old.size
    },
  }
}
