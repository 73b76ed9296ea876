// The copy of its shop that a book apart keeps, and when it asks the first book for a newer one.
import { learn, type Told } from '../../acts/copies.ts'
import { lastTold, readShop, type Shop } from '../../acts/shop.ts'
import { type Copy, Misdirected } from '../../http/host.ts'
import { one, type Sql } from '../../ledger/sql.ts'
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
  /** The host's clock, in milliseconds since 1970. */
  now(): number
}

interface Kept extends Copy {
  /** Before a request is answered, which `mayBeOld` lets go on with what is known where the first book gives no answer. */
  keepFresh(mayBeOld: boolean): Promise<void>
  /** Before time does what has come due. */
  keepUp(): Promise<void>
}

/** A copy that is in memory and in the book's own database. Asking the first book never happens inside a transaction. */
export function createCopy({ number, first, made, make, tick, now }: Place): Kept {
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
  // Whether the day of an order dated ahead has come, of which a version may be in force that is not known yet.
  const isBehind = () => {
    const [sql, at] = [known() && made(), now()]
    return sql !== undefined && one(sql.all(awaiting, at, at, Math.max(asOf, 0))) !== undefined
  }
  return {
    shop: known,
    async keepFresh(mayBeOld) {
      const mustKnow = isBehind()
      // What waits for an import may be whole at any moment.
      if (!mustKnow && known()?.importing === false && tick() - askedAt < FRESH) return
      await refresh().catch((error) => {
        if (mustKnow || !mayBeOld || !shop) throw error
      })
    },
    async keepUp() {
      if (isBehind()) await refresh()
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

const awaiting = `SELECT 1 FROM members m JOIN orders o ON o.member = m.id
  WHERE m.due < 8640000000000000 AND m.due <= ? AND o.changes_at < 8640000000000000 AND o.changes_at <= ? AND o.program < 0 AND o.placed_at > ?
  LIMIT 1`
