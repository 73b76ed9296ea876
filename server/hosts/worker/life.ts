// The life of an object: what is in its memory from the day its book begins until it is emptied, and another one begins. Whoever was let
// in before that finds the old life, which has no book any more.
import { createApp, type Host } from '../../http/app.ts'
import { createCopy } from './copy.ts'
import { createCounts } from './counts.ts'
import { type BookStub, type Env, type Kv, type readName, shopsAt } from './env.ts'
import { createPlatform, onlyMine } from './host.ts'
import { createListing } from './listing.ts'
import type { Store } from './store.ts'

/** What an object is in every one of its lives. */
export interface Being extends Pick<Host, 'now' | 'later' | 'report'>, Required<Pick<Host, 'remove'>> {
  name: ReturnType<typeof readName>
  env: Pick<Env, 'MUSE_OPERATOR_KEY' | 'MUSE_LOG' | 'SHOPS'>
  kv: Kv
  store: Store
  /** The first book of its shop. */
  first: BookStub
  /** How much may be asked, said anew for each app. */
  limits(): Host['limits']
}

export type Life = ReturnType<typeof createLife>

/** Begins a life: nothing is made in the database before somebody needs it. */
export function createLife(being: Being) {
  const { name, kv, store, first, now, report } = being
  const living = store.living()
  const counts = createCounts({ kv, isMade: living.isMade, now })
  const isFirst = name.book === 0
  const copy = isFirst ? undefined : createCopy({ number: name.book, first, ...living, tick: () => performance.now(), now })
  const list = createListing(
    kv,
    () => shopsAt(being.env, name.world).add(name.shop),
    (error) => report(error, { method: 'list', route: '' }),
  )
  const openApp = () => {
    const { MUSE_OPERATOR_KEY: operatorKey, MUSE_LOG: log } = being.env
    return createApp({
      ...createPlatform({ operatorKey, log, metrics: counts.metrics }),
      ...onlyMine(name, living),
      apart: { book: name.book, copy },
      limits: being.limits(),
      remove: being.remove,
      later: being.later,
      now,
      report,
    })
  }
  let app: ReturnType<typeof createApp> | undefined
  return {
    copy,
    /** What it has counted. */
    told: counts.told,
    app() {
      app ??= openApp()
      return app
    },
    /** The book in it has become another one: whatever was in hand is worth nothing. */
    renew(): void {
      store.renew()
      app = undefined
    },
    /** Before an answer leaves: the list of shops knows of this one. */
    async listed(): Promise<void> {
      if (isFirst && living.isMade()) await list()
    },
  }
}
