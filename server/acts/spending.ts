// Spending: what an order's newest report makes of the coupons and points that paid for it.
import type { Order } from '../contract.ts'
import type { MemberRow } from '../ledger/member.ts'
import { readCode } from '../rules/code.ts'
import { pointsBack } from '../rules/paid.ts'
import { judge } from '../rules/spending.ts'
import { findCoupon, giveBackSpent, ownCoupon, reopen, spend } from './coupons.ts'
import { giveBackPayment } from './payments.ts'
import { type PaidBy, type Placed, paidBy, withoutOurs } from './placed.ts'
import type { ShopBook } from './shop.ts'

/**
 * A cancelled order gives back the coupons it used. One that names an open coupon has used it, even if the storefront
 * never said so at checkout: else the code could serve a second order. A coupon used by report alone follows the newest
 * report, so that it ends the same whatever reports came before. Gives what pays for the order now.
 */
export function settleSpending(book: ShopBook, member: MemberRow, placed: Placed): PaidBy {
  const { id } = placed.row
  const before = paidBy(book, member, id)
  const planned = placed.cancelled ? new Map<string, number>() : plan(book, member, placed, before)
  let isSame = true
  for (const coupon of before.coupons) {
    if (coupon.state !== 'used' || coupon.used_by !== 'report' || planned.get(coupon.code) === coupon.discount) continue
    reopen(book, member, coupon)
    isSame = false
  }
  for (const [code, discount] of planned) {
    const coupon = findCoupon(book, code)
    if (coupon.state !== 'open') continue
    spend(book, member, coupon, { order: id, discount: Math.min(discount, coupon.points), by: 'report' })
    isSame = false
  }
  const paid = isSame ? before : paidBy(book, member, id)
  settleBack(book, member, placed, paid)
  return paid
}

/**
 * What of the spent points comes back: all while the order is cancelled, else what refunds take along. Points given at
 * checkout come back before coupons, and of these the latest first, whatever was reported before.
 */
export function settleBack(book: ShopBook, member: MemberRow, { order, program, cancelled }: Placed, paid: PaidBy): void {
  let back = cancelled ? paid.points : pointsBack(withoutOurs(order, paid), program, paid.points)
  const share = (points: number) => {
    const some = Math.min(points, back)
    back -= some
    return some
  }
  if (paid.payment) giveBackPayment(book, member, paid.payment, share(paid.payment.points))
  for (const coupon of paid.coupons.toReversed()) giveBackSpent(book, member, coupon, share(coupon.discount ?? 0), cancelled)
}

// What an order's report makes each coupon take off that no checkout has used: as the report says, else as much as it can.
function plan(book: ShopBook, member: MemberRow, { row, order, program }: Placed, { coupons, payment }: PaidBy): Map<string, number> {
  const planned = new Map<string, number>()
  const atCheckout = coupons.filter((coupon) => coupon.state === 'used' && coupon.used_by === 'checkout')
  let taken = atCheckout.reduce((total, coupon) => total + (coupon.discount ?? 0), payment?.points ?? 0)
  for (const { code, amount } of namedCoupons(book, member, order)) {
    const coupon = findCoupon(book, code)
    const byReport = coupon.state === 'used' && coupon.used_by === 'report' && coupon.order_id === row.id
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
