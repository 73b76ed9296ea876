// How many points can be redeemed at once: the program's range, stopped by the balance and by what the cart comes to.
import type { PublicProgram } from '../../server/contract.ts'

export interface Bounds {
  min: number
  /** On the step grid; below `min` when nothing can be redeemed. */
  max: number
  step: number
  /** The cart is what stops it. */
  byCart: boolean
}

/** In an empty cart nothing can be used; one that is unknown, or makes no sense, stops nothing. One point is worth one minor unit. */
export function boundsOf({ min, max, step }: PublicProgram['redeeming']['coupon'], available: number, cartTotal: number): Bounds {
  const own = Math.min(max, available)
  const byCart = cartTotal >= 0 && cartTotal < own
  const top = byCart ? cartTotal : own
  return { min, max: min + Math.floor((top - min) / step) * step, step, byCart }
}
