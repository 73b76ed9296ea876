// What a book apart has let pass that the whole shop's budgets pay for: it counts by itself, and tells the first book afterwards.
import type { Buckets } from './buckets.ts'

/** How often somebody has used a budget of the whole shop's in one of its books. */
export interface Owing {
  budget: string
  /** The address, the shop, or the shop and the customer. */
  who: string
  count: number
}

/** A budget, and who has used how much of it. */
export interface Counted {
  name: string
  burst: number
  buckets: Buckets
}

/** The first book, as another one of the same shop sees it. */
export interface Elsewhere {
  /** In how many books the shop is; undefined while that is not known. */
  books(): number | undefined
  /** Gives how many milliseconds each must wait now. */
  owe(owing: Owing[]): Promise<number[]>
}

/** How many names may stand on a tab before all of it is told. */
const NAMES_MAX = 1_000

/**
 * No request waits for the first book. One that is let pass is put on the tab; once a name has used its share of the budget here,
 * half of it divided by the books, the first book is told, takes it all from its own bucket, and says how long the name has to wait.
 * So all books together let pass half as much again as the budget says at most (where a share would be less than one: one a book), and in
 * the long run exactly what it says, for what was too much is owed.
 */
export function createTab({ books, owe }: Elsewhere, now: () => number) {
  let owing = new Map<string, Owing & { counted: Counted }>()
  let isTelling = false
  const share = ({ burst }: Counted) => Math.max(1, Math.floor(burst / (2 * (books() ?? 1))))
  const isDue = () => owing.size > NAMES_MAX || [...owing.values()].some(({ counted, count }) => count >= share(counted))

  // One call at a time: whoever is busy tells more at once. Gives whether there is more to tell; what was not heard is told with the next.
  const tell = async (): Promise<boolean> => {
    const told = [...owing.values()]
    owing = new Map()
    isTelling = true
    try {
      const waits = await owe(told.map(({ budget, who, count }) => ({ budget, who, count })))
      for (const [place, { counted, who }] of told.entries()) if (waits[place]) counted.buckets.hold(who, waits[place], now())
      return isDue()
    } catch {
      for (const { counted, who, count } of told) add(counted, who, count)
      return false
    } finally {
      isTelling = false
    }
  }
  const tellAll = async () => {
    while (await tell());
  }
  const add = (counted: Counted | null, who: string, count = 1) => {
    if (!counted) return
    const key = `${counted.name} ${who}`
    const it = owing.get(key) ?? { budget: counted.name, who, count: 0, counted }
    it.count += count
    owing.set(key, it)
    if (!isTelling && (it.count >= share(counted) || owing.size > NAMES_MAX)) void tellAll()
  }
  return { add }
}
