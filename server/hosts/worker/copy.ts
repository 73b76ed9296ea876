// The copy of its shop that a book apart keeps, and when it asks the first book for a newer one.
import { learn, type Told } from '../../acts/copies.ts'
import { lastTold, readShop, type Shop } from '../../acts/shop.ts'
import { type Copy, Misdirected } from '../../http/host.ts'
import type { Sql } from '../../ledger/sql.ts'
import { type BookStub, taken } from './env.ts'

/** How old a copy may be, in milliseconds, and how soon it is worth asking again about somebody unknown. */
const FRESH = 5_000
const AGAIN = 1_000

interface Place {
  /** The book's number. */
  number: number
  first: Pick<BookStub, 'tell' | 'find' | 'owe'>
  /** The book's database once it has been made, and a way to make it. */
  made(): Sql | undefined
  make(): Sql
  /** Milliseconds on a clock that only goes forward. */
  tick(): number
}

/** A copy that is in memory and in the book's own database. Asking the first book never happens inside a transaction. */
export function createCopy({ number, first, made, make, tick }: Place): Copy & { keepFresh(mayBeOld: boolean): Promise<void> } {
  let shop: Shop | undefined
  let asOf = Number.NEGATIVE_INFINITY
  let askedAt = Number.NEGATIVE_INFINITY
  let asking: Promise<void> | undefined

  const read = () => {
    const sql = made()
    shop = sql && readShop(sql)
    asOf = (sql && lastTold(sql)) ?? asOf
  }
  const take = (told: Told | undefined) => {
    if (!told) return
    // A shop that was given up had more books than the one that has its name now.
    if (number >= Number(told.shop.books)) throw new Misdirected(`Book ${number} was asked of ${told.shop.books}.`)
    if (learn(make(), told, number)) read()
    asOf = Math.max(asOf, told.asOf)
  }
  const ask = async () => {
    const begun = tick()
    take(await first.tell(shop?.versions.length ?? 0))
    askedAt = begun
  }
  // Those who come while it is being asked share the answer.
  const refresh = () => {
    asking ??= ask().finally(() => {
      asking = undefined
    })
    return asking
  }
  const known = () => {
    if (!shop) read()
    return shop
  }
  return {
    shop: known,
    async keepFresh(mayBeOld) {
      // What waits for an import may be whole at any moment.
      if (known()?.importing === false && tick() - askedAt < FRESH) return
      await refresh().catch((error) => {
        if (!mayBeOld || !shop) throw error
      })
    },
    async renew() {
      const before = shop
      if (tick() - askedAt >= AGAIN) await refresh()
      return shop !== before
    },
    async reach(instant) {
      // What is being told already may have been read too early: only what is asked for from now on is good.
      if (instant > asOf && asking) await asking.catch(() => {})
      if (instant > asOf) await refresh()
    },
    owe: (owing) => first.owe(owing),
    async first({ method, path }, ask) {
      return taken(await first.find({ method, path }, ask)).found
    },
  }
}
