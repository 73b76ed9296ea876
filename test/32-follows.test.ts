// Following the shop's accounts: once for each, for ever, and as the merchant sees fit.
import { expect, test } from 'vitest'
import { accounts, history, openRewarding, points, tally, ways, well } from './rewarding.ts'
import { lines, type Story } from './story.ts'

const follow = (shop: Story, id: string, network: string) => shop.member(id).put(`/me/follows/${network}`)
const unfollow = (shop: Story, id: string, network: string) => shop.merchant('DELETE', `/members/${id}/follows/${network}`)

test('J6 · following each official account earns 10, once', async () => {
  const shop = await openRewarding()
  expect(await ways(shop, 'follow')).toEqual(
    Object.keys(accounts).map((network) => ({ kind: 'follow', network, points: 10, state: 'open' })),
  )
  const { status, body } = await follow(shop, 'c1', 'x')
  expect([status, body.activity]).toEqual([201, { kind: 'follow', network: 'x', points: 10, state: 'done' }])
  expect(body.wallet).toEqual(await shop.member('c1').wallet())
  expect(body.wallet.points.available).toBe(10)
  await follow(shop, 'c1', 'facebook')
  expect((await follow(shop, 'c1', 'x')).body).toMatchObject({ status: 409, code: 'already-done' })
  expect((await ways(shop, 'follow')).map(({ state }: { state: string }) => state)).toEqual(['done', 'done', 'open'])
  expect(await points(shop)).toMatchObject({ available: 20 })
  expect((await follow(shop, 'c2', 'x')).status).toBe(201)
  expect(await history(shop)).toEqual(['grant 10 follow facebook', 'grant 10 follow x'])
  await well(shop)
})

test('J6 · the same follow 50 times at once earns once', async () => {
  const shop = await openRewarding()
  const replies = await Promise.all(Array.from({ length: 50 }, () => follow(shop, 'c1', 'x')))
  expect(tally(replies)).toEqual(['201 yes', ...Array(49).fill('409 already-done')])
  expect(await points(shop)).toMatchObject({ available: 10 })
  await well(shop)
})

test('J6 · each network can be switched off, and there are no others', async () => {
  const shop = await openRewarding({ follow: { points: 10, accounts: { x: accounts.x } } })
  for (const network of ['facebook', 'constructor', '__proto__', 'toString', 'X', '%20'])
    expect((await follow(shop, 'c1', network)).body).toMatchObject({ status: 404, code: 'not-found' })
  const none = await openRewarding({ follow: { points: 0, accounts } })
  expect((await follow(none, 'c1', 'x')).body).toMatchObject({ status: 409, code: 'not-eligible' })
  expect(await ways(none, 'follow')).toEqual([])
})

test('J6 · a follow that the merchant revokes gives its points back, and stays done for ever', async () => {
  const shop = await openRewarding()
  await follow(shop, 'c1', 'x')
  await follow(shop, 'c1', 'facebook')
  await shop.member('c1').redeem(15)
  for (let time = 0; time < 2; time++) {
    const { status, body } = await unfollow(shop, 'c1', 'x')
    expect([status, body.points]).toEqual([200, { available: 0, pending: 0, held: 15, debt: 5 }])
  }
  expect((await follow(shop, 'c1', 'x')).body.code).toBe('already-done')
  expect((await ways(shop, 'follow')).map(({ state }: { state: string }) => state)).toEqual(['done', 'done', 'open'])
  expect(await history(shop)).toEqual(
    expect.arrayContaining(['clawback 5 follow x', 'owe 5 follow x', 'hold 15', 'grant 10 follow facebook', 'grant 10 follow x']),
  )
  await follow(shop, 'c1', 'instagram')
  expect(await points(shop)).toMatchObject({ available: 5, debt: 0 })
  expect((await unfollow(shop, 'c2', 'x')).status).toBe(404)
  await shop.member('c2').get('/me')
  expect((await unfollow(shop, 'c2', 'x')).body.code).toBe('not-found')
  await well(shop)
})

test('J6 · follows may wait for a first shipped order, and go with it', async () => {
  const shop = await openRewarding({ follow: { points: 10, accounts, award: 'shipped' } })
  const { body } = await follow(shop, 'c1', 'x')
  expect([body.activity.state, body.wallet.points.available]).toEqual(['waiting', 0])
  expect((await follow(shop, 'c1', 'x')).body.code).toBe('already-done')
  await follow(shop, 'c1', 'facebook')
  await unfollow(shop, 'c1', 'facebook')
  await shop.place('c1', 'o1', 10_000)
  await shop.report('c1', 'gift', { lines: lines(100), state: 'shipped', shippedAt: '2026-06-01T01:00:00Z', guest: true })
  expect(await points(shop)).toMatchObject({ available: 0 })
  await shop.ship('c1', 'o1')
  expect(await points(shop)).toMatchObject({ available: 10 })
  expect((await follow(shop, 'c1', 'instagram')).body).toMatchObject({ activity: { state: 'done' }, wallet: { points: { available: 20 } } })
  shop.later(1)
  await shop.cancel('c1', 'o1')
  expect(await points(shop)).toMatchObject({ available: 0, debt: 0 })
  shop.later(1)
  await shop.ship('c1', 'o1')
  expect(await points(shop)).toMatchObject({ available: 20 })
  expect((await ways(shop, 'follow')).map(({ state }: { state: string }) => state)).toEqual(['done', 'done', 'done'])
  await well(shop)
})

test('J6, A2 · nor for one that counts as cancelled, since it was shipped too late for its campaign', async () => {
  const campaigns = [{ id: 'c', title: 'C', percent: 5, shipped: { until: '2026-06-10T00:00:00Z' }, cancelUnshipped: true }]
  const shop = await openRewarding({ follow: { points: 10, accounts, award: 'shipped' } }, { campaigns })
  await shop.member('c1').put('/me/follows/x')
  await shop.place('c1', 'late', 10_000)
  shop.set('2026-06-11T00:00:00Z')
  await shop.ship('c1', 'late')
  expect(await points(shop)).toMatchObject({ available: 0, pending: 0 })
  await shop.place('c1', 'after', 10_000)
  await shop.ship('c1', 'after')
  expect(await points(shop)).toMatchObject({ available: 10, pending: 100 })
  await well(shop)
})

test('J6, A2 · nor once time has cancelled the order, whoever looks first', async () => {
  const campaigns = [{ id: 'c', title: 'C', percent: 5, shipped: { until: '2026-06-10T00:00:00Z' }, cancelUnshipped: true }]
  const shop = await openRewarding({ follow: { points: 10, accounts, award: 'shipped' } }, { campaigns })
  await shop.member('c1').put('/me/follows/x')
  // A parcel dated ahead, behind the end of its campaign: it counts until then.
  await shop.place('c1', 'late', 10_000, { state: 'shipped', shippedAt: '2026-06-11T00:00:00Z' })
  expect(await points(shop)).toMatchObject({ available: 10, pending: 100 })
  shop.set('2026-06-10T00:00:00Z')
  expect(await points(shop)).toMatchObject({ available: 0, pending: 0, debt: 0 })
  expect(await ways(shop, 'follow')).toMatchObject([{ network: 'x', state: 'waiting' }, { state: 'open' }, { state: 'open' }])
  await shop.report('c1', 'late', {})
  expect(await points(shop)).toMatchObject({ available: 0, pending: 0, debt: 0 })
  await well(shop)
})
