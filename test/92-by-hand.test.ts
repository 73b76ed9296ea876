// A year of a shopper's in each programme, every figure of the desk worked out with pencil and paper from what the programme promises.
import { expect, it } from 'vitest'
import { demoOfEach } from './demos.ts'
import { pngOf } from './pictures/files.ts'
import { dresses, photograph, shots } from './pictures/photos.ts'
import { type Visitor, visitorOf } from './visitor.ts'

const here = demoOfEach()

it('at Juliette et Justine: half an order goes back after its points are spent', { timeout: 60_000 }, async () => {
  const mina = await member('jej')
  // ¥36,300 + 2 × ¥2,970 + ¥330 = ¥42,570, of which 1 % is 425.7.
  const first = await order(mina, ['moonmoth-jsk.wine', 'candle-socks.noir', 'candle-socks.noir', 'dusk-postcard.wine'])
  expect(await figures(mina)).toEqual([0, 425, 0, 0])
  await desk(mina, first, { act: 'ship' })
  expect(await figures(mina)).toEqual([425, 0, 0, 0])
  const code = await mina.coupon(400)
  expect(await figures(mina)).toEqual([25, 0, 400, 0])
  // ¥18,700 − ¥400 = ¥18,300.
  const second = await order(mina, ['camellia-blouse.ivory'], code)
  expect(await sums(mina, `/placed/${second}`)).toEqual(['¥18,700', 'free', '−¥400', '¥18,300'])
  expect(await figures(mina)).toEqual([25, 183, 0, 0])
  // 10 for a review of whatever rating, 10 for a photo, 500 for the first prize, 10 for following.
  await mina.post('/desk/shopper/review', { key: 'r', piece: `${first} moonmoth-jsk`, rating: '2', text: 'Heavy.' })
  await mina.post('/desk/shopper/photo', picture())
  await mina.post('/desk/prizes')
  await mina.api('/me/follows/instagram', {}, 'PUT')
  expect(await figures(mina)).toEqual([555, 183, 0, 0])
  await mina.post('/desk/shopper/gift', { key: 'm', gift: 'pocket-mirror' })
  expect(await figures(mina)).toEqual([55, 183, 500, 0])
  await mina.post('/desk/decide', { kind: 'gifts', id: (await mina.wallet()).gifts[0].id, state: 'accepted' })
  expect(await figures(mina)).toEqual([55, 183, 0, 0])
  // Without the dress ¥6,270 are left, which earn 62: of the 363 to take back 55 are there, and 308 are owed.
  await desk(mina, first, { act: 'refund', line: 'moonmoth-jsk.wine.M' })
  expect(await figures(mina)).toEqual([0, 183, 0, 308])
  await desk(mina, second, { act: 'ship' })
  expect(await figures(mina)).toEqual([0, 0, 0, 125])
  // One pair of socks for another: ¥3,300 earn 33, 29 less than before; and the new pair 29 with its parcel.
  await desk(mina, first, { act: 'refund', line: 'candle-socks.noir.free' })
  expect(await figures(mina)).toEqual([0, 0, 0, 154])
  const exchanged = await order(mina, ['candle-socks.wine'])
  expect(await sums(mina, `/placed/${exchanged}`)).toEqual(['¥2,970', '¥770', '¥3,740'])
  await desk(mina, exchanged, { act: 'ship' })
  expect(await figures(mina)).toEqual([0, 0, 0, 125])
  await mina.post('/desk/gift', { key: 'g' })
  expect(await figures(mina)).toEqual([375, 0, 0, 0])
  // ¥10,000 of the ¥18,300 go back, so 83 points are left of 183; then the blouse, and with it what the coupon had paid.
  await desk(mina, second, { act: 'refund-amount', amount: '10000' })
  expect(await figures(mina)).toEqual([275, 0, 0, 0])
  await desk(mina, second, { act: 'refund', line: 'camellia-blouse.ivory.M' })
  expect(await figures(mina)).toEqual([592, 0, 0, 0])
})

it('at Solaris Japan: ten times the points, points beside a coupon, a week to wait', { timeout: 60_000 }, async () => {
  const mina = await member('solaris')
  for (const key of ['g', 'h']) await mina.post('/desk/gift', { key })
  // The 795 points pay for what is no early bird: ¥36,300 + ¥2,970 − ¥795 = ¥38,475, of which 10 × 1 % are 3,847.5.
  await mina.post('/checkout/points', { points: '795' })
  const first = await order(mina, ['moonmoth-jsk.wine', 'vesper-cape.wine', 'candle-socks.noir'])
  expect(await sums(mina, `/placed/${first}`)).toEqual(['¥61,270', 'free', '−¥795', '¥60,475'])
  expect(await figures(mina)).toEqual([205, 3847, 0, 0])
  await desk(mina, first, { act: 'ship' })
  await mina.post('/desk/time', { to: 'day' })
  await mina.post('/desk/campaign', { campaign: 'ten-times' })
  await order(mina, ['moonmoth-jsk.noir'])
  expect(await figures(mina)).toEqual([205, 4210, 0, 0])
  await mina.post('/desk/time', { to: 'week' })
  expect(await figures(mina)).toEqual([4052, 363, 0, 0])
  // ¥16,500 less a coupon of 1,000 and 500 points; cancelled, all 1,500 are back.
  await mina.post('/checkout/points', { points: '500' })
  const both = await order(mina, ['hymnal-bag.wine'], await mina.coupon(1000))
  expect(await sums(mina, `/placed/${both}`)).toEqual(['¥16,500', 'free', '−¥1,000', '−¥500', '¥15,000'])
  expect(await figures(mina)).toEqual([2552, 513, 0, 0])
  await desk(mina, both, { act: 'cancel' })
  expect(await figures(mina)).toEqual([4052, 363, 0, 0])
  // The dress bore 735 of the 795 points (734.9): they are back. The socks are left, ¥2,910 of money and 291 points: 3,556 are taken back.
  await desk(mina, first, { act: 'refund', line: 'moonmoth-jsk.wine.M' })
  expect(await figures(mina)).toEqual([1231, 363, 0, 0])
})

it('at Amazon Japan: the way to pay changed, a parcel too late, sellers who pay themselves', { timeout: 60_000 }, async () => {
  const mina = await member('amazon')
  // 5 % of ¥36,300 and of ¥330: 1,815 + 16.5. The bag is no small seller's.
  const first = await order(mina, ['moonmoth-jsk.wine', 'hymnal-bag.wine', 'dusk-postcard.wine'])
  expect(await figures(mina)).toEqual([0, 1831, 0, 0])
  await desk(mina, first, { act: 'pay', payment: 'konbini' })
  expect(await figures(mina)).toEqual([0, 0, 0, 0])
  await desk(mina, first, { act: 'pay', payment: 'qr' })
  await desk(mina, first, { act: 'ship' })
  expect(await figures(mina)).toEqual([1831, 0, 0, 0])
  await order(mina, ['moonmoth-jsk.noir'])
  expect(await figures(mina)).toEqual([1831, 1815, 0, 0])
  await desk(mina, first, { act: 'refund', line: 'moonmoth-jsk.wine.M' })
  expect(await figures(mina)).toEqual([16, 1815, 0, 0])
  // The campaign ends, and then the last instant to ship for it passes: the second order counts as cancelled.
  for (const to of ['event', 'event']) await mina.post('/desk/time', { to })
  expect(await figures(mina)).toEqual([16, 0, 0, 0])
  // The sellers' programme: 2 % of ¥36,300, 3 % of ¥5,500, and 1 % of ¥2,970, which is too little for a badge: 726 + 165 + 29.7.
  await mina.post('/desk/time', { to: 'event' })
  await order(mina, ['moonmoth-jsk.noir', 'hawkmoth-brooch.wine', 'candle-socks.noir'])
  expect(await figures(mina)).toEqual([936, 0, 0, 0])
  await mina.post('/desk/sellers/hakata-pantry', { act: 'raise', sku: 'candle-socks' })
  await order(mina, ['candle-socks.noir'])
  expect(await figures(mina)).toEqual([995, 0, 0, 0])
})

async function member(programme: string) {
  const visitor = visitorOf(() => here.shop.url)
  await visitor.post('/desk/programme', { programme })
  await visitor.post('/register', { name: 'Mina' })
  return visitor
}

async function order(visitor: Visitor, pieces: string[], code = '') {
  for (const piece of pieces) await visitor.fill(piece, code)
  return (await visitor.order()).headers.get('location')!.replace('/placed/', '')
}

const desk = (visitor: Visitor, id: string, form: Record<string, string>) => visitor.post(`/desk/orders/${id}`, form)

/** Available, pending, held and owed, as the desk shows them. */
const figures = async (visitor: Visitor) =>
  [...(await visitor.get('/desk')).matchAll(/<dd><strong>([\d,]+)</g)].map(([, figure = '']) => Number(figure.replace(',', '')))

/** The rows of an order's sum, from the top. */
const sums = async (visitor: Visitor, path: string) =>
  [...(await visitor.get(path)).matchAll(/<div class="sum[^"]*"><dt>[^<]*<\/dt><dd>([^<]*)</g)].map(([, sum]) => sum)

function picture() {
  const form = new FormData()
  form.set('key', 'p')
  form.set('photo', new Blob([pngOf(photograph(Object.values(dresses)[0]!, shots['close, in a room']!, 1, 72))]), 'photo.png')
  return form
}
