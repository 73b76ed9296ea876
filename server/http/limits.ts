// How much may be asked: budgets for addresses, members and shops, and for wrong coupon codes, counted in memory where the books are.
// Where a shop's books are apart, its first one counts for all what is not a member's own: http/tab.
import * as z from 'zod'
import { closed, Refusal } from '../contract.ts'
import { createBuckets } from './buckets.ts'
import { parsed } from './problems.ts'
import { type Counted, createTab, type Elsewhere, type Owing } from './tab.ts'
import type { Visit } from './visit.ts'

const budget = (burst: number, perSecond: number) =>
  closed({ burst: z.int().min(1).max(1e9).default(burst), perSecond: z.number().min(0.001).max(1e9).default(perSecond) })
    .nullable()
    .prefault({})

/**
 * What `MUSE_LIMITS` may say, with what holds where it says nothing. Each budget is `{"burst", "perSecond"}`, or null for none.
 *
 * `address` counts what nobody has vouched for: public routes, a long quote several times, and credentials that turn out to be
 * wrong. A page full of embeds asks 10 times, so a burst serves 300 visitors behind one address at once; at its steady rate one
 * address costs about a hundredth of a core. `member` is beyond what hands and a few open tabs can do. `shop` is everything asked of one shop, and
 * near what one machine does: it keeps one shop's flood from its neighbours. `guesses` are wrong coupon codes of one member, or
 * of one customer that the shop's server names; `serverGuesses` those where it names none.
 */
const Limits = closed({
  address: budget(3_000, 300),
  member: budget(1_000, 10),
  shop: budget(50_000, 5_000),
  guesses: budget(30, 0.05),
  serverGuesses: budget(300, 5),
  /** How many proxies stand before the server, one behind the other: the address is then that many hops from the end of X-Forwarded-For. */
  trustProxy: z
    .union([z.boolean(), z.int().min(1).max(9)], 'is neither true nor false, nor how many proxies there are, 1 to 9')
    .default(false),
})
export type Limits = z.infer<typeof Limits>
type Name = Exclude<keyof Limits, 'trustProxy'>

/** The limits that `MUSE_LIMITS` asks for, null for `off`. Throws an error that says what is wrong with it. */
export function readLimits(text: string | null | undefined): Limits | null {
  const plain = text?.trim() || 'on'
  if (plain === 'off') return null
  try {
    return parsed(Limits, plain === 'on' ? {} : JSON.parse(plain))
  } catch (error) {
    if (error instanceof Refusal) throw new Error(`MUSE_LIMITS: ${error.message}`)
    throw new Error('MUSE_LIMITS is neither "off" nor "on" nor JSON such as {"member": {"burst": 100, "perSecond": 5}}.')
  }
}

/** A body counts once more for each time it has so many characters: what it costs to understand and to answer grows with it. */
const LONG = 4_096

export interface Gate {
  /** Before anything else is done for a request. */
  enter(visit: Visit): void
  /** Somebody has proved who is asking: the address gets its own back, and a member pays instead, under a name of their own. */
  recognise(visit: Visit, payer: string | undefined): void
  /** A body of so many characters has been read: from one for whom nobody has vouched, a long one counts as several requests. */
  weigh(visit: Visit, length: number): void
  /** Looks up a coupon by its code: what is not found counts. `who` is the member, or the customer that the shop's server names. */
  guess<T>(visit: Visit, who: string | undefined, find: () => T): T
  /** Once it has been answered. Absent where nothing is left to do. */
  leave?(visit: Visit): void
  /** In a first book: what another one has let pass for it. Gives how many milliseconds each must wait now. */
  owe(owing: Owing[]): number[]
}

/** Counts requests against `limits`; each of its functions throws `too-many-requests` when there is nothing left. */
export function createGate(limits: Limits, now: () => number, elsewhere?: Elsewhere): Gate {
  const counted = (name: Name): Budgeted | null => limits[name] && { name, burst: limits[name].burst, buckets: createBuckets(limits[name]) }
  const [address, member, shop] = [counted('address'), counted('member'), counted('shop')]
  const [guesses, serverGuesses] = [counted('guesses'), counted('serverGuesses')]
  const tab = elsewhere && createTab(elsewhere, now)
  const all: Record<string, Counted | null> = { address, member, shop, guesses, serverGuesses }
  return {
    enter(visit) {
      if (isPaid(visit)) return
      if (visit.address !== undefined) payOrGo(address, visit, visit.address, now())
      if (visit.shop === undefined) return
      pay(shop, visit.shop, now())
      tab?.add(shop, visit.shop)
    },
    recognise(visit, payer) {
      if (isPaid(visit)) return
      if (visit.address !== undefined) address?.buckets.giveBack(visit.address)
      visit.address = undefined
      if (payer !== undefined) pay(member, payer, now())
    },
    weigh(visit, length) {
      const more = Math.floor(length / LONG)
      if (!address || visit.address === undefined || more === 0) return
      // Of many that were let in while they were being read, the first use up what there is.
      const wait = address.buckets.wait(visit.address, now())
      if (wait > 0) throw tooMany(address, wait)
      address.buckets.owe(visit.address, more, now())
    },
    guess(visit, who, find) {
      const these = who === undefined ? serverGuesses : guesses
      const name = who === undefined ? `${visit.shop}` : `${visit.shop}/${who}`
      const wait = these?.buckets.wait(name, now()) ?? 0
      if (these && wait > 0) throw tooMany(these, wait)
      try {
        return find()
      } catch (error) {
        if (error instanceof Refusal && error.code === 'not-found') {
          these?.buckets.take(name, now())
          tab?.add(these, name)
        }
        throw error
      }
    },
    // For whom nobody has vouched by now, the address has paid.
    ...(tab && { leave: (visit) => visit.address !== undefined && !isPaid(visit) && tab.add(address, visit.address) }),
    owe: (owing) => owing.map(({ budget, who, count }) => all[budget]?.buckets.owe(who, count, now()) ?? 0),
  }
}

// A part of a request that was looked at, and has paid there.
const isPaid = ({ part }: Visit) => part !== undefined && 'books' in part

interface Budgeted extends Counted {
  name: Name
}

// Whoever is refused has paid nothing.
function payOrGo(counted: Budgeted | null, visit: Visit, name: string, now: number): void {
  try {
    pay(counted, name, now)
  } catch (error) {
    visit.address = undefined
    throw error
  }
}

function pay(counted: Budgeted | null, name: string, now: number): void {
  const wait = counted?.buckets.take(name, now) ?? 0
  if (counted && wait > 0) throw tooMany(counted, wait)
}

const sentences: Record<Name, string> = {
  address: 'Too much is asked from this address',
  member: 'This member asks too much',
  shop: 'Too much is asked of this shop',
  guesses: 'Too many coupon codes were wrong',
  serverGuesses: 'Too many coupon codes were wrong',
}

function tooMany({ name }: Budgeted, wait: number): Refusal {
  const retryAfter = Math.max(1, Math.ceil(wait / 1000))
  return new Refusal('too-many-requests', `${sentences[name]}; try again in ${retryAfter} s.`, { budget: name, retryAfter })
}
