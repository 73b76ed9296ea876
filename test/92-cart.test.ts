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

const visitor = () => visitorOf(() => here.shop.url)
