// A wallet that was read before is shown again only while it is the same: whatever happens, a member reads what the shop does.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { accounts, gifts, openRewarding } from './rewarding.ts'
import { DAY, lines, type Story } from './story.ts'

type Step = (shop: Story, who: string, it: { name: string; points: number }) => unknown

const latest = async (shop: Story, who: string) => (await shop.member(who).wallet()).coupons[0]?.code ?? '0000000000000000'
const waiting = async (shop: Story, what: string) => (await shop.merchant('GET', `/${what}`)).body[what][0]?.id ?? 'none'

const steps: Record<string, Step> = {
  order: (shop, who, { name, points }) => shop.place(who, name, points * 100),
  shipment: (shop, who, { name }) => shop.ship(who, name),
  cancellation: (shop, who, { name }) => shop.cancel(who, name),
  'a refund': (shop, who, { name }) =>
    shop.report(who, name, { refunds: [{ id: '1', at: new Date(shop.clock()).toISOString(), amount: 500 }] }),
  'a refund of all': (shop, who, { name }) =>
    shop.report(who, name, { refunds: [{ id: '1', at: new Date(shop.clock()).toISOString(), lines: [{ id: '1', quantity: 1 }] }] }),
  grant: (shop, who, { points }) => shop.grant(who, points),
  redeem: (shop, who, { points }) => shop.member(who).redeem(points),
  'taken back': async (shop, who) => shop.member(who).delete(`/me/coupons/${await latest(shop, who)}`),
  used: async (shop, who, { name }) =>
    shop.merchant('PUT', `/coupons/${await latest(shop, who)}/order`, { order: name, lines: lines(900) }),
  void: async (shop, who) => shop.merchant('DELETE', `/coupons/${await latest(shop, who)}`),
  'points at checkout': (shop, who, { name, points }) =>
    shop.merchant('PUT', `/members/${who}/orders/${name}/points`, { points, lines: lines(5_000) }),
  follow: (shop, who) => shop.member(who).post('/me/follows', { network: Object.keys(accounts)[0] }),
  gift: (shop, who) => shop.member(who).post('/me/gifts', { gift: gifts[1]?.id }),
  'gift granted': async (shop) => shop.merchant('PATCH', `/gifts/${await waiting(shop, 'gifts')}`, { state: 'accepted' }),
  rename: (shop, who, { name }) => shop.merchant('PUT', `/members/${who}`, { name }),
  'named by a token': (shop, who, { name }) => shop.member(who, { name }).get('/me'),
  erasure: (shop, who) => shop.merchant('DELETE', `/members/${who}`),
  'another program': (shop, _, { points }) =>
    shop.newProgram({ name: `Muse ${points}`, redeeming: { gifts, coupon: { max: 10 * points } }, expiry: { life: 'P1Y' } }),
  'a day': (shop) => shop.later(DAY),
  'a year': (shop) => shop.later(366 * DAY),
}

// All that paid for the order is back already: the cancellation moves no point, and changes the coupon.
test('a coupon whose order is refunded whole, then cancelled, then stands after all', async () => {
  const shop = await openRewarding()
  const ada = shop.member('ada')
  await shop.grant('ada', 1_000)
  const { code } = (await ada.redeem(1_000)).body.coupon
  await shop.merchant('PUT', `/coupons/${code}/order`, { order: 'o1', lines: lines(1_000) })
  await shop.place('ada', 'o1', 1_000, { codes: [code] })
  const state = async () => [(await ada.wallet()).coupons[0].state, (await ada.get('/me/coupons')).body.coupons[0].state]
  const at = new Date(shop.clock()).toISOString()
  await shop.report('ada', 'o1', { refunds: [{ id: '1', at, lines: [{ id: '1', quantity: 1 }] }] })
  expect(await state()).toEqual(['used', 'used'])
  await shop.cancel('ada', 'o1')
  expect(await state()).toEqual(['returned', 'returned'])
  await shop.report('ada', 'o1', { state: 'placed' })
  expect(await state()).toEqual(['used', 'used'])
  shop.close()
})

test('after any number of acts of anyone', async () => {
  const act = fc.record({
    step: fc.constantFrom(...Object.keys(steps)),
    who: fc.constantFrom('c1', 'c2'),
    name: fc.constantFrom('o1', 'o2', 'o3'),
    points: fc.integer({ min: 1, max: 300 }),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 10, maxLength: 30 }), async (acts) => {
      const shop = await openRewarding({ welcome: { points: 50 } }, { expiry: { life: 'P1Y' } })
      for (const who of ['c1', 'c2']) await shop.member(who).wallet()
      for (const { step, who, ...it } of acts) {
        await steps[step]?.(shop, who, it)
        for (const id of ['c1', 'c2']) {
          const shown = await shop.member(id).wallet()
          expect(shown, step).toEqual((await shop.merchant('GET', `/members/${id}`)).body)
          expect(await shop.member(id).wallet()).toEqual(shown)
          // These are read anew, whatever was in hand.
          expect((await shop.member(id).get('/me/coupons')).body.coupons, step).toEqual(shown.coupons.slice(0, 20))
        }
      }
      shop.close()
    }),
    { numRuns: 25, seed: 20_261_122 },
  )
})
