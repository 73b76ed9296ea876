// Time that passes only when told to. The page's timers and the network's delays are of it; what the server and the language do meanwhile
// is waited for, and takes none of it.

export type Clock = ReturnType<typeof clockOf>

interface Timer {
  at: number
  /** The visit it is of: a page that is left takes its timers along. 0 for the network's. */
  visit: number
  act: () => unknown
}

const turn = setImmediate

export function clockOf(start: number) {
  const timers = new Map<number, Timer>()
  let now = start
  let last = 0
  let under = 0
  let left = 0
  /** Until nothing is under way but what waits for time. */
  const rest = async () => {
    do for (let turns = 0; turns < 3; turns++) await new Promise(turn)
    while (under > 0)
  }
  const next = () => {
    let first: [number, Timer] | undefined
    for (const timer of timers) if (!first || timer[1].at < first[1].at) first = timer
    return first
  }
  return {
    now: () => now,
    set(act: () => unknown, milliseconds = 0, visit = 0): number {
      if (visit === 0 || visit > left) timers.set(++last, { act, visit, at: now + Math.max(0, Number(milliseconds) || 0) })
      return last
    },
    clear: (timer: number) => void timers.delete(timer),
    /** Draws the frame that is waited for, with all that is to follow it at once. */
    draw(frames: Set<number>) {
      const before = last
      for (const name of frames) {
        const timer = timers.get(name)
        timers.delete(name)
        timer?.act()
      }
      for (const [name, timer] of timers) {
        if (name <= before || timer.at > now) continue
        timers.delete(name)
        timer.act()
      }
    },
    /** Nothing of a visit, or of one before it, comes to pass any more. */
    leave(visit: number) {
      left = visit
      for (const [name, timer] of timers) if (timer.visit === visit) timers.delete(name)
    },
    /** What is done in no time, but not at once. */
    async meanwhile<T>(done: Promise<T> | T): Promise<T> {
      under++
      try {
        return await done
      } finally {
        under--
      }
    },
    rest,
    /** Lets so many milliseconds pass, timer by timer. */
    async pass(milliseconds: number) {
      const until = now + milliseconds
      await rest()
      for (let timer = next(); timer && timer[1].at <= until; timer = next()) {
        timers.delete(timer[0])
        now = timer[1].at
        timer[1].act()
        await rest()
      }
      now = until
    },
  }
}
