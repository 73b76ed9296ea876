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
  /** The lot that ran out in whose place it stands, for an order that had used that in time. */
  instead_of: number | null
}

/** What the latest redeem made: its coupon, and the transfer that was the member's latest before it. */
interface Made {
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
  /** The open lots, where they are known. A transfer knows what it leaves; whatever else changes a lot makes them unknown. */
  lots?: Lot[] | undefined
  made?: Made | undefined
}

/** Makes sure that the member is looked at no later than `at`. */
export function remind(book: Book, member: MemberRow, at: number): void {
  if (at >= member.due) return
  member.due = at
  book.all('UPDATE members SET due = ? WHERE id = ?', at, member.id)
}

/** What is in hand of a member under the storefront's name: the row as whoever had it last left it, and a wallet that was read. */
export interface InHand {
  row: MemberRow
  wallet?: unknown
}

/** The member the storefront calls `customer`, or undefined. */
export function findMember(book: Book, customer: string): MemberRow | undefined {
  const known = book.inHand?.get(customer) as InHand | undefined
  return takenUp(book, known?.row ?? one(book.all<MemberRow>('SELECT * FROM members WHERE customer = ?', customer)))
}

/** A member's row in the hands of whoever may change what is the member's: what was kept of it before does not count any more. */
export function takenUp<Row extends MemberRow | undefined>(book: Book, row: Row): Row {
  if (row) book.inHand?.delete(row.customer)
  return row
}
