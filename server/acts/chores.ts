// What time does: points mature, points run out, coupons run out. Done when a member is touched, and by the alarm.
import { NEVER } from '../contract.ts'
import { transfer } from '../ledger/ledger.ts'
import { openLots } from '../ledger/lots.ts'
import { type MemberRow, takenUp } from '../ledger/member.ts'
import { one } from '../ledger/sql.ts'
import { forgetAnswers } from './answers.ts'
import { letGo, openCoupons } from './coupons.ts'
import { settleDebt } from './debt.ts'
import { settleFollows } from './follows.ts'
import { settleReported } from './settlement.ts'
import type { ShopBook } from './shop.ts'

/** Does everything that has come due for a member by now, in the order in which it came due. */
export function wake(book: ShopBook, member: MemberRow): void {
  if (member.due > book.now) return
  book.transaction(() => {
    let next = nextEvent(book, member)
    for (; next.at <= book.now; next = nextEvent(book, member)) next.happen()
    member.due = next.at
    book.all('UPDATE members SET due = ? WHERE id = ?', next.at, member.id)
  })
}

/**
 * What the alarm does, some of it at a time: what has come due, and then forgetting what need not be kept. Gives whether there is more:
 * a present to a million runs out at one instant, and whoever asks meanwhile has their turn in between.
 */
export function alarm(book: ShopBook): boolean {
  return !book.shop.importing && (wakeSome(book) || forgetAnswers(book, SOME) === SOME)
}

const SOME = 100

/** Does what has come due for some. Gives whether there may be more. */
export const wakeSome = (book: ShopBook): boolean => wakeDue(book, SOME) === SOME

/** Wakes up to `limit` members for whom something has come due; returns how many, so that the alarm knows to go on. */
export function wakeDue(book: ShopBook, limit: number): number {
  const rows = book.all<MemberRow>('SELECT * FROM members WHERE due < 8640000000000000 AND due <= ? ORDER BY due LIMIT ?', book.now, limit)
  for (const member of rows) wake(book, takenUp(book, member))
  return rows.length
}

const changing = (book: ShopBook, member: MemberRow) =>
  book.all<{ id: string; changes_at: number }>(
    'SELECT id, changes_at FROM orders WHERE member = ? AND changes_at < 8640000000000000 ORDER BY changes_at LIMIT 1',
    member.id,
  )

interface Event {
  at: number
  happen(): void
}

function nextEvent(book: ShopBook, member: MemberRow): Event {
  let next: Event = { at: NEVER, happen: () => {} }
  // A lot may have run out while a coupon held it: then it expires when it is back, and not before.
  const last = one(book.all<{ at: number }>('SELECT at FROM transfers WHERE id = ?', member.last_transfer))?.at ?? 0
  const offer = (at: number, happen: () => void) => {
    if (at < next.at) next = { at, happen }
  }
  // What an order loses at an instant, it has lost before anything else happens at that instant.
  for (const { id, changes_at: at } of changing(book, member))
    offer(at, () => {
      const then = { ...book, now: at }
      settleReported(then, member, id)
      settleFollows(then, member)
    })
  for (const lot of openLots(book, member)) {
    const about = { order: lot.order_id, funder: lot.funder }
    if (lot.pending > 0)
      offer(lot.available_at, () => {
        transfer(book, member, 'activate', [{ lot: lot.id, points: lot.pending }], { ...about, at: lot.available_at })
        settleDebt(book, member, lot.available_at)
      })
    if (lot.available > 0)
      offer(lot.expires_at, () =>
        transfer(book, member, 'expire', [{ lot: lot.id, points: lot.available }], { ...about, at: Math.max(lot.expires_at, last) }),
      )
  }
  // One that ran out while an order had it does so when it is open again.
  for (const coupon of openCoupons(book, member))
    offer(coupon.expires_at, () => letGo(book, member, coupon, 'expired', Math.max(coupon.expires_at, last)))
  return next
}
