// A member in the books: the balances that are kept, and when time has something to do next.
import { type Book, one } from './sql.ts'

/** Points that came together, with their own expiry; what is left of them, and where. */
export interface Lot {
  id: number
  member: number
  funder: string
  order_id: string | null
  points: number
  pending: number
  available: number
  expired: number
  /** Whether anything is pending or available in it: 0 or 1. */
  open: number
  available_at: number
  expires_at: number
}

/** What a redeem knows without reading it again. Any other transfer makes it unknown. */
interface InHand {
  /** The open lots as it left them. */
  lots: Lot[]
  /** The coupon it made, and the transfer that was the member's latest before it. */
  coupon: object
  after: number | null
}

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
  inHand?: InHand | undefined
}

/** Makes sure that the member is looked at no later than `at`. */
export function remind(book: Book, member: MemberRow, at: number): void {
  if (at >= member.due) return
  member.due = at
  book.all('UPDATE members SET due = ? WHERE id = ?', at, member.id)
}

/** The member the storefront calls `customer`, or undefined. */
export const findMember = (book: Book, customer: string) =>
  takenUp(book, one(book.all<MemberRow>('SELECT * FROM members WHERE customer = ?', customer)))

/** A member's row, read by whoever may change what is the member's: no wallet that was read before is to be shown again. */
export function takenUp<Row extends MemberRow | undefined>(book: Book, row: Row): Row {
  if (row) book.inHand?.delete(row.customer)
  return row
}
