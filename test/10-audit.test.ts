// The audit: each of its checks notices what it is there for, in books in which everything has happened once, and says so by its name.
import { describe, expect, test } from 'vitest'
import { codes, redeem, spend } from '../server/acts/coupons.ts'
import { follow, revoke } from '../server/acts/follows.ts'
import { askGift, decideGift } from '../server/acts/gifts.ts'
import { grant } from '../server/acts/grants.ts'
import { enrol } from '../server/acts/members.ts'
import { reportOrder } from '../server/acts/orders.ts'
import { pay } from '../server/acts/paying.ts'
import { audit } from '../server/ledger/audit.ts'
import { fileAll } from '../server/ledger/memtable.ts'
import { at, DAY, openBook, order, program, START } from './book.ts'

const accounts = { x: 'https://x.com/shop', line: 'https://line.me/shop' }
const gifts = [
  { id: 'tote', title: 'Tote', points: 80 },
  { id: 'pin', title: 'Pin', points: 7 },
]
const rules = program({
  earning: { purchase: { percent: 1, delay: 'P7D' }, follow: { points: 30, accounts } },
  redeeming: { checkout: { max: null }, gifts },
})

/** Two members with some of everything, under the same order ids, and hardly a figure of one that is the other's. */
function lived() {
  const book = openBook(rules)
  for (const [more, who] of ['ada', 'bob'].entries()) {
    const member = enrol(book, who)
    const report = (id: string, price: number, state: object) => {
      const lines = [{ id: '1', sku: 'dress', price: price * (1 + more), quantity: 1 }]
      reportOrder(book, member, id, order({ lines, ...state }))
    }
    grant(book, member, { points: 2_000 + more, reason: 'once' })
    report('o1', 20_000, { state: 'shipped', shippedAt: at(0) })
    report('o2', 10_000, {})
    spend(book, member, redeem(book, member, { points: 300 + more }), { order: 'o3', discount: 200 + more, by: 'checkout' })
    redeem(book, member, { points: 100 + more })
    pay(book, member, 'o4', { points: 500 + more, lines: [{ id: '1', sku: 'dress', price: 1_000, quantity: 1 }] })
    report('o4', 1_000, { refunds: [{ id: 'r', at: at(0), amount: 700 * (1 + more) }] })
    decideGift(book, member, askGift(book, member, { gift: 'tote' }), 'accepted')
    askGift(book, member, { gift: more ? 'pin' : 'tote' })
    for (const network of ['x', 'line']) follow(book, member, network)
    revoke(book, member, 'line')
    grant(book, member, { points: 11 + more, reason: 'for a day', expiresAt: at(1) })
  }
  book.now = START + 8 * DAY
  for (const who of ['ada', 'bob']) enrol(book, who)
  fileAll(book, codes)
  return book
}

// The checks by their names.
const CHART = 'transfer outside the chart'
const MEMBER = 'member balance'
const LOT = 'lot balance'
const ORDER = 'lot net of its order'
const PARTS = 'transfer and its lots'
const OTHERS = 'transfer of somebody else’s lot'
const CHAIN = 'transfer that the history leaves out'
const LATE = 'member who would be woken too late'
const BOTH = 'debt beside available points'
const LOTS = 'order that does not know its lots'
const HOLD = 'open coupon and waiting gift against their holds'
const HELD = 'held against open coupons and waiting gifts'
const USED = 'used coupon against its spend'
const CHANGE = 'used coupon against its change'
const SPENT = 'coupon against what of it is spent'
const CODE = 'coupon that its code does not find'
const PAID = 'points at checkout against their spend'
const GIFT = 'accepted gift against its spend'
const FOLLOW = 'activity against its lot'
const TAKEN = 'lots of activities net of what was taken back'
const NOBODY = 'row of nobody'

const some = (condition: string) => `SELECT id FROM transfers WHERE ${condition}`
const backOf = (more: string) => `json_set(back, '$[0].points', json_extract(back, '$[0].points') ${more})`

/** What somebody changes, how, and which checks say so. */
const tampered: [what: string, sql: string, ...noticed: string[]][] = [
  ['a funder without a name', "UPDATE transfers SET debit = 'issued:' WHERE kind = 'earn' AND member = 1", CHART],
  ['where spent points went', "UPDATE transfers SET credit = 'expired' WHERE kind = 'spend'", CHART, LOT],
  ['a kind to one there is not', "UPDATE transfers SET kind = 'gift' WHERE note = 'once'", CHART],
  ['a kind to what every object has', "UPDATE transfers SET kind = 'constructor' WHERE note = 'once'", CHART],
  ['what is pending', 'UPDATE members SET pending = pending + 1', MEMBER],
  ['what is available', 'UPDATE members SET available = available + 1', MEMBER],
  ['what is held', 'UPDATE members SET held = held + 1', MEMBER, HELD],
  ['what is owed', 'UPDATE members SET debt = debt - 1', MEMBER, BOTH],
  ['what is pending in a lot', 'UPDATE lots SET pending = pending + 1 WHERE pending > 0', LOT],
  ['what is available in a lot', 'UPDATE lots SET available = available + 1 WHERE open = 1', LOT],
  ['what ran out of a lot', 'UPDATE lots SET expired = expired - 1 WHERE expired > 0', LOT],
  ['which lots are open', 'UPDATE lots SET open = 1 - open', LOT],
  ['what an order earned', "UPDATE lots SET points = points + 1 WHERE order_id = 'o2' AND member = 1", ORDER],
  ['which order earned it', "UPDATE lots SET order_id = 'o9' WHERE order_id = 'o2'", ORDER, LOTS],
  ['how much a transfer moved', 'UPDATE transfers SET points = points + 1 WHERE id = 1', PARTS, MEMBER],
  ['a transfer away', 'DELETE FROM transfers WHERE id = 1', MEMBER, LOT, NOBODY, CHAIN],
  ['a part away', `DELETE FROM parts WHERE transfer = (${some("kind = 'activate'")})`, PARTS, LOT],
  ['a part of a lot to another lot', 'UPDATE parts SET lot = 1 WHERE lot = (SELECT lot FROM activities)', LOT, TAKEN],
  ['what an open coupon is worth', "UPDATE coupons SET points = points + 1 WHERE state = 'open'", HELD, HOLD],
  ['a used coupon to an open one', "UPDATE coupons SET state = 'open' WHERE state = 'used'", HELD, SPENT],
  ['what a gift that waits costs', "UPDATE gifts SET points = points + 1 WHERE state = 'waiting'", HELD, HOLD],
  ['a gift that waits to a declined one', "UPDATE gifts SET state = 'declined' WHERE state = 'waiting'", HELD],
  ['what a coupon took off', "UPDATE coupons SET discount = discount + 1 WHERE state = 'used'", USED, SPENT, CHANGE],
  ['what a coupon took off to nothing', "UPDATE coupons SET discount = NULL WHERE state = 'used'", USED],
  ['what used a coupon', "UPDATE coupons SET spend = hold, discount = points WHERE state = 'used'", USED, SPENT, CHANGE],
  ['what of a coupon is back', `UPDATE coupons SET back = '[{"lot":1,"points":5}]' WHERE state = 'used'`, SPENT],
  ['the last code away', 'DELETE FROM codes WHERE id = (SELECT MAX(id) FROM codes)', CODE],
  ['the first code away', 'DELETE FROM codes WHERE id = (SELECT MIN(id) FROM codes)', CODE],
  ['whose a code is', 'UPDATE codes SET member = 3 - member', CODE],
  ['which coupon a code is of', 'UPDATE codes SET id = id + 1', CODE],
  ['what paid for an order', `UPDATE payments SET points = points + 1, back = ${backOf('+ 1')}`, PAID],
  ['what spent that', `UPDATE payments SET spend = (${some("kind = 'hold' AND order_id = 'o4' AND member = payments.member")})`, PAID],
  ['what of it is back', `UPDATE payments SET back = ${backOf('- 1')}`, PAID],
  ['what of it is back to nothing', "UPDATE payments SET back = '[]'", PAID],
  ['what an accepted gift cost', "UPDATE gifts SET points = points + 1 WHERE state = 'accepted'", GIFT],
  ['what spent that to nothing', "UPDATE gifts SET spend = NULL WHERE state = 'accepted'", GIFT],
  ['what spent that to what held it', "UPDATE gifts SET spend = hold WHERE state = 'accepted'", GIFT],
  ['what a follow brings', "UPDATE activities SET points = points + 1 WHERE state = 'accepted'", FOLLOW],
  ['where a follow’s points are', "UPDATE activities SET lot = NULL WHERE state = 'accepted'", FOLLOW],
  ['an accepted follow to a declined one', "UPDATE activities SET state = 'declined' WHERE state = 'accepted'", FOLLOW],
  ['who followed', 'UPDATE activities SET member = 3 - member, key = key || seq', FOLLOW],
  ['why points were taken back', "UPDATE transfers SET note = 'advanced' WHERE kind = 'clawback' AND member = 1", TAKEN],
  [
    'whose points were a present',
    `UPDATE lots SET member = 3 - member WHERE id IN (SELECT lot FROM parts WHERE transfer IN (${some("note = 'once'")}))`,
    OTHERS,
  ],
  [
    'which transfer was before',
    'UPDATE transfers SET previous = previous - 2 WHERE id = (SELECT last_transfer FROM members WHERE id = 2)',
    CHAIN,
  ],
  [
    'which transfer was the first',
    'UPDATE transfers SET previous = NULL WHERE id = (SELECT last_transfer FROM members WHERE id = 2)',
    CHAIN,
  ],
  ['which transfer is the newest', 'UPDATE members SET last_transfer = (SELECT previous FROM transfers WHERE id = last_transfer)', CHAIN],
  ['when points mature', 'UPDATE lots SET available_at = 1 WHERE pending > 0', LATE],
  ['when points run out', 'UPDATE lots SET expires_at = 8639999999999999 WHERE available > 0', LATE],
  ['when a coupon runs out', "UPDATE coupons SET expires_at = 8639999999999999 WHERE state = 'open'", LATE],
  ['when an order changes', 'UPDATE orders SET changes_at = 8639999999999999', LATE],
  ['which lots an order knows', "UPDATE orders SET lots = '[]' WHERE id = 'o2'", LOTS],
  ['whose lots an order knows', "UPDATE orders SET lots = '[1]' WHERE id = 'o4'", LOTS],
  [
    'what an open coupon holds',
    "UPDATE coupons SET hold = (SELECT hold FROM gifts WHERE state = 'waiting' AND member = coupons.member) WHERE state = 'open'",
    HOLD,
  ],
  [
    'whose points a gift holds',
    `UPDATE gifts SET hold = (${some("kind = 'hold' AND member <> gifts.member")} LIMIT 1) WHERE state = 'waiting'`,
    HOLD,
  ],
  ['what a used coupon was worth', "UPDATE coupons SET points = points + 1 WHERE state = 'used'", CHANGE],
  ['which change it gave', "UPDATE coupons SET change = NULL WHERE state = 'used'", CHANGE],
  [
    'which transfer gave that',
    `UPDATE coupons SET change = (${some("kind = 'hold' AND member = coupons.member AND points = coupons.points - discount")}) WHERE state = 'used'`,
    CHANGE,
  ],
]

/** What names a row of another table. */
const owned: [table: string, ...columns: string[]][] = [
  ['transfers', 'member'],
  ['lots', 'member'],
  ['parts', 'transfer', 'lot'],
  ['coupons', 'member', 'hold', 'spend', 'change'],
  ['activities', 'member', 'lot'],
  ['gifts', 'member', 'hold', 'spend'],
]

describe('the audit', () => {
  const notices = (sql: string) => {
    const book = lived()
    expect(audit(book)).toMatchObject({ ok: true, sum: 0, problems: [], members: 2 })
    book.all('PRAGMA foreign_keys = OFF')
    book.all(sql)
    const { ok, sum, problems } = audit(book)
    return { ok, sum, checks: [...new Set(problems.map((problem) => problem.split(':')[0]))].sort() }
  }

  test.each(tampered)('notices, and by which check, who changes %s', (_what, sql, ...noticed) => {
    expect(notices(sql)).toMatchObject({ ok: false, checks: noticed.sort() })
  })

  test.each(owned.flatMap(([table, ...columns]) => columns.map((column) => [table, column])))(
    'notices of %s that there is no such %s',
    (table, column) => {
      const one = `${column} = (SELECT MAX(${column}) FROM ${table})`
      expect(notices(`UPDATE ${table} SET ${column} = 999 WHERE ${one}`).checks).toContain(NOBODY)
    },
  )

  test('sums up what came to an account that nobody has', () => {
    expect(notices("UPDATE transfers SET credit = 'thin air' WHERE note = 'once'").sum).toBe(-4_001)
    expect(notices("UPDATE transfers SET debit = 'thin air' WHERE note = 'once'").sum).toBe(4_001)
  })
})
