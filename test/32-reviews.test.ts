// Reviews: of what was bought and has arrived, once a product, and rewarded whatever they say.
import { expect, test } from 'vitest'
import { decide, history, openRewarding, points, posted, received, review, tally, ways, well } from './rewarding.ts'
import { DAY, openShop, type Story } from './story.ts'

const shown = async (shop: Story, sku = 'dress') => (await shop.guest('GET', `/products/${sku}/reviews`)).body.reviews

test('J5 · a review earns 10, and says that it was rewarded, whatever its rating', async () => {
  const shop = await received()
  const { status, body } = await review(shop, posted('dress', { rating: 1, text: 'Too long.' }))
  expect([status, body]).toEqual([
    201,
    { id: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{16}$/), state: 'accepted', points: 10, wallet: await shop.member('c1').wallet() },
  ])
  expect(body.wallet.points.available).toBe(10)
  expect(await history(shop)).toContain('grant 10 review dress')
  expect(await shown(shop)).toEqual([
    { id: body.id, sku: 'dress', rating: 1, text: 'Too long.', at: '2026-06-01T01:00:00.000Z', rewarded: true },
  ])
  expect(await shown(shop, 'hat')).toEqual([])
  await well(shop)
})

test('J5 · once per member and product, however many orders, keys or hands', async () => {
  const shop = await received()
  await shop.place('c1', 'o2', 10_000)
  await shop.ship('c1', 'o2')
  const replies = await Promise.all(
    Array.from({ length: 20 }, (_, index) => review(shop, posted('dress', { order: `o${1 + (index % 2)}` }))),
  )
  expect(tally(replies)).toEqual(['201 yes', ...Array(19).fill('409 already-done')])
  expect(await points(shop)).toMatchObject({ available: 10 })
  await shop.place('c2', 'o1', 10_000)
  await shop.ship('c2', 'o1')
  expect((await review(shop, posted(), 'c2')).status).toBe(201)
  expect(await shown(shop)).toHaveLength(2)
  await well(shop)
})

test('J5 · only what the member bought, what was shipped, and what was kept', async () => {
  const shop = await openRewarding()
  const refused = async (body = posted(), id = 'c1') =>
    expect((await review(shop, body, id)).body).toMatchObject({ status: 409, code: 'not-eligible' })
  await refused()
  await shop.place('c1', 'o1', 10_000)
  await refused()
  await shop.ship('c1', 'o1')
  await refused(posted('hat'))
  await refused(posted('dress', { order: 'o2' }))
  await refused(posted(), 'c2')
  shop.later(1)
  await shop.report('c1', 'o1', { refunds: [{ id: 'r', at: '2026-06-01T01:00:00Z', lines: [{ id: '1', quantity: 1 }] }] })
  await refused()
  shop.later(1)
  await shop.report('c1', 'o1', { refunds: [{ id: 'r', at: '2026-06-01T01:00:00Z', amount: 10_000 }] })
  await refused()
  shop.later(1)
  await shop.report('c1', 'o1', { refunds: [], state: 'cancelled' })
  await refused()
  shop.later(1)
  await shop.report('c1', 'o1', { refunds: [{ id: 'r', at: '2026-06-01T01:00:00Z', amount: 9_999 }], state: 'shipped' })
  expect((await review(shop)).status).toBe(201)
  await well(shop)
})

test('J5 · by the program, a review waits for the merchant; its points follow the merchant’s word both ways', async () => {
  const shop = await received({ review: { points: 10, award: 'accepted' } })
  const { body } = await review(shop)
  // Somebody else, who has done something else.
  await shop.member('c2').put('/me/follows/x')
  expect([body.state, body.points, body.wallet.points.available]).toEqual(['pending', 0, 0])
  const list = async (query = '') =>
    (await shop.merchant('GET', `/reviews${query}`)).body.reviews.map(({ id, member, order, points }: Record<string, string>) => ({
      ...{ id, member, order, points },
    }))
  expect(await list()).toEqual([{ id: body.id, member: 'c1', order: 'o1', points: 0 }])
  expect(await shown(shop)).toEqual([])
  for (const [state, given] of [
    ['accepted', 10],
    ['declined', 0],
    ['accepted', 10],
  ] as const)
    for (let time = 0; time < 2; time++) {
      expect(await decide(shop, body.id, state)).toMatchObject({ status: 200, body: { id: body.id, state, points: given, member: 'c1' } })
      expect(await points(shop)).toMatchObject({ available: given, debt: 0 })
      expect(await shown(shop)).toHaveLength(given / 10)
    }
  expect([await list(), await list('?state=accepted'), await list('?state=declined')]).toEqual([
    [],
    [{ id: body.id, member: 'c1', order: 'o1', points: 10 }],
    [],
  ])
  expect((await shop.merchant('GET', '/reviews?state=open')).body).toMatchObject({ status: 400, path: ['state'] })
  expect((await history(shop)).filter((entry: string) => entry.includes('review'))).toEqual([
    'grant 10 review dress',
    'clawback 10 review dress',
    'grant 10 review dress',
  ])
  expect((await review(shop)).body.code).toBe('already-done')
  await well(shop)
})

test('J5 · a review declined after its points were spent leaves a debt, which accepting it repays', async () => {
  const shop = await received()
  const { id } = (await review(shop)).body
  await shop.member('c1').redeem(10)
  await decide(shop, id, 'declined')
  expect(await points(shop)).toMatchObject({ available: 0, held: 10, debt: 10 })
  await decide(shop, id, 'accepted')
  expect(await points(shop)).toMatchObject({ available: 0, held: 10, debt: 0 })
  await well(shop)
})

test('J5 · points that ran out are not taken back, and not given a second life', async () => {
  const shop = await received({ purchase: { percent: 0 } }, { expiry: { life: 'P30D' } })
  const { id } = (await review(shop)).body
  shop.later(30 * DAY)
  expect(await points(shop)).toMatchObject({ available: 0, debt: 0 })
  await decide(shop, id, 'declined')
  expect(await points(shop)).toMatchObject({ available: 0, debt: 0 })
  await decide(shop, id, 'accepted')
  shop.later(DAY)
  expect(await points(shop)).toMatchObject({ available: 0, debt: 0 })
  await well(shop)
})

test('J5 · nor taken back twice, when they ran out in the place of others', async () => {
  const shop = await received({ purchase: { percent: 0 } }, { expiry: { life: 'P30D' } })
  await shop.grant('c1', 10, { expiresAt: '2027-01-01T00:00:00Z' })
  const { id } = (await review(shop)).body
  const { code } = (await shop.member('c1').redeem(10)).body.coupon
  // The coupon holds the review's own, so the others go.
  await decide(shop, id, 'declined')
  await shop.member('c1').delete(`/me/coupons/${code}`)
  shop.later(31 * DAY)
  expect(await points(shop)).toMatchObject({ available: 0, debt: 0 })
  for (const state of ['accepted', 'declined', 'accepted', 'declined']) {
    await points(shop)
    expect((await decide(shop, id, state)).status).toBe(200)
    expect(await points(shop)).toMatchObject({ available: 0, debt: 0 })
    await well(shop)
  }
})

test('J5 · a review without reward is shown, and says that there was none', async () => {
  const shop = await received({ review: { points: 0 } })
  expect((await review(shop)).body).toMatchObject({ state: 'accepted', points: 0 })
  expect(await shown(shop)).toMatchObject([{ rewarded: false }])
  expect(await ways(shop, 'review')).toEqual([])
  await well(shop)
})

const wrong: [what: string, change: object][] = [
  ['no star', { rating: 0 }],
  ['six stars', { rating: 6 }],
  ['half a star', { rating: 4.5 }],
  ['5,001 letters', { text: 'x'.repeat(5001) }],
  ['no product', { sku: '' }],
  ['an order that is a number', { order: 7 }],
  ['a key that nobody knows', { stars: 5 }],
]
test.each(wrong)('%s is no review', async (_, change) => {
  const shop = await received()
  expect((await review(shop, posted('dress', change))).body).toMatchObject({ status: 400, code: 'invalid-request' })
  expect((await review(shop)).status).toBe(201)
})

test('S15 · where the program says nothing of them, reviews and follows bring no points', async () => {
  const shop = await openShop()
  await shop.place('c1', 'o1', 10_000)
  await shop.ship('c1', 'o1')
  expect((await review(shop)).body).toMatchObject({ state: 'accepted', points: 0 })
  expect((await shop.member('c1').put('/me/follows/x')).status).toBe(404)
  expect(await shop.member('c1').wallet()).toMatchObject({ points: { available: 0 }, activities: [] })
  await well(shop)
})

test('what one shop’s members did is nothing in another shop, nor under another kind', async () => {
  const shop = await received()
  const { id } = (await review(shop)).body
  for (const what of ['gifts', 'photos'])
    expect((await decide(shop, id, 'declined', what)).body).toMatchObject({ status: 404, code: 'not-found' })
  for (const wrong of ['0000000000000000', 'x', `${id}0`, '%F0%9F%8E%81']) expect((await decide(shop, wrong, 'declined')).status).toBe(404)
  expect((await decide(shop, id, 'pending')).status).toBe(400)
  await shop.member('c1').put('/me/follows/x')
  const [follow] = (await shop.export()).split('\n').filter((line) => line.includes('"kind":"follow"'))
  expect((await decide(shop, JSON.parse(follow ?? '').id, 'declined')).body).toMatchObject({ status: 404, code: 'not-found' })
  expect(await shown(shop, 'x')).toEqual([])
  expect(await points(shop)).toMatchObject({ available: 20 })
})

test('J5 · accepted again after its life, a review owes nothing for the points that were used meanwhile', async () => {
  const shop = await received({}, { expiry: { life: 'P5D' } })
  const { id } = (await review(shop)).body
  await shop.member('c1').redeem(10)
  await decide(shop, id, 'declined')
  expect(await points(shop)).toMatchObject({ held: 10, debt: 10 })
  shop.later(6 * DAY)
  await decide(shop, id, 'accepted')
  expect(await points(shop)).toMatchObject({ available: 0, held: 10, debt: 0 })
  await well(shop)
})
