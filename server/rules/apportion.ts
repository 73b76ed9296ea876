// Sharing a whole number out so that the shares add up: exact, by largest remainder.

/**
 * Shares of `total` in proportion to `weights`; they add up to `total` (or are all 0 when the weights are). Each is the
 * exact share rounded down, then the largest remainders get one more; of equal ones the first.
 */
export function apportion(total: number, weights: bigint[]): number[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0n)
  if (whole === 0n) return weights.map(() => 0)
  return dealt(
    total,
    weights.map((weight) => BigInt(total) * weight),
    whole,
  )
}

/**
 * A `total` that is the sum of `parts`, counted in `unit`s of them and rounded, dealt out to them: each gets its own rounded down, then
 * the largest remainders get one more. So none is further than one from what it is by itself, and a whole one is what it is.
 */
export function dealt(total: number, parts: bigint[], unit: bigint): number[] {
  const shares = parts.map((part) => Number(part / unit))
  const left = total - shares.reduce((sum, share) => sum + share, 0)
  const byRemainder = parts
    .map((part, index) => ({ index, remainder: part % unit }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder < b.remainder ? 1 : -1))
  for (const { index } of byRemainder.slice(0, left)) shares[index] = (shares[index] ?? 0) + 1
  return shares
}

/** `amount * part / whole`, rounded down, without leaving the exact integers on the way. */
export const fraction = (amount: number, part: number, whole: number) => Number((BigInt(amount) * BigInt(part)) / BigInt(whole))
