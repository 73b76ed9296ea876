// Chance that can be had again: the same seed throws the same.

export type Dice = ReturnType<typeof diceOf>

/** Marsaglia's xorshift with a multiplicative start, good enough for plans. */
export function diceOf(seed: number) {
  let state = (Math.imul(seed + 1, 0x9e3779b1) ^ 0x5bd1e995) >>> 0 || 1
  const random = () => {
    state ^= state << 13
    state >>>= 0
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state / 2 ** 32
  }
  for (let turns = 0; turns < 8; turns++) random()
  return {
    chance: (part: number) => random() < part,
    between: (least: number, most: number) => least + Math.floor(random() * (most - least + 1)),
    pick: <T>(things: readonly T[]): T => things[Math.floor(random() * things.length)]!,
    /** One of the names, as often as its number says. */
    weighed<T extends string>(weights: Record<T, number>): T {
      const all = Object.entries(weights) as [T, number][]
      let at = random() * all.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [name, weight] of all) {
        at -= weight
        if (at < 0) return name
      }
      return all[0]![0]
    },
  }
}
