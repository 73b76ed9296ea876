// An import of 32 Durable Objects that is given up while one of them does not answer; and what is asked of those that are nobody's then.
import { expect, test } from 'vitest'
import { opened } from './moving.ts'
import { parse, reading } from './openmetrics.ts'
import { type Json, OPERATOR, openShop, type Story } from './story.ts'

const people = Array.from({ length: 60 }, (_, index) => `customer-${index}`)

async function halfOfOne() {
  const shop = await openShop({ books: 1 })
  await shop.merchant('POST', '/grants', { points: 7, reason: 'gift', members: people })
  const rows: Json[] = (await shop.export())
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  const half = await opened(shop, 32)
  const piece = () => half.merchant('PUT', '/import', { from: 0, lines: rows })
  expect((await piece()).status).toBe(200)
  return { shop, half, piece }
}

const pieces = async ({ fetch }: Story) => {
  const response = await fetch(new Request('http://muse.test/metrics', { headers: { Authorization: `Bearer ${OPERATOR}` } }))
  return reading(parse(await response.text()), 'muse_requests_total', { route: '/v1/shops/{shop}/import', method: 'PUT', status: '200' })
}

test('goes on being given up where an object did not answer, takes nothing meanwhile, and no count falls', async () => {
  const { shop, half, piece } = await halfOfOne()
  expect(await pieces(shop)).toBe(1)
  expect((await half.operator('DELETE', '', undefined, null, { 'Test-Broken': '20 empty' })).status).toBe(503)
  expect((await piece()).body).toMatchObject({ status: 503, detail: 'This import is being given up.' })
  expect((await half.operator('PUT', '', { program: half.document, origins: [], import: true })).status).toBe(503)
  expect((await half.operator('DELETE', '')).body).toEqual({ shop: 'half', givenUp: true })
  expect((await piece()).status).toBe(404)
  expect(await pieces(shop)).toBe(1)
})

test('an object that was one of 32 knows that it is none of one, and is there when that is split', async () => {
  const { shop, half } = await halfOfOne()
  expect((await half.operator('DELETE', '')).status).toBe(200)
  const fresh = await openShop({ shop: 'half', fetch: shop.fetch, clock: shop.clock, books: 1 })
  await fresh.merchant('POST', '/grants', { points: 1, reason: 'gift', members: people })
  const headers = { Authorization: `Bearer ${fresh.keys.secret}`, 'Test-Book': 'half/20' }
  expect((await shop.fetch(new Request('http://muse.test/v1/shops/half/audit', { headers }))).status).toBe(421)
  let told = (await fresh.operator('PUT', '/books', { books: 32 })).body
  while (told.done === false) told = (await fresh.operator('PUT', '/books', { books: 32 })).body
  expect(told).toMatchObject({ books: 32, done: true })
  expect(await fresh.audit()).toMatchObject({ ok: true, members: people.length, transfers: people.length })
})
