// How points come, wait, run out, are taken back and owed, by the rulebook's words: the part of the model of rewards that counts.
import { addMonth } from './zoned.ts'

export const DAY = 86_400_000
export const DELAY = 2 * DAY

/** A program, as far as members' doings are concerned. */
export interface Rules {
  life: 'P5D' | 'P1M' | null
  follow: { points: number; award: 'posted' | 'shipped' }
  review: { points: number; award: 'posted' | 'accepted' }
  photo: { points: number; award: 'posted' | 'accepted'; perDay: number }
}

/** Points that came together: what of them is there, how many came for good, and how many of those ran out. */
interface Lot {
  until: number
  left: number
  given: number
  ranOut: number
}
type Part = [lot: Lot, points: number]
export type Standing = 'pending' | 'accepted' | 'declined'
/** What a member did, and what it brings while it is accepted. */
export interface Done {
  id: string
  kind: 'follow' | 'review' | 'photo' | 'prize'
  key: string
  points: number
  state: Standing
  waits: boolean
  lot?: Lot
}
export interface Held {
  id: string
  state: 'open' | 'spent' | 'back'
  parts: Part[]
}
export interface Bought {
  sku: string
  placedAt: number
  price: number
  life: Rules['life']
  /** In a campaign that cancels what has not left by its end. */
  lapses: boolean
  state: 'placed' | 'shipped' | 'cancelled'
  shippedAt: number
  /** Whether the end of its campaign has been seen to. */
  judged: boolean
  pending: number
  lot?: Lot
}
export interface Person {
  debt: number
  lots: Lot[]
  done: Done[]
  coupons: Held[]
  gifts: Held[]
  orders: Map<string, Bought>
}

export const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0)
export const points = (parts: Part[]) => sum(parts.map(([, some]) => some))

/** Points by the rulebook: what orders earn and what members' doings bring, as time and the shop's word have it. */
export class Points {
  people = new Map<string, Person>()
  issued = 0
  spent = 0
  now: number
  rules: Rules
  readonly zone: string
  readonly deadline: number

  constructor(now: number, zone: string, rules: Rules) {
    this.now = now
    this.zone = zone
    this.rules = rules
    this.deadline = now + 4 * DAY
  }

  /** The member of this name, with all that has come due. */
  person(name: string): Person {
    const known = this.people.get(name) ?? { debt: 0, lots: [], done: [], coupons: [], gifts: [], orders: new Map() }
    this.people.set(name, known)
    this.pass(known)
    return known
  }

  view(name: string) {
    const person = this.person(name)
    const held = [...person.coupons, ...person.gifts].filter(({ state }) => state === 'open').map(({ parts }) => points(parts))
    return {
      available: sum(person.lots.map(({ left }) => left)),
      pending: sum([...person.orders.values()].map(({ pending }) => pending)),
      held: sum(held),
      debt: person.debt,
    }
  }

  isCancelled(order: Bought): boolean {
    return order.state === 'cancelled' || (order.lapses && this.now >= this.deadline && order.shippedAt >= this.deadline)
  }

  // Whether the member has received anything, which is what follows wait for.
  protected received = (person: Person) =>
    [...person.orders.values()].some((order) => order.state === 'shipped' && !this.isCancelled(order))

  protected followed(person: Person): void {
    const state = this.received(person) ? 'accepted' : 'pending'
    for (const it of person.done) if (it.kind === 'follow' && it.waits && it.state !== 'declined') this.decide(person, it, state)
  }

  // Points follow the state, both ways, and into one lot with the life it had.
  protected decide(person: Person, it: Done, state: Standing): void {
    if (it.state === state) return
    it.state = state
    if (it.points === 0) return
    if (state === 'accepted') {
      it.lot ??= { until: this.lasts(this.now, this.rules.life), left: 0, given: 0, ranOut: 0 }
      this.give(person, it.lot, it.points - it.lot.given)
    } else if (it.lot) this.takeBack(person, it.lot, it.lot.given - it.lot.ranOut)
  }

  // What an order earns waits until it has shipped and two days more, and is what the order, as it stands, merits.
  protected earn(person: Person, order: Bought): void {
    const matures = order.shippedAt + DELAY
    // Sent when the campaign is over, it has no part in it.
    const percent = order.lapses && (order.shippedAt < this.deadline || order.shippedAt === Infinity) ? 5 : 1
    const merits = this.isCancelled(order) ? 0 : Math.floor((order.price * percent) / 100)
    if (!order.lot && merits === 0) return
    order.lot ??= { until: Infinity, left: 0, given: 0, ranOut: 0 }
    const { lot } = order
    const until = matures === Infinity ? Infinity : this.lasts(matures, order.life)
    const surplus = Math.max(0, order.pending + lot.given - lot.ranOut - merits)
    const unripe = Math.min(order.pending, surplus)
    order.pending -= unripe
    this.issued -= unripe
    if (surplus > unripe) this.takeBack(person, lot, surplus - unripe)
    const missing = Math.max(0, merits - order.pending - lot.given)
    order.pending += missing
    this.issued += missing
    lot.until = until
    if (matures <= this.now) this.ripen(person, order)
  }

  protected ripen(person: Person, order: Bought): void {
    const some = order.pending
    this.issued -= some
    order.pending = 0
    this.give(person, order.lot as Lot, some)
  }

  // New points repay what is owed first, whatever life they have; what of them has run out is gone.
  protected give(person: Person, lot: Lot, some: number): void {
    if (!person.lots.includes(lot)) person.lots.push(lot)
    lot.given += some
    lot.left += some
    this.issued += some
    person.debt -= points(take(inTurn(person), person.debt))
    runOut(person, this.now)
  }

  // What something held comes back: what has run out meanwhile is gone, and repays nothing.
  protected back(person: Person, parts: Part[]): void {
    for (const [lot, some] of parts) lot.left += some
    runOut(person, this.now)
    person.debt -= points(take(inTurn(person), person.debt))
  }

  // From the lot they came in, then from the others; what the balance lacks is owed.
  protected takeBack(person: Person, lot: Lot, some: number): void {
    const asked = Math.max(0, some)
    lot.given -= asked
    this.issued -= asked
    const own = take([lot], asked)
    const rest = take(
      inTurn(person).filter((one) => one !== lot),
      asked - points(own),
    )
    person.debt += asked - points(own) - points(rest)
  }

  protected lasts(from: number, life: Rules['life']): number {
    if (life === null) return Infinity
    return life === 'P1M' ? addMonth(from, this.zone) : from + 5 * DAY
  }

  // All that time has done since, one instant after the other; what an order loses at an instant comes first.
  protected pass(person: Person): void {
    const now = this.now
    for (;;) {
      const orders = [...person.orders.values()]
      const late = orders.filter(({ lapses, judged, shippedAt }) => lapses && !judged && shippedAt >= this.deadline)
      const ripe = orders.filter(({ pending }) => pending > 0)
      const instants = [
        ...late.map(() => this.deadline),
        ...ripe.map(({ shippedAt }) => shippedAt + DELAY),
        ...person.lots.filter(({ left }) => left > 0).map(({ until }) => until),
      ]
      const next = Math.min(...instants)
      if (next > now || instants.length === 0) break
      this.now = next
      if (next === this.deadline)
        for (const order of late) {
          order.judged = true
          this.earn(person, order)
        }
      if (next === this.deadline && late.length > 0) this.followed(person)
      for (const order of ripe) if (order.pending > 0 && order.shippedAt + DELAY <= next) this.ripen(person, order)
      runOut(person, next)
      this.now = now
    }
  }
}

// The soonest to run out first, of equal ones the oldest.
export const inTurn = (person: Person) => person.lots.toSorted((a, b) => (a.until === b.until ? 0 : a.until - b.until))

export function take(lots: Lot[], some: number): Part[] {
  const parts: Part[] = []
  for (const lot of lots) {
    const taken = Math.min(lot.left, some - points(parts))
    if (taken <= 0) continue
    lot.left -= taken
    parts.push([lot, taken])
  }
  return parts
}

function runOut(person: Person, now: number): void {
  for (const lot of person.lots)
    if (lot.until <= now) {
      lot.ranOut += lot.left
      lot.left = 0
    }
}
