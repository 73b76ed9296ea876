// Debt: what was taken back beyond what the member had. The next points to become available repay it.
import { type About, transfer } from '../ledger/ledger.ts'
import { openLots, sum, take } from '../ledger/lots.ts'
import type { MemberRow } from '../ledger/member.ts'
import type { Book } from '../ledger/sql.ts'

/** Repays as much debt as the member's available points can; a member never has both. */
export function settleDebt(book: Book, member: MemberRow, at = book.now): void {
  if (member.debt === 0 || member.available === 0) return
  transfer(book, member, 'repay', take(openLots(book, member), Math.min(-member.debt, member.available)), { at })
}

/** Takes available points back: from the lot they came in, then from the member's others; what the balance lacks is owed. */
export function clawBack(book: Book, member: MemberRow, lot: number, points: number, about: About): void {
  const lots = openLots(book, member)
  const ownFirst = [...lots.filter(({ id }) => id === lot), ...lots.filter(({ id }) => id !== lot)]
  const parts = take(ownFirst, points)
  transfer(book, member, 'clawback', parts, about)
  transfer(book, member, 'owe', points - sum(parts), about)
}
