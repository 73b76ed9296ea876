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

/** `cartTotal` of 0 is a cart that is unknown or empty, and stops nothing. One point is worth one minor unit. */
export function boundsOf({ min, max, step }: PublicProgram['redeeming']['coupon'], available: number, cartTotal: number): Bounds {
  const own = Math.min(max, available)
  const byCart = cartTotal > 0 && cartTotal < own
  const top = byCart ? cartTotal : own
  return { min, max: min + Math.floor((top - min) / step) * step, step, byCart }
}

export const fits = (points: number, { min, max, step }: Bounds) => points >= min && points <= max && (points - min) % step === 0

/** Round amounts to choose from, at most three, all below the most there is. */
export function amountsOf(bounds: Bounds): number[] {
  return [100, 300, 500, 1_000, 3_000, 5_000, 10_000].filter((points) => points < bounds.max && fits(points, bounds)).slice(-3)
}

/** Where the control starts: the whole cart where that is the limit, else the largest round amount. */
export function startOf(bounds: Bounds): number {
  return bounds.byCart ? bounds.max : (amountsOf(bounds).at(-1) ?? bounds.max)
}
