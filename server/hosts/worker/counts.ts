// What an object has counted for /metrics. It may be ended at any moment, and its counts must never fall: they are written down.
import { VERSION } from '../../http/app.ts'
import { type Counts, createMetrics, type Metrics } from '../../http/metrics.ts'
import type { Kv } from './env.ts'

/** How long after something was counted it is written down, in milliseconds, where nobody asks before: a row a time is paid for. */
const SOON = 30_000

interface Place {
  kv: Kv
  /** Whether the object has a book: where there is none, nothing may be left behind. */
  isMade(): boolean
  now(): number
}

/** Counts that outlive the object. What is told is written down before, so that a count that was seen is never higher than a later one. */
export function createCounts({ kv, isMade, now }: Place): { metrics: Metrics; told(): Counts } {
  const metrics = createMetrics(now(), VERSION, isMade() ? kv.get<Counts>('counts') : undefined)
  let isSet = false
  let isKept = false
  const keep = () => {
    isSet = false
    if (isKept || !isMade()) return
    kv.put('counts', metrics.counts())
    isKept = true
  }
  // A disk that takes nothing keeps no counts either; requests are told of it by what they write themselves.
  const keepSoon = () => {
    isKept = false
    if (isSet) return
    isSet = true
    setTimeout(() => {
      try {
        keep()
      } catch {
        isSet = false
      }
    }, SOON)
  }
  return {
    metrics: {
      ...metrics,
      answered(request) {
        // Of a shop that there is not, nobody would ask for the counts: the Worker counts.
        if (!isMade()) return
        metrics.answered(request)
        keepSoon()
      },
    },
    told() {
      keep()
      return metrics.counts()
    },
  }
}
