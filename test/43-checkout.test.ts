// Checkout: what a coupon takes off, the one order it serves, and its way back.
import { expect, test } from 'vitest'
import { DAY, lines, openShop } from './story.ts'

async function withCoupon(program: object = {}, points = 500) {
  const shop = await openShop({ program })
  await shop.grant('c1', 5000)
  const another = async (count = points): Promise<string> => (await shop.member('c1').redeem(count)).body.coupon.code
  const code = await another()
  const cart = (price: number, more: object = {}) => ({ lines: lines(price), ...more })
  return {
    ...{ shop, code, another, cart },
    check: async (body: object, of = code) => (await shop.merchant('POST', `/coupons/${of}/check`, body)).body,
    use: (order: string, body: object, of = code) => shop.merchant('PUT', `/coupons/${of}/order`, { order, ...body }),
    release: (of = code) => shop.merchant('DELETE', `/coupons/${of}/order`),
    coupon: async (of = code) => (await shop.merchant('GET', `/coupons/${of}`)).body,
    points: async () => (await shop.member('c1').wallet()).points,
  }
}

test('a check says what the coupon would take off, and moves nothing', async () => {
  const { shop, cart, check } = await withCoupon()
  const before = await shop.export()
  expect(await check(cart(10_000))).toEqual({ usable: true, discount: 500, change: 0, reasons: [] })
  expect(await check(cart(300))).toEqual({ usable: true, discount: 300, change: 200, reasons: [] })
  expect(await check(cart(0))).toEqual({ usable: false, discount: 0, change: 0, reasons: ['not-eligible'] })
  expect(await check({ lines: [] })).toEqual({ usable: false, discount: 0, change: 0, reasons: ['not-eligible'] })
  expect(await shop.export()).toBe(before)
})

test('J10 · a coupon used for somebody else’s order is a discount of that order, and what its row says earns nothing', async () => {
  const { shop, cart, use, code } = await withCoupon()
  expect((await use('o1', cart(10_000, { member: 'c2' }))).body).toMatchObject({ code: 'coupon-not-usable' })
  expect((await use('o1', cart(10_000))).body).toEqual({ discount: 500, change: 0 })
  expect((await shop.place('c2', 'o1', 10_000, { codes: [code], discounts: [{ code, amount: 500 }] })).body).toMatchObject({ points: 95 })
  expect((await shop.audit()).ok).toBe(true)
})

test('a coupon serves one order: the same again gets the same answer, another is refused', async () => {
  const { shop, cart, use, coupon, check } = await withCoupon()
  const first = await use('o1', cart(10_000))
  expect([first.status, first.body]).toEqual([200, { discount: 500, change: 0 }])
  const again = await use('o1', cart(10_000))
  expect([again.status, again.text]).toEqual([200, first.text])
  expect((await use('o2', cart(10_000))).body).toMatchObject({ status: 409, code: 'coupon-not-open', state: 'used' })
  expect(await check(cart(10_000))).toEqual({ usable: false, discount: 0, change: 0, reasons: ['coupon-not-open'] })
  expect(await coupon()).toMatchObject({ state: 'used', order: 'o1', discount: 500, member: 'c1' })
  expect((await shop.member('c1').delete(`/me/coupons/${(await coupon()).code}`)).body).toMatchObject({
    code: 'coupon-not-open',
    state: 'used',
  })
  expect((await shop.audit()).ok).toBe(true)
})

test('what a ¥300 cart left of a ¥500 coupon is back in the balance', async () => {
  const { shop, cart, use, points } = await withCoupon()
  expect((await use('o1', cart(300))).body).toEqual({ discount: 300, change: 200 })
  expect(await points()).toEqual({ available: 4700, pending: 0, held: 0, debt: 0 })
  const kinds = (await shop.member('c1').get('/me/history')).body.entries.map((entry: { kind: string; points: number }) => [
    entry.kind,
    entry.points,
  ])
  expect(kinds).toEqual([
    ['release', 200],
    ['spend', 300],
    ['hold', 500],
    ['grant', 5000],
  ])
})

test('codes are read as people type them', async () => {
  const { code, cart, check } = await withCoupon()
  for (const typed of [
    code.toLowerCase(),
    `${code.slice(0, 8)}-${code.slice(8)}`,
    ` ${code} `,
    code.replaceAll('0', 'o').replaceAll('1', 'l'),
  ])
    expect((await check(cart(1000), encodeURIComponent(typed))).usable).toBe(true)
})

test('a mistyped code is found nowhere', async () => {
  const { shop, code } = await withCoupon()
  const wrong = code.slice(0, 9) + (code[9] === '7' ? '8' : '7') + code.slice(10)
  for (const typed of [wrong, code.slice(1), `${code}0`, 'x', '%00', "'; DROP TABLE coupons"])
    expect((await shop.merchant('GET', `/coupons/${encodeURIComponent(typed)}`)).body).toMatchObject({ status: 404, code: 'not-found' })
})

test('excluded lines cannot be paid for with points, the others can', async () => {
  const { check } = await withCoupon({ redeeming: { exclude: { tags: ['early-bird'] } } })
  const early = { id: '2', sku: 'coat', price: 9000, quantity: 1, tags: ['early-bird', 'new'] }
  expect(await check({ lines: [early] })).toMatchObject({ usable: false, reasons: ['not-eligible'] })
  expect(await check({ lines: [early, ...lines(120)] })).toEqual({ usable: true, discount: 120, change: 380, reasons: [] })
})

test('shipping is paid for with points only where the program says so', async () => {
  const plain = await withCoupon()
  expect(await plain.check(plain.cart(100, { shipping: 800 }))).toMatchObject({ discount: 100 })
  const generous = await withCoupon({ redeeming: { shipping: true } })
  expect(await generous.check(generous.cart(100, { shipping: 800 }))).toMatchObject({ discount: 500 })
})

test('S9 · a coupon pays for nothing tagged early-bird, whether the cart says so or the catalogue', async () => {
  const { shop, code, cart, check, use } = await withCoupon({ redeeming: { exclude: { tags: ['early-bird'] } } })
  const early = { id: '2', sku: 'soon', price: 10_000, quantity: 1 }
  const tagged = { lines: [{ ...early, tags: ['early-bird'] }] }
  const none = { usable: false, discount: 0, change: 0, reasons: ['not-eligible'] }
  expect(await check(tagged)).toEqual(none)
  expect(await check({ lines: [early] })).toMatchObject({ usable: true })
  await shop.merchant('PUT', '/products/soon', { title: 'Soon', price: 10_000, tags: ['early-bird'] })
  expect(await check({ lines: [early] })).toEqual(none)
  expect((await use('o1', { lines: [early] })).body).toMatchObject({ status: 409, reasons: ['not-eligible'] })
  const mixed = { lines: [...cart(300).lines, early] }
  expect((await use('o1', mixed)).body).toEqual({ discount: 300, change: 200 })
  // As the order's report has it, which knows the catalogue, too.
  const { body } = await shop.report('c1', 'o1', { ...mixed, codes: [code] })
  expect(body.lines.map(({ paid, why }: { paid: number; why: string | null }) => [paid, why])).toEqual([
    [0, 'paid-with-points'],
    [10_000, null],
  ])
  expect((await shop.audit()).ok).toBe(true)
})

test('beside the shop’s own codes a coupon works only where the program says so', async () => {
  const plain = await withCoupon()
  expect(await plain.check(plain.cart(1000, { codes: ['SUMMER'] }))).toMatchObject({ usable: false, reasons: ['coupon-not-usable'] })
  expect((await plain.use('o1', plain.cart(1000, { codes: ['SUMMER'] }))).body).toMatchObject({ status: 409, code: 'coupon-not-usable' })
  expect(await plain.check(plain.cart(1000, { codes: [plain.code] }))).toMatchObject({ usable: true })
  const generous = await withCoupon({ redeeming: { withOtherCodes: true } })
  expect(await generous.check(generous.cart(1000, { codes: ['SUMMER'] }))).toMatchObject({ usable: true, discount: 500 })
})

test('two coupons of a member on one order never take off more than it costs', async () => {
  const { shop, code, another, cart, use, points } = await withCoupon()
  const second = await another()
  const body = cart(600, { codes: [code, second] })
  const taken = [await use('o1', body), await use('o1', body, second)].map((answer) => answer.body)
  expect(taken.reduce((sum, { discount }) => sum + discount, 0)).toBe(600)
  expect(taken.reduce((sum, { change }) => sum + change, 0)).toBe(400)
  expect(await points()).toEqual({ available: 4400, pending: 0, held: 0, debt: 0 })
  expect((await use('o1', cart(600), await another())).body).toMatchObject({
    ...{ status: 409, reasons: ['not-eligible'] },
    detail: 'Nothing in this cart may be paid for with points.',
  })
  expect((await shop.audit()).ok).toBe(true)
})

test('a coupon is of no use to another member', async () => {
  const { shop, cart, check, use } = await withCoupon()
  await shop.grant('c2', 10)
  const before = await shop.export()
  expect(await check(cart(1000, { member: 'c2' }))).toMatchObject({ usable: false, discount: 0, change: 0, reasons: ['coupon-not-usable'] })
  expect((await use('o1', cart(1000, { member: 'c2' }))).body).toMatchObject({
    ...{ status: 409, code: 'coupon-not-usable' },
    detail: 'The coupon cannot be used with these codes, or by this member.',
  })
  expect(await shop.export()).toBe(before)
  expect((await use('o1', cart(1000, { member: 'c1' }))).status).toBe(200)
})

test('a failed checkout opens the coupon again, for another order', async () => {
  const { shop, cart, use, release, points } = await withCoupon()
  await use('o1', cart(300))
  const released = await release()
  expect([released.status, released.body]).toMatchObject([200, { state: 'open', points: 500, order: null, discount: null }])
  expect((await release()).body.state).toBe('open')
  expect(await points()).toEqual({ available: 4500, pending: 0, held: 500, debt: 0 })
  expect((await use('o2', cart(10_000))).body).toEqual({ discount: 500, change: 0 })
  expect((await shop.audit()).ok).toBe(true)
})

test('a released coupon is worth less by the change that was spent meanwhile, never the books more', async () => {
  const { shop, cart, use, release, points } = await withCoupon()
  await use('o1', cart(300))
  expect((await shop.member('c1').redeem(4700)).status).toBe(201)
  expect((await release()).body).toMatchObject({ state: 'open', points: 300, value: 300 })
  expect(await points()).toEqual({ available: 0, pending: 0, held: 5000, debt: 0 })
  expect((await shop.audit()).ok).toBe(true)
})

test('a void coupon gives its points back and stays closed', async () => {
  const { shop, code, cart, use, release, points } = await withCoupon()
  const voided = await shop.merchant('DELETE', `/coupons/${code}`)
  expect([voided.status, voided.body.state]).toEqual([200, 'returned'])
  expect((await points()).available).toBe(5000)
  for (const answer of [await shop.merchant('DELETE', `/coupons/${code}`), await use('o1', cart(1000)), await release()])
    expect(answer.body).toMatchObject({ status: 409, code: 'coupon-not-open', state: 'returned' })
})

test('a used coupon cannot be voided', async () => {
  const { shop, code, cart, use } = await withCoupon()
  await use('o1', cart(1000))
  expect((await shop.merchant('DELETE', `/coupons/${code}`)).body).toMatchObject({ status: 409, state: 'used' })
})

test('cancelling the order gives back the points its coupon cost', async () => {
  const { shop, cart, use, coupon, points } = await withCoupon()
  await use('o1', cart(10_000))
  await shop.place('c1', 'o1', 10_000)
  await shop.cancel('c1', 'o1')
  expect(await points()).toEqual({ available: 5000, pending: 0, held: 0, debt: 0 })
  expect(await coupon()).toMatchObject({ state: 'returned', order: 'o1' })
  expect((await use('o2', cart(10_000))).body).toMatchObject({ status: 409, state: 'returned' })
})

test('an order that comes back from cancelled has used its coupon after all', async () => {
  const { shop, cart, use, coupon, points } = await withCoupon()
  await use('o1', cart(10_000))
  await shop.place('c1', 'o1', 10_000)
  await shop.cancel('c1', 'o1')
  await shop.report('c1', 'o1', { state: 'placed' })
  expect(await points()).toEqual({ available: 4500, pending: 95, held: 0, debt: 0 })
  expect(await coupon()).toMatchObject({ state: 'used', order: 'o1', discount: 500 })
})

test('an order reported with a code that nobody used at checkout has used it', async () => {
  const { shop, code, cart, use, coupon, points } = await withCoupon()
  await shop.place('c1', 'o1', 300, { codes: [code.toLowerCase()] })
  expect(await coupon()).toMatchObject({ state: 'used', order: 'o1', discount: 300 })
  expect(await points()).toMatchObject({ available: 4700, held: 0 })
  expect((await use('o2', cart(1000))).body).toMatchObject({ status: 409, state: 'used' })
})

test('the merchant’s own figure of what the code took off counts', async () => {
  const { shop, code, coupon } = await withCoupon()
  await shop.place('c1', 'o1', 10_000, { discounts: [{ code, amount: 120 }] })
  expect(await coupon()).toMatchObject({ state: 'used', discount: 120 })
})

const inReport: [how: string, atCheckout: boolean, named: (code: string) => object][] = [
  ['used at checkout, before the report', true, () => ({})],
  ['named in the report’s codes', false, (code) => ({ codes: [code] })],
  ['named in the report’s discounts', false, (code) => ({ discounts: [{ code, amount: 500 }] })],
  ['all of these', true, (code) => ({ codes: [code], discounts: [{ code, amount: 500 }] })],
]

test.each(inReport)('J10: the part of an order paid with a coupon earns nothing: %s', async (_, atCheckout, named) => {
  const { shop, code, cart, use } = await withCoupon()
  if (atCheckout) await use('o1', cart(10_000))
  expect((await shop.place('c1', 'o1', 10_000, named(code))).body).toMatchObject({
    points: 95,
    lines: [{ paid: 9500, points: 95, why: null }],
  })
})

test('J10: a use reported late lowers what the order earned already', async () => {
  const { shop, cart, use, points, release } = await withCoupon()
  await shop.place('c1', 'o1', 10_000)
  await shop.ship('c1', 'o1')
  shop.later(8 * DAY)
  expect(await points()).toMatchObject({ available: 4600, held: 500 })
  await use('o1', cart(10_000))
  expect(await points()).toMatchObject({ available: 4595, held: 0 })
  await release()
  expect(await points()).toMatchObject({ available: 4600, held: 500 })
  expect((await shop.audit()).ok).toBe(true)
})

test('an order wholly paid with points earns nothing, and says why', async () => {
  const { shop, cart, use } = await withCoupon()
  await use('o1', cart(500))
  expect((await shop.place('c1', 'o1', 500)).body).toMatchObject({
    points: 0,
    state: 'void',
    lines: [{ paid: 0, why: 'paid-with-points' }],
  })
})

test('a coupon that ran out is refused, and its points are back', async () => {
  const { shop, cart, use, check, points } = await withCoupon({ redeeming: { coupon: { life: 'P30D' } } })
  shop.later(30 * DAY)
  expect(await check(cart(1000))).toMatchObject({ usable: false, reasons: ['coupon-not-open'] })
  expect((await use('o1', cart(1000))).body).toMatchObject({ status: 409, state: 'expired' })
  expect(await points()).toMatchObject({ available: 5000, held: 0 })
})
