// What time does: points mature, points run out, coupons run out. Done when a member is touched, and by the alarm.
import { NEVER } from '../contract.ts'
import { transfer } from '../ledger/ledger.ts'
import { type Lot, openLots } from '../ledger/lots.ts'
import { type MemberRow, takenUp } from '../ledger/member.ts'
import { one } from '../ledger/sql.ts'
import { forgetAnswers } from './answers.ts'
import { type CouponRow, letGo, openCoupons } from './coupons.ts'
import { settleDebt } from './debt.ts'
import { settleFollows } from './follows.ts'
import { settleReported } from './settlement.ts'
import type { ShopBook } from './shop.ts'

/** Does everything that has come due for a member by now, in the order in which it came due. */
export function wake(book: ShopBook, member: MemberRow): void {
  if (member.due > book.now) return
  book.transaction(() => {
    // Read once, however much has come due: a shop that was away for a day finds thousands of events of those who buy for many.
    member.lots = openLots(book, member)
    const agenda: Agenda = { book, member, coupons: openCoupons(book, member) }
    let next = nextEvent(agenda)
    for (; next.at <= book.now; next = nextEvent(agenda)) next.happen()
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

/** What time has something to do with: a member's orders, open lots and open coupons. */
interface Agenda {
  book: ShopBook
  member: MemberRow
  coupons: CouponRow[]
}

interface Event {
  at: number
  happen(): void
}

// What comes first wins, and of what comes at one instant what is looked at first.
function nextEvent(agenda: Agenda): Event {
  const { book, member } = agenda
  // What an order loses at an instant, it has lost before anything else happens at that instant.
  let next = changing(agenda) ?? { at: NEVER, happen: () => {} }
  for (const lot of openLots(book, member)) {
    if (lot.pending > 0 && lot.available_at < next.at) next = maturing(agenda, lot)
    if (lot.available > 0 && lot.expires_at < next.at) next = runningOut(agenda, lot)
  }
  for (const coupon of agenda.coupons) if (coupon.expires_at < next.at) next = lapsing(agenda, coupon)
  return next
}

function changing(agenda: Agenda): Event | undefined {
  const { book, member } = agenda
  const order = one(
    book.all<{ id: string; changes_at: number }>(
      'SELECT id, changes_at FROM orders WHERE member = ? AND changes_at < 8640000000000000 ORDER BY changes_at LIMIT 1',
      member.id,
    ),
  )
  return (
    order && {
      at: order.changes_at,
      happen() {
        const then = { ...book, now: order.changes_at }
        settleReported(then, member, order.id)
        settleFollows(then, member)
        agenda.coupons = openCoupons(book, member)
      },
    }
  )
}

const maturing = ({ book, member }: Agenda, { id, pending, available_at: at, order_id: order, funder }: Lot): Event => ({
  at,
  happen() {
    transfer(book, member, 'activate', [{ lot: id, points: pending }], { order, funder, at })
    settleDebt(book, member, at)
  },
})

const runningOut = ({ book, member }: Agenda, { id, available, expires_at: at, order_id: order, funder }: Lot): Event => ({
  at,
  happen: () => void transfer(book, member, 'expire', [{ lot: id, points: available }], { order, funder, at: notBefore(book, member, at) }),
})

// One that ran out while an order had it does so when it is open again.
const lapsing = (agenda: Agenda, coupon: CouponRow): Event => ({
  at: coupon.expires_at,
  happen() {
    const { book, member, coupons } = agenda
    letGo(book, member, coupon, 'expired', notBefore(book, member, coupon.expires_at))
    agenda.coupons = coupons.filter((other) => other !== coupon)
  },
})

// A lot may have run out while a coupon held it: then it expires when it is back, and not before.
function notBefore(book: ShopBook, member: MemberRow, at: number): number {
  const last = one(book.all<{ at: number }>('SELECT at FROM transfers WHERE id = ?', member.last_transfer))
  return Math.max(at, last?.at ?? 0)
}
