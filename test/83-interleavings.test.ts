// Clicks, double clicks, lost answers, slow answers, reloads and logouts, in two hundred orders that are always the same:
// one coupon for each intent, and the wallet shown is true once things have settled. `npm run battery -- interleavings` tells 10,000.
import { expect, it } from 'vitest'
import { interleave } from './interleavings/started.ts'

it('one coupon is made for each intent, and the wallet shown is true, whatever happens in between', { timeout: 300_000 }, async () => {
  const { failed, interleavings, intents, coupons, returned, askedAgain, troubles } = await interleave(200, 1)
  expect(failed).toBe(0)
  // What would be too easy proves nothing.
  expect(interleavings).toBe(200)
  expect(intents).toBeGreaterThan(350)
  expect(coupons).toBeGreaterThan(350)
  expect(returned).toBeGreaterThan(30)
  expect(askedAgain).toBeGreaterThan(0)
  expect(troubles).toBeGreaterThan(700)
})
