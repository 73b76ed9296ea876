// What the shopkeeper may do with an order, and what becomes of it; and what a visitor of the desk may not.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { actsFor, after, amountLeft, deedOf } from '../demo/desk/shopkeeping.ts'
import { openDemo } from '../demo/open.ts'
import { documents } from '../demo/programmes/documents.ts'
import { isOver, withoutCampaign } from '../demo/programmes/shift.ts'
import type { Order } from '../server/contract.ts'
import { Order as Wire } from '../server/contract.ts'
import { visitorOf } from './visitor.ts'

const now = Date.parse('2026-11-22T04:00:00Z')
const order: Order = {
  ...{ placedAt: '2026-11-22T03:00:00.000Z', updatedAt: '2026-11-22T04:00:00.000Z', state: 'placed', payment: 'card' },
  lines: [
    { id: 'a', sku: 'a', price: 1000, quantity: 2 },
    { id: 'b', sku: 'b', price: 500, quantity: 1 },
  ],
  ...{ shipping: 700, discounts: [{ code: 'points', amount: 200 }] },
}

it('gives a document that Muse takes, newer than the last, after every deed', () => {
  for (const form of [{ act: 'ship' }, { act: 'hold' }, { act: 'cancel' }, { act: 'pay', payment: 'qr' }, { act: 'refund', line: 'a' }]) {
    const next = after(order, deedOf(form)!, now)!
    expect(Wire.safeParse(next).success).toBe(true)
    expect(Date.parse(next.updatedAt)).toBe(now + 1)
  }
  expect(after(order, { act: 'ship' }, now)).toMatchObject({ state: 'shipped', shippedAt: '2026-11-22T04:00:00.000Z' })
  expect(after(order, { act: 'pay', payment: 'konbini' }, now)).toMatchObject({ payment: 'konbini', placedAt: order.placedAt })
})

it('refunds each piece once, and no more money than was paid', () => {
  const once = after(order, { act: 'refund', line: 'a' }, now)!
  const twice = after(once, { act: 'refund', line: 'a' }, now)!
  expect(twice.refunds).toMatchObject([
    { id: 'refund-1', lines: [{ id: 'a', quantity: 1 }] },
    { id: 'refund-2', lines: [{ id: 'a', quantity: 1 }] },
  ])
  expect(after(twice, { act: 'refund', line: 'a' }, now)).toBeUndefined()
  expect(after(order, { act: 'refund', line: 'c' }, now)).toBeUndefined()
  // 2,500 for the pieces and 700 for shipping, less 200 in points.
  expect(amountLeft(order)).toBe(3000)
  expect(amountLeft(twice)).toBe(1000)
  expect(after(order, { act: 'refund-amount', amount: 3001 }, now)).toBeUndefined()
  const all = after(order, { act: 'refund-amount', amount: 3000 }, now)!
  expect(actsFor(all)).not.toContain('refund-amount')
})

it('offers nothing for a cancelled order, and does not hold or cancel a shipped one', () => {
  expect(actsFor({ ...order, state: 'cancelled' })).toEqual([])
  expect(actsFor({ ...order, state: 'shipped' })).toEqual(['pay', 'refund', 'refund-amount'])
  const lines = order.lines.map(({ id, quantity }) => ({ id, quantity }))
  const bare = { ...order, state: 'shipped' as const, refunds: [{ id: 'lines', at: order.placedAt, lines }] }
  const rest = { id: 'rest', at: order.placedAt, amount: amountLeft(bare) }
  expect(actsFor({ ...bare, refunds: [...bare.refunds, rest] })).toEqual([])
  expect(after({ ...order, state: 'shipped' }, { act: 'cancel' }, now)).toBeUndefined()
  expect([deedOf({ act: 'burn' }), deedOf({ act: 'pay', payment: 'gold' })]).toEqual([undefined, undefined])
})

it('ends a campaign at the instant, and leaves the others and the past alone', () => {
  const during = Date.parse('2026-06-08T00:00:00+09:00')
  const ended = withoutCampaign(documents.solaris, 'ten-times', during)
  expect(ended.campaigns?.[0]?.ordered).toEqual({ from: '2026-06-05T10:00:00+09:00', until: '2026-06-07T15:00:00.000Z' })
  expect([isOver(documents.solaris, during), isOver(ended, during)]).toEqual([false, true])
  expect(withoutCampaign(documents.solaris, 'ten-times', Date.parse('2027-01-01T00:00:00Z'))).toEqual(documents.solaris)
  expect(withoutCampaign(documents.solaris, 'ten-times', Date.parse('2026-01-01T00:00:00Z')).campaigns).toEqual([])
  expect(withoutCampaign(documents.amazon, 'ten-times', during)).toEqual(documents.amazon)
})

it('lets nobody decide for others, and keeps each programme’s orders to its own shop', async () => {
  const data = mkdtempSync(join(tmpdir(), 'muse-shopkeeping-'))
  const shop = await openDemo({ port: 0, data })
  const visitor = () => visitorOf(() => shop.url)
  const [guest, mina, thief] = [visitor(), visitor(), visitor()]
  expect((await guest.ask('/desk')).status).toBe(200)
  expect((await guest.ask('/desk/story.test.ts')).headers.get('location')).toBe('/login?to=/desk')
  await mina.post('/register', { name: 'Mina' })
  await thief.post('/register', { name: 'Mallory' })
  await mina.post('/desk/gift', { key: 'g' })
  const code = await mina.coupon(100)
  await thief.post('/desk/void', { code })
  expect((await mina.wallet()).coupons).toMatchObject([{ state: 'open' }])
  await mina.post('/desk/void', { code })
  expect((await mina.wallet()).coupons).toMatchObject([{ state: 'returned' }])
  await mina.post('/desk/shopper/gift', { key: 'k', gift: 'pocket-mirror' })
  const [{ id }] = (await mina.wallet()).gifts
  await thief.post('/desk/decide', { kind: 'gifts', id, state: 'accepted' })
  expect((await mina.wallet()).gifts).toMatchObject([{ state: 'waiting' }])
  const poor = await thief.post('/desk/shopper/gift', { key: 'k', gift: 'tote-bag' })
  expect(await thief.get(poor.headers.get('location')!)).toContain('Muse said no: there are not enough points for it (insufficient-points)')
  await mina.fill('dusk-postcard.wine')
  await mina.order({ order: 'MN-KEPTAPART2' })
  expect((await thief.ask('/desk/orders/MN-KEPTAPART2')).status).toBe(404)
  await mina.post('/desk/programme', { programme: 'amazon' })
  expect((await mina.ask('/desk/orders/MN-KEPTAPART2')).status).toBe(404)
  expect((await mina.wallet()).points).toEqual({ available: 0, pending: 0, held: 0, debt: 0 })
  expect(await mina.get('/desk?lang=en')).toContain('data-shop="amazon"')
  await shop.close()
  rmSync(data, { recursive: true })
})
