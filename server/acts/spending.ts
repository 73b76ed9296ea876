// Spending: what an order's newest report makes of the coupons and points that paid for it.
import type { Order } from '../contract.ts'
import type { MemberRow } from '../ledger/member.ts'
import { readCode } from '../rules/code.ts'
import { pointsBack } from '../rules/paid.ts'
import type { Program } from '../rules/program.ts'
import { judge } from '../rules/spending.ts'
import { couponsOf, findCoupon, giveBackSpent, ownCoupon, reopen, spend } from './coupons.ts'
import { giveBackPayment, paymentOf } from './payments.ts'
import { type Placed, spentOn, withoutOurs } from './placed.ts'
import type { ShopBook } from './shop.ts'

/**
 * A cancelled order gives back the coupons it used. One that names an open coupon has used it, even if the storefront
 * never said so at checkout: else the code could serve a second order. A coupon used by report alone follows the newest
 * report, so that it ends the same whatever reports came before.
 */
export function settleSpending(book: ShopBook, member: MemberRow, { row: { id }, order, program, cancelled }: Placed): void {
  const planned = cancelled ? new Map<string, number>() : plan(book, member, id, order, program)
  for (const coupon of couponsOf(book, member, id)) {
    const byReport = coupon.used_by === 'report'
    if (coupon.state === 'used' && byReport && planned.get(coupon.code) !== coupon.discount) reopen(book, member, coupon)
  }
  for (const [code, discount] of planned) {
    const coupon = findCoupon(book, code)
    if (coupon.state === 'open') spend(book, member, coupon, { order: id, discount: Math.min(discount, coupon.points), by: 'report' })
  }
  settleBack(book, member, { id, order, program, cancelled })
}

// What of the spent points comes back: all while the order is cancelled, else what refunds take along. Points given at
// checkout come back before coupons, and of these the latest first, whatever was reported before.
function settleBack(book: ShopBook, member: MemberRow, asked: Pick<Placed, 'order' | 'program' | 'cancelled'> & { id: string }): void {
  const { id, order, program, cancelled } = asked
  const spent = spentOn(book, member, id)
  let back = cancelled ? spent.points : pointsBack(withoutOurs(order, spent), program, spent.points)
  const share = (points: number) => {
    const some = Math.min(points, back)
    back -= some
    return some
  }
  if (spent.payment) giveBackPayment(book, member, spent.payment, share(spent.payment.points))
  for (const coupon of spent.coupons.toReversed()) giveBackSpent(book, member, coupon, share(coupon.discount ?? 0), cancelled)
}

// What an order's report makes each coupon take off that no checkout has used: as the report says, else as much as it can.
function plan(book: ShopBook, member: MemberRow, id: string, order: Order, program: Program): Map<string, number> {
  const planned = new Map<string, number>()
  const atCheckout = couponsOf(book, member, id).filter((coupon) => coupon.state === 'used' && coupon.used_by === 'checkout')
  let taken = atCheckout.reduce((total, coupon) => total + (coupon.discount ?? 0), paymentOf(book, member, id)?.points ?? 0)
  for (const { code, amount } of namedCoupons(book, member, order)) {
    const coupon = findCoupon(book, code)
    const byReport = coupon.state === 'used' && coupon.used_by === 'report' && coupon.order_id === id
    if (coupon.state !== 'open' && !byReport) continue
    const discount = Math.min(amount ?? judge(coupon.points, order, program, { foreign: false, taken }).discount, coupon.points)
    if (discount > 0) planned.set(code, discount)
    taken += discount
  }
  return planned
}

// The member's own coupons among the codes of an order, with what the order says they took off, if it does.
function namedCoupons(book: ShopBook, member: MemberRow, order: Order): { code: string; amount: number | undefined }[] {
  const amounts = new Map<string, number | undefined>()
  for (const code of order.codes ?? []) amounts.set(readCode(code) ?? '', undefined)
  for (const { code, amount } of order.discounts ?? []) {
    const ours = readCode(code ?? '') ?? ''
    amounts.set(ours, (amounts.get(ours) ?? 0) + amount)
  }
  const isTheirs = (code: string) => ownCoupon(book, member, code) !== undefined
  return [...amounts].filter(([code]) => isTheirs(code)).map(([code, amount]) => ({ code, amount }))
}
