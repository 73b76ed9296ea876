// Why nothing came of it: the marketplace's story, with the reason of every zero as the pages tell it.
import { expect, it } from 'vitest'
import { texts } from '../demo/text.ts'
import { demoOfEach } from './demos.ts'
import { type Visitor, visitorOf } from './visitor.ts'

const { desk, orders, placed } = texts.en
const { receipt } = desk
const campaign = '5% back for cashless payments'
let mina: Visitor

const here = demoOfEach(async () => {
  mina = visitorOf(() => here.shop.url)
  await mina.post('/desk/programme', { programme: 'amazon' })
  await mina.post('/register', { name: 'Mina' })
})

it('names the condition of the campaign that a line has missed', async () => {
  const cash = await order('moonmoth-jsk.noir', 'konbini')
  expect(await reasonsOf(cash)).toEqual([receipt.missed.payment!(campaign)])
  const own = await order('hymnal-bag.wine')
  expect(await reasonsOf(own)).toEqual([receipt.missed.seller!(campaign)])
  await toNextEvent()
  const late = await order('moonmoth-jsk.wine')
  expect(await reasonsOf(late)).toEqual([receipt.missed.time!(campaign)])
  await toNextEvent(2)
  await mina.post('/desk/sellers/nishijin-textiles', { act: 'leave' })
  const left = await order('moonmoth-jsk.wine')
  expect(await reasonsOf(left)).toEqual([receipt.missed.apart!('')])
  // Under another version these would be another version's reasons: only what was multiplied is told.
  await mina.post('/desk/renew')
  expect(await reasonsOf(cash)).toEqual([receipt.formula('¥36,300', '0', '', '0')])
})

it('says of an order that was not shipped in time why it counts as cancelled', async () => {
  const unsent = await order('moonmoth-jsk.wine')
  const held = await order('camellia-blouse.ivory')
  await mina.post(`/desk/orders/${held}`, { act: 'hold' })
  await toNextEvent(2)
  expect((await mina.wallet()).points).toEqual({ available: 0, pending: 0, held: 0, debt: 0 })
  // The parcel leaves after all, too late.
  await mina.post(`/desk/orders/${unsent}`, { act: 'ship' })
  for (const id of [unsent, held]) expect(await reasonsOf(id)).toEqual([receipt.lapsed])
  expect((await mina.get('/orders')).split(orders.points.lapsed)).toHaveLength(3)
  expect((await mina.get('/desk')).split(receipt.lapsed)).toHaveLength(3)
  // What is cancelled by hand is no more than that.
  const undone = await order('hymnal-bag.wine')
  await mina.post(`/desk/orders/${undone}`, { act: 'cancel' })
  expect(await reasonsOf(undone)).toEqual([receipt.why.cancelled])
})

it('says when the points of this order are there, and what the shop has said of it', async () => {
  const waiting = await order('hawkmoth-brooch.wine')
  // 5 % of ¥5,500, with the parcel.
  expect(await mina.get(`/placed/${waiting}`)).toContain(`${placed.earn('275 points')} ${placed.withParcel}`)
  await mina.post(`/desk/orders/${waiting}`, { act: 'pay', payment: 'qr' })
  await mina.post(`/desk/orders/${waiting}`, { act: 'refund', line: 'hawkmoth-brooch.wine.free' })
  const told = desk.steps.order(waiting, `${orders.state.placed}, ${desk.paidBy('QR code')}, ${desk.steps.refunds(1)}`)
  expect(await mina.get('/desk')).toContain(told)
  await toNextEvent(3)
  const atOnce = await order('hawkmoth-brooch.wine', 'konbini')
  // 3 % of it from the seller, whatever the payment.
  expect(await mina.get(`/placed/${atOnce}`)).toContain(placed.earned('165 points'))
  expect(await mina.get('/desk')).toContain(desk.seller.blockedBy('Candlelight'))
})

async function order(piece: string, payment = 'card') {
  await mina.fill(piece)
  const { headers } = await mina.order({ payment })
  return headers.get('location')!.replace('/placed/', '')
}

async function toNextEvent(times = 1) {
  for (let time = 0; time < times; time++) await mina.post('/desk/time', { to: 'event' })
}

/** The cells of a receipt's column "Why". */
const reasonsOf = async (order: string) =>
  [...(await mina.get(`/desk/orders/${order}`)).matchAll(new RegExp(`<td data-label="${receipt.columns[5]}">([^<]*)`, 'g'))].map(
    ([, reason]) => reason,
  )
