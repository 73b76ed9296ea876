// The member's side: redeem, take back, history, receipts, quotes; the shop's grants; and the keys that make a repeat harmless.
import { expect, test } from 'vitest'
import { DAY, lines, openShop, type Reply, type Story } from './story.ts'

async function withPoints(points: number, program: object = {}) {
  const shop = await openShop({ program })
  await shop.grant('c1', points)
  return { shop, member: shop.member('c1') }
}

test('points become a coupon, and the answer is the whole new wallet', async () => {
  const { member } = await withPoints(5000)
  const { status, body } = await member.redeem(500)
  expect(status).toBe(201)
  expect(body.coupon).toEqual({
    ...{ code: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{16}$/), points: 500, value: 500, currency: 'JPY', state: 'open' },
    ...{ issuedAt: '2026-06-01T01:00:00.000Z', expiresAt: null, order: null, discount: null },
  })
  expect(body.wallet).toEqual(await member.wallet())
  expect(body.wallet.points).toEqual({ available: 4500, pending: 0, held: 500, debt: 0 })
  expect(body.wallet.coupons).toEqual([body.coupon])
})

test('a coupon taken back gives its points back, once', async () => {
  const { shop, member } = await withPoints(5000)
  const { code } = (await member.redeem(5000)).body.coupon
  const { status, body } = await member.delete(`/me/coupons/${code.toLowerCase().replace(/(.{4})(?=.)/g, '$1-')}`)
  expect([status, body.wallet.points.available, body.wallet.coupons[0].state]).toEqual([200, 5000, 'returned'])
  expect((await member.delete(`/me/coupons/${code}`)).body).toMatchObject({ status: 409, code: 'coupon-not-open', state: 'returned' })
  expect((await member.wallet()).points.available).toBe(5000)
  expect((await shop.audit()).ok).toBe(true)
})

test('nobody takes back what is another member’s, not even learns that it exists', async () => {
  const { shop, member } = await withPoints(500)
  const { code } = (await member.redeem(500)).body.coupon
  const theirs = await shop.member('c2').delete(`/me/coupons/${code}`)
  const nobodys = await shop.member('c2').delete('/me/coupons/0000000000000000')
  expect(theirs.status).toBe(404)
  expect(theirs.text).toBe(nobodys.text)
  expect((await member.wallet()).points.held).toBe(500)
})

test('the program says how large a coupon may be, and in which steps', async () => {
  const { member } = await withPoints(5000, { redeeming: { coupon: { min: 100, max: 1000, step: 50, life: 'P30D', prefix: 'JJ' } } })
  for (const points of [99, 1001, 125]) expect((await member.redeem(points)).body).toMatchObject({ status: 422, code: 'out-of-range' })
  const { coupon } = (await member.redeem(150)).body
  expect(coupon).toMatchObject({ points: 150, expiresAt: '2026-07-01T01:00:00.000Z', code: expect.stringMatching(/^JJ.{16}$/) })
})

test('more than the balance is refused, and says what there is', async () => {
  const { member } = await withPoints(499)
  expect((await member.redeem(500)).body).toMatchObject({ status: 409, code: 'insufficient-points', available: 499 })
})

test('pending points cannot be redeemed before their day', async () => {
  const shop = await openShop()
  const member = shop.member('c1')
  await shop.place('c1', 'o1', 10_000)
  await shop.ship('c1', 'o1')
  shop.later(7 * DAY - 1)
  expect((await member.redeem(100)).status).toBe(409)
  shop.later(1)
  expect((await member.redeem(100)).status).toBe(201)
})

test('the history is read a page at a time, newest first, every entry once', async () => {
  const { member } = await withPoints(5000)
  const points = Array.from({ length: 45 }, (_, index) => index + 1)
  for (const count of points) await member.redeem(count)
  const seen: number[] = []
  const pages: number[] = []
  let next: string | null = ''
  while (next !== null) {
    const { body }: Reply = await member.get(`/me/history${next ? `?before=${next}` : ''}`)
    pages.push(body.entries.length)
    seen.push(...body.entries.map((entry: { points: number }) => entry.points))
    next = body.next
  }
  expect(pages).toEqual([20, 20, 6])
  expect(seen).toEqual([...points.toReversed(), 5000])
})

test('the coupons that a wallet has no room for are read a page at a time, all of them or those of one state', async () => {
  const { shop, member } = await withPoints(9000)
  const codes: string[] = []
  for (let points = 1; points <= 125; points++) codes.push((await member.redeem(points)).body.coupon.code)
  for (const index of [3, 30, 124]) await member.delete(`/me/coupons/${codes[index]}`)
  const wallet = await member.wallet()
  const shown = wallet.coupons.map(({ code }: { code: string }) => code)
  expect([shown.length, shown.includes(codes[0])]).toEqual([101, false])
  const read = async (query: string) => {
    const pages: string[][] = []
    for (let next: string | null = ''; next !== null; ) {
      const { body }: Reply = await member.get(`/me/coupons${query}${next && `${query ? '&' : '?'}before=${next}`}`)
      pages.push(body.coupons.map(({ code }: { code: string }) => code))
      next = body.next
    }
    return pages
  }
  const all = await read('')
  expect(all.map(({ length }) => length)).toEqual([20, 20, 20, 20, 20, 20, 5])
  expect(all.flat()).toEqual(codes.toReversed())
  const open = await read('?state=open')
  expect(open.flat()).toEqual(codes.filter((_, index) => ![3, 30, 124].includes(index)).toReversed())
  expect((await member.get('/me/coupons?state=returned')).body).toMatchObject({
    coupons: [{ points: 125 }, { points: 31 }, { points: 4 }],
    next: null,
  })
  expect((await member.get('/me/coupons')).body.coupons[0]).toEqual(wallet.coupons[0])
  expect((await shop.member('c2').get('/me/coupons')).body).toEqual({ coupons: [], next: null })
})

test('a page that ends with the first coupon says so, and what has run out by now is said to have', async () => {
  const shop = await openShop({ program: { redeeming: { coupon: { life: 'P1D' } } } })
  await shop.grant('c1', 100)
  for (let points = 0; points < 20; points++) await shop.member('c1').redeem(1)
  const page = (await shop.member('c1').get('/me/coupons')).body
  expect([page.coupons.length, page.next]).toEqual([20, null])
  shop.later(2 * DAY)
  expect((await shop.member('c1').get('/me/coupons?state=open')).body.coupons).toEqual([])
  expect((await shop.member('c1').get('/me/coupons?state=expired')).body.coupons).toHaveLength(20)
})

test.each(['before=0', 'before=x', 'state=lost'])('"%s" is no page of coupons', async (query) => {
  const { member } = await withPoints(1)
  expect((await member.get(`/me/coupons?${query}`)).body).toMatchObject({ status: 400, code: 'invalid-request' })
})

test('another member’s page of coupons is no page of mine', async () => {
  const { shop, member } = await withPoints(100)
  // In a book of its own the numbers begin anew.
  for (let points = 1; points <= 30; points++) await shop.grant('c2', points)
  for (const person of [member, shop.member('c2')]) {
    for (let points = 0; points < 21; points++) await person.redeem(1)
  }
  const { next } = (await shop.member('c2').get('/me/coupons')).body
  const mine = (await member.get('/me/coupons')).body.next
  for (const before of [next, mine]) expect((await member.get(`/me/coupons?before=${before}`)).status).toBe(before === mine ? 200 : 400)
})

test.each(['0', '-1', '1.5', 'x', '1e3', '99999999999999999999', '%27'])('"%s" is no page of the history', async (before) => {
  const { member } = await withPoints(1)
  expect((await member.get(`/me/history?before=${before}`)).body).toMatchObject({ status: 400, code: 'invalid-request' })
})

test('another member’s page is no page of mine', async () => {
  const { shop, member } = await withPoints(1)
  for (let points = 1; points <= 30; points++) await shop.grant('c2', points)
  const { next } = (await shop.member('c2').get('/me/history')).body
  expect((await member.get(`/me/history?before=${next}`)).status).toBe(400)
})

test('a receipt is its buyer’s alone', async () => {
  const shop = await openShop()
  await shop.place('c1', 'o1', 10_000)
  expect((await shop.member('c1').get('/me/orders/o1')).body).toMatchObject({
    order: 'o1',
    points: 100,
    state: 'waiting',
    waitsFor: 'shipment',
  })
  expect((await shop.member('c2').get('/me/orders/o1')).body).toMatchObject({ status: 404, code: 'not-found' })
})

test('anyone is told what a cart would earn, and nothing is kept of it', async () => {
  const shop = await openShop()
  const before = await shop.export()
  const { body } = await shop.guest('POST', '/quotes', { lines: lines(10_000), shipping: 800, payment: 'card' }, null)
  expect(body).toMatchObject({
    order: null,
    program: 1,
    points: 100,
    lines: [{ id: '1', paid: 10_000, percent: 1, points: 100, why: null }],
  })
  expect(await shop.export()).toBe(before)
})

test('a grant is available at once and shows in the history with its reason', async () => {
  const shop = await openShop()
  const { status, body } = await shop.grant('c1', 5001, { reason: 'sorry', expiresAt: '2026-12-31T23:59:59+09:00' })
  expect([status, body.granted, body.wallet.points.available]).toEqual([201, 5001, 5001])
  expect(body.wallet.expiring).toEqual([{ points: 5001, at: '2026-12-31T14:59:59.000Z' }])
  expect((await shop.member('c1').get('/me/history')).body.entries).toEqual([
    { at: '2026-06-01T01:00:00.000Z', kind: 'grant', points: 5001, note: 'sorry' },
  ])
})

test('a gift to many reaches each once, however often one is named or the call repeated', async () => {
  const shop = await openShop()
  const gift = { points: 300, reason: 'launch', members: ['a', 'b', 'a', 'c'] }
  const answers = [await shop.merchant('POST', '/grants', gift, 'launch'), await shop.merchant('POST', '/grants', gift, 'launch')]
  expect(answers.map(({ status, text }) => [status, text])).toEqual([
    [201, '{"granted":3}'],
    [201, '{"granted":3}'],
  ])
  for (const id of ['a', 'b', 'c']) expect((await shop.member(id).wallet()).points.available).toBe(300)
})

test('a gift to many is all or nothing', async () => {
  const shop = await openShop()
  const before = await shop.books()
  for (const members of [[], ['a', ''], ['a', 'b\u0000'], ['a', null], 'a', Array(10_001).fill('a')])
    expect((await shop.merchant('POST', '/grants', { points: 1, reason: 'x', members })).status).toBe(400)
  expect((await shop.merchant('POST', '/grants', { points: 0, reason: 'x', members: ['a'] })).status).toBe(422)
  expect(await shop.books()).toBe(before)
})

const keyed: [route: string, ask: (shop: Story, points: number, key: string | null) => Promise<Reply>][] = [
  ['POST /me/coupons', (shop, points, key) => shop.member('c1').redeem(points, key)],
  ['POST /members/{member}/grants', (shop, points, key) => shop.merchant('POST', '/members/c1/grants', { points, reason: 'gift' }, key)],
  ['POST /grants', (shop, points, key) => shop.merchant('POST', '/grants', { points, reason: 'gift', members: ['c1'] }, key)],
]

test.each(keyed)('%s: the same key and body again gives the same answer, byte for byte, and moves nothing', async (_, ask) => {
  const { shop } = await withPoints(5000)
  const first = await ask(shop, 500, 'k')
  const before = await shop.export()
  shop.later(400 * DAY)
  await shop.newProgram({ redeeming: { coupon: { max: 1 } } })
  const again = await ask(shop, 500, 'k')
  expect([again.status, again.text]).toEqual([first.status, first.text])
  expect(first.status).toBe(201)
  expect(transfers(await shop.export())).toEqual(transfers(before))
})

test.each(keyed)('%s: the same key with another body is refused', async (_, ask) => {
  const { shop } = await withPoints(5000)
  await ask(shop, 500, 'k')
  const before = await shop.export()
  expect((await ask(shop, 501, 'k')).body).toMatchObject({ status: 422, code: 'idempotency-key-reused' })
  expect(await shop.export()).toBe(before)
})

test.each(keyed)('%s: without a key nothing moves', async (_, ask) => {
  const { shop } = await withPoints(5000)
  const before = await shop.export()
  expect((await ask(shop, 500, null)).body).toMatchObject({ status: 400, code: 'idempotency-key-missing' })
  for (const key of ['', ' ', 'a b', 'é', 'k'.repeat(256)]) expect((await ask(shop, 500, key)).status).toBe(400)
  expect(await shop.export()).toBe(before)
})

test.each(keyed)('%s: a refusal is kept under its key as well', async (route, ask) => {
  const { shop } = await withPoints(400)
  const points = route === 'POST /me/coupons' ? 500 : 0
  const first = await ask(shop, points, 'k')
  await shop.grant('c1', 5000)
  const again = await ask(shop, points, 'k')
  expect([first.status, first.text]).toEqual([again.status, again.text])
  expect([409, 422]).toContain(first.status)
  expect(first.headers.get('Content-Type')).toBe(again.headers.get('Content-Type'))
})

test('a request that was not understood does not spend its key', async () => {
  const { member } = await withPoints(500)
  expect((await member.redeem('500', 'k')).status).toBe(400)
  expect((await member.redeem(500, 'k')).status).toBe(201)
})

test('keys belong to their asker: two members and the shop may use the same one', async () => {
  const { shop, member } = await withPoints(500)
  expect((await shop.grant('c2', 500)).status).toBe(201)
  expect((await member.redeem(500, 'k')).status).toBe(201)
  expect((await shop.member('c2').redeem(500, 'k')).status).toBe(201)
  expect((await shop.merchant('POST', '/grants', { points: 1, reason: 'x', members: ['c1'] }, 'k')).status).toBe(201)
})

const transfers = (text: string) => text.split('\n').filter((line) => line.includes('"table":"transfers"'))
