// What is kept in memory of the members who were here last, so that it need not be read and written out again.
import type { Book } from '../ledger/sql.ts'

/** How many things are kept for all members together: some twenty megabytes. The oldest go first. */
const MOST = 16_384

/** Keeps something in hand, under a member's id or the storefront's name of them. */
export function remember<Thing>({ inHand }: Book, key: number | string, thing: Thing): void {
  if (!inHand) return
  if (inHand.size >= MOST && !inHand.has(key)) inHand.delete(inHand.keys().next().value as number)
  inHand.set(key, thing)
}
