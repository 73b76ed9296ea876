// What a client of the bank test does next, and what it learns from the answer. Members are everybody's, coupons and orders its own.
import assert from 'node:assert/strict'
import { lines, type Reply, type Story } from '../story.ts'
import type { Known } from './bank.ts'

export interface Op {
  kind: string
  member: string
  /** For the history. */
  about?: object
  /** Whether its answer is waited for: asked twice at once, it could happen again after what came next. */
  patient?: boolean
  send(): Promise<Reply>
  /** Takes in the answer. `again`: it was asked before, and may have happened then. */
  learn(reply: Reply, again: boolean): void
}

/** The share of keyed answers that are asked for again in the end. */
const KEPT = 0.05

type Make = (shop: Story, known: Known, member: string, id: string) => Op | undefined

/** One operation after another, as the dice fall. */
export function next(shop: Story, known: Known, members: string[], id: string): Op {
  const member = members[Math.floor(Math.random() * members.length)] as string
  let dice = Math.random()
  for (const [share, make] of mix) {
    dice -= share
    const op = dice < 0 ? make(shop, known, member, id) : undefined
    if (op) return op
  }
  return read(shop, known, member, id) as Op
}

const read: Make = (shop, _, member) => ({
  ...{ kind: 'read', member },
  send: () => shop.member(member).get('/me'),
  learn: ({ status, text }) => assert.equal(status, 200, text),
})

const redeem: Make = (shop, known, member, id) => {
  const points = 1 + Math.floor(Math.random() * 60)
  const send = () => shop.member(member).redeem(points, id)
  const learn = ({ status, body, text }: Reply) => {
    if (status === 409 && body.code === 'insufficient-points') return
    assert.equal(status, 201, text)
    assert.equal(body.coupon.points, points)
    known.coupons.set(body.coupon.code, { member, state: 'open', points, discount: 0 })
    if (Math.random() < KEPT) known.kept.push({ send, text })
  }
  return { kind: 'redeem', member, about: { points }, send, learn }
}

const grant: Make = (shop, known, member, id) => {
  const points = 1 + Math.floor(Math.random() * 40)
  const send = () => shop.merchant('POST', `/members/${member}/grants`, { points, reason: id }, id)
  const learn = ({ status, text }: Reply) => {
    assert.equal(status, 201, text)
    known.grants.set(id, { member, points })
    if (Math.random() < KEPT) known.kept.push({ send, text })
  }
  return { kind: 'grant', member, about: { points }, send, learn }
}

// A member takes a coupon back, or the shop voids it: the same end.
const giveBack =
  (kind: 'undo' | 'void'): Make =>
  (shop, known) => {
    const [code, coupon] = some(known.coupons, ({ state }) => state === 'open') ?? []
    if (!code || !coupon) return undefined
    const send = () =>
      kind === 'undo' ? shop.member(coupon.member).delete(`/me/coupons/${code}`) : shop.merchant('DELETE', `/coupons/${code}`)
    const learn = ({ status, body, text }: Reply, again: boolean) => {
      assert.ok(status === 200 || (status === 409 && (body.state === 'expired' || (again && body.state === 'returned'))), text)
      if (body.state !== 'expired') known.coupons.set(code, { ...coupon, state: 'returned' })
      else if (again) known.coupons.set(code, { ...coupon, state: 'gone' })
    }
    return { kind, member: coupon.member, about: { coupon: code }, send, learn }
  }

const use: Make = (shop, known, _, id) => {
  const [code, coupon] = some(known.coupons, ({ state }) => state === 'open') ?? []
  if (!code || !coupon) return undefined
  const order = `bought-${id}`
  const price = 1 + Math.floor(Math.random() * 80)
  const send = () => shop.merchant('PUT', `/coupons/${code}/order`, { order, member: coupon.member, lines: lines(price) })
  const learn = ({ status, body, text }: Reply) => {
    if (status === 409 && body.state === 'expired') return
    assert.equal(status, 200, text)
    // A coupon opened again may be worth less than it was.
    assert.ok(body.discount <= Math.min(price, coupon.points), text)
    known.coupons.set(code, { ...coupon, state: 'used', discount: body.discount, order })
  }
  return { kind: 'use', patient: true, member: coupon.member, about: { coupon: code, order, price }, send, learn }
}

const release: Make = (shop, known) => {
  const [code, coupon] = some(known.coupons, ({ state }) => state === 'used') ?? []
  if (!code || !coupon) return undefined
  const learn = ({ status, body, text }: Reply, again: boolean) => {
    // Opened again, it may run out before we hear of it.
    assert.ok(status === 200 || (again && status === 409 && body.state === 'expired'), text)
    known.coupons.set(code, { ...coupon, state: 'open', discount: 0 })
  }
  return {
    kind: 'release',
    patient: true,
    member: coupon.member,
    about: { coupon: code },
    send: () => shop.merchant('DELETE', `/coupons/${code}/order`),
    learn,
  }
}

const place: Make = (shop, known, member, id) =>
  report(shop, known, id, { member, points: 0, price: 100 * (1 + Math.floor(Math.random() * 30)), state: 'placed', reports: 0 })

const ship: Make = (shop, known) => {
  const [id, order] = some(known.orders, ({ state }) => state === 'placed') ?? []
  return id && order ? report(shop, known, id, { ...order, state: 'shipped' }) : undefined
}

const cancel: Make = (shop, known) => {
  const [id, order] = some(known.orders, ({ state }) => state !== 'cancelled') ?? []
  return id && order ? report(shop, known, id, { ...order, state: 'cancelled' }) : undefined
}

const PLACED = Date.parse('2026-06-01T00:00:00Z')

type Order = NonNullable<ReturnType<Known['orders']['get']>>

function report(shop: Story, known: Known, id: string, order: Order): Op {
  const reports = order.reports + 1
  const { member, state, price } = order
  const document = {
    ...{ placedAt: instant(PLACED), updatedAt: instant(PLACED + reports * 1_000), state, lines: lines(price) },
    ...(state === 'shipped' ? { shippedAt: instant(shop.clock()) } : {}),
  }
  const learn = ({ status, body, text }: Reply) => {
    assert.equal(status, 200, text)
    assert.equal(body.points, state === 'cancelled' ? 0 : price / 100)
    known.orders.set(id, { ...order, reports, points: body.points })
  }
  const send = () => shop.merchant('PUT', `/members/${member}/orders/${id}`, document)
  return { kind: `order ${state}`, member, about: { order: id, price }, send, learn }
}

const instant = (at: number) => new Date(at).toISOString()

/** One of those that fit, each as likely as the other. */
function some<T>(map: Map<string, T>, fits: (it: T) => boolean): [string, T] | undefined {
  const fitting = [...map].filter(([, it]) => fits(it))
  return fitting[Math.floor(Math.random() * fitting.length)]
}

/** How often each is done; the rest are reads. */
const mix: [number, Make][] = [
  [0.24, redeem],
  [0.12, giveBack('undo')],
  [0.03, giveBack('void')],
  [0.11, use],
  [0.04, release],
  [0.08, grant],
  [0.08, place],
  [0.05, ship],
  [0.03, cancel],
]
