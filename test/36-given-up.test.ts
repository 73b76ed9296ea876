// An import that cannot end is given up by the operator: nothing of it is left, and the shop's name is free; a shop that is open stays.
import { expect, test } from 'vitest'
import { giveUpImport, importFile } from '../server/hosts/node/import.ts'
import { exported, opened } from './moving.ts'
import { type Json, OPERATOR, openShop, type Story } from './story.ts'

const people = Array.from({ length: 40 }, (_, index) => `customer-${index}`)

async function told() {
  const shop = await openShop()
  for (const who of people) await shop.grant(who, 500)
  await shop.member('customer-1').redeem(100, 'key')
  const rows: Json[] = (await shop.export())
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  return { shop, rows }
}

const send = (it: Story, from: number, lines: Json[]) => it.merchant('PUT', '/import', { from, lines })

test('an import given up anywhere leaves nothing, and its name to another one, of whatever number of books', async () => {
  const { shop, rows } = await told()
  for (const [books, upto] of [
    [1, 0],
    [32, 30],
    [32, rows.length],
    [1, rows.length - 1],
  ] as [number, number][]) {
    const half = await opened(shop, books)
    if (upto > 0) expect((await send(half, 0, rows.slice(0, upto))).status).toBe(200)
    expect((await half.operator('DELETE', '')).body).toEqual({ shop: 'half', givenUp: true })
    for (const reply of [await half.operator('DELETE', ''), await half.guest('GET', '/program'), await send(half, upto, [])])
      expect(reply.body).toMatchObject({ status: 404, code: 'not-found' })
  }
  const again = await opened(shop, 32)
  expect((await again.merchant('GET', '/import')).body).toEqual({ rows: 0, open: true })
  // The keys of one that is gone are nobody's.
  await send(again, 0, rows)
  expect((await send(again, rows.length, [])).body).toEqual({ rows: rows.length, open: false })
  expect(await again.audit()).toMatchObject({ ok: true, members: people.length })
  expect((await again.member('customer-1').wallet()).points.available).toBe(400)
})

test('the name is free for a shop that is no import, and nobody of the other is in it', async () => {
  const { shop, rows } = await told()
  const half = await opened(shop, 32)
  await send(half, 0, rows)
  expect((await half.operator('DELETE', '')).status).toBe(200)
  const fresh = await openShop({ shop: 'half', fetch: shop.fetch, clock: shop.clock, books: 1 })
  expect((await half.merchant('GET', '/audit')).status).toBe(401)
  const asked = async () => {
    let reply = await fresh.member('customer-1').get('/me')
    // A Worker that knew of 32 books asks a wrong one, once.
    if (reply.status === 503) reply = await fresh.member('customer-1').get('/me')
    return reply
  }
  expect((await asked()).body.points).toMatchObject({ available: 0 })
  for (const who of people) await fresh.grant(who, 1)
  expect(await fresh.audit()).toMatchObject({ ok: true, members: people.length, transfers: people.length })
})

test('a shop that is open is not given up, whoever asks; nobody but the operator gives up an import', async () => {
  const { shop, rows } = await told()
  expect((await shop.operator('DELETE', '')).body).toMatchObject({ status: 409, code: 'not-eligible' })
  const half = await opened(shop)
  expect((await half.merchant('DELETE', '')).status).toBe(403)
  expect((await half.guest('DELETE', '')).status).toBe(401)
  await send(half, 0, rows)
  await send(half, rows.length, [])
  expect((await half.operator('DELETE', '')).body).toMatchObject({ status: 409, code: 'not-eligible' })
  for (const it of [shop, half]) expect(await it.audit()).toMatchObject({ ok: true, members: people.length })
})

test.each([0, 1, 3])('pieces that are on their way while it is given up leave nothing either: %i before', async (early) => {
  const { shop, rows } = await told()
  const half = await opened(shop, 32)
  const pieces = (count: number) => Array.from({ length: count }, () => send(half, 0, rows))
  const giveUp = () => half.operator('DELETE', '')
  const replies = await Promise.all([...pieces(early), giveUp(), ...pieces(2), giveUp(), ...pieces(2)])
  expect(replies.map(({ status }) => status).filter((status) => ![200, 404, 409, 503].includes(status))).toEqual([])
  expect((await giveUp()).status).toBe(404)
  // What was left of it would not be counted in another one, which then would not be whole.
  const fresh = await opened(shop, 32)
  await send(fresh, 0, rows)
  expect((await send(fresh, rows.length, [])).body).toEqual({ rows: rows.length, open: false })
  expect(await fresh.audit()).toMatchObject({ ok: true, members: people.length })
})

test('the command asks for it, and says so where there is none', async () => {
  const { shop, rows } = await told()
  const half = await opened(shop, 32)
  await send(half, 0, rows)
  const given = { url: 'http://muse.test', fetch: shop.fetch, operatorKey: OPERATOR }
  await giveUpImport({ ...given, shop: 'half' })
  const nothing = 'There is no shop half: nothing was given up, and its name is free.'
  await expect(giveUpImport({ ...given, shop: 'half' })).rejects.toThrow(nothing)
  await expect(giveUpImport({ ...given, shop: 'jej' })).rejects.toThrow('The shop is open')
  await expect(giveUpImport({ ...given, shop: 'half', operatorKey: 'op_wrong' })).rejects.toThrow('credential')
})

test('the command knows that it was given up by what it asked itself, though the answer was lost', async () => {
  const { shop, rows } = await told()
  const half = await opened(shop, 32)
  await send(half, 0, rows)
  let asked = 0
  const fetch = async (request: Request) => {
    const reply = await shop.fetch(request)
    if (asked++ === 0) throw new Error('reset')
    return reply
  }
  await giveUpImport({ url: 'http://muse.test', fetch, operatorKey: OPERATOR, shop: 'half' })
  expect(asked).toBe(2)
  expect((await half.operator('DELETE', '')).status).toBe(404)
})

test('an import that is gone on with once it has ended says that the shop is open, and does nothing', async () => {
  const { shop } = await told()
  const file = exported(await shop.export())
  const feeding = { url: 'http://muse.test', fetch: shop.fetch, shop: 'again', file }
  const { keys } = await importFile({ ...feeding, operatorKey: OPERATOR })
  await expect(importFile({ ...feeding, secretKey: keys?.secret })).rejects.toThrow(
    'again is open: there is no import to go on with, and nothing was done.',
  )
})
