// Coupons: points held under a code until an order uses it, the member takes it back, or it runs out.
import { type Coupon, iso, NEVER, Refusal } from '../contract.ts'
import { transfer } from '../ledger/ledger.ts'
import { carve, openLots, type Part, partsOf, sum, take, without } from '../ledger/lots.ts'
import { type InHand, type MemberRow, remind } from '../ledger/member.ts'
import { add, find, indexOf } from '../ledger/memtable.ts'
import { type Book, one } from '../ledger/sql.ts'
import { after as later } from '../rules/calendar.ts'
import { bucketOf, makeCode, readCode } from '../rules/code.ts'
import { isCouponSize } from '../rules/spending.ts'
import { settleGivenBack } from './debt.ts'
import { remember } from './remember.ts'
import { type ShopBook, terms } from './shop.ts'
import { merge, type Spent, setBack } from './spent.ts'

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
  /** JSON: the parts of it that are back in their lots. */
  back: string
  change: number | null
}

/** Holds `points` under a new code. Refuses what the program's range or the balance does not allow. */
export function redeem(book: ShopBook, member: MemberRow, { points }: { points: number }): CouponRow {
  const { program } = terms(book)
  const { min, max, step, life, prefix } = program.redeeming.coupon
  if (!isCouponSize(points, program))
    throw new Refusal('out-of-range', `A coupon takes ${min} to ${max} points in steps of ${step}.`, { min, max, step })
  if (points > member.available)
    throw new Refusal('insufficient-points', `${points} points were asked for; ${member.available} are available.`, {
      available: member.available,
    })
  const code = makeCode(bucketOf(member.customer), book.dice, prefix)
  member.lots = openLots(book, member)
  const parts = take(member.lots, points)
  const after = member.last_transfer
  const hold = transfer(book, member, 'hold', parts, { coupon: code })
  const expiresAt = life ? later(book.now, life, program.timeZone) : NEVER
  const coupon: CouponRow = { id: hold, code, member: member.id, points, issued_at: book.now, expires_at: expiresAt, hold, ...unused }
  insert(book, coupon)
  remind(book, member, expiresAt)
  member.made = { coupon, after }
  remember<InHand>(book, member.customer, { row: member })
  return coupon
}

const unused = { state: 'open', order_id: null, used_by: null, discount: null, spend: null, back: '[]', change: null } as const

function insert(book: Book, row: CouponRow): void {
  book.all(
    "INSERT INTO coupons (member, id, code, points, state, issued_at, expires_at, hold) VALUES (?, ?, ?, ?, 'open', ?, ?, ?)",
    row.member,
    row.id,
    row.code,
    row.points,
    row.issued_at,
    row.expires_at,
    row.hold,
  )
  add(book, codes, [row.code, row.member, row.id])
}

/** Gives the held points back to their lots: the member took the coupon back, the shop voided it, or it ran out. */
export function letGo(book: Book, member: MemberRow, coupon: CouponRow, state: 'returned' | 'expired', at = book.now): void {
  mustBeOpen(coupon)
  giveBack(book, member, partsOf(book, coupon.hold), coupon, at)
  book.all('UPDATE coupons SET state = ? WHERE member = ? AND id = ?', state, coupon.member, coupon.id)
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
  coupon.change = giveBack(book, member, without(held, spent), coupon) || null
  Object.assign(coupon, { state: 'used', order_id: use.order, used_by: use.by, discount: use.discount })
  keep(book, coupon)
}

/** Sees to it that `points` of what the order used are back with the member; that is all of them while the order is cancelled. */
export function giveBackSpent(book: Book, member: MemberRow, coupon: CouponRow, points: number, cancelled: boolean): void {
  const spent: Spent = { spend: coupon.spend ?? 0, back: coupon.back }
  const state = cancelled ? 'returned' : 'used'
  setBack(book, member, spent, points, { coupon: coupon.code, order: coupon.order_id })
  if (coupon.state === state && coupon.back === spent.back) return
  Object.assign(coupon, { ...spent, state })
  keep(book, coupon)
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
  const about = { coupon: coupon.code, order: coupon.order_id }
  const used: Spent = { spend: coupon.spend ?? 0, back: coupon.back }
  // What refunds gave back is the coupon's again, else it would be worth less by one order of reports than by another.
  setBack(book, member, used, 0, about)
  const spent = partsOf(book, used.spend)
  transfer(book, member, 'return', spent, about)
  const left = new Map(openLots(book, member).map((lot) => [lot.id, lot.available]))
  const whole = merge(spent, coupon.change ? partsOf(book, coupon.change) : [])
  const parts = whole.map(({ lot, points }) => ({ lot, points: Math.min(points, left.get(lot) ?? 0) })).filter((part) => part.points > 0)
  coupon.hold = transfer(book, member, 'hold', parts, { coupon: coupon.code })
  coupon.points = sum(parts)
  Object.assign(coupon, { state: 'open', order_id: null, used_by: null, discount: null, spend: null, back: '[]', change: null })
  keep(book, coupon)
  remind(book, member, coupon.expires_at)
}

/** Coupons by their codes. Those after an id are found among the transfers that first held them, since coupons lie by member. */
export const codes = indexOf({
  table: 'codes',
  columns: ['code', 'member', 'id'],
  newer: `SELECT c.code, c.member, c.id FROM transfers t JOIN coupons c ON c.member = t.member AND c.id = t.id
    WHERE t.id > ? AND t.kind = 'hold'`,
  most: 2_048,
})

/** The coupon with a canonical code. */
export function couponOf(book: Book, code: string | null): CouponRow | undefined {
  const [found] = code === null ? [] : find<{ member: number; id: number }>(book, codes, code)
  return found && one(book.all<CouponRow>('SELECT * FROM coupons WHERE member = ? AND id = ?', found.member, found.id))
}

/** The coupon with a canonical code, when it is this member's. */
export function ownCoupon(book: Book, { id }: Pick<MemberRow, 'id'>, code: string | null): CouponRow | undefined {
  const coupon = couponOf(book, code)
  return coupon?.member === id ? coupon : undefined
}

/** The coupon a person's typing means, or a refusal. */
export function findCoupon(book: Book, text: string): CouponRow {
  const row = couponOf(book, readCode(text))
  if (!row) throw new Refusal('not-found', 'There is no coupon with this code.')
  return row
}

/** The member's open coupons, newest first. */
export const openCoupons = (book: Book, member: MemberRow) => book.all<CouponRow>(open, member.id)

/** How many of a member's latest coupons a wallet shows, whatever became of them. */
export const SHOWN = 20

/**
 * The coupons a wallet shows, newest first: the latest 20, and of the older ones those that are open, 100 open ones at most.
 * A bound LIMIT would have SQLite prepare the statement anew each time.
 */
export function latestCoupons(book: Book, member: MemberRow): CouponRow[] {
  const latest = book.all<CouponRow>(`SELECT * FROM coupons WHERE member = ? ORDER BY id DESC LIMIT ${SHOWN}`, member.id)
  const seen = latest.reduce((points, coupon) => points + (coupon.state === 'open' ? coupon.points : 0), 0)
  // What is held is what open coupons are worth: where these are worth it all, there are no others.
  if (latest.length < SHOWN || seen === member.held) return latest
  const older = latest.at(-1)?.id ?? 0
  return [...latest, ...book.all<CouponRow>(`${open} LIMIT 100`, member.id).filter((coupon) => coupon.id < older)]
}

const open = "SELECT * FROM coupons WHERE member = ? AND state = 'open' ORDER BY id DESC"

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

/** Refuses what can be done with an open coupon only. */
export function mustBeOpen(coupon: CouponRow): void {
  if (coupon.state !== 'open') throw new Refusal('coupon-not-open', `This coupon is ${coupon.state}.`, { state: coupon.state })
}

// Held points come back to the lots they left.
function giveBack(book: Book, member: MemberRow, parts: Part[], coupon: CouponRow, at = book.now): number {
  const id = transfer(book, member, 'release', parts, { coupon: coupon.code, order: coupon.order_id, at })
  settleGivenBack(book, member, at)
  return id
}

function keep(book: Book, coupon: CouponRow): void {
  // All that paid for an order may be back before it is cancelled: then no transfer tells that what was shown of the coupon is old.
  book.inHand?.delete(coupon.member)
  book.all(
    'UPDATE coupons SET state = ?, points = ?, hold = ?, order_id = ?, used_by = ?, discount = ?, spend = ?, back = ?, change = ? WHERE member = ? AND id = ?',
    coupon.state,
    coupon.points,
    coupon.hold,
    coupon.order_id,
    coupon.used_by,
    coupon.discount,
    coupon.spend,
    coupon.back,
    coupon.change,
    coupon.member,
    coupon.id,
  )
}
