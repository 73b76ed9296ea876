// Several books: a shop of 32 finds each member's book from the token, the path or the code; and one book becomes 32.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { bookFile } from '../server/hosts/node/files.ts'
import { keep } from '../server/hosts/node/keeper.ts'
import { shelf } from '../server/hosts/node/shelf.ts'
import { split } from '../server/hosts/node/split.ts'
import { openSql } from '../server/hosts/node/sql.ts'
import { open } from '../server/hosts/node.ts'
import { placesOf } from '../server/http/places.ts'
import type { Route } from '../server/http/routes/route.ts'
import { routes } from '../server/http/routes.ts'
import { bookOf, bucketOf } from '../server/rules/code.ts'
import { people, rows, shopping } from './64-people.ts'
import { postcard, rewarding } from './requests.ts'
import { lines, OPERATOR, openShop, type Story } from './story.ts'

const folders: string[] = []
const folder = () => {
  const made = mkdtempSync(join(tmpdir(), 'muse-books-'))
  folders.push(made)
  return made
}
afterEach(() => {
  for (const made of folders.splice(0)) rmSync(made, { recursive: true })
})

test('names are shared out to 1,024 books in one go, each looked at once', () => {
  const route = routes.find(({ path }) => path === '/grants') as Route
  const names = Array.from({ length: 3_000 }, (_, index) => `customer-${index}`)
  let looks = 0
  const members = new Proxy(names, {
    get: (all, place) => {
      if (Number(place.toString()) >= 0) looks++
      return Reflect.get(all, place)
    },
  })
  const ask = { path: {}, query: {}, body: { points: 5, reason: 'gift', members }, signed: { id: '' } }
  const places = placesOf(route, ask, 1024)
  expect(looks).toBe(names.length)
  expect(places.map(({ book }) => book)).toEqual([...new Set(names.map((name) => bookOf(bucketOf(name), 1024)))].sort((a, b) => a - b))
  for (const { book, ask } of places)
    expect(ask.body).toEqual({ points: 5, reason: 'gift', members: names.filter((name) => bookOf(bucketOf(name), 1024) === book) })
})

test('the runs of buckets that books keep are even, and those of 1,024 lie within those of 32', () => {
  const books = (count: number) => Array.from({ length: 1024 }, (_, bucket) => bookOf(bucket, count))
  expect(books(1)).toEqual(new Array(1024).fill(0))
  expect(books(32)).toEqual(books(1024).map((book) => Math.floor(book / 32)))
  expect(new Set(books(1024)).size).toBe(1024)
})

describe('a shop of 32 books', () => {
  test('keeps each member in the book of their bucket, and answers as a shop of one does', async () => {
    const data = folder()
    const [many, one] = [await live(data, 32), await live(folder(), 1)]
    const [told, same] = [await story(many), await story(one)]
    expect(told).toEqual(same)
    many.stop()
    one.stop()
    const kept = Array.from({ length: 32 }, (_, book) => membersIn(bookFile(data, 'jej', book)))
    expect(kept).toEqual(Array.from({ length: 32 }, (_, book) => people.filter((person) => bookOf(bucketOf(person), 32) === book)))
  })

  test('grants to many once per key, whatever book each of them is in', async () => {
    const shop = await live(folder(), 32)
    const body = { points: 5, reason: 'gift', members: [...people, ...people] }
    for (let time = 0; time < 2; time++)
      expect(await shop.merchant('POST', '/grants', body, 'gift-1')).toMatchObject({ status: 201, body: { granted: people.length } })
    expect((await shop.merchant('POST', '/grants', { ...body, points: 6 }, 'gift-1')).body.code).toBe('idempotency-key-reused')
    expect(await balances(shop)).toEqual(people.map(() => 5))
    shop.stop()
  })

  test('does not change its number by a new program', async () => {
    const shop = await live(folder(), 32)
    const put = (books?: number) => shop.operator('PUT', '', { program: shop.document, origins: [], books })
    expect((await put(1)).body).toMatchObject({ code: 'invalid-request', path: ['books'] })
    expect((await put()).status).toBe(200)
    expect((await put(32)).status).toBe(200)
    shop.stop()
  })
})

describe('a shop of one book, split into 32', () => {
  test('is the same shop: its export, its wallets, its codes, its answers', async () => {
    const data = folder()
    const before = await live(data, 1)
    await story(before)
    await before.merchant('POST', '/grants', { points: 5, reason: 'gift', members: people }, 'many')
    const kept = (await before.member('customer-3').redeem(100, 'kept-key')).body
    await before.newProgram(rewarding)
    await before.member('customer-5').put('/me/follows/x')
    const gift = (await before.member('customer-6').post('/me/gifts', { gift: 'pin' })).body.id
    const photo = (await before.member('customer-7').post('/me/photos', postcard(1))).body.id
    await before.merchant('PUT', '/prizes/2026-06', { photos: [photo] })
    const gallery = (await before.guest('GET', '/gallery')).body
    const exported = await before.export()
    before.stop()

    const moved = split(data, 'jej', 32, Date.now())
    expect(moved).toBeGreaterThan(people.length * 4)

    const after = await live(data, 32, before)
    expect(rows(await after.export())).toEqual(rows(exported))
    expect((await after.audit()).ok).toBe(true)
    expect((await after.guest('GET', '/gallery')).body).toEqual(gallery)
    expect((await after.merchant('PUT', '/prizes/2026-06', { photos: [photo] })).body.prizes).toMatchObject([{ photo, points: 500 }])
    expect((await after.member('customer-5').put('/me/follows/x')).body.code).toBe('already-done')
    expect((await after.member('customer-3').redeem(100, 'kept-key')).body).toEqual(kept)
    const again = await after.merchant('POST', '/grants', { points: 5, reason: 'gift', members: people }, 'many')
    expect(again).toMatchObject({ status: 201, body: { granted: people.length } })
    expect(rows(await after.export())).toEqual(rows(exported))
    expect((await after.merchant('PATCH', `/gifts/${gift}`, { state: 'accepted' })).body.member).toBe('customer-6')
    const use = await after.merchant('PUT', `/coupons/${kept.coupon.code}/order`, { order: 'late', lines: lines(60) })
    expect(use.body).toEqual({ discount: 60, change: 40 })
    expect((await after.audit()).ok).toBe(true)
    after.stop()
  })

  test('is refused while somebody has it open, and for a shop or a number there is not', async () => {
    const data = folder()
    const shop = await live(data, 1)
    expect(() => split(data, 'jej', 32, Date.now())).toThrow(/open in a running server/)
    expect((await shop.ask(() => OPERATOR)('PUT', '/../half', { program: shop.document, origins: [], import: true })).status).toBe(201)
    shop.stop()
    expect(() => split(data, 'half', 32, Date.now())).toThrow('An import is under way')
    const keeper = keep(data, 'books')
    expect(() => split(data, 'jej', 32, Date.now())).toThrow('in use by another server')
    keeper.letGo()
    expect(() => split(data, 'nobody', 32, Date.now())).toThrow('There is no shop "nobody"')
    expect(() => split(data, 'jej', 7, Date.now())).toThrow('32 or 1024')
    const found = shelf(data).find(({ file }) => file.includes('jej'))
    found?.mustBeSame(bookFile(data, 'jej', 0))
    split(data, 'jej', 32, Date.now())
    expect(() => found?.mustBeSame(bookFile(data, 'jej', 0))).toThrow('jej was split meanwhile')
    expect(() => split(data, 'jej', 1024, Date.now())).toThrow('32 books already')
  })
})

// The same things happening to everybody; what each of them has in the end.
async function story(shop: Live) {
  await shopping(shop, 500)
  const { ok, sum, transfers, members } = await shop.audit()
  const entries = (await shop.member('customer-4').get('/me/history')).body.entries.map((entry: { kind: string }) => entry.kind)
  return { ok, sum, transfers, members, entries, balances: await balances(shop) }
}

const balances = async (shop: Story) => {
  const all: number[] = []
  for (const person of people) all.push((await shop.merchant('GET', `/members/${person}`)).body.points.available)
  return all
}

function membersIn(file: string) {
  const sql = openSql(file)
  const rows = sql.all<{ customer: string }>('SELECT customer FROM members ORDER BY id')
  sql.close()
  return rows.map((row) => row.customer)
}

type Live = Awaited<ReturnType<typeof live>>

/** A shop on files, of so many books; or the one there is already, with the keys it was given. */
async function live(data: string, books: number, known?: Story) {
  const clock = () => Date.parse('2026-06-01T10:00:00+09:00')
  const host = open({ data, operatorKey: OPERATOR, clock })
  const shop = await openShop({ fetch: host.fetch, clock, books, ...(known ? { keys: known.keys } : {}) })
  return Object.assign(shop, { stop: () => host.close() })
}
