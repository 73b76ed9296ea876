// The list of the shops there are, for whoever asks about all of them. No request of a shop waits for it, but the first one. And, as an
// object of another name, what Workers have counted: they come and go.
import { DurableObject } from 'cloudflare:workers'
import { VERSION } from '../../http/app.ts'
import { type Counts, createMetrics } from '../../http/metrics.ts'
import type { Env, ShopsStub } from './env.ts'

/** Where the counts of those are that are gone: no shop has such a name. */
const GONE = '/gone'

/** The one object that knows the names of all shops, or that of all counts. */
export class Shops extends DurableObject<Env> implements ShopsStub {
  async add(shop: string): Promise<void> {
    this.ctx.storage.kv.put(shop, true)
  }

  async remove(shop: string, counts: Counts): Promise<void> {
    const { kv } = this.ctx.storage
    const sum = createMetrics(counts.since, VERSION, kv.get<Counts>(GONE))
    sum.take(counts)
    kv.put(GONE, sum.counts())
    kv.delete(shop)
  }

  async list(): Promise<string[]> {
    return Array.from(this.ctx.storage.kv.list(), ([shop]) => shop).filter((shop) => shop !== GONE)
  }

  async gone(): Promise<Counts | undefined> {
    return this.ctx.storage.kv.get<Counts>(GONE)
  }

  /** Written down before it is told, as in every object: a sum that was seen never falls. */
  async note(counts: Counts): Promise<Counts> {
    const { kv } = this.ctx.storage
    const sum = createMetrics(counts.since, VERSION, kv.get<Counts>('counts'))
    sum.take(counts)
    if (counts.routes.length > 0) kv.put('counts', sum.counts())
    return sum.counts()
  }
}
