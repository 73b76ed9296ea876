// The cart and the checkout, told as they are: full, changed meanwhile, or somebody else's by now.
import { expect, it } from 'vitest'
import { products } from '../demo/catalogue.ts'
import { texts } from '../demo/text.ts'
import { demoOfEach } from './demos.ts'
import { visitorOf } from './visitor.ts'

const { said } = texts.en
const here = demoOfEach()

it('says that a piece is in the cart only where it has come into it', async () => {
  const mina = visitor()
  const add = async (piece: string) => {
    const answer = await mina.post('/cart', { piece, size: 'free' })
    return mina.get(answer.headers.get('location')!)
  }
  for (let count = 1; count <= 9; count++) expect(await add('dusk-postcard.wine')).toContain(said.added)
  const full = await add('dusk-postcard.wine')
  expect(full).not.toContain(said.added)
  expect(full).toContain(said.full)
  expect(await add('no-such-piece.wine')).not.toMatch(/role="status"/)
})

it('holds every piece of the house in every colour and size, and orders them', { timeout: 60_000 }, async () => {
  const mina = visitor()
  await mina.post('/register', { name: 'Mina' })
  const all = products.flatMap(({ sku, colours, sizes }) =>
    colours.flatMap(({ id }) => sizes.map((size) => ({ piece: `${sku}.${id}`, size }))),
  )
  expect(all.length).toBeGreaterThan(30)
  for (const one of all) await mina.post('/cart', one)
  expect((await mina.get('/cart')).match(/name="line"/g)).toHaveLength(all.length)
  await mina.order({ order: 'MN-WHQLE23456' })
  expect(await mina.get('/orders')).toContain('points to come')
})

it('shows nobody what the customer before them has typed or meant to pay with', async () => {
  const mina = visitor()
  const typed = '7 Nowhere Row'
  const begin = async () => {
    await mina.post('/login', { customer: 'c-1001' })
    await mina.post('/desk/gift', { key: crypto.randomUUID() })
    await mina.fill('moonmoth-jsk.wine', await mina.coupon(100))
    await mina.order({ address: typed, payment: 'declined' })
    expect(await mina.get('/checkout')).toContain(typed)
  }
  const isClean = async () => {
    const page = await mina.get('/checkout')
    expect(page).toContain('moonmoth')
    expect(page).not.toContain(typed)
    expect(page).toMatch(/id="code" name="code" value=""/)
  }
  await begin()
  await mina.post('/logout')
  await isClean()
  await begin()
  await mina.post('/login', { customer: 'c-1002' })
  await isClean()
  await begin()
  await mina.post('/register', { name: 'Somebody else' })
  await isClean()
})

it('keeps what a guest has typed when they sign in', async () => {
  const guest = visitor()
  await guest.fill('dusk-postcard.wine')
  await guest.order({ address: '7 Nowhere Row', payment: 'declined' })
  await guest.post('/login', { customer: 'c-1001' })
  expect(await guest.get('/checkout')).toContain('7 Nowhere Row')
})

it('takes whatever is typed or asked for without falling over', async () => {
  const mina = visitor()
  await mina.post('/desk/programme', { programme: 'solaris' })
  await mina.post('/register', { name: 'Mina' })
  // Cut in the middle of a sign, which no address and no cookie can hold.
  expect((await mina.post('/checkout/points', { points: '1234567890123456789😀' })).status).toBe(303)
  expect((await mina.post('/checkout/coupon', { code: `${'㍿'.repeat(9)}123😀` })).status).toBe(303)
  expect(await mina.get('/desk?said=refused&no=constructor')).toContain(`role="status">${texts.en.desk.said.refused} constructor</p>`)
})

it('places no order but the one that was seen: another tab may have changed what is in it, or who is signed in', async () => {
  const mina = visitor()
  await mina.post('/desk/programme', { programme: 'solaris' })
  await mina.post('/login', { customer: 'c-1001' })
  await mina.post('/desk/gift', { key: 'g' })
  await mina.fill('moonmoth-jsk.wine')
  await mina.post('/checkout/points', { points: '500' })
  const isAskedAgain = async (more: Record<string, string>) => {
    const { headers } = await mina.order(more)
    expect(await mina.get(headers.get('location')!)).toContain(said.changed)
  }
  const before = hiddenIn(await mina.get('/checkout'))
  // In the widget of another tab.
  await mina.coupon(400)
  await isAskedAgain(before)
  const fewer = hiddenIn(await mina.get('/checkout'))
  expect(Number(fewer.total) - Number(before.total)).toBe(400)
  await mina.fill('dusk-postcard.wine')
  await isAskedAgain(fewer)
  const now = hiddenIn(await mina.get('/checkout'))
  await mina.post('/login', { customer: 'c-1002' })
  await isAskedAgain({ ...now, address: '7 Nowhere Row' })
  // Nor does the one customer read what the other has typed.
  expect(await mina.get('/checkout')).not.toContain('7 Nowhere Row')
  const placed = await mina.order(hiddenIn(await mina.get('/checkout')))
  expect(placed.headers.get('location')).toMatch(/^\/placed\//)
})

it('does once at the desk what is pressed for twice', async () => {
  const mina = visitor()
  await mina.post('/desk/programme', { programme: 'solaris' })
  await mina.post('/register', { name: 'Mina' })
  await mina.fill('dusk-postcard.wine')
  await mina.fill('dusk-postcard.wine')
  const id = (await mina.order()).headers.get('location')!.replace('/placed/', '')
  const deed = async (form: Record<string, string>) => {
    const { as } = hiddenIn(await mina.get(`/desk/orders/${id}`))
    const press = () => mina.post(`/desk/orders/${id}`, { ...form, as: as!, to: '/desk' })
    const [first, second] = [await press(), await press()].map(({ headers }) => headers.get('location')!)
    expect(await mina.get(first!)).toContain(texts.en.desk.said.done)
    expect(await mina.get(second!)).toContain(texts.en.desk.said.stale)
  }
  await deed({ act: 'refund', line: 'dusk-postcard.wine.free' })
  await deed({ act: 'refund-amount', amount: '100' })
  await deed({ act: 'ship' })
  expect(await mina.get('/orders')).toContain(texts.en.orders.refunded(1))
  const version = async () => (await (await fetch(`${here.shop.url}/v1/shops/solaris/program`)).json()).version
  const first = await version()
  await Promise.all([mina.post('/desk/renew'), mina.post('/desk/campaign', { campaign: 'no-such' })])
  expect(await version()).toBe(first)
  await mina.post('/desk/campaign', { campaign: 'ten-times' })
  await mina.post('/desk/campaign', { campaign: 'ten-times' })
  expect(await version()).toBe(first + 1)
  await mina.post('/desk/renew')
  await mina.post('/desk/renew')
  expect(await version()).toBe(first + 2)
})

it('says for which ways to pay an order earns what it promises', async () => {
  const mina = visitor()
  await mina.post('/desk/programme', { programme: 'amazon' })
  await mina.post('/register', { name: 'Mina' })
  await mina.fill('moonmoth-jsk.wine')
  const told = `${texts.en.cart.earn('1,815 points')} ${texts.en.cart.ifPaid('card or QR code')}</p>`
  for (const page of ['/cart', '/checkout']) expect(await mina.get(page)).toContain(told)
  // What holds whatever the payment needs no such word.
  await mina.post('/desk/programme', { programme: 'jej' })
  expect(await mina.get('/checkout')).toContain(`${texts.en.cart.earn('363 points')}</p>`)
})

it('adds up to the figure, however much has moved', { timeout: 60_000 }, async () => {
  const mina = visitor()
  await mina.post('/register', { name: 'Mina' })
  for (let times = 0; times < 41; times++)
    await Promise.all(Array.from({ length: 10 }, (_, at) => mina.post('/desk/gift', { key: `${times} ${at}` })))
  const page = await mina.get('/desk')
  const [, figure, sums = ''] = /<strong>(205,000)<\/strong>.*?<span class="sum">(.*?)<\/dd>/s.exec(page) ?? []
  expect(figure).toBe('205,000')
  const parts = [...sums.matchAll(/\+([\d,]+) /g)].map(([, sum]) => Number(sum!.replaceAll(',', '')))
  expect(parts).toHaveLength(2)
  expect(parts.reduce((sum, part) => sum + part, 0)).toBe(205_000)
  expect(page).toContain('<b>205,000</b>')
})

const hiddenIn = (page: string): Record<string, string> =>
  Object.fromEntries([...page.matchAll(/type="hidden" name="(who|total|as)" value="([^"]*)"/g)].map(([, name, value]) => [name, value]))

const visitor = () => visitorOf(() => here.shop.url)
