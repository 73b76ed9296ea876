// Coupons and points run out while the panel stands open, and points on the way arrive: once something is due, the server is asked what has
// become of it.
import type { Model } from './model.ts'

/** The clock is looked at this often, in milliseconds, whatever there is: a timer until then would stand still while a computer sleeps.
 * Where it is ahead of the server's, or no answer comes, the server is asked again with the next look. */
const LOOK = 20_000

export function outlive(model: Model) {
  const look = () => {
    const { coupons, expiring, pending } = model.wallet.value ?? { coupons: [], expiring: [], pending: [] }
    const ends = [
      ...coupons.filter(({ state }) => state === 'open').map(({ expiresAt }) => expiresAt),
      ...expiring.map(({ at }) => at),
      ...pending.map(({ availableAt }) => availableAt),
    ]
    if (ends.some((at) => Date.parse(at!) <= Date.now())) void model.load()
  }
  const timer = setInterval(look, LOOK)
  model.stage.signal.addEventListener('abort', () => clearInterval(timer))
}
