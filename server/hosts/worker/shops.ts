// The list of the shops there are, for whoever asks about all of them. No request of a shop waits for it, but the first one.
import { DurableObject } from 'cloudflare:workers'
import type { Env, ShopsStub } from './env.ts'

/** The one object that knows the names of all shops. */
export class Shops extends DurableObject<Env> implements ShopsStub {
  async add(shop: string): Promise<void> {
    this.ctx.storage.kv.put(shop, true)
  }

  async list(): Promise<string[]> {
    return Array.from(this.ctx.storage.kv.list(), ([shop]) => shop)
  }
}
