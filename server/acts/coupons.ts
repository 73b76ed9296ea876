// Coupons: points held under a code until an order uses it, the member takes it back, or it runs out.
import { type Coupon, iso, NEVER, Refusal } from '../contract.ts'
import { SHOP, transfer } from '../ledger/ledger.ts'
import { addLot, carve, openLots, type Part, partsOf, sum, take, without } from '../ledger/lots.ts'
import { type MemberRow, remind } from '../ledger/member.ts'
import { type Book, one } from '../ledger/sql.ts'
import { after } from '../rules/calendar.ts'
import { bucketOf, makeCode, readCode } from '../rules/code.ts'
import { settleDebt } from './debt.ts'
import { type ShopBook, terms } from './shop.ts'

export interface CouponRow {
  id: number
  code: string
  member: number
  points: number
  state: Coupon['state']
  issued_at: number
  expires_at: number
  hold: number
  order_id: string | null
  used_by: 'checkout' | 'report' | null
  discount: number | null
  spend: number | null
  change: number | null
  previous: number | null
}

/** Holds `points` under a new code. Refuses what the program's range or the balance does not allow. */
export function redeem(book: ShopBook, member: MemberRow, { points }: { points: number }): CouponRow {
  const { program } = terms(book)
  const { min, max, step, life, prefix } = program.redeeming.coupon
  if (points < min || points > max || (points - min) % step !== 0)
    throw new Refusal('out-of-range', `A coupon takes ${min} to ${max} points in steps of ${step}.`, { min, max, step })
  if (points > member.available)
    throw new Refusal('insufficient-points', `${points} points were asked for; ${member.available} are available.`, {
      available: member.available,
    })
  const code = makeCode(bucketOf(member.customer), book.dice, prefix)
  const hold = transfer(book, member, 'hold', take(openLots(book, member), points), { coupon: code })
  const expiresAt = life ? after(book.now, life, program.timeZone) : NEVER
  const row = { ...unused, code, member: member.id, points, issued_at: book.now, expires_at: expiresAt, hold, previous: member.last_coupon }
  const coupon: CouponRow = { ...row, id: insert(book, row) }
  member.last_coupon = coupon.id
  book.all('UPDATE members SET last_coupon = ? WHERE id = ?', coupon.id, member.id)
  remind(book, member, expiresAt)
  return coupon
}

const unused = { state: 'open', order_id: null, used_by: null, discount: null, spend: null, change: null } as const

// Gives the id alone: to have SQLite return the whole row costs more than writing it.
function insert(book: Book, row: Omit<CouponRow, 'id'>): number {
  const [made] = book.all<{ id: number }>(
    `INSERT INTO coupons (code, member, points, state, issued_at, expires_at, hold, previous)
     VALUES (?, ?, ?, 'open', ?, ?, ?, ?) RETURNING id`,
    row.code,
    row.member,
    row.points,
    row.issued_at,
    row.expires_at,
    row.hold,
    row.previous,
  )
  return (made as { id: number }).id
}

/** Gives the held points back to their lots: the member took the coupon back, the shop voided it, or it ran out. */
export function letGo(book: Book, member: MemberRow, coupon: CouponRow, state: 'returned' | 'expired', at = book.now): void {
  mustBeOpen(coupon)
  giveBack(book, member, 'release', partsOf(book, coupon.hold), coupon, at)
  book.all('UPDATE coupons SET state = ? WHERE id = ?', state, coupon.id)
  coupon.state = state
}

/** An order uses the coupon: `discount` points are spent, the change goes back to its lots. */
export function spend(
  book: Book,
  member: MemberRow,
  coupon: CouponRow,
  use: { order: string; discount: number; by: 'checkout' | 'report' },
): void {
  mustBeOpen(coupon)
  const held = partsOf(book, coupon.hold)
  const spent = carve(held, use.discount)
  coupon.spend = transfer(book, member, 'spend', spent, { coupon: coupon.code, order: use.order })
  coupon.change = giveBack(book, member, 'release', without(held, spent), coupon) || null
  Object.assign(coupon, { state: 'used', order_id: use.order, used_by: use.by, discount: use.discount })
  keep(book, coupon)
}

/** The order that used the coupon was cancelled: the spent points go back to their lots. */
export function returnSpent(book: Book, member: MemberRow, coupon: CouponRow): void {
  giveBack(book, member, 'return', partsOf(book, coupon.spend ?? 0), coupon)
  coupon.state = 'returned'
  keep(book, coupon)
}

/** The cancelled order stands after all: takes the discount again. What the member no longer has is advanced, and owed. */
export function spendAgain(book: Book, member: MemberRow, coupon: CouponRow): void {
  const discount = coupon.discount ?? 0
  const missing = Math.max(0, discount - member.available)
  const about = { coupon: coupon.code, note: 'advanced' }
  if (missing > 0) {
    const lot = addLot(book, member, { funder: SHOP, availableAt: book.now, expiresAt: NEVER })
    transfer(book, member, 'grant', [{ lot: lot.id, points: missing }], about)
  }
  const parts = take(openLots(book, member), discount)
  coupon.hold = transfer(book, member, 'hold', parts, { coupon: coupon.code })
  coupon.spend = transfer(book, member, 'spend', parts, { coupon: coupon.code, order: coupon.order_id })
  coupon.state = 'used'
  keep(book, coupon)
  transfer(book, member, 'owe', missing, about)
}

/** The storefront says itself now that this order uses the coupon: reports no longer open it again. */
export function confirmUse(book: Book, coupon: CouponRow): void {
  coupon.used_by = 'checkout'
  keep(book, coupon)
}

/**
 * That checkout failed: the coupon is open again, holding what was spent and as much of the change as is still there.
 * What the member did with the change meanwhile stands, so the coupon may be worth less than before.
 */
export function reopen(book: Book, member: MemberRow, coupon: CouponRow): void {
  const spent = partsOf(book, coupon.spend ?? 0)
  transfer(book, member, 'return', spent, { coupon: coupon.code, order: coupon.order_id })
  const left = new Map(openLots(book, member).map((lot) => [lot.id, lot.available]))
  const whole = merge(spent, coupon.change ? partsOf(book, coupon.change) : [])
  const parts = whole.map(({ lot, points }) => ({ lot, points: Math.min(points, left.get(lot) ?? 0) })).filter((part) => part.points > 0)
  coupon.hold = transfer(book, member, 'hold', parts, { coupon: coupon.code })
  coupon.points = sum(parts)
  Object.assign(coupon, { state: 'open', order_id: null, used_by: null, discount: null, spend: null, change: null })
  keep(book, coupon)
  remind(book, member, coupon.expires_at)
}

/** The coupon a person's typing means, or a refusal. */
export function findCoupon(book: Book, text: string): CouponRow {
  const code = readCode(text)
  const row = code && one(book.all<CouponRow>('SELECT * FROM coupons WHERE code = ?', code))
  if (!row) throw new Refusal('not-found', 'There is no coupon with this code.')
  return row
}

/** The member's open coupons, newest first. */
export const openCoupons = (book: Book, member: MemberRow) => book.all<CouponRow>(open, member.id)

/** The latest of them, as many as a wallet shows. A bound LIMIT would have SQLite prepare the statement anew each time. */
export const latestOpen = (book: Book, member: MemberRow) => book.all<CouponRow>(`${open} LIMIT 100`, member.id)

const open = "SELECT * FROM coupons WHERE member = ? AND state = 'open' ORDER BY id DESC"

/** A coupon by its id. */
export const couponOf = (book: Book, id: number) => one(book.all<CouponRow>('SELECT * FROM coupons WHERE id = ?', id))

/** The coupons an order used. */
export const couponsOf = (book: Book, member: MemberRow, order: string) =>
  book.all<CouponRow>('SELECT * FROM coupons WHERE member = ? AND order_id = ? ORDER BY id', member.id, order)

export const couponView = (book: ShopBook, coupon: CouponRow): Coupon => ({
  code: coupon.code,
  points: coupon.points,
  value: coupon.points,
  currency: terms(book).program.currency,
  state: coupon.state,
  issuedAt: new Date(coupon.issued_at).toISOString(),
  expiresAt: iso(coupon.expires_at),
  order: coupon.order_id,
  discount: coupon.discount,
})

export function mustBeOpen(coupon: CouponRow): void {
  if (coupon.state !== 'open') throw new Refusal('coupon-not-open', `This coupon is ${coupon.state}.`, { state: coupon.state })
}

// Points come back to the lots they left, which may have run out meanwhile: then the next chore lets them expire.
function giveBack(book: Book, member: MemberRow, kind: 'release' | 'return', parts: Part[], coupon: CouponRow, at = book.now): number {
  const id = transfer(book, member, kind, parts, { coupon: coupon.code, order: coupon.order_id, at })
  settleDebt(book, member, at)
  for (const lot of openLots(book, member)) if (lot.available > 0) remind(book, member, lot.expires_at)
  return id
}

const keep = (book: Book, coupon: CouponRow) =>
  book.all(
    'UPDATE coupons SET state = ?, points = ?, hold = ?, order_id = ?, used_by = ?, discount = ?, spend = ?, change = ? WHERE id = ?',
    coupon.state,
    coupon.points,
    coupon.hold,
    coupon.order_id,
    coupon.used_by,
    coupon.discount,
    coupon.spend,
    coupon.change,
    coupon.id,
  )

function merge(some: Part[], more: Part[]): Part[] {
  const points = new Map(some.map((part) => [part.lot, part.points]))
  for (const part of more) points.set(part.lot, (points.get(part.lot) ?? 0) + part.points)
  return [...points].map(([lot, count]) => ({ lot, points: count }))
}
