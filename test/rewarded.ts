// What the rulebook promises of all that is not bought (photos, prizes, reviews, follows, gifts, grants), worked out from its words
// alone, with what orders, debt, time and an erasure do to it: the model that random histories are held against.
import { type Bought, DAY, type Done, type Held, inTurn, type Person, Points, points, type Standing, take } from './maturing.ts'
import { dayIn } from './zoned.ts'

export const GIFT = 25
export const PRIZES = [50, 30]
export const NETWORKS = ['x', 'facebook']

export interface Photo {
  id: string
  picture: number
  owner: string
  state: Standing
  at: number
  won: boolean
}

/** A refusal of the contract, as its status and code. */
const no = (code: string) => `${{ 'not-found': 404, 'out-of-range': 422 }[code] ?? 409} ${code}`
/** A shop by the rulebook. Each act gives its answer: status, and code or what it brought. `as` names what was made. */
export class Rewarded extends Points {
  photos: Photo[] = []
  prizes = new Map<string, { photo: Photo; points: number }[]>()
  /** Coupons of members who have been erased: no points of theirs come back to anybody. */
  gone: Held[] = []

  grant(name: string, some: number, days: number | null): string {
    const person = this.person(name)
    const until = days === null ? this.lasts(this.now, this.rules.life) : this.now + days * DAY
    this.give(person, { until, left: 0, given: 0, ranOut: 0 }, some)
    return '201 yes'
  }

  follow(name: string, network: string, id: string): string {
    const person = this.person(name)
    const { award, points } = this.rules.follow
    if (points === 0) return no('not-eligible')
    if (person.done.some(({ kind, key }) => kind === 'follow' && key === network)) return no('already-done')
    const waits = award === 'shipped'
    const state = waits && !this.received(person) ? 'pending' : 'accepted'
    this.do(person, { id, kind: 'follow', key: network, points, state, waits })
    return `201 ${state === 'pending' ? 'waiting' : 'done'}`
  }

  unfollow(name: string, network: string): string {
    const known = this.people.has(name) && this.person(name).done.find(({ kind, key }) => kind === 'follow' && key === network)
    if (!known) return no('not-found')
    this.decide(this.person(name), known, 'declined')
    return '200 yes'
  }

  review(name: string, order: string, sku: string, id: string): string {
    const person = this.person(name)
    const bought = person.orders.get(order)
    if (person.done.some(({ kind, key }) => kind === 'review' && key === sku)) return no('already-done')
    if (!bought || bought.sku !== sku || bought.state !== 'shipped' || this.isCancelled(bought)) return no('not-eligible')
    const { award, points } = this.rules.review
    return this.posted(person, { id, kind: 'review', key: sku, points, state: award === 'posted' ? 'accepted' : 'pending', waits: false })
  }

  photo(name: string, picture: number, id: string): string {
    const { award, points, perDay } = this.rules.photo
    if (this.photos.some((photo) => photo.picture === picture && photo.owner !== '')) return no('already-done')
    if (this.postedToday(name) >= perDay) return no('not-eligible')
    const state = award === 'posted' ? 'accepted' : 'pending'
    this.photos.push({ id, picture, owner: name, state, at: this.now, won: false })
    return this.posted(this.person(name), { id, kind: 'photo', key: id, points, state, waits: false })
  }

  postedToday(name: string): number {
    const today = dayIn(this.now, this.zone)
    return this.photos.filter(({ owner, at }) => owner === name && dayIn(at, this.zone) === today).length
  }

  /** The shop accepts or declines a review or a photo. */
  judge(id: string, state: 'accepted' | 'declined'): string {
    for (const [name, { done }] of this.people) {
      const it = done.find((one) => one.id === id)
      if (!it) continue
      this.decide(this.person(name), it, state)
      for (const photo of this.photos) if (photo.id === id) photo.state = state
      return `200 ${state} ${state === 'accepted' ? it.points : 0}`
    }
    return no('not-found')
  }

  award(month: string, ids: string[]): string {
    const known = this.prizes.get(month)
    if (known) return known.map(({ photo }) => photo.id).join() === ids.join() ? '200 yes' : no('already-done')
    if (ids.length > PRIZES.length) return no('out-of-range')
    const chosen = ids.map((id) => this.photos.find((photo) => photo.id === id) as Photo)
    for (const { state, owner, won } of chosen) if (state !== 'accepted') return no(owner === '' && !won ? 'not-found' : 'not-eligible')
    const won = chosen.map((photo, place) => ({ photo, points: PRIZES[place] as number }))
    this.prizes.set(month, won)
    for (const { photo, points } of won) {
      photo.won = true
      const prize = { id: '', kind: 'prize' as const, key: month, points, state: 'accepted' as const, waits: false }
      this.do(this.person(photo.owner), prize)
    }
    return '200 yes'
  }

  /** Holds points, for a coupon or a gift. */
  hold(name: string, what: 'coupons' | 'gifts', some: number, id: string): string {
    const person = this.person(name)
    if (some > this.view(name).available) return no('insufficient-points')
    person[what].push({ id, state: 'open', parts: take(inTurn(person), some) })
    return '201 yes'
  }

  /** What is held is spent, or goes back. What is decided stays decided; saying it again is refused where `once`. */
  settle(what: 'coupons' | 'gifts', id: string, state: 'spent' | 'back', once: boolean): string {
    for (const [name, { [what]: all }] of this.people) {
      const held = all.find((one) => one.id === id)
      if (!held) continue
      if (held.state === state && !once) return '200 yes'
      if (held.state !== 'open') return no(what === 'gifts' ? 'already-done' : 'coupon-not-open')
      const person = this.person(name)
      held.state = state
      if (state === 'spent') this.spent += points(held.parts)
      else this.back(person, held.parts)
      return '200 yes'
    }
    const held = this.gone.find((one) => one.id === id)
    return held?.state === state && !once ? '200 yes' : no('coupon-not-open')
  }

  /** A checkout that used the coupon failed. */
  reopen(id: string): string {
    for (const { coupons } of this.people.values()) for (const held of coupons) if (held.id === id) return this.unspend(held, 'open')
    return this.unspend(this.gone.find((held) => held.id === id) as Held, 'back')
  }

  private unspend(held: Held, state: 'open' | 'back'): string {
    if (held.state === 'open') return '200 yes'
    if (held.state !== 'spent') return no('coupon-not-open')
    held.state = state
    this.spent -= points(held.parts)
    return '200 yes'
  }

  /** Reports an order: placed now, shipped at an instant, or cancelled. */
  order(name: string, id: string, change: { sku: string; price: number; lapses: boolean } | { shippedAt: number } | 'cancelled'): void {
    const person = this.person(name)
    if (typeof change === 'object' && 'price' in change) {
      const { sku, price, lapses } = change
      const life = this.rules.life
      person.orders.set(id, {
        ...{ sku, placedAt: this.now, price, life, lapses, state: 'placed', shippedAt: Infinity, judged: false, pending: 0 },
      })
    }
    const order = person.orders.get(id) as Bought
    if (change === 'cancelled') order.state = 'cancelled'
    else if ('shippedAt' in change) Object.assign(order, { state: 'shipped', shippedAt: Math.min(order.shippedAt, change.shippedAt) })
    this.earn(person, order)
    this.followed(person)
  }

  erase(name: string): string {
    if (!this.people.has(name)) return no('not-found')
    for (const held of this.people.get(name)?.coupons ?? []) {
      if (held.state === 'open') held.state = 'back'
      this.gone.push(held)
    }
    this.people.delete(name)
    for (const photo of this.photos) if (photo.owner === name) Object.assign(photo, { owner: '', state: 'declined' })
    return '200 yes'
  }

  private posted(person: Person, it: Done): string {
    this.do(person, it)
    return `201 ${it.state} ${it.state === 'accepted' ? it.points : 0}`
  }

  private do(person: Person, it: Done): void {
    const done: Done = { ...it, state: 'pending' }
    person.done.push(done)
    this.decide(person, done, it.state)
  }
}
