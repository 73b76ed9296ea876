// Lists of names that a program gives: of goods, categories, sellers. One may have a thousand, and an order a thousand lines with a hundred each.

const sets = new WeakMap<readonly string[], ReadonlySet<string>>()

/** So few are looked through sooner than a set is found. */
const FEW = 16

/** Whether a name is in a list. A list does not change. */
export function isNamed(names: readonly string[], name: string): boolean {
  if (names.length <= FEW) return names.includes(name)
  const known = sets.get(names) ?? new Set(names)
  sets.set(names, known)
  return known.has(name)
}

/** Whether any of some names is in a list. */
export const isAnyNamed = (names: readonly string[], some: readonly string[] = []): boolean => some.some((name) => isNamed(names, name))
