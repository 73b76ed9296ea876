// Orders: the merchant reports one as it now stands; settling moves the difference between its receipt and the ledger.
import { NEVER, type Order, type Receipt, Refusal } from '../contract.ts'
import { transfer } from '../ledger/ledger.ts'
import { addLot, type Lot, openLots, sum, take } from '../ledger/lots.ts'
import { type MemberRow, remind } from '../ledger/member.ts'
import { one } from '../ledger/sql.ts'
import { after, instant } from '../rules/calendar.ts'
import { readCode } from '../rules/code.ts'
import type { Program } from '../rules/program.ts'
import { maturesAt, receipt } from '../rules/receipt.ts'
import { judge } from '../rules/spending.ts'
import { couponsOf, findCoupon, reopen, returnSpent, spend, spendAgain } from './coupons.ts'
import { settleDebt } from './debt.ts'
import { type ShopBook, termsAt, termsOf } from './shop.ts'

interface OrderRow {
  seq: number
  member: number
  id: string
  placed_at: number
  updated_at: number
  program: number
  document: string
  /** JSON array of lot ids. */
  lots: string
}

/** Takes in the order as it now stands and settles it. A report older than the newest one seen changes nothing. */
export function reportOrder(book: ShopBook, member: MemberRow, id: string, order: Order): Receipt {
  const row = findOrder(book, member, id)
  const updatedAt = instant(order.updatedAt)
  if (row && updatedAt < row.updated_at) return receiptOf(book, member, id)
  const placedAt = instant(order.placedAt)
  const version = row?.placed_at === placedAt ? row.program : termsAt(book.shop, placedAt).version
  book.all(
    `INSERT INTO orders (member, id, placed_at, updated_at, program, document, lots) VALUES (?, ?, ?, ?, ?, ?, '[]')
     ON CONFLICT (member, id) DO UPDATE SET
       placed_at = excluded.placed_at, updated_at = excluded.updated_at, program = excluded.program, document = excluded.document`,
    member.id,
    id,
    placedAt,
    updatedAt,
    version,
    JSON.stringify(order),
  )
  settleCoupons(book, member, id, order, termsOf(book.shop, version).program)
  settlePoints(book, member, id)
  return receiptOf(book, member, id)
}

/** What the order earns and why, as it stands at the book's instant. */
export function receiptOf(book: ShopBook, member: MemberRow, id: string): Receipt {
  const row = findOrder(book, member, id)
  if (!row) throw new Refusal('not-found', 'This member has no order with this id.')
  return earned(book, member, row, JSON.parse(row.document))
}

/** Whether the storefront has said that this order is cancelled. */
export function isCancelled(book: ShopBook, member: MemberRow, id: string): boolean {
  const row = findOrder(book, member, id)
  return row !== undefined && JSON.parse(row.document).state === 'cancelled'
}

/** Moves the difference between what the order's receipt says and what the ledger has. Does nothing for an order not reported. */
export function settlePoints(book: ShopBook, member: MemberRow, id: string): void {
  const row = findOrder(book, member, id)
  if (!row) return
  const order: Order = JSON.parse(row.document)
  const { program } = termsOf(book.shop, row.program)
  const maturity = maturesAt(order, program)
  const points = new Map<string, number>()
  for (const line of earned(book, member, row, order).lines) points.set(line.funder, (points.get(line.funder) ?? 0) + line.points)
  const lots = book.all<Lot>('SELECT * FROM lots WHERE id IN (SELECT value FROM json_each(?))', row.lots)
  for (const lot of lots) if (!points.has(lot.funder)) points.set(lot.funder, 0)
  for (const [funder, target] of points) {
    const expiresAt = program.expiry && maturity !== NEVER ? after(maturity, program.expiry.life, program.timeZone) : NEVER
    const known = lots.find((lot) => lot.funder === funder)
    if (!known && target === 0) continue
    const lot = known ?? addLot(book, member, { funder, order: id, availableAt: maturity, expiresAt })
    if (!known) lots.push(lot)
    settleLot(book, member, lot, { points: target, maturity, expiresAt })
  }
  book.all('UPDATE orders SET lots = ? WHERE seq = ?', JSON.stringify(lots.map((lot) => lot.id)), row.seq)
}

function findOrder(book: ShopBook, member: MemberRow, id: string): OrderRow | undefined {
  return one(book.all<OrderRow>('SELECT * FROM orders WHERE member = ? AND id = ?', member.id, id))
}

function earned(book: ShopBook, member: MemberRow, row: OrderRow, order: Order): Receipt {
  const used = couponsOf(book, member, row.id).filter((coupon) => coupon.state === 'used')
  const ours = new Set(used.map((coupon) => coupon.code))
  const others = (order.discounts ?? []).filter(({ code }) => !ours.has(readCode(code ?? '') ?? ''))
  const paidWithPoints = used.reduce((total, coupon) => total + (coupon.discount ?? 0), 0)
  return receipt({ ...order, discounts: others }, termsOf(book.shop, row.program), { id: row.id, paidWithPoints, now: book.now })
}

// A cancelled order gives back the coupons it used. One that names an open coupon has used it, even if the storefront
// never said so at checkout: else the code could serve a second order. A coupon used by report alone follows the newest
// report, so that it ends the same whatever reports came before.
function settleCoupons(book: ShopBook, member: MemberRow, id: string, order: Order, program: Program): void {
  const cancelled = order.state === 'cancelled'
  const planned = cancelled ? new Map<string, number>() : plan(book, member, id, order, program)
  for (const coupon of couponsOf(book, member, id)) {
    const byReport = coupon.used_by === 'report'
    if (coupon.state === 'used' && byReport && planned.get(coupon.code) !== coupon.discount) reopen(book, member, coupon)
    else if (coupon.state === 'used' && !byReport && cancelled) returnSpent(book, member, coupon)
    else if (coupon.state === 'returned' && !cancelled) spendAgain(book, member, coupon)
  }
  for (const [code, discount] of planned) {
    const coupon = findCoupon(book, code)
    if (coupon.state === 'open') spend(book, member, coupon, { order: id, discount: Math.min(discount, coupon.points), by: 'report' })
  }
}

// What an order's report makes each coupon take off that no checkout has used: as the report says, else as much as it can.
function plan(book: ShopBook, member: MemberRow, id: string, order: Order, program: Program): Map<string, number> {
  const planned = new Map<string, number>()
  const atCheckout = couponsOf(book, member, id).filter((coupon) => coupon.state === 'used' && coupon.used_by === 'checkout')
  let taken = atCheckout.reduce((total, coupon) => total + (coupon.discount ?? 0), 0)
  for (const { code, amount } of namedCoupons(book, member, order)) {
    const coupon = findCoupon(book, code)
    const byReport = coupon.state === 'used' && coupon.used_by === 'report' && coupon.order_id === id
    if (coupon.state !== 'open' && !byReport) continue
    const discount = Math.min(amount ?? judge(coupon.points, order, program, { foreign: false, taken }).discount, coupon.points)
    if (discount > 0) planned.set(code, discount)
    taken += discount
  }
  return planned
}

// The member's own coupons among the codes of an order, with what the order says they took off, if it does.
function namedCoupons(book: ShopBook, member: MemberRow, order: Order): { code: string; amount: number | undefined }[] {
  const amounts = new Map<string, number | undefined>()
  for (const code of order.codes ?? []) amounts.set(readCode(code) ?? '', undefined)
  for (const { code, amount } of order.discounts ?? []) {
    const ours = readCode(code ?? '') ?? ''
    amounts.set(ours, (amounts.get(ours) ?? 0) + amount)
  }
  const isTheirs = (code: string) => book.all('SELECT 1 FROM coupons WHERE code = ? AND member = ?', code, member.id).length > 0
  return [...amounts].filter(([code]) => isTheirs(code)).map(([code, amount]) => ({ code, amount }))
}

// Brings one lot to what its order merits. What ran out of it meanwhile counts as taken back already.
function settleLot(book: ShopBook, member: MemberRow, lot: Lot, target: { points: number; maturity: number; expiresAt: number }): void {
  const about = { order: lot.order_id, funder: lot.funder }
  const mature = target.maturity <= book.now
  const activated = lot.points - lot.pending - lot.expired
  if (!mature && activated > 0) takeBack(book, member, lot, activated)
  const surplus = lot.points - lot.expired - target.points
  const unripe = Math.min(lot.pending, Math.max(0, surplus))
  if (unripe > 0) {
    transfer(book, member, 'revoke', [{ lot: lot.id, points: unripe }], about)
    Object.assign(lot, { pending: lot.pending - unripe, points: lot.points - unripe })
  }
  if (surplus > unripe) takeBack(book, member, lot, surplus - unripe)
  const missing = target.points - lot.points
  if (missing > 0) {
    transfer(book, member, 'earn', [{ lot: lot.id, points: missing }], about)
    Object.assign(lot, { pending: lot.pending + missing, points: lot.points + missing })
  }
  book.all(
    'UPDATE lots SET points = ?, available_at = ?, expires_at = ? WHERE id = ?',
    lot.points,
    target.maturity,
    target.expiresAt,
    lot.id,
  )
  remind(book, member, mature ? target.expiresAt : target.maturity)
  if (!mature) return
  if (lot.pending > 0) transfer(book, member, 'activate', [{ lot: lot.id, points: lot.pending }], about)
  settleDebt(book, member)
}

// Takes available points back: from the order's own lot, then from the member's others; what the balance lacks is owed.
function takeBack(book: ShopBook, member: MemberRow, lot: Lot, points: number): void {
  const about = { order: lot.order_id, funder: lot.funder }
  const lots = openLots(book, member)
  const ownFirst = [...lots.filter((other) => other.id === lot.id), ...lots.filter((other) => other.id !== lot.id)]
  const parts = take(ownFirst, points)
  transfer(book, member, 'clawback', parts, about)
  transfer(book, member, 'owe', points - sum(parts), about)
  const fresh = one(book.all<Lot>('SELECT * FROM lots WHERE id = ?', lot.id)) ?? lot
  Object.assign(lot, fresh, { points: lot.points - points })
}
