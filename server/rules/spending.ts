// What points may pay for, as a coupon or at checkout: how much of them a cart can use, and why not.
import type { OrderLine, RefusalCode } from '../contract.ts'
import { isAnyNamed } from './names.ts'
import type { Program } from './program.ts'

export interface Cart {
  lines: OrderLine[]
  shipping?: number | undefined
}

/** What else is in the cart: whether codes other than ours are, and what our other coupons already take off. */
export interface Beside {
  foreign: boolean
  taken: number
}

export interface Verdict {
  usable: boolean
  /** What the coupon takes off, in minor units. */
  discount: number
  /** The points of the coupon that the cart cannot use. */
  change: number
  reasons: RefusalCode[]
}

/** Judges a coupon worth `value` in a cart. */
export function judge(value: number, cart: Cart, program: Program, { foreign, taken }: Beside): Verdict {
  const discount = Math.min(value, Math.max(0, payable(cart, program) - taken))
  const reasons: RefusalCode[] = []
  if (foreign && !program.redeeming.withOtherCodes) reasons.push('coupon-not-usable')
  if (discount === 0) reasons.push('not-eligible')
  const usable = reasons.length === 0
  return { usable, discount: usable ? discount : 0, change: usable ? value - discount : 0, reasons }
}

interface CheckoutVerdict {
  /** Why these points may not be used; null when they may, each taking one minor unit off. */
  refusal: 'not-eligible' | 'out-of-range' | null
  /** How many points the cart can use at most, whatever the balance. */
  max: number
}

/**
 * Judges `points` used at checkout. Nothing is eligible where the program has no points at checkout, beside codes it does not
 * combine with, or in a cart with nothing points may pay for; then more than there is to pay, or than `checkout.max`, is out of range.
 */
export function judgeCheckout(points: number, cart: Cart, program: Program, { foreign, taken }: Beside): CheckoutVerdict {
  const { checkout, withOtherCodes } = program.redeeming
  const open = checkout !== null && (withOtherCodes || !foreign)
  const max = open ? Math.min(checkout.max ?? Number.POSITIVE_INFINITY, Math.max(0, payable(cart, program) - taken)) : 0
  if (max === 0) return { refusal: 'not-eligible', max }
  return { refusal: Number.isSafeInteger(points) && points >= 1 && points <= max ? null : 'out-of-range', max }
}

/** Whether a coupon may be made of this many points. */
export function isCouponSize(points: number, { redeeming }: Program): boolean {
  const { min, max, step } = redeeming.coupon
  return points >= min && points <= max && (points - min) % step === 0
}

/** How much of a cart points may pay for, in minor units. */
export function payable(cart: Cart, program: Program): number {
  const lines = cart.lines.filter((line) => !isUnpayable(line, program))
  return lines.reduce((sum, line) => sum + line.price * line.quantity, program.redeeming.shipping ? (cart.shipping ?? 0) : 0)
}

/** Whether points or coupons may not pay for a line. */
export const isUnpayable = (line: OrderLine, { redeeming }: Program) => isAnyNamed(redeeming.exclude.tags, line.tags)
