// Photos: the same picture once, so many a day, and shown as the merchant says.
import { expect, test } from 'vitest'
import { enrol } from '../server/acts/members.ts'
import { claim, post as give } from '../server/acts/photos.ts'
import { resample } from '../server/rules/raster.ts'
import { openBook, program } from './book.ts'
import { decidePhoto, form, openGallery, picture, pictures, post, rasters, refusal, shown } from './gallery.ts'
import { pngOf } from './pictures/files.ts'
import { crop } from './pictures/photos.ts'
import { points, tally, well } from './rewarding.ts'
import { DAY, type Story } from './story.ts'

const get = (shop: Story, src: string) => shop.fetch(new Request(`http://muse.test${src}`))

test('J2 · a photo earns 10, and is in the gallery', async () => {
  const shop = await openGallery()
  const { status, body } = await shop.member('c1').post('/me/photos', form(picture(0), { caption: 'At the tea party' }))
  expect([status, body]).toEqual([
    201,
    { id: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{16}$/), state: 'accepted', points: 10, wallet: await shop.member('c1').wallet() },
  ])
  expect(body.wallet.points.available).toBe(10)
  const { photos, next } = (await shop.guest('GET', '/gallery')).body
  expect([photos, next]).toEqual([
    [
      {
        ...{ id: body.id, src: `/v1/shops/jej/photos/${body.id}`, width: 96, height: 128, caption: 'At the tea party' },
        ...{ at: '2026-06-01T01:00:00.000Z', prize: null },
      },
    ],
    null,
  ])
  expect((await shop.member('c1').get('/me/history')).body.entries).toMatchObject([{ kind: 'grant', points: 10, note: 'photo' }])
  await well(shop)
})

test('J2 · the picture is a JPEG of ours and nothing else, which a browser runs no part of', async () => {
  const shop = await openGallery()
  await post(shop, picture(0))
  const [photo] = (await shop.guest('GET', '/gallery')).body.photos
  const answer = await get(shop, photo.src)
  const bytes = new Uint8Array(await answer.arrayBuffer())
  expect([answer.status, ...bytes.subarray(0, 3)]).toEqual([200, 0xff, 0xd8, 0xff])
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'image/jpeg',
    'x-content-type-options': 'nosniff',
    'cache-control': 'public, max-age=86400, immutable',
    'content-security-policy': "default-src 'none'",
  })
  expect((await get(shop, '/v1/shops/jej/photos/0000000000000000')).status).toBe(404)
})

test('J2 · at most once a day, which is the shop’s', async () => {
  const shop = await openGallery()
  shop.set('2026-06-01T23:59:59.998+09:00')
  expect((await post(shop, picture(0))).status).toBe(201)
  shop.set('2026-06-01T23:59:59.999+09:00')
  expect(await post(shop, picture(1))).toMatchObject(refusal('not-eligible'))
  expect((await shop.member('c1').wallet()).activities).toEqual([{ kind: 'photo', points: 10, state: 'done' }])
  expect((await post(shop, picture(2), 'c2')).status).toBe(201)
  shop.set('2026-06-02T00:00:00+09:00')
  expect((await shop.member('c1').wallet()).activities).toEqual([{ kind: 'photo', points: 10, state: 'open' }])
  expect((await post(shop, picture(1))).status).toBe(201)
  expect(await post(shop, picture(3))).toMatchObject(refusal('not-eligible'))
  expect([(await points(shop)).available, (await shown(shop)).length]).toEqual([20, 3])
  await well(shop)
})

test('J2 · or as often a day as the program says, however many come at once', async () => {
  const shop = await openGallery({ photo: { points: 10, perDay: 3 } })
  const replies = await Promise.all(pictures.slice(0, 8).map((bytes) => post(shop, bytes)))
  expect(tally(replies)).toEqual([...Array(3).fill('201 yes'), ...Array(5).fill('409 not-eligible')])
  expect([(await points(shop)).available, (await shown(shop)).length]).toEqual([30, 3])
  await well(shop)
})

test('J2 · a refused photo leaves nothing behind, and may be posted another day', async () => {
  const shop = await openGallery()
  await post(shop, picture(0))
  const before = await shop.books()
  expect(await post(shop, picture(1), 'c1', 'k')).toMatchObject(refusal('not-eligible'))
  expect(await shop.books()).toBe(before)
  shop.later(DAY)
  expect(await post(shop, picture(1), 'c1', 'k')).toMatchObject(refusal('not-eligible'))
  expect(await shown(shop)).toHaveLength(1)
  expect((await post(shop, picture(1))).status).toBe(201)
  await well(shop)
})

test('J3 · the same picture does not count twice, whoever sends it, whenever, and in whatever file', async () => {
  const shop = await openGallery({ photo: { points: 10, perDay: 9 } })
  await post(shop, picture(0))
  const [raster] = rasters
  if (!raster) throw new Error('there is no picture')
  const smaller = resample({ ...raster, kind: 'rgb' }, 72, 96)
  const files = { 'the same bytes': picture(0), 'in another size': pngOf(smaller), trimmed: pngOf(crop(raster, 0.02)) }
  for (const [what, bytes] of Object.entries(files))
    for (const id of ['c1', 'c2']) expect([what, id, await post(shop, bytes, id)]).toMatchObject([what, id, refusal('already-done')])
  shop.later(30 * DAY)
  expect(await post(shop, picture(0))).toMatchObject(refusal('already-done'))
  expect((await post(shop, picture(1))).status).toBe(201)
  expect([(await points(shop)).available, (await points(shop, 'c2')).available]).toEqual([20, 0])
  await well(shop)
})

test('J3 · the same picture by 20 members at once is in the gallery once', async () => {
  const shop = await openGallery()
  const replies = await Promise.all(Array.from({ length: 20 }, (_, index) => post(shop, picture(0), `c${index}`)))
  expect(tally(replies)).toEqual(['201 yes', ...Array(19).fill('409 already-done')])
  expect(await shown(shop)).toHaveLength(1)
  await well(shop)
})

test('J3 · a picture that was declined does not come back', async () => {
  const shop = await openGallery()
  const { id } = (await post(shop, picture(0))).body
  await decidePhoto(shop, id, 'declined')
  shop.later(DAY)
  for (const who of ['c1', 'c2']) expect(await post(shop, picture(0), who)).toMatchObject(refusal('already-done'))
})

test('J2 · the gallery and the points follow the merchant’s word both ways', async () => {
  const shop = await openGallery({ photo: { points: 10, award: 'accepted' } })
  const { id, state, points: given } = (await post(shop, picture(0))).body
  expect([state, given, await points(shop), await shown(shop)]).toMatchObject(['pending', 0, { available: 0 }, []])
  const list = async (query = '') => (await shop.merchant('GET', `/photos${query}`)).body.photos
  expect(await list()).toMatchObject([{ id, member: 'c1', state: 'pending' }])
  for (const [state, given] of [
    ['accepted', 10],
    ['declined', 0],
    ['accepted', 10],
    ['declined', 0],
  ] as const)
    for (let time = 0; time < 2; time++) {
      expect((await decidePhoto(shop, id, state)).body).toEqual({ id, state, points: given, member: 'c1' })
      expect([await points(shop), await shown(shop)]).toMatchObject([{ available: given, debt: 0 }, given ? [id] : []])
      expect((await get(shop, `/v1/shops/jej/photos/${id}`)).status).toBe(given ? 200 : 404)
    }
  expect([await list(), await list('?state=declined')]).toMatchObject([[], [{ id }]])
  expect((await decidePhoto(shop, '0000000000000000', 'accepted')).status).toBe(404)
  await well(shop)
})

test('J2 · a photo whose member’s book gave no answer has its points when it is sent again, and once', () => {
  const book = openBook(program({ earning: { purchase: { percent: 1 }, photo: { points: 10 } } }))
  const look = '0'.repeat(100)
  const sent = () => {
    const picture = { bytes: new Uint8Array([1]), width: 1, height: 1, fingerprint: look, appearances: [look] }
    return claim(book, 'ada', { digest: 'd', caption: '' }, picture)
  }
  const first = sent()
  book.now += 1
  expect(sent()).toEqual(first)
  const ada = enrol(book, 'ada')
  give(book, ada, sent())
  expect(() => give(book, ada, sent())).toThrow('in the gallery already')
  expect([ada.available, book.audited()]).toEqual([10, []])
})

test('an export has the gallery, pictures and all', async () => {
  const shop = await openGallery()
  const { id } = (await post(shop, picture(0))).body
  const rows = (await shop.export())
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  const photo = rows.find(({ table }) => table === 'photos')
  const answer = await get(shop, `/v1/shops/jej/photos/${id}`)
  expect(photo).toMatchObject({ id, customer: 'c1', picture: Buffer.from(await answer.arrayBuffer()).toString('base64') })
  expect(rows.filter(({ table }) => table === 'pieces').length).toBeGreaterThan(5)
})

test('the gallery is read a page at a time, newest first, every photo once', async () => {
  const shop = await openGallery()
  for (const [index, bytes] of pictures.slice(0, 30).entries()) expect((await post(shop, bytes, `c${index}`)).status).toBe(201)
  const first = (await shop.guest('GET', '/gallery')).body
  const second = (await shop.guest('GET', `/gallery?before=${first.next}`)).body
  expect([first.photos.length, second.photos.length, second.next]).toEqual([24, 6, null])
  expect(new Set([...first.photos, ...second.photos].map(({ id }) => id)).size).toBe(30)
  for (const before of ['x', '-1', '1.5', '9'.repeat(17), '%27'])
    expect((await shop.guest('GET', `/gallery?before=${before}`)).body).toMatchObject({ status: 400, path: ['before'] })
})

test('a photo sent again under its key is answered as before, and another one is refused', async () => {
  const shop = await openGallery({ photo: { points: 10, perDay: 5 } })
  const first = await post(shop, picture(0), 'c1', 'k')
  shop.later(DAY)
  const again = await post(shop, picture(0), 'c1', 'k')
  expect([first.status, again.status, again.text]).toEqual([201, 201, first.text])
  expect((await post(shop, picture(1), 'c1', 'k')).body.code).toBe('idempotency-key-reused')
  expect((await post(shop, picture(1), 'c1', null)).body.code).toBe('idempotency-key-missing')
  const captioned = await shop.member('c1').post('/me/photos', form(picture(0), { caption: 'other' }), 'k')
  expect(captioned.body.code).toBe('idempotency-key-reused')
  expect([await points(shop), await shown(shop)]).toMatchObject([{ available: 10 }, [first.body.id]])
  expect((await post(shop, picture(1))).status).toBe(201)
  await well(shop)
})
