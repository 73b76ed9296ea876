// What points may pay for: how much of a coupon a cart can use, and why not.
import type { OrderLine, RefusalCode } from '../contract.ts'
import type { Program } from './program.ts'
import { isUnpayable } from './receipt.ts'

export interface Cart {
  lines: OrderLine[]
  shipping?: number | undefined
}

export interface Verdict {
  usable: boolean
  /** What the coupon takes off, in minor units. */
  discount: number
  /** The points of the coupon that the cart cannot use. */
  change: number
  reasons: RefusalCode[]
}

/**
 * Judges a coupon worth `value` in a cart. `foreign` says whether codes other than ours are in it; `taken` is what our
 * other coupons already take off.
 */
export function judge(value: number, cart: Cart, program: Program, { foreign, taken }: { foreign: boolean; taken: number }): Verdict {
  const discount = Math.min(value, Math.max(0, payable(cart, program) - taken))
  const reasons: RefusalCode[] = []
  if (foreign && !program.redeeming.withOtherCodes) reasons.push('coupon-not-usable')
  if (discount === 0) reasons.push('not-eligible')
  const usable = reasons.length === 0
  return { usable, discount: usable ? discount : 0, change: usable ? value - discount : 0, reasons }
}

/** How much of a cart points may pay for, in minor units. */
export function payable(cart: Cart, program: Program): number {
  const lines = cart.lines.filter((line) => !isUnpayable(line, program))
  return lines.reduce((sum, line) => sum + line.price * line.quantity, program.redeeming.shipping ? (cart.shipping ?? 0) : 0)
}
