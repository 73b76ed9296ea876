// Debt: what was taken back beyond what the member had. The next points to become available repay it.
import { type About, transfer } from '../ledger/ledger.ts'
import { type Lot, openLots, sum, take } from '../ledger/lots.ts'
import { type MemberRow, remind } from '../ledger/member.ts'
import type { Book } from '../ledger/sql.ts'

/** Repays as much debt as the member's available points can; a member never has both. */
export function settleDebt(book: Book, member: MemberRow, at = book.now): void {
  if (owes(member)) repay(book, member, openLots(book, member), at)
}

/**
 * The same by points that something held and gave back to their lots: those that have run out meanwhile repay nothing, as what is given anew
 * does, and the next chore lets them expire.
 */
export function settleGivenBack(book: Book, member: MemberRow, at = book.now): void {
  if (owes(member)) repay(book, member, lasting(openLots(book, member), at), at)
  remindOfLots(book, member)
}

/** Makes sure that the member is looked at when the first of what is available runs out. */
export function remindOfLots(book: Book, member: MemberRow): void {
  const first = openLots(book, member).find((lot) => lot.available > 0)
  if (first) remind(book, member, first.expires_at)
}

/** Whether there is both: only then anybody looks at the lots, of which some members have thousands. */
const owes = (member: MemberRow) => member.debt !== 0 && member.available !== 0

function repay(book: Book, member: MemberRow, lots: Lot[], at: number): void {
  transfer(book, member, 'repay', take(lots, -member.debt), { at })
}

/** Takes available points back: from the lot they came in, then from the member's others; what the balance lacks is owed. */
export function clawBack(book: Book, member: MemberRow, lot: number, points: number, about: About): void {
  const lots = openLots(book, member)
  const others = lasting(lots, book.now).filter(({ id }) => id !== lot)
  const ownFirst = [...lots.filter(({ id }) => id === lot), ...others]
  const parts = take(ownFirst, points)
  transfer(book, member, 'clawback', parts, about)
  transfer(book, member, 'owe', points - sum(parts), about)
}

// What came back to a lot that has run out is the next chore's, and pays for nothing meanwhile.
const lasting = (lots: Lot[], at: number) => lots.filter(({ expires_at }) => expires_at > at)
