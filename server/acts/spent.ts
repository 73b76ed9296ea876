// Points that an order used, as a coupon or at checkout, and how many of them are back with the member.

import { transfer } from '../ledger/ledger.ts'
import { addLot, carve, type Lot, type Part, partsOf, ranOut, sum, without } from '../ledger/lots.ts'
import type { MemberRow } from '../ledger/member.ts'
import type { Book } from '../ledger/sql.ts'
import { remindOfLots, settleDebt } from './debt.ts'

/** What a coupon's and a payment's row say of it. */
export interface Spent {
  /** The transfer that spent them: its parts are all of them. */
  spend: number
  /** JSON: the parts that are back in their lots. */
  back: string
}

interface About {
  order: string | null
  coupon?: string | null
}

/** The parts that are spent now. */
export const spentNow = (book: Book, { spend, back }: Spent): Part[] => without(partsOf(book, spend), JSON.parse(back))

/**
 * Sees to it that `points` of them, neither more nor less, are back in the very lots they left. What expires last comes back
 * first. Does nothing when it is so already; changes `spent` otherwise, which the caller keeps.
 */
export function setBack(book: Book, member: MemberRow, spent: Spent, points: number, about: About): void {
  if (points === sum(JSON.parse(spent.back))) return
  if (points < sum(JSON.parse(spent.back))) spendAgain(book, member, spent, about)
  const back: Part[] = JSON.parse(spent.back)
  const some = carve(spentNow(book, spent).toReversed(), points - sum(back))
  transfer(book, member, 'return', some, about)
  spent.back = JSON.stringify(merge(back, some))
  expire(book, member, some)
  settleDebt(book, member)
  remindOfLots(book, member)
}

// What comes back to a lot that has run out runs out as well, and repays nothing: else it would matter what else repaid the debt before.
function expire(book: Book, member: MemberRow, parts: Part[]): void {
  for (const { id, order_id, funder, expires_at } of lotsOf(book, parts))
    if (expires_at <= book.now) {
      const gone = parts.filter(({ lot }) => lot === id)
      transfer(book, member, 'expire', gone, { order: order_id, funder })
    }
}

/** The points of both, lot by lot. */
export function merge(some: Part[], more: Part[]): Part[] {
  const points = new Map(some.map((part) => [part.lot, part.points]))
  for (const part of more) points.set(part.lot, (points.get(part.lot) ?? 0) + part.points)
  return [...points].map(([lot, count]) => ({ lot, points: count }))
}

// Spends all that is back once more, from the same lots. What the member has used meanwhile is advanced, in a lot like the one
// it is missing from, and owed; what ran out while it was back is advanced and not owed, as it would not have run out in use.
function spendAgain(book: Book, member: MemberRow, spent: Spent, about: About): void {
  const back: Part[] = JSON.parse(spent.back)
  const lots = new Map(lotsOf(book, back).map((lot) => [lot.id, lot]))
  const there = back.map(({ lot, points }) => ({ lot, points: Math.min(points, lots.get(lot)?.available ?? 0) }))
  const found = there.filter((part) => part.points > 0)
  const missing = without(back, found)
  spent.back = '[]'
  if (missing.length === 0) {
    spendParts(book, member, back, about)
    return
  }
  const kept = without(partsOf(book, spent.spend), back)
  transfer(book, member, 'return', kept, about)
  const advanced = missing.flatMap(({ lot, points }) => advance(book, member, lots.get(lot) as Lot, points, about))
  spent.spend = spendParts(book, member, [...merge(kept, found), ...advanced.map(({ part }) => part)], about)
  for (const { part, isOwed, funder } of advanced)
    if (isOwed) transfer(book, member, 'owe', part.points, { ...about, order: null, note: 'advanced', funder })
  settleDebt(book, member)
}

/** Holds and spends these parts: there is no other way from a member to an order. Gives the transfer that spent them. */
export function spendParts(book: Book, member: MemberRow, parts: Part[], about: About): number {
  transfer(book, member, 'hold', parts, about)
  return transfer(book, member, 'spend', parts, about)
}

// What ran out is given once to all the orders that had used it, in lots that stand in its place: there it counts as not run out.
function advance(book: Book, member: MemberRow, lot: Lot, points: number, about: About) {
  const { funder, expires_at: expiresAt } = lot
  const root = lotsOf(book, [{ lot: lot.instead_of ?? lot.id, points }])[0] as Lot
  // To an order's points that have a longer life by a later word, all that had run out was given anew with it.
  const gone = root.order_id !== null && root.expires_at > book.now ? 0 : ranOut(book, root)
  const free = Math.min(points, gone)
  const give = (points: number, isOwed: boolean) => {
    const given = addLot(book, member, { funder, availableAt: book.now, expiresAt, insteadOf: isOwed ? null : root.id })
    const part = { lot: given.id, points }
    transfer(book, member, 'grant', [part], { ...about, order: null, note: 'advanced', funder })
    return { part, isOwed, funder }
  }
  return [...(free > 0 ? [give(free, false)] : []), ...(points > free ? [give(points - free, true)] : [])]
}

const lotsOf = (book: Book, parts: Part[]) =>
  book.all<Lot>('SELECT * FROM lots WHERE id IN (SELECT value FROM json_each(?))', JSON.stringify(parts.map((part) => part.lot)))
