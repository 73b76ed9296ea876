// Grants: points the shop gives away, available at once.
import { NEVER, Refusal, SHOP } from '../contract.ts'
import { transfer } from '../ledger/ledger.ts'
import { addLot } from '../ledger/lots.ts'
import { type MemberRow, remind } from '../ledger/member.ts'
import { after, instant } from '../rules/calendar.ts'
import { settleDebt } from './debt.ts'
import { type ShopBook, terms } from './shop.ts'

const GRANT_MAX = 1_000_000_000

/** Grants points with their own expiry, else the program's. Refuses amounts below 1 and an expiry that is not ahead. */
export function grant(
  book: ShopBook,
  member: MemberRow,
  asked: { points: number; reason: string; expiresAt?: string | null | undefined },
): void {
  mustBeGrantable(asked.points)
  const { expiry, ...program } = terms(book).program
  const own = asked.expiresAt ? instant(asked.expiresAt) : undefined
  if (own !== undefined && own <= book.now) throw new Refusal('out-of-range', 'These points would have expired already.')
  const expiresAt = own ?? (expiry ? after(book.now, expiry.life, program.timeZone) : NEVER)
  const lot = addLot(book, member, { funder: SHOP, availableAt: book.now, expiresAt })
  transfer(book, member, 'grant', [{ lot: lot.id, points: asked.points }], { note: asked.reason })
  settleDebt(book, member)
  remind(book, member, expiresAt)
}

/** Refuses an amount nobody may be granted. */
export function mustBeGrantable(points: number): void {
  if (points < 1 || points > GRANT_MAX)
    throw new Refusal('out-of-range', `A grant is 1 to ${GRANT_MAX} points.`, { min: 1, max: GRANT_MAX })
}
