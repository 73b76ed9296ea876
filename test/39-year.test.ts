// A year of a shop's life in seconds: the clock is an argument. What the alarm does day by day, touching a member at the end does as well.
import { expect, test } from 'vitest'
import { alarm } from '../server/acts/chores.ts'
import { redeem } from '../server/acts/coupons.ts'
import { enrol } from '../server/acts/members.ts'
import { reportOrder } from '../server/acts/orders.ts'
import { historyOf, walletOf } from '../server/acts/wallet.ts'
import type { Order } from '../server/contract.ts'
import { at, DAY, openBook, program, START } from './book.ts'

const rules = program({
  redeeming: { coupon: { life: 'P30D' } },
  expiry: { life: 'P3M' },
  campaigns: [
    { id: 'summer', title: 'Summer', multiply: 3, ordered: { from: at(60), until: at(74) } },
    {
      ...{ id: 'fast', title: 'Fast', percent: 4, ordered: { from: at(120), until: at(150) }, shipped: { until: at(160) } },
      ...{ payment: ['card'], cancelUnshipped: true },
    },
  ],
})
const MEMBERS = 60
const YEAR = 365

/** Always the same throw for the same day and member. */
function thrown(day: number, member: number, what: number): number {
  let mixed = Math.imul(day + 1, 0x9e3779b1) ^ Math.imul(member + 1, 0x85ebca6b) ^ Math.imul(what + 1, 0xc2b2ae35)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d)
  mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39)
  return ((mixed ^ (mixed >>> 15)) >>> 0) % 100
}

function order(day: number, member: number, changes: Partial<Order>): Order {
  const lines = [{ id: '1', sku: 'dress', price: 4_000 + 130 * thrown(day, member, 2), quantity: 1 }]
  const payment = thrown(day, member, 3) < 70 ? 'card' : 'cash'
  return { placedAt: at(day), updatedAt: at(day), state: 'placed', payment, lines, ...changes }
}

function live(everyDay: boolean) {
  const book = openBook(rules)
  for (let day = 0; day <= YEAR; day++) {
    book.now = START + day * DAY
    while (everyDay && alarm(book));
    for (let number = 0; number < MEMBERS; number++) {
      const ordered = (on: number) => on >= 0 && thrown(on, number, 1) < 4
      if (ordered(day)) reportOrder(book, enrol(book, `c${number}`), `o${day}`, order(day, number, {}))
      const sent = day - 2
      if (ordered(sent) && thrown(sent, number, 5) < 85)
        reportOrder(
          book,
          enrol(book, `c${number}`),
          `o${sent}`,
          order(sent, number, { state: 'shipped', shippedAt: at(day), updatedAt: at(day) }),
        )
      if (thrown(day, number, 6) < 1 && day % 7 === 0) {
        const member = enrol(book, `c${number}`)
        if (member.available > 0) redeem(book, member, { points: Math.min(member.available, 5000) })
      }
    }
  }
  const wallets = Array.from({ length: MEMBERS }, (_, number) => walletOf(book, enrol(book, `c${number}`)).points)
  const kinds = book.all<{ kind: string; transfers: number }>(
    'SELECT kind, COUNT(*) AS transfers FROM transfers GROUP BY kind ORDER BY kind',
  )
  return { book, wallets, kinds: Object.fromEntries(kinds.map(({ kind, transfers }) => [kind, transfers])) }
}

test('a year: points mature, run out, lapse with late parcels; coupons run out; the alarm and a late look agree', () => {
  const [watched, left] = [live(true), live(false)]
  expect(watched.book.audited()).toEqual([])
  expect(left.book.audited()).toEqual([])
  expect(left.wallets).toEqual(watched.wallets)
  expect(left.kinds).toEqual(watched.kinds)
  for (const kind of ['earn', 'activate', 'expire', 'revoke', 'hold', 'release'])
    expect([kind, (watched.kinds[kind] ?? 0) > 5]).toEqual([kind, true])
})

test('what time did is dated by when it was due, whenever it was done', () => {
  const [watched, left] = [live(true), live(false)].map(({ book }) =>
    Array.from({ length: MEMBERS }, (_, number) =>
      historyOf(book, enrol(book, `c${number}`)).entries.map(({ at, kind, points }) => `${at} ${kind} ${points}`),
    ),
  )
  expect(left).toEqual(watched)
})
