// Sixty people of one shop and what each of them does, for tests of how many books that is kept in.
import { lines, type Story } from './story.ts'

export const people = Array.from({ length: 60 }, (_, index) => `customer-${index}`)

/** Everybody is given some points and orders something; every other order is shipped, and of the coupons some are taken back, some used. */
export async function shopping(shop: Story, points: number) {
  for (const [index, person] of people.entries()) {
    await shop.grant(person, points + index)
    await shop.place(person, `order-${index}`, 10_000)
    if (index % 2 === 0) await shop.ship(person, `order-${index}`)
    const { coupon } = (await shop.member(person).redeem(200)).body
    if (index % 3 === 0) await shop.member(person).delete(`/me/coupons/${coupon.code}`)
    if (index % 3 === 1) await shop.merchant('PUT', `/coupons/${coupon.code}/order`, { order: `next-${index}`, lines: lines(150) })
  }
}

/** The rows of an export in an order that does not depend on books. */
export const rows = (exported: string) => exported.trimEnd().split('\n').flatMap(sameRows).toSorted()

/** What a line of an export says however many books there are: nothing of their number, and nothing at the end. */
export const sameRows = (line: string) => (line.startsWith('{"table":"end"') ? [] : undivided(line.replace(/,"books":\d+/, '')))

// Each book keeps its part of the answer to a gift to many: a bucket's is the same wherever that is.
function undivided(line: string): string[] {
  if (!line.includes('\\"shares\\":')) return [line]
  const { bucket: _, request, body, ...row } = JSON.parse(line)
  const [route, path, { shares }] = JSON.parse(request)
  return Object.entries(shares).map(([bucket, share]) => JSON.stringify({ ...row, bucket, route, path, share }))
}
