// Coupons run out while the panel stands open: once one is due, the server is asked what has become of it.
import type { Model } from './model.ts'

/** The clock is looked at this often, in milliseconds, whatever there is: a timer until then would stand still while a computer sleeps.
 * Where it is ahead of the server's, or no answer comes, the server is asked again with the next look. */
const LOOK = 20_000

export function outlive(model: Model) {
  const look = () => {
    const isDue = model.wallet.value?.coupons.some(({ state, expiresAt }) => state === 'open' && Date.parse(expiresAt!) <= Date.now())
    if (isDue) void model.load()
  }
  const timer = setInterval(look, LOOK)
  model.stage.signal.addEventListener('abort', () => clearInterval(timer))
}
