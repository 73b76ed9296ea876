// A member in the books: the balances that are kept, and when time has something to do next.
import { type Book, one } from './sql.ts'

export interface MemberRow {
  id: number
  customer: string
  name: string | null
  at: number
  pending: number
  available: number
  held: number
  /** Never above zero: what the member owes, with a minus sign. */
  debt: number
  due: number
  last_transfer: number | null
  last_coupon: number | null
}

/** Makes sure that the member is looked at no later than `at`. */
export function remind(book: Book, member: MemberRow, at: number): void {
  if (at >= member.due) return
  member.due = at
  book.all('UPDATE members SET due = ? WHERE id = ?', at, member.id)
}

/** The member the storefront calls `customer`, or undefined. */
export const findMember = (book: Book, customer: string) => one(book.all<MemberRow>('SELECT * FROM members WHERE customer = ?', customer))
