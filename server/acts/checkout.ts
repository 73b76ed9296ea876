// Checkout: the storefront asks what a coupon takes off, uses it for one order, or says that the checkout failed.
import type * as z from 'zod'
import type { Check, Checked, Use, Used } from '../contract.ts'
import { Refusal } from '../contract.ts'
import type { MemberRow } from '../ledger/member.ts'
import type { Book } from '../ledger/sql.ts'
import { readCode } from '../rules/code.ts'
import { judge, type Verdict } from '../rules/spending.ts'
import { type CouponRow, confirmUse, couponsOf, findCoupon, mustBeOpen, ownCoupon, reopen, spend } from './coupons.ts'
import { completed, type Facts } from './market.ts'
import { memberOf } from './members.ts'
import { isCancelled } from './orders.ts'
import { paymentOf } from './payments.ts'
import { settlePaid } from './settlement.ts'
import { type ShopBook, terms } from './shop.ts'

/** What the coupon would take off this cart, and why not; moves nothing. `market` is what the shop's first book knows of its products. */
export function check(book: ShopBook, code: string, cart: z.infer<typeof Check>, market: Facts = {}): z.infer<typeof Checked> {
  const { coupon, verdict } = examine(book, code, cart, market)
  if (coupon.state === 'open') return verdict
  return { usable: false, discount: 0, change: 0, reasons: ['coupon-not-open', ...verdict.reasons] }
}

/** Uses the coupon for an order. The same order again gets the same answer; another order is refused. */
export function use(book: ShopBook, code: string, cart: z.infer<typeof Use>, market: Facts = {}): z.infer<typeof Used> {
  const { coupon, member, verdict } = examine(book, code, cart, market)
  const isTheirs = cart.member === undefined || cart.member === member.customer
  if (isTheirs && coupon.state === 'used' && coupon.order_id === cart.order) {
    if (coupon.used_by === 'report') confirmUse(book, coupon)
    return usedAnswer(coupon)
  }
  mustBeOpen(coupon)
  if (isCancelled(book, member, cart.order)) throw new Refusal('coupon-not-usable', 'This order is cancelled.')
  if (!verdict.usable) throw new Refusal('coupon-not-usable', explain(verdict), { reasons: verdict.reasons })
  spend(book, member, coupon, { order: cart.order, discount: verdict.discount, by: 'checkout' })
  settlePaid(book, member, cart.order)
  return usedAnswer(coupon)
}

/** That checkout failed: the coupon is open again. One that is open already stays as it is. */
export function release(book: ShopBook, code: string): CouponRow {
  const { coupon, member } = couponNow(book, code)
  if (coupon.state === 'open') return coupon
  if (coupon.state !== 'used') mustBeOpen(coupon)
  const order = coupon.order_id
  reopen(book, member, coupon)
  if (order !== null) settlePaid(book, member, order)
  return findCoupon(book, code)
}

/** The coupon of a code and its member, once everything is done that has come due: that may have changed both. Refuses a code there is not. */
export function couponNow(book: ShopBook, code: string): { coupon: CouponRow; member: MemberRow } {
  const member = memberOf(book, findCoupon(book, code))
  return { coupon: findCoupon(book, code), member }
}

function examine(book: ShopBook, code: string, cart: z.infer<typeof Check> & { order?: string }, market: Facts) {
  const { coupon, member } = couponNow(book, code)
  const others = otherCodes(book, coupon, member, cart)
  const verdict: Verdict = judge(coupon.points, { ...cart, lines: completed(cart.lines, market) }, terms(book).program, others)
  if (cart.member !== undefined && cart.member !== member.customer)
    return { coupon, member, verdict: { usable: false, discount: 0, change: 0, reasons: ['coupon-not-usable' as const] } }
  return { coupon, member, verdict }
}

// The other codes of the cart. Our own coupons may be combined: those named before this one (or older, where this one is
// not named) take their part off first, so that of two each is judged once as the first. Any other code is foreign.
function otherCodes(book: Book, coupon: CouponRow, owner: MemberRow, cart: { codes?: string[] | undefined; order?: string }) {
  const codes = (cart.codes ?? []).map((text) => readCode(text))
  const place = codes.indexOf(coupon.code)
  const taken = new Map<number, number>()
  let foreign = false
  for (const [index, code] of codes.entries()) {
    const other = ownCoupon(book, owner, code)
    if (!other) foreign = true
    else if (other.state === 'open' && (place < 0 ? other.id < coupon.id : index < place)) taken.set(other.id, other.points)
  }
  for (const other of cart.order === undefined ? [] : couponsOf(book, owner, cart.order))
    if (other.state === 'used' && other.id !== coupon.id) taken.set(other.id, other.discount ?? 0)
  const paid = cart.order === undefined ? 0 : (paymentOf(book, owner, cart.order)?.points ?? 0)
  return { foreign, taken: [...taken.values()].reduce((sum, points) => sum + points, paid) }
}

const usedAnswer = (coupon: CouponRow) => ({ discount: coupon.discount ?? 0, change: coupon.points - (coupon.discount ?? 0) })

const explain = ({ reasons }: Verdict) =>
  reasons.includes('not-eligible')
    ? 'Nothing in this cart may be paid for with points.'
    : 'The coupon cannot be used with these codes, or by this member.'
