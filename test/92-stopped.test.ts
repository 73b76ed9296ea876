// The demonstration stopped while checkouts are being posted, and started again: each became an order or nothing, never half of one.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { command, until } from './commands.ts'
import { type Visitor, visitorOf } from './visitor.ts'

const orders = Array.from({ length: 16 }, (_, index) => `MN-STQPPED2${[...'23456789ABCDEFGH'][index]}2`)

test.each(['SIGKILL', 'SIGTERM'] as const)(
  '%s in the middle of checkouts loses no coupon and no points',
  { timeout: 120_000 },
  async (signal) => {
    const data = mkdtempSync(join(tmpdir(), 'muse-stopped-'))
    onTestFinished(() => rmSync(data, { recursive: true }))
    let shop = await open(data)
    const visitors = await Promise.all(
      orders.map((order) =>
        ready(
          visitorOf(() => shop.url),
          order,
        ),
      ),
    )
    const posted = visitors.map(({ visitor, order }) => visitor.order({ order }).catch(() => undefined))
    // Some have used their coupons by then, and hardly any is an order yet.
    const journal = join(data, 'storefront', 'solaris', 'journal.ndjson')
    await until(() => readFileSync(journal, 'utf8').includes('"path":"/coupons/'))
    shop.child.kill(signal)
    await Promise.all([...posted, shop.ended])

    shop = await open(data)
    for (const { visitor, order } of visitors) {
      const isPlaced = (await visitor.ask(`/placed/${order}`)).status === 200
      expect(await standing(visitor), `${order} placed: ${isPlaced}`).toEqual(
        isPlaced
          ? { available: 100, held: 0, debt: 0, coupon: 'used', pending: 3590 }
          : { available: 200, held: 300, debt: 0, coupon: 'open', pending: 0 },
      )
      // The checkout is opened again, and its order has another number.
      if (!isPlaced) expect((await visitor.order()).headers.get('location')).toMatch(/^\/placed\//)
      expect(await standing(visitor)).toMatchObject({ available: 100, held: 0, coupon: 'used', pending: 3590 })
    }
  },
)

/** Until the shops are there: Muse answers a moment earlier. */
async function open(data: string) {
  const shop = await command('demo/start.ts', data)
  await until(() => shop.said.out.includes('Storefront'))
  return shop
}

/** A member with 500 points, 300 of them in a coupon, about to pay with it and with 100 more. */
async function ready(visitor: Visitor, order: string) {
  await visitor.post('/desk/programme', { programme: 'solaris' })
  await visitor.post('/register', { name: order })
  await visitor.post('/desk/gift', { key: order })
  await visitor.fill('moonmoth-jsk.wine', await visitor.coupon(300))
  await visitor.post('/checkout/points', { points: '100' })
  return { visitor, order }
}

async function standing(visitor: Visitor) {
  const { points, coupons } = await visitor.wallet()
  return { ...points, coupon: coupons[0].state }
}
