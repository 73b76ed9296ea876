// Members of one book who do the same on the same days, under the same names of orders: each sees what they would see alone in it.
import { expect, test } from 'vitest'
import { findActivity } from '../server/acts/activities.ts'
import { once } from '../server/acts/answers.ts'
import { release, use } from '../server/acts/checkout.ts'
import { letGo, redeem } from '../server/acts/coupons.ts'
import { eraseMember } from '../server/acts/erasure.ts'
import { follow, revoke } from '../server/acts/follows.ts'
import { askGift, decideGift, type GiftRow, withdrawGift } from '../server/acts/gifts.ts'
import { grant } from '../server/acts/grants.ts'
import { enrol } from '../server/acts/members.ts'
import { receiptOf, reportOrder } from '../server/acts/orders.ts'
import { pay, unpay } from '../server/acts/paying.ts'
import { decidePhoto, post } from '../server/acts/photos.ts'
import { decideReview, review } from '../server/acts/reviews.ts'
import { couponsBefore, historyOf, walletOf } from '../server/acts/wallet.ts'
import type { Refusal } from '../server/contract.ts'
import { problem } from '../server/http/problems.ts'
import { attempt } from '../server/ledger/door.ts'
import { at, DAY, openBook, order, program, START, type TestBook } from './book.ts'

const rules = program({
  earning: {
    purchase: { percent: 1, delay: 'P7D' },
    review: { points: 10, award: 'accepted' },
    photo: { points: 10, perDay: 2 },
    follow: { points: 10, accounts: { x: 'https://x.com/shop', line: 'https://line.me/shop' }, award: 'shipped' },
  },
  campaigns: [{ id: 'c', title: 'C', percent: 5, categories: ['late'], shipped: { until: at(15) }, cancelUnshipped: true }],
  redeeming: { checkout: { max: null }, coupon: { life: 'P30D' }, gifts: [{ id: 'pin', title: 'Pin', points: 5 }] },
})

/** What somebody can do, each time as whoever they are by then. Of two members no figure is the same. */
function doing(book: TestBook, customer: string, times: number) {
  const me = () => enrol(book, customer)
  const lines = (price: number, more: object = {}) => [{ id: '1', sku: 'dress', price: price * times, quantity: 1, ...more }]
  const newest = () => couponsBefore(book, me(), {}).coupons[0]?.code ?? ''
  const waiting = () => book.all<GiftRow>("SELECT * FROM gifts WHERE member = ? AND state = 'waiting' ORDER BY seq", me().id)[0] as GiftRow
  const photo = (place: number, state: 'accepted' | 'declined' = 'accepted') => ({ id: `photo-${customer}-${place}`, customer, state })
  const kept = (request: string) => {
    const said = () => ({ status: 200, body: `{"points":${redeem(book, me(), { points: times }).points}}` })
    const told = attempt(() => once(book, { asker: `member ${customer}`, key: 'key', request }, said, problem))
    return 'error' in told ? (told.error as Refusal).code : told.value
  }
  return {
    me,
    grant: (points: number, day?: number) =>
      grant(book, me(), { points: points * times, reason: 'gift', ...(day && { expiresAt: at(day) }) }),
    report: (id: string, price: number, { line, refund, ...more }: { line?: object; refund?: number; [name: string]: unknown } = {}) => {
      const refunds = refund ? [{ id: 'r', at: at(0), amount: refund * times }] : []
      return reportOrder(
        book,
        me(),
        id,
        order({ lines: lines(price, line), refunds, updatedAt: new Date(book.now).toISOString(), ...more }),
      )
    },
    receipt: (id: string) => receiptOf(book, me(), id),
    redeem: (points: number) => redeem(book, me(), { points: points * times }).points,
    use: (id: string, price: number) => use(book, newest(), { order: id, lines: lines(price) }),
    release: () => release(book, newest()).points,
    letGo: () => letGo(book, me(), release(book, newest()), 'returned'),
    pay: (id: string, points: number) => pay(book, me(), id, { points: points * times, lines: lines(1_000) }),
    unpay: (id: string) => unpay(book, me(), id),
    ask: () => askGift(book, me(), { gift: 'pin' }).state,
    accept: () => decideGift(book, me(), waiting(), 'accepted'),
    withdraw: () => withdrawGift(book, me(), waiting().id),
    follow: (network: string) => follow(book, me(), network),
    revoke: (network: string) => revoke(book, me(), network),
    review: (sku: string) => attempt(() => review(book, me(), { order: 'o1', sku, rating: 5, text: '' }).state),
    acceptReview: (sku: string) =>
      decideReview(book, findActivity(book, me(), 'review', sku)?.id ?? '', { state: 'accepted' }).activity.points,
    post: (place: number) => post(book, me(), photo(place)).points,
    decline: (place: number) => decidePhoto(book, photo(place, 'declined')).activity.state,
    kept,
    wallet: () => walletOf(book, me()),
    history: (before?: string) => historyOf(book, me(), before).entries,
    coupons: () => couponsBefore(book, me(), {}),
  }
}
type Doing = ReturnType<typeof doing>

const shipped = { state: 'shipped', shippedAt: at(0) }
const often = (act: () => unknown) => Array.from({ length: 22 }, act)

/** What each does on a day, and what they are told; where it is nothing, time does it. */
const days: [day: number, deeds: (i: Doing) => unknown[]][] = [
  [0, (i) => [i.grant(1_000, 20), i.grant(2_000)]],
  // Nobody has received anything yet but who did the same before.
  [0, (i) => [i.follow('x'), i.report('o1', 10_000, shipped), i.follow('line'), i.wallet()]],
  [0, (i) => [i.report('o2', 10_000), i.report('late', 1_000, { line: { categories: ['late'] } })]],
  [1, (i) => [i.redeem(300), i.redeem(200), i.redeem(100)]],
  [1, (i) => [i.use('o3', 50), i.report('o3', 50), i.release(), i.letGo()]],
  [2, (i) => [i.pay('o4', 500), i.report('o4', 1_000), i.receipt('o4'), i.report('o4', 1_000, { refund: 700 })]],
  [2, (i) => [i.pay('o5', 400), i.pay('o5', 90), i.unpay('o5')]],
  [3, (i) => [i.ask(), i.ask(), i.ask(), i.accept(), i.withdraw()]],
  [4, (i) => [i.review('dress'), i.review('shoe'), i.acceptReview('dress'), i.revoke('line')]],
  [4, (i) => [i.post(1), i.wallet(), i.post(2)]],
  [5, (i) => [i.decline(1), i.post(3)]],
  [5, (i) => [i.kept('this'), i.kept('this'), i.kept('that')]],
  [6, (i) => [i.report('o2', 10_000, { state: 'cancelled' }), i.report('o1', 10_000, { ...shipped, refund: 5_000 })]],
  [8, (i) => [i.redeem(50), i.use('o6', 1_000)]],
  [9, (i) => [often(i.ask), often(() => i.redeem(1))]],
  [10, (i) => [i.history(at(5))]],
  [16, () => []],
  [21, () => []],
  [40, () => []],
]

/** Without the names that dice and the book made. */
const plain = (told: unknown) => {
  const made = ['id', 'code', 'coupon', 'next']
  return JSON.parse(JSON.stringify(told, (name, value) => (made.includes(name) && typeof value === 'string' ? '#' : value)))
}

/** Lets these members live in one book, and gives what each saw. Those who leave are erased on a day in the middle. */
function lived(customers: string[], leaving: string[] = []) {
  const book = openBook(rules)
  const saw: Record<string, unknown[]> = Object.fromEntries(customers.map((customer) => [customer, []]))
  for (const [day, deeds] of days) {
    book.now = START + day * DAY
    for (const customer of day > 9 ? customers.filter((it) => !leaving.includes(it)) : customers) {
      const i = doing(book, customer, customer.length - 2)
      saw[customer]?.push(plain([deeds(i), i.wallet(), i.history(), i.coupons()]))
    }
    if (day === 9) for (const customer of leaving) eraseMember(book, enrol(book, customer))
    expect(book.audited()).toEqual([])
  }
  return saw
}

const { ada: alone } = lived(['ada'])

test('a member sees what they would see if there were nobody else', () => {
  expect(lived(['clara', 'ada', 'bert']).ada).toEqual(alone)
})

test('and sees no less once the others are erased', () => {
  expect(lived(['clara', 'ada', 'bert'], ['clara', 'bert']).ada).toEqual(alone)
})
