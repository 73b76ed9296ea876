// An import that was given up, in the first object of its shop: the others lose all they have, then the list of shops the name, and the
// first object, which knows what there is to lose, is emptied last. Broken off anywhere, it is begun again.
import { readShop } from '../../acts/shop.ts'
import { Refusal } from '../../contract.ts'
import { VERSION } from '../../http/app.ts'
import { type Counts, createMetrics } from '../../http/metrics.ts'
import type { Sql } from '../../ledger/sql.ts'
import type { BookStub, ShopsStub } from './env.ts'
import { atOnce } from './many.ts'

interface Place {
  shop: string
  /** The first object's database, once it has been made. */
  made(): Sql | undefined
  /** Another book of the shop. */
  other(book: number): Pick<BookStub, 'empty'>
  shops: Pick<ShopsStub, 'remove'>
  /** What the first object has counted, and how it is emptied itself. */
  counts(): Counts
  empty(): Promise<unknown>
  now(): number
  /** Told what another object threw in place of an answer. */
  report(error: unknown): void
}

/** Gives the function that removes the shop; asked twice at once, it is done once. Refuses where an object gives no answer. */
export function createRemoval({ shop, made, other, shops, counts: own, empty, now, report }: Place): () => Promise<void> {
  let removing: Promise<void> | undefined
  const remove = async () => {
    const sql = made()
    const known = sql && readShop(sql)
    if (!known?.importing) return
    // What was counted stays counted: whoever reads the counts would take it for a new start if they fell.
    const sum = createMetrics(now(), VERSION)
    const counted = await atOnce(Array.from({ length: known.books - 1 }, (_, more) => () => other(more + 1).empty()))
    for (const counts of [own(), ...counted]) if (counts) sum.take({ ...counts, waiting: 0 })
    await shops.remove(shop, sum.counts())
    await empty()
  }
  return () => {
    removing ??= remove()
      .catch((error) => {
        report(error)
        throw new Refusal('storefront-unavailable', 'A book gave no answer. Asked again, it goes on.', { retryAfter: 1 })
      })
      .finally(() => {
        removing = undefined
      })
    return removing
  }
}
