// What happens in a shop that rewards more than buying, done to the shop and to the model of it: each answer is held against the model's.
import fc from 'fast-check'
import { expect } from 'vitest'
import { form, picture } from './gallery.ts'
import { DELAY, type Rules } from './maturing.ts'
import { GIFT, NETWORKS, PRIZES, type Rewarded } from './rewarded.ts'
import { DAY, type Json, lines, type Reply, type Story } from './story.ts'
import { nextDay } from './zoned.ts'

export const NAMES = ['ada', 'bob', 'cyd']
const ORDERS: Record<string, string> = { o1: 'dress', o2: 'dress', o3: 'hat' }
export const iso = (at: number) => new Date(at).toISOString()

export const rules = fc.record({
  life: fc.constantFrom<Rules['life'][]>(null, 'P5D', 'P1M'),
  follow: fc.record({ points: fc.constantFrom(10, 10, 10, 0), award: fc.constantFrom('posted', 'shipped', 'shipped') }),
  review: fc.record({ points: fc.constantFrom(10, 7), award: fc.constantFrom('posted', 'accepted') }),
  photo: fc.record({ points: fc.constantFrom(10, 4), award: fc.constantFrom('posted', 'accepted'), perDay: fc.constantFrom(1, 1, 2) }),
}) as fc.Arbitrary<Rules>

const DEEDS = [
  ...[
    'grant',
    'grants',
    'follow',
    'follow',
    'follow',
    'unfollow',
    'review',
    'review',
    'photo',
    'photo',
    'photo',
    'judge',
    'judge',
    'judge',
  ],
  ...[
    'prizes',
    'prizes',
    'redeem',
    'redeem',
    'undo',
    'use',
    'release',
    'gift',
    'gift',
    'withdraw',
    'fulfil',
    'decline',
    'place',
    'place',
    'ship',
  ],
  ...['ship', 'ahead', 'cancel', 'erase', 'again', 'otherwise', 'version', 'look', 'wait', 'wait', 'wait', 'day', 'due', 'due'],
] as const
export const step = fc.record({
  do: fc.constantFrom(...DEEDS),
  who: fc.constantFrom('ada', 'ada', 'ada', 'ada', ...NAMES),
  nth: fc.nat({ max: 5 }),
  order: fc.constantFrom('o1', 'o1', ...Object.keys(ORDERS)),
  points: fc.integer({ min: 1, max: 60 }),
  yes: fc.boolean(),
  off: fc.constantFrom(-1, 0, 0, 1),
  rules,
})
export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

export const document = (model: Rewarded) => ({
  ...{ name: 'Muse', currency: 'JPY', timeZone: model.zone, expiry: model.rules.life && { life: model.rules.life } },
  earning: {
    purchase: { percent: 1, delay: `PT${DELAY / 3_600_000}H` },
    ...{ review: model.rules.review, photo: model.rules.photo, prizes: PRIZES },
    follow: { ...model.rules.follow, accounts: Object.fromEntries(NETWORKS.map((name) => [name, `https://${name}.com/a`])) },
  },
  redeeming: { gifts: [{ id: 'pin', title: 'Pin', points: GIFT }] },
  campaigns: [
    {
      ...{ id: 'c', title: 'C', percent: 5, payment: ['card'], cancelUnshipped: true },
      ordered: { until: iso(model.deadline - DAY) },
      shipped: { until: iso(model.deadline) },
    },
  ],
})

/** A shop and the model of it. */
export interface World {
  shop: Story
  model: Rewarded
  /** What was sent under a key, and when; of whom, where it is one member's. */
  sent: { path: string; body: object | number; key: string; reply: Reply; who: string | null; asker: string | null; at: number }[]
  months: number
  /** What was last reported of each order. */
  orders: Map<string, object>
}

const told = ({ status, body }: Reply) => `${status} ${status < 400 ? 'yes' : body.code}`
const brought = (reply: Reply) => (reply.status >= 400 ? told(reply) : `${reply.status} ${reply.body.state} ${reply.body.points}`)

const any = <T>(all: T[], nth: number): T | undefined => all[nth % all.length]

let keys = 0
async function post(world: World, asker: string | null, path: string, body: object | number, who = asker): Promise<Reply> {
  const key = `k${++keys}`
  const reply = await send(world, { path, body, key, asker })
  world.sent.unshift({ path, body, key, reply, who, asker, at: world.model.now })
  return reply
}
function send({ shop }: World, { path, body, key, asker }: Omit<World['sent'][number], 'reply' | 'who' | 'at'>): Promise<Reply> {
  const sent = typeof body === 'number' ? form(picture(body)) : body
  return asker === null ? shop.merchant('POST', path, sent, key) : shop.member(asker).post(path, sent, key)
}

// What members do for points, and what the shop says of it.
export async function doing(world: World, it: Step): Promise<void> {
  const { shop, model } = world
  const { who, nth } = it
  const network = NETWORKS[nth % 2] as string
  if (it.do === 'follow') {
    const reply = await shop.member(who).put(`/me/follows/${network}`)
    const state = reply.body.activity?.state
    expect(state ? `${reply.status} ${state}` : told(reply)).toBe(model.follow(who, network, ''))
  }
  if (it.do === 'unfollow') {
    const reply = await shop.merchant('DELETE', `/members/${who}/follows/${network}`)
    expect(told(reply)).toBe(model.unfollow(who, network))
  }
  if (it.do === 'review') {
    const sku = nth === 0 ? 'hat' : (ORDERS[it.order] as string)
    const reply = await post(world, who, '/me/reviews', { order: it.order, sku, rating: 1 + (nth % 5), text: 'So.' })
    expect(brought(reply)).toBe(model.review(who, it.order, sku, reply.body.id))
  }
  if (it.do === 'photo') {
    const reply = await post(world, who, '/me/photos', nth)
    expect(brought(reply)).toBe(model.photo(who, nth, reply.body.id))
  }
  if (it.do === 'judge') {
    const all = [...model.people.values()].flatMap(({ done }) => done.filter(({ kind }) => kind === 'review' || kind === 'photo'))
    const one = any(all, nth)
    const state = it.yes ? 'accepted' : 'declined'
    if (one) expect(brought(await shop.merchant('PATCH', `/${one.kind}s/${one.id}`, { state }))).toBe(model.judge(one.id, state))
  }
  if (it.do === 'prizes') {
    const ids = model.photos.map(({ id }) => id).filter((_, index) => index % 3 === nth % 3 || it.yes)
    const chosen = it.off < 0 ? ids.toReversed() : ids
    if (nth > 2) world.months++
    const month = `2026-${String(1 + (world.months % 12)).padStart(2, '0')}`
    if (chosen.length > 0) expect(told(await shop.merchant('PUT', `/prizes/${month}`, { photos: chosen }))).toBe(model.award(month, chosen))
  }
}

// What points pay for.
export async function spending(world: World, it: Step): Promise<void> {
  const { shop, model } = world
  const { who, nth } = it
  const person = model.people.get(who)
  const coupon = any([...(person?.coupons ?? []), ...model.gone], nth)?.id ?? ''
  const gift = any(person?.gifts ?? [], nth)?.id ?? ''
  if (it.do === 'redeem') {
    const reply = await post(world, who, '/me/coupons', { points: it.points })
    expect(told(reply)).toBe(model.hold(who, 'coupons', it.points, reply.body.coupon?.code))
  }
  if (it.do === 'gift') {
    const reply = await post(world, who, '/me/gifts', { gift: 'pin' })
    expect(told(reply)).toBe(model.hold(who, 'gifts', GIFT, reply.body.id))
  }
  if (it.do === 'undo' && coupon) {
    const reply = await (it.yes && person?.coupons.some(({ id }) => id === coupon)
      ? shop.member(who).delete(`/me/coupons/${coupon}`)
      : shop.merchant('DELETE', `/coupons/${coupon}`))
    expect(told(reply)).toBe(model.settle('coupons', coupon, 'back', true))
  }
  if (it.do === 'use' && coupon) {
    const reply = await shop.merchant('PUT', `/coupons/${coupon}/order`, { order: `z${coupon}`, lines: lines(5000) })
    expect(told(reply)).toBe(model.settle('coupons', coupon, 'spent', false))
  }
  if (it.do === 'release' && coupon) expect(told(await shop.merchant('DELETE', `/coupons/${coupon}/order`))).toBe(model.reopen(coupon))
  if (it.do === 'withdraw' && gift)
    expect(told(await shop.member(who).delete(`/me/gifts/${gift}`))).toBe(model.settle('gifts', gift, 'back', true))
  const decided = { fulfil: ['accepted', 'spent'], decline: ['declined', 'back'] } as const
  if ((it.do === 'fulfil' || it.do === 'decline') && gift) {
    const [state, then] = decided[it.do]
    expect(told(await shop.merchant('PATCH', `/gifts/${gift}`, { state }))).toBe(model.settle('gifts', gift, then, false))
  }
}

// What the shop gives, reports and changes; and what was said before, said again.
export async function merchant(world: World, it: Step): Promise<void> {
  const { shop, model } = world
  const { who, nth, points } = it
  if (it.do === 'grant') {
    const days = nth < 3 ? nth + 1 : null
    const body = { points, reason: 'gift', ...(days === null ? {} : { expiresAt: iso(model.now + days * DAY) }) }
    expect(told(await post(world, null, `/members/${who}/grants`, body, who))).toBe(model.grant(who, points, days))
  }
  if (it.do === 'grants') {
    const members = [...NAMES.slice(nth % 3), ...NAMES.slice(0, nth)]
    const { status, body } = await post(world, null, '/grants', { points, reason: 'all', members })
    expect([status, body.granted]).toEqual([201, new Set(members).size])
    for (const name of new Set(members)) model.grant(name, points, null)
  }
  if (it.do === 'erase' && nth < 3) {
    expect(told(await shop.merchant('DELETE', `/members/${who}`))).toBe(model.erase(who))
    world.sent = world.sent.filter((one) => one.who !== who)
  }
  if (it.do === 'version') {
    model.rules = it.rules
    const put = await shop.operator('PUT', '', { program: document(model), origins: [] })
    expect(put.status).toBe(200)
    model.now += 1
  }
  const one = any(world.sent, nth)
  if (!one || model.now - one.at > 29 * DAY) return
  if (it.do === 'again') expect([one.path, (await send(world, one)).text]).toEqual([one.path, one.reply.text])
  if (it.do === 'otherwise') {
    const body = typeof one.body === 'number' ? one.body + 6 : { ...one.body, ...otherwise(one.body) }
    expect(told(await send(world, { ...one, body }))).toBe('422 idempotency-key-reused')
  }
}

const otherwise = (body: Json) => (body.points ? { points: body.points + 1 } : body.gift ? { gift: 'other' } : { text: 'Other.' })

export async function ordering(world: World, it: Step): Promise<void> {
  const { shop, model } = world
  const { who, order } = it
  const path = `/members/${who}/orders/${order}`
  const report = async (change: object) => {
    const document = { ...world.orders.get(path), updatedAt: iso(model.now), ...change }
    world.orders.set(path, document)
    expect((await shop.merchant('PUT', path, document)).status).toBe(200)
  }
  const known = model.people.get(who)?.orders.get(order)
  const sku = ORDERS[order] as string
  if (it.do === 'place' && !known) {
    const [price, card] = [it.points * 50, it.yes]
    world.orders.delete(path)
    await report({ placedAt: iso(model.now), state: 'placed', lines: lines(price, { sku }), payment: card ? 'card' : 'cash' })
    model.order(who, order, { sku, price, lapses: card && model.now < model.deadline - DAY })
  }
  if (!known || !['ship', 'ahead', 'cancel'].includes(it.do)) return
  model.now += 1
  if (it.do === 'cancel') {
    await report({ state: 'cancelled' })
    return model.order(who, order, 'cancelled')
  }
  const shippedAt = Math.min(known.shippedAt, it.do === 'ahead' ? model.now + it.nth * DAY : model.now)
  await report({ state: 'shipped', shippedAt: iso(shippedAt) })
  model.order(who, order, { shippedAt })
}

export function passing({ model }: World, it: Step): void {
  if (it.do === 'wait') model.now += it.nth * DAY + 1
  if (it.do === 'day') model.now = Math.max(model.now, nextDay(model.now, model.zone) + it.off)
  const lots = model.people.get(it.who)?.lots.filter(({ left, until }) => left > 0 && until < Infinity && until > model.now) ?? []
  if (it.do === 'due') model.now = Math.max(model.now, Math.min(...[...lots.map(({ until }) => until), model.deadline + DAY]) + it.off)
}
