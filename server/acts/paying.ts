// Paying with points at checkout: the storefront says how many an order uses, changes its mind, or takes all back.
import type * as z from 'zod'
import { type OrderLine, type Paid, type Pay, Refusal } from '../contract.ts'
import { transfer } from '../ledger/ledger.ts'
import { openLots, sum, take } from '../ledger/lots.ts'
import type { MemberRow } from '../ledger/member.ts'
import type { Book } from '../ledger/sql.ts'
import { readCode } from '../rules/code.ts'
import type { Program } from '../rules/program.ts'
import { judgeCheckout } from '../rules/spending.ts'
import { couponsOf, ownCoupon } from './coupons.ts'
import { settleGivenBack } from './debt.ts'
import { completed, type Facts } from './market.ts'
import { isCancelled } from './orders.ts'
import { dropPayment, giveBackPayment, keepPayment, type PaymentRow, paymentOf } from './payments.ts'
import { settleReported } from './settlement.ts'
import { type ShopBook, terms, termsAt } from './shop.ts'
import { spendParts, spentNow } from './spent.ts'

type Answer = z.infer<typeof Paid>

/**
 * Has an order use exactly `points` of the member's, those that expire first. Again, the same changes nothing; another number
 * moves the difference. Refuses what the cart, its other codes, the program or the balance does not allow, before anything moves.
 */
export function pay(book: ShopBook, member: MemberRow, order: string, asked: Pay, market: Facts = {}): Answer {
  const paid = paymentOf(book, member, order)
  if (isCancelled(book, member, order)) throw new Refusal('not-eligible', 'This order is cancelled.')
  const { program } = paid ? termsAt(book.shop, paid.at) : terms(book)
  mustBePayable(book, member, order, { ...asked, lines: completed(asked.lines, market) }, program)
  if (paid?.points !== asked.points) change(book, member, order, paid, asked.points)
  return { discount: asked.points, points: asked.points }
}

/** The order uses no points: they go back to their lots. The same again, or where none were used, is as well. */
export function unpay(book: ShopBook, member: MemberRow, order: string): Answer {
  const paid = paymentOf(book, member, order)
  if (paid) {
    giveBackPayment(book, member, paid, paid.points)
    dropPayment(book, paid)
    settleReported(book, member, order)
  }
  return { discount: 0, points: 0 }
}

// What the order has used already is there for it to use again.
function change(book: ShopBook, member: MemberRow, order: string, paid: PaymentRow | undefined, points: number): void {
  const used = paid ? spentNow(book, paid) : []
  const available = member.available + sum(used)
  if (points > available)
    throw new Refusal('insufficient-points', `${points} points were asked for; ${available} are available.`, { available })
  transfer(book, member, 'return', used, { order })
  const spend = spendParts(book, member, take(openLots(book, member), points), { order })
  keepPayment(book, member, order, { points, spend })
  settleGivenBack(book, member)
  settleReported(book, member, order)
}

function mustBePayable(book: Book, member: MemberRow, order: string, asked: Pay, program: Program): void {
  const beside = besideOf(book, member, order, asked.codes ?? [])
  const { refusal, max } = judgeCheckout(asked.points, asked as { lines: OrderLine[]; shipping?: number }, program, beside)
  if (refusal === 'not-eligible') throw new Refusal(refusal, whyNot(program, beside.foreign))
  if (refusal) throw new Refusal(refusal, `This order takes 1 to ${max} points.`, { min: 1, max })
}

const whyNot = ({ redeeming }: Program, foreign: boolean) =>
  redeeming.checkout === null
    ? 'This shop takes no points at checkout.'
    : foreign && !redeeming.withOtherCodes
      ? 'Points cannot be combined with these codes.'
      : 'Nothing in this cart may be paid for with points.'

// What the member's own coupons take off before points do: those the order used, and the open ones that the cart names.
function besideOf(book: Book, member: MemberRow, order: string, codes: string[]) {
  const taken = new Map(couponsOf(book, member, order).map((coupon) => [coupon.id, coupon.state === 'used' ? (coupon.discount ?? 0) : 0]))
  let foreign = false
  for (const code of codes.map(readCode)) {
    const coupon = ownCoupon(book, member, code)
    if (!coupon) foreign = true
    else if (coupon.state === 'open') taken.set(coupon.id, coupon.points)
  }
  return { foreign, taken: [...taken.values()].reduce((total, points) => total + points, 0) }
}
