// Payments: points used for an order at its checkout, kept per order.
import type { MemberRow } from '../ledger/member.ts'
import { type Book, one } from '../ledger/sql.ts'
import { type Spent, setBack } from './spent.ts'

export interface PaymentRow extends Spent {
  seq: number
  member: number
  order_id: string
  points: number
  /** When the order was first paid for with points: the program in force then judges every change of it. */
  at: number
}

/** The points that pay for an order, or undefined. */
export const paymentOf = (book: Book, member: MemberRow, order: string) =>
  one(book.all<PaymentRow>('SELECT * FROM payments WHERE member = ? AND order_id = ?', member.id, order))

/** Sees to it that `points` of the payment are back with the member. */
export function giveBackPayment(book: Book, member: MemberRow, payment: PaymentRow, points: number): void {
  setBack(book, member, payment, points, { order: payment.order_id })
  book.all('UPDATE payments SET spend = ?, back = ? WHERE seq = ?', payment.spend, payment.back, payment.seq)
}

/** Keeps what pays for an order now, in place of what did before. */
export function keepPayment(book: Book, member: MemberRow, order: string, { points, spend }: { points: number; spend: number }): void {
  book.all(
    `INSERT INTO payments (member, order_id, points, spend, back, at) VALUES (?, ?, ?, ?, '[]', ?)
     ON CONFLICT (member, order_id) DO UPDATE SET points = excluded.points, spend = excluded.spend, back = '[]'`,
    ...[member.id, order, points, spend, book.now],
  )
}

/** Forgets that points paid for an order. The ledger does not. */
export const dropPayment = (book: Book, { seq }: PaymentRow) => book.all('DELETE FROM payments WHERE seq = ?', seq)
