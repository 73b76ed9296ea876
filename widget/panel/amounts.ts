// Which amounts the control offers inside the bounds.
import type { Bounds } from './amount.ts'

export const fits = (points: number, { min, max, step }: Bounds) => points >= min && points <= max && (points - min) % step === 0

/** Round amounts to choose from, at most three, all below the most there is. */
export function amountsOf(bounds: Bounds): number[] {
  return [100, 300, 500, 1_000, 3_000, 5_000, 10_000].filter((points) => points < bounds.max && fits(points, bounds)).slice(-3)
}

/** Where the control starts: the whole cart where that is the limit, else the largest round amount. */
export function startOf(bounds: Bounds): number {
  return bounds.byCart ? bounds.max : (amountsOf(bounds).at(-1) ?? bounds.max)
}
