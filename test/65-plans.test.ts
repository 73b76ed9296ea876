// What a request costs does not grow with the book: no statement of any route looks through a table that does, nor sorts more than it
// gives. SQLite itself says how it would go about each.
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test, vi } from 'vitest'
import { routes } from '../server/http/routes.ts'
import { pngOf } from './pictures/files.ts'
import { dresses, photograph, shots } from './pictures/photos.ts'
import { type Asking, lines, type Method, openShop } from './story.ts'

/** Tables that have a row a shop, a key, a program or an index, and what SQLite says of itself. */
const small = ['shop', 'keys', 'programs', 'copies', 'memtables', 'scripts', 'sqlite_master', 'pragma_page_count', 'pragma_page_size']

/** Who is erased is looked for in all answers of the last thirty days, and among the pieces of all pictures: rarely, and knowingly. */
const erasing = [/^DELETE FROM (answers|hashes) WHERE .*asker = \?/, /^DELETE FROM (pieces|photos) WHERE .*customer = \?/]

const program = {
  earning: {
    purchase: { percent: 1, award: 'placed' },
    ...{ review: { points: 10 }, photo: { points: 10, perDay: 5 }, prizes: [500] },
    follow: { points: 10, accounts: { x: 'https://x.com/shop' } },
  },
  redeeming: { checkout: { max: null }, coupon: { life: 'P30D' }, gifts: [{ id: 'pin', title: 'Pin', points: 50 }] },
  sellers: { percent: 2, from: '2020-07-31T00:00:00+09:00', badge: { label: '2%' } },
  expiry: { life: 'P1Y' },
}

/** Every statement that was prepared since, by its text. */
function heard(): Map<string, DatabaseSync> {
  const statements = new Map<string, DatabaseSync>()
  const { prepare } = DatabaseSync.prototype
  vi.spyOn(DatabaseSync.prototype, 'prepare').mockImplementation(function (this: DatabaseSync, sql: string) {
    if (/^(SELECT|INSERT|UPDATE|DELETE)/.test(sql)) statements.set(sql, this)
    return prepare.call(this, sql)
  })
  onTestFinished(() => void vi.restoreAllMocks())
  return statements
}

test('no statement of a request looks through a table, or sorts more than it gives', async () => {
  const statements = heard()
  const shop = await openShop({ program })
  onTestFinished(shop.close)
  const asked = await everything(shop)
  const wanted = routes.filter(({ whole, lines, imports }) => !whole && !lines && !imports).map(({ method, path }) => `${method} ${path}`)
  expect([...asked].sort()).toEqual(wanted.sort())
  vi.restoreAllMocks()
  const offences = [...statements].flatMap(([sql, database]) => {
    // What a row that is put in may be wanted for is looked at only where a row was missing before.
    if (/^INSERT INTO \w+ \([^)]*\)\s+VALUES/.test(sql) || erasing.some((known) => known.test(sql))) return []
    const plan = database
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all()
      .map(({ detail }) => `${detail}`)
    const scanned = plan.filter(
      (step) => /^SCAN (?!json_each|CONSTANT|\d+-ROW|new\b)/.test(step) && !small.includes(step.split(' ')[1] ?? ''),
    )
    const sorted = sql.includes(' LIMIT ') ? plan.filter((step) => step.includes('TEMP B-TREE')) : []
    return [...scanned, ...sorted].map((step) => `${step}: ${sql.replaceAll(/\s+/g, ' ')}`)
  })
  expect(offences).toEqual([])
  expect(statements.size).toBeGreaterThan(80)
})

type Shop = Awaited<ReturnType<typeof openShop>>

/** Asks every route once or more, so that its act has something to do. Gives which were asked. */
async function everything(shop: Shop): Promise<Set<string>> {
  const asked = new Set<string>()
  const note = (method: Method, path: string) => {
    const plain = path.replace(/\?.*/, '').split('/')
    const found = routes.find((route) => {
      const parts = route.path.split('/')
      return (
        route.method === method.toLowerCase() &&
        parts.length === plain.length &&
        parts.every((part, index) => part.startsWith('{') || part === plain[index])
      )
    })
    if (found) asked.add(`${found.method} ${found.path}`)
  }
  const by = (asking: Asking) => async (method: Method, path: string, body?: unknown) => {
    note(method, path)
    const answer = await asking(method, path, body)
    if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.text}`)
    return answer.body
  }
  const merchant = by(shop.merchant)
  const guest = by(shop.guest)
  const me = by(shop.ask(() => shop.token('hana')))
  await merchant('PUT', '/members/hana', { name: 'Hana' })
  await merchant('POST', '/members/hana/grants', { points: 5_000, reason: 'gift', expiresAt: '2027-01-01T00:00:00Z' })
  await merchant('POST', '/grants', { points: 10, reason: 'gift', members: ['hana', 'yuki'] })
  await merchant('PUT', '/sellers/s1', { name: 'S', joinedAt: '2026-01-01T00:00:00Z' })
  await merchant('GET', '/sellers/s1')
  await merchant('PUT', '/products/dress', { title: 'Dress', price: 900, seller: 's1', buyBox: true })
  await merchant('PUT', '/products/cup', { title: 'Cup', price: 900, seller: 's1', percent: 1 })
  await merchant('GET', '/products/cup')
  await merchant('DELETE', '/products/cup')
  await guest('GET', '/badges?sku=dress')
  await guest('GET', '/program')
  await guest('POST', '/quotes', { lines: lines(900) })
  await me('GET', '/me')
  const coupon = async () => (await me('POST', '/me/coupons', { points: 300 })).coupon.code
  const [back, void_, used] = [await coupon(), await coupon(), await coupon()]
  await me('DELETE', `/me/coupons/${back}`)
  await merchant('DELETE', `/coupons/${void_}`)
  await merchant('GET', `/coupons/${used}`)
  await merchant('POST', `/coupons/${used}/check`, { lines: lines(900) })
  await merchant('PUT', `/coupons/${used}/order`, { order: 'o1', lines: lines(900) })
  await merchant('PUT', '/members/hana/orders/o1/points', { points: 40, lines: lines(900) })
  const order = { placedAt: new Date(shop.clock()).toISOString(), lines: [{ ...lines(900)[0], seller: 's1' }], codes: [used] }
  const report = (changes: object) =>
    merchant('PUT', '/members/hana/orders/o1', { ...order, updatedAt: new Date(shop.clock()).toISOString(), ...changes })
  await report({ state: 'placed' })
  shop.later(60_000)
  await report({ state: 'shipped', shippedAt: new Date(shop.clock()).toISOString() })
  await me('GET', '/me/orders/o1')
  await me('GET', '/me/history')
  await me('GET', `/me/history?before=${encodeURIComponent(new Date(shop.clock()).toISOString())}`)
  await me('GET', '/me/coupons')
  await me('GET', '/me/coupons?state=used')
  await me('PUT', '/me/follows/x')
  await merchant('DELETE', '/members/hana/follows/x')
  const review = await me('POST', '/me/reviews', { order: 'o1', sku: 'dress', rating: 5, text: 'Lovely' })
  await merchant('GET', '/reviews?state=accepted')
  await guest('GET', '/products/dress/reviews')
  await merchant('PATCH', `/reviews/${review.id}`, { state: 'declined' })
  const form = (variant: string) => {
    const it = new FormData()
    it.set('photo', new Blob([pngOf(photograph(dresses.rose!, shots[variant]!, 1, 72))]), 'photo.png')
    return it
  }
  const photo = await me('POST', '/me/photos', form('close, in a room'))
  await guest('GET', '/gallery')
  await merchant('GET', '/photos?state=accepted')
  await guest('GET', `/photos/${photo.id}`)
  await merchant('PATCH', `/photos/${photo.id}`, { state: 'accepted' })
  await merchant('PUT', '/prizes/2026-06', { photos: [photo.id] })
  const gift = async () => (await me('POST', '/me/gifts', { gift: 'pin' })).id
  const [kept, withdrawn] = [await gift(), await gift()]
  await me('DELETE', `/me/gifts/${withdrawn}`)
  await merchant('GET', '/gifts')
  await merchant('PATCH', `/gifts/${kept}`, { state: 'accepted' })
  shop.later(40 * 86_400_000)
  await merchant('GET', '/members/hana')
  await report({ state: 'cancelled', updatedAt: new Date(shop.clock()).toISOString() })
  await merchant('DELETE', '/members/hana/orders/o1/points')
  const failed = await coupon()
  await merchant('PUT', `/coupons/${failed}/order`, { order: 'o2', lines: lines(900) })
  await merchant('DELETE', `/coupons/${failed}/order`)
  shop.later(400 * 86_400_000)
  await merchant('GET', '/members/yuki')
  await merchant('DELETE', '/members/hana')
  return asked
}
