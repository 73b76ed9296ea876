// Debt: what an undone order took back beyond what the member had. The next points to become available repay it.
import { transfer } from '../ledger/ledger.ts'
import { openLots, take } from '../ledger/lots.ts'
import type { MemberRow } from '../ledger/member.ts'
import type { Book } from '../ledger/sql.ts'

/** Repays as much debt as the member's available points can; a member never has both. */
export function settleDebt(book: Book, member: MemberRow, at = book.now): void {
  if (member.debt === 0 || member.available === 0) return
  transfer(book, member, 'repay', take(openLots(book, member), Math.min(-member.debt, member.available)), { at })
}
