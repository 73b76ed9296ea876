// Whoever looks, and whenever: books that an alarm wakes twice a day and books that only those who act touch end alike, and what a
// report said of an instant that is over it says for ever, over any cuts of time.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { release, use } from '../server/acts/checkout.ts'
import { wakeSome } from '../server/acts/chores.ts'
import { findCoupon, letGo, redeem } from '../server/acts/coupons.ts'
import { eraseMember } from '../server/acts/erasure.ts'
import { follow, revoke } from '../server/acts/follows.ts'
import { askGift, decideGift, findGift } from '../server/acts/gifts.ts'
import { grant } from '../server/acts/grants.ts'
import { enrol } from '../server/acts/members.ts'
import { receiptOf, reportOrder } from '../server/acts/orders.ts'
import { pay, unpay } from '../server/acts/paying.ts'
import { report } from '../server/acts/report.ts'
import { decideReview, review } from '../server/acts/reviews.ts'
import { walletOf } from '../server/acts/wallet.ts'
import { type Order, Refusal } from '../server/contract.ts'
import { findMember, type Lot, type MemberRow } from '../server/ledger/member.ts'
import { at, DAY, openBook, program, START, type TestBook } from './book.ts'

const rules = (award: string, more: object = {}) =>
  program({
    ...{ sellers: { percent: 2, from: '2020-01-01T00:00:00Z' }, expiry: { life: 'P12D' } },
    earning: {
      purchase: { percent: 1, delay: award === 'placed' ? 'P1D' : 'P3D', award },
      review: { points: 70 },
      follow: { points: 90, award: award === 'placed' ? 'posted' : 'shipped', accounts: { x: 'https://x.com/a', y: 'https://y.com/a' } },
      welcome: { points: 50 },
    },
    redeeming: { checkout: { max: null }, coupon: { life: 'P8D' }, gifts: [{ id: 'g', title: 'G', points: 60 }] },
    campaigns: [
      {
        id: 'c',
        title: 'C',
        multiply: 3,
        ordered: { until: at(12) },
        shipped: { until: at(10) },
        payment: ['card'],
        cancelUnshipped: true,
      },
      { id: 'd', title: 'D', multiply: 2, ordered: { until: at(20) }, shipped: { until: at(15) } },
    ],
    ...more,
  })

const step = fc.record({
  do: fc.constantFrom(
    'order',
    'order',
    'order',
    'order',
    'grant',
    'redeem',
    'undo',
    'use',
    'release',
    'pay',
    'unpay',
    'gift',
    'yes',
    'no',
    'follow',
    'revoke',
    'review',
    'declined',
    'accepted',
    'version',
    'wait',
    'wait',
    'wait',
    'wait',
    'erase',
  ),
  who: fc.constantFrom('ada', 'ada', 'ada', 'bob'),
  order: fc.constantFrom('o1', 'o2'),
  nth: fc.nat({ max: 2 }),
  state: fc.constantFrom('placed', 'on-hold', 'shipped', 'shipped', 'shipped', 'cancelled'),
  placed: fc.constantFrom(0, 0, 0, 0, 4, 9),
  shipped: fc.integer({ min: -4, max: 1 }),
  gone: fc.constantFrom(0, 0, 1, 2),
  seller: fc.constantFrom('s1', undefined),
  payment: fc.constantFrom('card', undefined),
  points: fc.integer({ min: 1, max: 300 }),
  days: fc.constantFrom(0.5, 1, 2, 3, 4, 5, 9),
})
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

function act(book: TestBook, it: Step): unknown {
  if (it.do === 'version') return book.change(rules(it.nth === 0 ? 'placed' : 'shipped', it.nth === 1 ? { expiry: null } : {}))
  const who = enrol(book, it.who)
  const coupon = book.all<{ code: string }>('SELECT code FROM coupons WHERE member = ? ORDER BY id', who.id)[it.nth]
  const gift = book.all<{ id: string }>('SELECT id FROM gifts WHERE member = ? ORDER BY seq', who.id)[it.nth]
  const told = book.all<{ id: string }>("SELECT id FROM activities WHERE kind = 'review' AND member = ? ORDER BY seq", who.id)[0]
  const line = { id: '1', sku: `dress-${it.order}`, price: 5_050, quantity: 2, ...(it.seller ? { seller: it.seller } : {}) }
  if (it.do === 'grant')
    return grant(book, who, {
      points: it.points,
      reason: 'gift',
      ...(it.nth === 0 ? { expiresAt: new Date(book.now + 4 * DAY).toISOString() } : {}),
    })
  if (it.do === 'redeem') return redeem(book, who, { points: it.points })
  if (it.do === 'undo' && coupon) return letGo(book, who, findCoupon(book, coupon.code), 'returned')
  if (it.do === 'use' && coupon) return use(book, coupon.code, { order: it.order, lines: [{ ...line, price: it.points, quantity: 1 }] })
  if (it.do === 'release' && coupon) return release(book, coupon.code)
  if (it.do === 'pay') return pay(book, who, it.order, { points: it.points, lines: [line] })
  if (it.do === 'unpay') return unpay(book, who, it.order)
  if (it.do === 'gift') return askGift(book, who, { gift: 'g' })
  if ((it.do === 'yes' || it.do === 'no') && gift)
    return decideGift(book, who, findGift(book, gift.id), it.do === 'yes' ? 'accepted' : 'declined')
  if (it.do === 'follow') return follow(book, who, it.nth ? 'x' : 'y')
  if (it.do === 'revoke') return revoke(book, who, it.nth ? 'x' : 'y')
  if (it.do === 'review') return review(book, who, { order: it.order, sku: `dress-${it.order}`, rating: 5, text: 'a' } as never)
  if ((it.do === 'declined' || it.do === 'accepted') && told) return decideReview(book, told.id, { state: it.do })
  if (it.do === 'erase' && it.nth === 0) return eraseMember(book, who)
  if (it.do !== 'order') return
  const known = { joinedAt: START - DAY, leftAt: null, percent: 3 }
  const order = {
    ...{ placedAt: at(it.placed), updatedAt: new Date(book.now).toISOString(), state: it.state, lines: [line], payment: it.payment },
    ...(it.state === 'shipped' ? { shippedAt: new Date(book.now + it.shipped * DAY).toISOString() } : {}),
    refunds: it.gone ? [{ id: 'r', at: at(0), lines: [{ id: '1', quantity: it.gone }] }] : [],
  }
  return reportOrder(book, who, it.order, order as Order, { sellers: { s1: known } } as never)
}

function happened(book: TestBook, it: Step): string {
  // A version and an order of one millisecond would be a matter of who came first.
  if (it.do === 'version') book.now += 1
  try {
    book.transaction(() => act(book, it))
    return 'done'
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return error.code
  }
}

const moved = (book: TestBook) =>
  book.all('SELECT t.at, kind, points, customer, order_id, note FROM transfers t JOIN members m ON m.id = t.member ORDER BY t.member, t.id')

// What a wallet and the orders behind it may never say, whatever was done.
function expectSound(book: TestBook, who: MemberRow): void {
  const { points, expiring } = walletOf(book, who)
  expect(points.available > 0 && points.debt > 0).toBe(false)
  expect(expiring.filter((some) => Date.parse(some.at) <= book.now)).toEqual([])
  for (const { id, lots } of book.all<{ id: string; lots: string }>('SELECT id, lots FROM orders WHERE member = ?', who.id)) {
    const receipt = receiptOf(book, who, id)
    const its = book.all<Lot>('SELECT * FROM lots WHERE id IN (SELECT value FROM json_each(?))', lots)
    const total = (name: 'points' | 'pending' | 'expired') => its.reduce((sum, lot) => sum + lot[name], 0)
    // What ran out counts as taken back, unless the newest report says that it has not run out: then it was given again.
    expect([Math.max(receipt.points, total('expired')), receipt.points + total('expired')]).toContain(total('points'))
    if (receipt.points > 0) expect([id, total('pending') > 0]).toEqual([id, receipt.state !== 'available'])
  }
}

function expectCutsAddUp(book: TestBook): void {
  const [one, two, three] = [at(3.2), at(7.5), at(14.1)] as const
  const all = report(book, {})
  const parts = [{ to: one }, { from: one, to: two }, { from: two, to: three }, { from: three }].map((cut) => report(book, cut))
  for (const key of ['issued', 'spent', 'expired', 'clawedBack'] as const) {
    expect(parts.reduce((sum, part) => sum + part[key], 0)).toBe(all[key])
    for (const [name, funder] of Object.entries(all.funders))
      expect([name, parts.reduce((sum, part) => sum + (part.funders[name]?.[key] ?? 0), 0)]).toEqual([name, funder[key]])
  }
  expect(all.liability).toBe(all.issued - all.spent - all.expired - all.clawedBack)
}

test('A7, A10 · books end alike whoever wakes them, and a report of what is over stays as it was read', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 28, size: 'max' }), (steps) => {
      const [seldom, often] = [openBook(rules('shipped')), openBook(rules('shipped'))]
      const read: { to: string; was: unknown }[] = []
      for (const it of steps) {
        if (it.do !== 'wait') expect(happened(often, it)).toBe(happened(seldom, it))
        else {
          seldom.now += it.days * DAY
          for (let left = it.days * 2; left > 0; left--) {
            often.now += DAY / 2
            while (wakeSome(often));
          }
          const to = new Date(often.now).toISOString()
          read.push({ to, was: report(often, { to }) })
        }
        for (const name of ['ada', 'bob']) {
          if (findMember(often, name)) expectSound(often, enrol(often, name))
        }
      }
      for (const book of [seldom, often]) {
        book.now += 1
        while (wakeSome(book));
        expect(book.audited()).toEqual([])
        expectCutsAddUp(book)
      }
      expect(moved(often)).toEqual(moved(seldom))
      for (const { to, was } of read) expect(report(seldom, { to })).toEqual(was)
    }),
    { numRuns: Number(process.env.RUNS ?? 150), seed: Number(process.env.SEED ?? 20261122) },
  )
}, 200_000)
