// Erasing a member: nothing of the person is left, and the books balance as before.
import { expect, test } from 'vitest'
import { resample } from '../server/rules/raster.ts'
import { openGallery, picture, post, rasters } from './gallery.ts'
import { pngOf } from './pictures/files.ts'
import { dresses, photograph, shots } from './pictures/photos.ts'
import { DAY, lines, openShop } from './story.ts'

const rules = {
  earning: {
    purchase: { percent: 1, delay: 'P7D' },
    review: { points: 10 },
    photo: { points: 10 },
    prizes: [500],
    follow: { points: 10, accounts: { x: 'https://x.com/shop' } },
  },
  redeeming: { checkout: { max: null }, gifts: [{ id: 'tote', title: 'Tote bag', points: 80 }] },
  expiry: { life: 'P1Y' },
}

async function shopWithAda() {
  const shop = await openShop({ program: rules })
  const ada = shop.member('ada-lovelace', { name: 'Ada Lovelace' })
  await ada.get('/me')
  await shop.grant('ada-lovelace', 1000, { reason: 'For dear Ada’s birthday' })
  await shop.report('ada-lovelace', 'o1', { lines: lines(20_000, { title: 'A dress for Augusta' }) })
  await shop.ship('ada-lovelace', 'o1')
  await shop.merchant('PUT', '/members/ada-lovelace/orders/o2/points', { points: 100, lines: lines(500) })
  const used = (await ada.redeem(200)).body.coupon.code
  await shop.merchant('PUT', `/coupons/${used}/order`, { order: 'o3', lines: lines(150) })
  const { code } = (await ada.redeem(300, 'adas-key')).body.coupon
  const review = await ada.post('/me/reviews', { order: 'o1', sku: 'dress', rating: 5, text: 'Byron would have liked it' })
  expect(review.status).toBe(201)
  expect((await ada.put('/me/follows/x')).status).toBe(201)
  for (const [index, caption] of ['Augusta in lace', 'Augusta in silk'].entries()) {
    const form = new FormData()
    const dress = Object.values(dresses)[index * 2]!
    form.set('photo', new Blob([pngOf(photograph(dress, shots['close, in a room']!, index + 1, 72))]), 'photo.png')
    form.set('caption', caption)
    const { status, body } = await ada.post('/me/photos', form)
    expect(status).toBe(201)
    if (index === 0) await shop.merchant('PUT', '/prizes/2026-06', { photos: [body.id] })
    shop.later(DAY)
  }
  const gift = await ada.post('/me/gifts', { gift: 'tote' })
  expect(gift.status).toBe(201)
  await shop.grant('bob', 50)
  const erase = (who = 'ada-lovelace') => shop.merchant('DELETE', `/members/${who}`)
  return { shop, ada, code, erase, gift: gift.body.id as string }
}

test('S1 · an erased member leaves no word of theirs, and books that balance', async () => {
  const { shop, erase, code, gift } = await shopWithAda()
  const before = (await shop.merchant('GET', '/report')).body
  const erased = await erase()
  expect([erased.status, erased.body]).toEqual([200, { erased: true }])
  const left = await shop.export()
  for (const word of ['ada', 'Ada', 'Lovelace', 'birthday', 'Augusta', 'Byron']) expect(left).not.toContain(word)
  expect(left).toContain('bob')
  expect(await shop.audit()).toMatchObject({ ok: true, problems: [], members: 2 })
  const after = (await shop.merchant('GET', '/report')).body
  expect(after).toMatchObject({ available: 50, pending: 0, held: 0, debt: 0, liability: 50, spent: before.spent, issued: before.issued })
  expect((await shop.merchant('GET', `/coupons/${code}`)).body).toMatchObject({
    state: 'returned',
    member: expect.stringMatching(/^erased-/),
  })
  expect((await shop.merchant('PATCH', `/gifts/${gift}`, { state: 'accepted' })).body).toMatchObject({ status: 409, code: 'already-done' })
  expect((await shop.guest('GET', '/products/dress/reviews')).body).toEqual({ reviews: [] })
  expect((await shop.guest('GET', '/gallery')).body.photos).toEqual([])
  // The prize is not there to be given again.
  expect((await shop.merchant('PUT', '/prizes/2026-06', { photos: ['another'] })).body).toMatchObject({ status: 409, code: 'already-done' })
})

test('S1 · who comes back is somebody new; who is gone is not there', async () => {
  const { shop, ada, erase } = await shopWithAda()
  await erase()
  for (const reply of [await erase(), await erase('nobody'), await shop.merchant('GET', '/members/ada-lovelace')])
    expect(reply.body).toMatchObject({ status: 404, code: 'not-found' })
  const wallet = await ada.wallet()
  expect(wallet).toMatchObject({
    member: { id: 'ada-lovelace' },
    points: { available: 0, pending: 0, held: 0, debt: 0 },
    coupons: [],
    gifts: [],
  })
  // Her old key was forgotten with her: the same request is judged anew.
  expect((await ada.redeem(300, 'adas-key')).body.code).toBe('insufficient-points')
  expect((await shop.audit()).ok).toBe(true)
})

test('S1 · debt and pending points of an erased member are gone by the chart, and time finds nothing to do', async () => {
  const shop = await openShop()
  await shop.place('eve', 'o1', 100_000)
  await shop.ship('eve', 'o1')
  shop.later(8 * DAY)
  await shop.member('eve').redeem(1000)
  await shop.cancel('eve', 'o1')
  await shop.place('eve', 'o2', 30_000)
  expect((await shop.member('eve').wallet()).points).toEqual({ available: 0, pending: 300, held: 1000, debt: 1000 })
  await shop.merchant('DELETE', '/members/eve')
  expect(await shop.audit()).toMatchObject({ ok: true, problems: [] })
  const { liability, debt } = (await shop.merchant('GET', '/report')).body
  expect({ liability, debt }).toEqual({ liability: 0, debt: 0 })
  await shop.place('eve', 'o3', 50_000)
  await shop.cancel('eve', 'o3')
  await shop.grant('gus', 70)
  await shop.place('gus', 'o4', 10_000)
  await shop.ship('gus', 'o4')
  shop.later(10 * DAY)
  await shop.member('gus').redeem(170)
  await shop.cancel('gus', 'o4')
  await shop.member('gus').delete(`/me/coupons/${(await shop.member('gus').wallet()).coupons[0].code}`)
  await shop.member('gus').redeem(70)
  await shop.merchant('DELETE', '/members/gus')
  expect(await shop.audit()).toMatchObject({ ok: true, problems: [] })
  expect((await shop.merchant('GET', '/report')).body.liability).toBe(0)
})

test('S1 · what an erased member owes is the shop’s loss, and its accounts say so', async () => {
  const shop = await openShop()
  await shop.place('eve', 'o1', 100_000)
  await shop.ship('eve', 'o1')
  shop.later(8 * DAY)
  const { code } = (await shop.member('eve').redeem(1000)).body.coupon
  await shop.merchant('PUT', `/coupons/${code}/order`, { order: 'o2', lines: lines(1_000) })
  await shop.cancel('eve', 'o1')
  expect((await shop.member('eve').wallet()).points).toEqual({ available: 0, pending: 0, held: 0, debt: 1000 })
  await shop.merchant('DELETE', '/members/eve')
  expect(await shop.audit()).toMatchObject({ ok: true, problems: [] })
  const report = (await shop.merchant('GET', '/report')).body
  expect(report).toMatchObject({ issued: 2000, clawedBack: 1000, spent: 1000, expired: 0, available: 0, debt: 0, liability: 0 })
  expect(await shop.export()).toContain('"note":"forgiven"')
})

test('S1 · an erased member’s pictures are forgotten, and the others’ are known again', async () => {
  const shop = await openGallery()
  for (const [place, id] of ['ada', 'bob'].entries()) expect((await post(shop, picture(place), id)).status).toBe(201)
  await shop.merchant('DELETE', '/members/ada')
  expect((await shop.export()).match(/"table":"photos"/g)).toHaveLength(1)
  const smaller = pngOf(resample({ ...rasters[1]!, kind: 'rgb' }, 72, 96))
  expect((await post(shop, smaller, 'cleo')).body.code).toBe('already-done')
  expect((await post(shop, picture(0), 'cleo')).status).toBe(201)
})

test('S1 · a checkout that fails after its member was erased leaves no points to nobody', async () => {
  const shop = await openShop()
  await shop.grant('ada', 500)
  const { code } = (await shop.member('ada').redeem(200)).body.coupon
  const path = `/coupons/${code}/order`
  await shop.merchant('PUT', path, { order: 'o1', lines: lines(150) })
  await shop.merchant('DELETE', '/members/ada')
  expect((await shop.merchant('DELETE', path)).status).toBe(200)
  expect((await shop.merchant('GET', `/coupons/${code}`)).body.state).toBe('expired')
  expect((await shop.merchant('PUT', path, { order: 'o2', lines: lines(150) })).body.code).toBe('coupon-not-open')
  expect((await shop.merchant('GET', '/report')).body).toMatchObject({ liability: 0, available: 0, held: 0, spent: 0, expired: 500 })
  expect(await shop.audit()).toMatchObject({ ok: true, problems: [] })
})

test('S1 · nobody but the shop’s own server erases a member', async () => {
  const { shop, erase } = await shopWithAda()
  const other = await openShop({ shop: 'other', fetch: shop.fetch, clock: shop.clock })
  expect((await shop.guest('DELETE', '/members/ada-lovelace')).status).toBe(401)
  expect((await shop.ask(() => shop.token('ada-lovelace'))('DELETE', '/members/ada-lovelace')).status).toBe(403)
  expect((await shop.ask(() => other.keys.secret)('DELETE', '/members/ada-lovelace')).status).toBe(401)
  const replies = await Promise.all([erase(), erase(), erase()])
  expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 404, 404])
  expect((await shop.audit()).ok).toBe(true)
})
