// Where a request comes in: which shop it is for, whose budget it is on, and who is asking.
import { readShop, type Shop } from '../acts/shop.ts'
import { Refusal } from '../contract.ts'
import type { Sql } from '../ledger/sql.ts'
import type { Host } from './host.ts'
import { type Asker, createIdentify } from './identity.ts'
import type { Gate } from './limits.ts'
import type { Route } from './routes/route.ts'
import type { Visit } from './visit.ts'

/** What a shop may be called. */
export const SHOP_ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/

/** A shop that there is, and its first book's database. */
interface Opened {
  sql: Sql
  shop: Shop
}

export type Entry = ReturnType<typeof createEntry>

/** The entry of one host. Apart, where a book knows the shop by a copy, it is the copy that is asked. */
export function createEntry(host: Host, gate: Gate | undefined) {
  const shops = new WeakMap<Sql, Shop>()
  const identify = createIdentify(host.operatorKey)
  const copy = host.apart?.copy
  const now = () => host.now()

  const open = (id: string): Opened | undefined => {
    const sql = SHOP_ID.test(id) ? host.first(id) : undefined
    const shop = sql && (copy ? copy.shop() : (shops.get(sql) ?? readShop(sql)))
    if (!sql || !shop) return undefined
    shops.set(sql, shop)
    return { sql, shop }
  }
  return {
    /** The shop of this id. What is known of it is kept until it is forgotten. */
    open,
    forget: (sql: Sql) => void shops.delete(sql),
    /** Notes where a visit goes, and takes it from the budgets of its address and its shop. Throws where they are used up. */
    enter(visit: Visit, path: string, shop: Shop | undefined): void {
      visit.route = `/v1/shops/{shop}${path}`
      visit.shop = shop?.id
      gate?.enter(visit)
    },
    /** Who is asking, where a route is for `who`. A copy may not know somebody yet whom the shop knows. */
    recognise(who: Route['who'], authorization: string | undefined, shop: Shop): Asker | Promise<Asker> {
      const recognised = identify(who, authorization, { shop, now: now() })
      if (!copy || !(recognised instanceof Promise)) return recognised
      return recognised.catch(async (error) => {
        if (!(await copy.renew())) throw error
        return identify(who, authorization, { shop: copy.shop(), now: now() })
      })
    },
    /** Lets the operator in, and nobody else. */
    async operator(authorization: string | undefined, shop?: Shop): Promise<void> {
      await identify('operator', authorization, { shop, now: now() })
    },
  }
}

/** For a shop that there is not. */
export function missing(): never {
  throw new Refusal('not-found', 'There is no such shop.')
}
