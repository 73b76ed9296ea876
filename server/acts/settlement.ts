// Settlement: brings the ledger to what an order, as it now stands, merits.
import { NEVER, type Receipt } from '../contract.ts'
import { transfer } from '../ledger/ledger.ts'
import { addLot, type Lot, openLots, ranOut } from '../ledger/lots.ts'
import { type MemberRow, remind } from '../ledger/member.ts'
import { one } from '../ledger/sql.ts'
import { after } from '../rules/calendar.ts'
import { changesAt } from '../rules/campaigns.ts'
import { maturesAt } from '../rules/receipt.ts'
import { clawBack, settleDebt } from './debt.ts'
import { earned, findOrder, type PaidBy, type Placed, paidBy } from './placed.ts'
import type { ShopBook } from './shop.ts'
import { settleBack, settleSpending } from './spending.ts'

/** Settles what paid for the order, then what it earns, and gives its receipt. */
export function settle(book: ShopBook, member: MemberRow, placed: Placed): Receipt {
  return settleEarned(book, member, placed, settleSpending(book, member, placed))
}

/** Settles an order if it has been reported. */
export function settleReported(book: ShopBook, member: MemberRow, id: string): void {
  const placed = findOrder(book, member, id)
  if (placed) settle(book, member, placed)
}

/** The storefront says what pays for an order: settles what refunds give back of that, and what the order earns, if it has been reported. */
export function settlePaid(book: ShopBook, member: MemberRow, id: string): void {
  const placed = findOrder(book, member, id)
  if (!placed) return
  const paid = paidBy(book, member, id)
  settleBack(book, member, placed, paid)
  settleEarned(book, member, placed, paid)
}

// Moves the difference between what the order's receipt says and what the ledger has.
function settleEarned(book: ShopBook, member: MemberRow, placed: Placed, paid: PaidBy): Receipt {
  const { row, order, program, circumstances } = placed
  const maturity = maturesAt(order, program, circumstances)
  const points = new Map<string, number>()
  const receipt = earned(placed, paid)
  for (const { funder, points: some } of receipt.lines.flatMap((line) => line.shares)) points.set(funder, (points.get(funder) ?? 0) + some)
  const lots = row.lots === '[]' ? [] : book.all<Lot>('SELECT * FROM lots WHERE id IN (SELECT value FROM json_each(?))', row.lots)
  for (const lot of lots) if (!points.has(lot.funder)) points.set(lot.funder, 0)
  for (const [funder, target] of points) {
    const expiresAt = program.expiry && maturity !== NEVER ? after(maturity, program.expiry.life, program.timeZone) : NEVER
    const known = lots.find((lot) => lot.funder === funder)
    if (!known && target === 0) continue
    const lot = known ?? addLot(book, member, { funder, order: row.id, availableAt: maturity, expiresAt })
    if (!known) lots.push(lot)
    settleLot(book, member, lot, { points: target, maturity, expiresAt })
  }
  const changes = Math.min(changesAt(order, program, circumstances), row.placed_at > book.now ? row.placed_at : NEVER)
  book.all('UPDATE orders SET lots = ?, changes_at = ? WHERE seq = ?', JSON.stringify(lots.map((lot) => lot.id)), changes, row.seq)
  remind(book, member, changes)
  return receipt
}

// Brings one lot to what its order merits. What ran out of it meanwhile counts as taken back already, but not once the order says that
// its points have not run out: they did by a report that came first and was not the newest.
function settleLot(book: ShopBook, member: MemberRow, lot: Lot, target: { points: number; maturity: number; expiresAt: number }): void {
  const about = { order: lot.order_id, funder: lot.funder }
  const mature = target.maturity <= book.now
  const gone = ranOut(book, lot)
  const activated = lot.points - lot.pending - gone
  if (!mature && activated > 0) takeBack(book, member, lot, activated)
  const surplus = lot.points - gone - target.points
  const unripe = Math.min(lot.pending, Math.max(0, surplus))
  if (unripe > 0) {
    transfer(book, member, 'revoke', [{ lot: lot.id, points: unripe }], about)
    Object.assign(lot, { pending: lot.pending - unripe, points: lot.points - unripe })
  }
  if (surplus > unripe) takeBack(book, member, lot, surplus - unripe)
  const tooEarly = target.points > 0 && target.expiresAt > book.now ? gone : 0
  const missing = target.points - lot.points + tooEarly
  if (missing > 0) {
    transfer(book, member, 'earn', [{ lot: lot.id, points: missing }], about)
    Object.assign(lot, { pending: lot.pending + missing, points: lot.points + missing })
  }
  member.lots = undefined
  book.all(
    'UPDATE lots SET points = ?, available_at = ?, expires_at = ? WHERE id = ?',
    lot.points,
    target.maturity,
    target.expiresAt,
    lot.id,
  )
  remind(book, member, mature ? target.expiresAt : target.maturity)
  if (!mature) return
  if (lot.pending > 0) transfer(book, member, 'activate', [{ lot: lot.id, points: lot.pending }], about)
  settleDebt(book, member)
  if (target.expiresAt <= book.now) runOut(book, member, lot.id, about)
}

// What the shop only now says has run out was there until now: dated by when it was due, it would change a report that was read.
function runOut(book: ShopBook, member: MemberRow, id: number, about: { order: string | null; funder: string }): void {
  const left = openLots(book, member).find((lot) => lot.id === id)
  if (left) transfer(book, member, 'expire', [{ lot: id, points: left.available }], about)
}

// Takes available points back: from the order's own lot, then from the member's others; what the balance lacks is owed.
function takeBack(book: ShopBook, member: MemberRow, lot: Lot, points: number): void {
  clawBack(book, member, lot.id, points, { order: lot.order_id, funder: lot.funder })
  const fresh = one(book.all<Lot>('SELECT * FROM lots WHERE id = ?', lot.id)) ?? lot
  Object.assign(lot, fresh, { points: lot.points - points })
}
