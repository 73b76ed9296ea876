// A placed order as its book keeps it: the newest report, with the program and the market it was placed under.
import type { Order, Receipt } from '../contract.ts'
import type { MemberRow } from '../ledger/member.ts'
import { one } from '../ledger/sql.ts'
import { readCode } from '../rules/code.ts'
import type { Program } from '../rules/program.ts'
import { type Circumstances, isCancelledAt, receipt } from '../rules/receipt.ts'
import { type CouponRow, couponsOf } from './coupons.ts'
import { completed, type Facts } from './market.ts'
import { type PaymentRow, paymentOf } from './payments.ts'
import { type ShopBook, termsAt, termsOf } from './shop.ts'

export interface OrderRow {
  seq: number
  member: number
  id: string
  placed_at: number
  updated_at: number
  /** The version in force when it was placed. Of an order dated ahead of the clock the newest at its report, with a minus: until its day a new one may begin. */
  program: number
  document: string
  /** JSON array of lot ids. */
  lots: string
  /** JSON: `Facts`. */
  facts: string
  /** When time alone changes what it earns. */
  changes_at: number
}

export interface Placed {
  row: OrderRow
  /** The newest report; what its lines do not say of their products, the catalogue does. */
  order: Order
  version: number
  program: Program
  circumstances: Circumstances
  /** Whether it is cancelled, or counts as cancelled. */
  cancelled: boolean
}

/** An order at the book's instant, or undefined when it was never reported. */
export function findOrder(book: ShopBook, member: MemberRow, id: string): Placed | undefined {
  const row = one(book.all<OrderRow>('SELECT * FROM orders WHERE member = ? AND id = ?', member.id, id))
  if (!row) return undefined
  const facts: Facts = JSON.parse(row.facts)
  const told: Order = JSON.parse(row.document)
  const order = { ...told, lines: completed(told.lines, facts) }
  const { version, program } = judgedBy(book, row)
  const circumstances = { ...facts, now: book.now }
  return { row, order, version, program, circumstances, cancelled: isCancelledAt(order, program, circumstances) }
}

// Until its day an order dated ahead stays under the version it was settled by: the wallet says what the receipt says.
function judgedBy(book: ShopBook, { program, placed_at: placedAt }: OrderRow) {
  if (program > 0) return termsOf(book.shop, program)
  return placedAt > book.now && program < 0 ? termsOf(book.shop, -program) : termsAt(book.shop, placedAt)
}

/** What points pay for an order. */
export interface PaidBy {
  /** Those that it used, also while it is cancelled. */
  coupons: CouponRow[]
  /** The points given at its checkout. */
  payment: PaymentRow | undefined
  /** All of it. */
  points: number
}

export function paidBy(book: ShopBook, member: MemberRow, id: string): PaidBy {
  const coupons = couponsOf(book, member, id).filter((coupon) => coupon.state === 'used' || coupon.state === 'returned')
  const payment = paymentOf(book, member, id)
  const points = coupons.reduce((total, coupon) => total + (coupon.discount ?? 0), payment?.points ?? 0)
  return { coupons, payment, points }
}

/**
 * The order with the discounts that are not our points. Points given at checkout are a row called "points", or a nameless one of just as
 * much. What a row says beyond what our points took off is a discount like any other: nobody paid it.
 */
export function withoutOurs(order: Order, { coupons, payment }: PaidBy): Order {
  const ours = new Map(coupons.map((coupon) => [coupon.code, coupon.discount ?? 0]))
  const told = order.discounts ?? []
  const isPoints = ({ code }: { code?: string | undefined }) => code?.trim().toLowerCase() === 'points'
  const nameless = told.some(isPoints) ? -1 : told.findIndex(({ code, amount }) => !code && amount === payment?.points)
  if (payment) ours.set(POINTS, payment.points)
  const discounts = told.map((row, place) => {
    const name = isPoints(row) || place === nameless ? POINTS : (readCode(row.code ?? '') ?? '')
    const took = Math.min(row.amount, ours.get(name) ?? 0)
    ours.set(name, (ours.get(name) ?? 0) - took)
    return { ...row, amount: row.amount - took }
  })
  return { ...order, discounts }
}

/** Stands for the points given at checkout, among the codes of coupons. */
const POINTS = 'points'

/** What it earns where this paid for it. */
export function earned({ row, order, version, program, circumstances }: Placed, paid: PaidBy): Receipt {
  const facts = { ...circumstances, id: row.id, paidWithPoints: paid.points }
  return receipt(withoutOurs(order, paid), { version, program }, facts)
}
