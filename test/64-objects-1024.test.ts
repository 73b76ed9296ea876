// A shop of 1,024 Durable Objects: what concerns one member asks one of them, and what concerns all of them asks each, some at a time.
import { expect, test } from 'vitest'
import { open } from '../server/hosts/node.ts'
import { bookOf, bucketOf } from '../server/rules/code.ts'
import { lines, OPERATOR, openShop, type Story } from './story.ts'

const BOOKS = 1_024
const people = Array.from({ length: 48 }, (_, index) => `customer-${index}`)

test('1,024 objects answer as one book does', { timeout: 180_000 }, async () => {
  const shop = await openShop({ books: BOOKS })
  const host = open({ data: null, operatorKey: OPERATOR, clock: shop.clock })
  const one = await openShop({ fetch: host.fetch, clock: shop.clock, books: 1 })
  expect(new Set(people.map((person) => bookOf(bucketOf(person), BOOKS))).size).toBeGreaterThan(40)
  const [told, same] = [await story(shop), await story(one)]
  expect(told).toEqual(same)
  host.close()
})

async function story(shop: Story) {
  const grant = await shop.merchant('POST', '/grants', { points: 500, reason: 'gift', members: people }, 'gift')
  const again = await shop.merchant('POST', '/grants', { points: 500, reason: 'gift', members: people }, 'gift')
  for (const [index, person] of people.slice(0, 12).entries()) {
    await shop.place(person, `order-${index}`, 10_000)
    const { coupon } = (await shop.member(person).redeem(200, `redeem-${index}`)).body
    if (index % 2 === 0) await shop.merchant('PUT', `/coupons/${coupon.code}/order`, { order: `next-${index}`, lines: lines(150) })
    else await shop.member(person).delete(`/me/coupons/${coupon.code}`)
  }
  const wallets = await Promise.all(people.map(async (person) => (await shop.merchant('GET', `/members/${person}`)).body.points))
  const report = (await shop.merchant('GET', '/report')).body
  const exported = (await shop.books()).trimEnd().split('\n')
  const tables = exported.map((line) => JSON.parse(line).table as string).toSorted()
  const { problems, ...audit } = await shop.audit()
  return {
    statuses: [grant.status, again.status],
    granted: [grant.body, again.body],
    wallets,
    report,
    tables,
    audit,
    problems,
  }
}
