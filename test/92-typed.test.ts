// What people type into the storefront's forms: read where it can be, told beside its field where it cannot, and never lost.
import { expect, it } from 'vitest'
import { wholeIn } from '../demo/number.ts'
import { texts } from '../demo/text.ts'
import { demoOfEach } from './demos.ts'
import { type Visitor, visitorOf } from './visitor.ts'

const { checkout, desk, said, refused } = texts.en
const unreadable = ['abc', '-2', '2.5', '１．５', '99999999999999']
let mina: Visitor

const here = demoOfEach(async () => {
  mina = visitorOf(() => here.shop.url)
  await mina.post('/desk/programme', { programme: 'solaris' })
  await mina.post('/register', { name: 'Mina' })
  await mina.post('/desk/gift', { key: 'g' })
})

it('reads a number as people type it', () => {
  expect(['300', '３００', ' 1,200 ', '１，２００', '-2', '0'].map(wholeIn)).toEqual([300, 300, 1200, 1200, -2, 0])
  expect(['', 'abc', '2.5', '1e3', '0x10', '９'.repeat(13), undefined].map(wholeIn)).toEqual(Array(7).fill(undefined))
})

it('takes full-width digits for points, quantities, amounts and codes', async () => {
  await mina.fill('moonmoth-jsk.wine')
  await mina.post('/checkout/points', { points: '３００' })
  expect(await mina.get('/checkout')).toContain(checkout.pointsUsed('300 points'))
  await mina.post('/cart/line', { line: 'moonmoth-jsk.wine.M', quantity: '２' })
  expect(await mina.get('/cart')).toContain('name="quantity" value="2"')
  const code = await mina.coupon(100)
  const wide = code.replace(/./g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))
  await mina.post('/checkout/points', { points: '' })
  await mina.post('/checkout/coupon', { code: wide })
  expect(await mina.get('/checkout')).toContain(checkout.applied(code.replace(/.{4}(?=.)/g, '$&-')))
  const order = (await mina.order()).headers.get('location')!.replace('/placed/', '')
  const refund = await mina.post(`/desk/orders/${order}`, { act: 'refund-amount', amount: '１，０００', to: '/desk' })
  expect(refund.headers.get('location')).toContain('said=done')
})

it('says beside the field that points cannot be read, and keeps those that were', async () => {
  await mina.fill('moonmoth-jsk.wine')
  await mina.post('/checkout/points', { points: '300' })
  for (const points of unreadable) {
    const page = await mina.get((await mina.post('/checkout/points', { points })).headers.get('location')!)
    expect(page).toContain('aria-invalid="true" aria-describedby="unread"')
    expect(page).toContain(`id="unread" role="alert">${checkout.pointsUnread(points)}`)
    expect(page).toContain(checkout.pointsUsed('300 points'))
  }
})

it('leaves the cart and the order as they were where a quantity or an amount cannot be read', async () => {
  await mina.fill('moonmoth-jsk.wine')
  for (const quantity of ['', ...unreadable]) {
    const { headers } = await mina.post('/cart/line', { line: 'moonmoth-jsk.wine.M', quantity })
    const page = await mina.get(headers.get('location')!)
    expect(page).toContain(said.uncounted)
    expect(page).toContain('name="quantity" value="1"')
  }
  const order = (await mina.order()).headers.get('location')!.replace('/placed/', '')
  for (const amount of ['', '0', '36301', ...unreadable]) {
    const { headers } = await mina.post(`/desk/orders/${order}`, { act: 'refund-amount', amount, to: '/desk' })
    expect(await mina.get(headers.get('location')!)).toContain(desk.said.unread)
  }
  expect((await mina.wallet()).points).toMatchObject({ pending: 3630 })
})

it('lets nobody type their address twice, whatever the checkout has to say', async () => {
  await mina.fill('moonmoth-jsk.wine')
  const typed = { postcode: '060-0001', address: '1 Far "North" Street', payment: 'declined' }
  for (const [name, heard] of [
    [' ', `id="unnamed" role="alert">${said.nameless}`],
    ['Mina Aoki', said.declined!],
  ] as const) {
    const { headers } = await mina.order({ ...typed, name })
    const page = await mina.get(headers.get('location')!.replace(/#.*/, ''))
    expect(page).toContain(heard)
    for (const kept of [
      'value="060-0001"',
      'value="1 Far &quot;North&quot; Street"',
      'value="declined" checked',
      `value="${name.trim() || 'Mina'}"`,
    ])
      expect(page).toContain(kept)
  }
  // What has become an order is not asked for again with the next.
  await mina.order(typed)
  await mina.order({ ...typed, payment: 'qr' })
  await mina.fill('moonmoth-jsk.wine')
  expect(await mina.get('/checkout')).toContain(`value="${checkout.address0}"`)
})

it('asks a newcomer without a name for one beside the field, and leads on to where they were going', async () => {
  const { headers } = await visitorOf(() => here.shop.url).post('/register', { name: ' 　', to: '/checkout' })
  const page = await mina.get(headers.get('location')!)
  expect(page).toContain(`id="unnamed" role="alert">${said.nameless}`)
  expect(page).toContain('name="to" value="/checkout"')
})

it('says in words what Muse has refused', async () => {
  await mina.post('/desk/programme', { programme: 'jej' })
  for (const [path, form, code] of [
    ['gift', { key: '1', gift: 'tote-bag' }, 'insufficient-points'],
    ['gift', { key: '2', gift: 'no-such-gift' }, 'not-found'],
    ['review', { key: '３', piece: 'MN-NONE moonmoth-jsk', rating: '５', text: '' }, 'not-eligible'],
    ['review', { key: '4', piece: 'MN-NONE moonmoth-jsk', rating: 'five', text: '' }, 'invalid-request'],
    ['photo', { key: '5' }, 'invalid-request'],
  ] as const) {
    const { headers } = await mina.post(`/desk/shopper/${path}`, form)
    expect(await mina.get(headers.get('location')!)).toContain(`${desk.said.refused} ${desk.no[code]} (${code})`)
  }
  // The page's forms have one key, and each asks for something else; sent once more with another wish, a form is none any more.
  await mina.post('/desk/gift', { key: '6' })
  for (const [path, form, told] of [
    ['gift', { key: '6', gift: 'pocket-mirror' }, desk.said.done],
    ['gift', { key: '6', gift: 'tote-bag' }, desk.no['idempotency-key-reused']],
    ['review', { key: '6', piece: 'MN-NONE moonmoth-jsk', rating: '5', text: 'Good.' }, desk.no['not-eligible']],
  ] as const)
    expect(await mina.get((await mina.post(`/desk/shopper/${path}`, form)).headers.get('location')!)).toContain(told)
  // No order of anybody's is meant where a gift was refused.
  const { headers } = await mina.post('/desk/gift', { key: 'x'.repeat(300), to: '/desk' })
  expect(await mina.get(headers.get('location')!)).toContain(`${desk.said.refused} ${desk.no['invalid-request']}`)
  expect(Object.keys(texts.ja.desk.no)).toEqual(Object.keys(desk.no))
  expect(Object.keys(texts.ja.refused)).toEqual(Object.keys(refused))
})
