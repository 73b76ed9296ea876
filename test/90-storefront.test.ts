// The demo storefront as a merchant: what it must not give away, and what it does when something goes wrong on the way to an order.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { texts } from '../demo/text.ts'
import { demoOfEach, openAgain } from './demos.ts'
import { visitorOf } from './visitor.ts'

const here = demoOfEach()

it('carries the tag on every page, with a token for who is signed in and none for a guest', async () => {
  const guest = visitor()
  expect(await guest.get('/collection')).toContain('<script async src="/muse.js" data-shop="jej"></script>')
  expect((await guest.ask('/muse-token')).status).toBe(204)

  const mina = await member()
  await mina.post('/cart', { piece: 'dusk-postcard.wine', size: 'free' })
  expect(await mina.get('/points')).toMatch(/data-shop="jej" data-token="ey[\w.-]+" data-token-url="\/muse-token" data-cart-total="330"/)
})

it('says on its first page what it is, where to begin, and which line a merchant pastes', async () => {
  for (const [language, programme] of [
    ['en', 'jej'],
    ['ja', 'solaris'],
  ] as const) {
    const guest = visitor()
    await guest.post('/desk/programme', { programme })
    const page = await guest.get(`/?lang=${language}`)
    const { what, signIn, widget } = texts[language].introduction
    const [, said = ''] = /<aside class="introduction"(.*?)<\/aside>/s.exec(page) ?? []
    for (const words of [what, signIn, widget, 'href="/login?to=/desk"', 'href="/desk"']) expect(said).toContain(words)
    // It is the very line of this page, as one would read it.
    const [, line = ''] = /<code>(.*?)<\/code>/.exec(said) ?? []
    expect(page).toContain(line.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"'))
    expect(line).toContain(programme)
  }
  const mina = await member()
  expect(await mina.get('/')).toContain(texts.en.introduction.signedIn('Mina'))
  expect(await mina.get('/collection')).not.toContain('class="introduction"')
})

it('keeps its keys to itself', async () => {
  const mina = await member()
  const { cookies } = read('storefront/keys.json')
  const secrets = ['jej', 'solaris', 'amazon'].flatMap((id) => {
    const { keys } = read(`storefront/${id}/shop.json`)
    return [keys.secret, keys.signing.secret]
  })
  await mina.post('/cart', { piece: 'moonmoth-jsk.wine', size: 'M' })
  for (const path of ['/', '/cart', '/checkout', '/orders', '/bench/', '/bench/stage.html', '/muse-token', '/storefront/keys.json']) {
    const page = await mina.get(path)
    for (const secret of [...secrets, cookies]) expect(page).not.toContain(secret)
  }
  // Nor in the story of what the shop has asked of Muse.
  const told = (await mina.get('/desk')) + (await mina.get('/desk/story.test.ts'))
  for (const secret of [...secrets, cookies]) expect(told).not.toContain(secret)
})

it('takes no form from another site', async () => {
  const mina = await member()
  const answer = await mina.ask('/desk/gift', { key: 'x' }, { origin: 'https://elsewhere.example' })
  expect(answer.status).toBe(403)
})

it('knows nobody by a cookie it did not sign', async () => {
  const page = await fetch(`${here.shop.url}/orders`, { headers: { cookie: 'visitor=c-1001.forged' }, redirect: 'manual' })
  expect(page.headers.get('location')).toBe('/login?to=/orders')
})

it('opens the coupon again when the card is declined', async () => {
  const mina = await member()
  const code = await mina.coupon(300)
  await mina.fill('dusk-postcard.wine', code)
  expect((await mina.order({ payment: 'declined' })).headers.get('location')).toBe('/checkout?said=declined')
  expect(await mina.wallet()).toMatchObject({ points: { held: 300 }, coupons: [{ state: 'open' }] })
  expect((await mina.order()).headers.get('location')).toMatch(/^\/placed\//)
  expect(await mina.wallet()).toMatchObject({ points: { available: 200, held: 0 }, coupons: [{ state: 'used' }] })
})

it('places an order once, however often the button is pressed', async () => {
  const mina = await member()
  await mina.fill('moonmoth-jsk.noir')
  const first = await mina.order({ order: 'MN-PRESSED234' })
  await mina.post('/cart', { piece: 'moonmoth-jsk.noir', size: 'M' })
  const second = await mina.order({ order: 'MN-PRESSED234' })
  expect(second.headers.get('location')).toBe(first.headers.get('location'))
  expect(await mina.wallet()).toMatchObject({ points: { pending: 363 } })
})

it('takes the points of an order once it is placed, though another form of it was declined meanwhile', async () => {
  for (const [nth, payments] of [
    ['card', 'declined', 'card'],
    ['declined', 'card', 'declined'],
  ].entries()) {
    const mina = await member('solaris')
    await mina.fill('moonmoth-jsk.wine', await mina.coupon(300))
    await mina.post('/checkout/points', { points: '100' })
    const order = `MN-TW1CEPA1D${nth}`
    const answers = await Promise.all(payments.map((payment) => mina.order({ order, payment })))
    expect(answers.map(({ headers }) => headers.get('location'))).toContain(`/placed/${order}`)
    // 100 of the 500 points are left, and neither the others nor the coupon are there for another order.
    expect(await mina.wallet()).toMatchObject({ points: { available: 100, held: 0, debt: 0 }, coupons: [{ state: 'used', order }] })
  }
})

it('takes a code as people type it, and gives no points for what points paid', async () => {
  const mina = await member()
  const code = await mina.coupon(500)
  const typed = code.toLowerCase().replace(/(....)/g, '$1-')
  await mina.fill('candle-socks.noir', typed)
  expect(await mina.get('/checkout')).toContain('−¥500')
  await mina.order()
  expect(await mina.wallet()).toMatchObject({ points: { pending: 24 }, coupons: [{ state: 'used', discount: 500 }] })
})

it('takes points off at checkout, says so in the report, and gives no points for what they paid', async () => {
  const mina = await member('solaris')
  await mina.fill('moonmoth-jsk.wine')
  await mina.fill('vesper-cape.wine')
  await mina.post('/checkout/points', { points: '301' })
  const rows = (page: string) => [...page.matchAll(/<dt>([^<]*)<\/dt><dd>([^<]*)</g)].map(([, label, amount]) => [label, amount])
  const sums = [
    ['Pieces', '¥58,300'],
    ['Shipping', 'free'],
    ['Points', '−¥301'],
  ]
  expect(rows(await mina.get('/checkout'))).toEqual([...sums, ['Total', '¥57,999']])
  const { headers } = await mina.order({ order: 'MN-P0NTSPAY22' })
  expect(rows(await mina.get(headers.get('location') ?? ''))).toEqual([...sums, ['Paid', '¥57,999']])
  const { orders } = read('storefront/solaris/orders.json')
  expect(orders).toMatchObject([{ points: 301, reported: true, document: { discounts: [{ code: 'points', amount: 301 }] } }])
  // All of the 301 came off the dress, since points do not pay for the early-bird cape: (36,300 − 301) × 1 % × 10, rounded down.
  const receipt = await mina.api('/me/orders/MN-P0NTSPAY22')
  expect(receipt).toMatchObject({
    points: 3599,
    lines: [
      { paid: 35_999, points: 3599 },
      { points: 0, why: 'excluded' },
    ],
  })
  expect(await mina.wallet()).toMatchObject({ points: { available: 199, pending: 3599, held: 0, debt: 0 } })
  // Cancelled, the order gives back what it was paid with.
  await mina.post('/desk/orders/MN-P0NTSPAY22', { act: 'cancel' })
  expect(await mina.wallet()).toMatchObject({ points: { available: 500, pending: 0, held: 0, debt: 0 } })
})

it('shows a stranger nobody’s order', async () => {
  const mina = await member()
  await mina.fill('dusk-postcard.wine')
  await mina.order({ order: 'MN-PRVATE2345' })
  expect((await visitor().ask('/placed/MN-PRVATE2345')).status).toBe(404)
  expect((await (await member()).ask('/desk/orders/MN-PRVATE2345', { act: 'cancel' })).status).toBe(404)
})

it('lets a guest order, and gives them no points', async () => {
  const guest = visitor()
  await guest.fill('moonmoth-jsk.wine')
  const placed = await guest.order()
  expect(await guest.get(placed.headers.get('location') ?? '')).toContain('this order earns no points')
})

it('gives points back with what is refunded, and all of them with a cancelled order', async () => {
  const mina = await member()
  await mina.fill('moonmoth-jsk.wine')
  await mina.post('/cart', { piece: 'camellia-blouse.ivory', size: 'M' })
  const { headers } = await mina.order()
  const id = headers.get('location')?.replace('/placed/', '')
  expect(await mina.wallet()).toMatchObject({ points: { pending: 550 } })
  await mina.post(`/desk/orders/${id}`, { act: 'refund', line: 'moonmoth-jsk.wine.M' })
  expect(await mina.wallet()).toMatchObject({ points: { pending: 187 } })
  expect(await mina.get(`/desk/orders/${id}`)).toContain('role="group"')
  await mina.post(`/desk/orders/${id}`, { act: 'cancel' })
  // Nothing is left to be done with it, and no empty frame says so.
  expect(await mina.get(`/desk/orders/${id}`)).not.toContain('role="group"')
  expect(await mina.wallet()).toMatchObject({ points: { pending: 0 } })
})

it('knows its shop, its customers and their orders after a restart', async () => {
  const mina = await member()
  await mina.fill('moonmoth-jsk.wine')
  await mina.order({ order: 'MN-BEFQRE2345' })
  await here.shop.close()
  await openAgain(here)
  const orders = await mina.get('/orders')
  expect(orders).toContain('MN-BEFQRE2345')
  expect(orders).toContain('363 points to come')
  // The port is another one now, the programme is not.
  await mina.fill('dusk-postcard.wine')
  await mina.order({ order: 'MN-AFTER23456' })
  expect(await mina.get('/desk/orders/MN-AFTER23456')).toContain('Judged by version 1 of the programme')
})

it('opens though its first start was cut short between a shop and its keys', async () => {
  await here.shop.close()
  const { keys: _keys, version: _version, ...begun } = read('storefront/solaris/shop.json')
  writeFileSync(join(here.data, 'storefront/solaris/shop.json'), JSON.stringify({ ...begun, stocked: false }))
  await openAgain(here)
  const mina = await member('solaris')
  expect(await mina.wallet()).toMatchObject({ points: { available: 500 } })
})

const read = (path: string) => JSON.parse(readFileSync(join(here.data, path), 'utf8'))

const visitor = () => visitorOf(() => here.shop.url)

/** Signed up with this programme's shop, with 500 points from the shopkeeper. */
async function member(programme = 'jej') {
  const mina = visitor()
  await mina.post('/desk/programme', { programme })
  await mina.post('/register', { name: 'Mina' })
  await mina.post('/desk/gift', { key: crypto.randomUUID() })
  return mina
}
