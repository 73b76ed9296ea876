// The month's prizes: the merchant's selection of the gallery, paid once.
import { expect, test } from 'vitest'
import { decidePhoto, openGallery, pictures, post } from './gallery.ts'
import { points, tally, well } from './rewarding.ts'
import { DAY, type Story } from './story.ts'

const prizes = (shop: Story, photos: unknown, month = '2026-06') => shop.merchant('PUT', `/prizes/${month}`, { photos })

/** A shop with a photo of each of six members in its gallery. */
async function withPhotos() {
  const shop = await openGallery()
  const ids: string[] = []
  for (const [index, bytes] of pictures.slice(0, 6).entries()) ids.push((await post(shop, bytes, `c${index}`)).body.id)
  return { shop, ids }
}
const winners = async (shop: Story) =>
  Promise.all(Array.from({ length: 6 }, async (_, index) => (await points(shop, `c${index}`)).available - 10))

test('J4 · the month’s selection pays 500, 300 and 200, once', async () => {
  const { shop, ids } = await withPhotos()
  const chosen = [ids[4], ids[1], ids[2]]
  const answers = [await prizes(shop, chosen), await prizes(shop, chosen)]
  for (const { status, body } of answers)
    expect([status, body]).toEqual([
      200,
      { month: '2026-06', prizes: [500, 300, 200].map((points, index) => ({ place: index + 1, photo: chosen[index], points })) },
    ])
  expect(await winners(shop)).toEqual([0, 300, 200, 0, 500, 0])
  const { photos } = (await shop.guest('GET', '/gallery')).body
  const won = Object.fromEntries(photos.map(({ id, prize }: { id: string; prize: object }) => [id, prize]))
  expect(ids.map((id) => won[id]?.place ?? null)).toEqual([null, 2, 3, null, 1, null])
  expect((await shop.member('c4').get('/me/history')).body.entries[0]).toMatchObject({
    kind: 'grant',
    points: 500,
    note: 'prize 2026-06 1',
  })
  await well(shop)
})

test('J4 · another selection for the same month is refused, and one for the next month is not', async () => {
  const { shop, ids } = await withPhotos()
  const [a, b, c, d] = ids
  await prizes(shop, [a, b])
  for (const other of [[b, a], [a], [a, b, c], [c, d]])
    expect((await prizes(shop, other)).body).toMatchObject({ status: 409, code: 'already-done' })
  expect((await prizes(shop, [c, d], '2026-07')).status).toBe(200)
  expect(await winners(shop)).toEqual([500, 300, 500, 300, 0, 0])
  await well(shop)
})

test('J4 · ten calls at once pay once', async () => {
  const { shop, ids } = await withPhotos()
  const replies = await Promise.all(Array.from({ length: 10 }, (_, index) => prizes(shop, index % 2 ? ids.slice(0, 3) : ids.slice(3))))
  expect(tally(replies)).toEqual([...Array(5).fill('200 yes'), ...Array(5).fill('409 already-done')])
  expect((await winners(shop)).toSorted()).toEqual([0, 0, 0, 200, 300, 500])
  await well(shop)
})

test('J4 · no prize for what the gallery does not show, for two places at once, or beyond the program’s places', async () => {
  const { shop, ids } = await withPhotos()
  await decidePhoto(shop, ids[0] ?? '', 'declined')
  const refused = async (photos: unknown, status: number, code: string, month?: string) =>
    expect((await prizes(shop, photos, month)).body).toMatchObject({ status, code })
  await refused(ids.slice(0, 3), 409, 'not-eligible')
  await refused([ids[1], '0000000000000000'], 404, 'not-found')
  await refused([ids[1], ids[1]], 400, 'invalid-request')
  await refused(ids.slice(1, 5), 422, 'out-of-range')
  await refused([], 400, 'invalid-request')
  for (const month of ['2026-13', '2026-6', 'june', '2026-06-01']) await refused(ids.slice(1, 3), 400, 'invalid-request', month)
  expect((await winners(shop)).slice(1)).toEqual([0, 0, 0, 0, 0])
  expect((await prizes(shop, ids.slice(1, 4))).status).toBe(200)
  await well(shop)
})

test('J4 · what ran out before a prize came ran out when it was due, though nobody had looked since', async () => {
  const { shop, ids } = await withPhotos()
  const expiresAt = new Date(shop.clock() + DAY).toISOString()
  await shop.grant('c0', 70, { expiresAt })
  shop.later(2 * DAY)
  await prizes(shop, ids.slice(0, 1))
  const { entries } = (await shop.member('c0').get('/me/history')).body
  expect(entries.find(({ kind }: { kind: string }) => kind === 'expire')).toMatchObject({ points: 70, at: expiresAt })
  await well(shop)
})
