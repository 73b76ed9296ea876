// What the desk says of a ledger: who moved which points, and the wallet before and after.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { type LedgerEntry, timelineOf } from '../demo/desk/timeline.ts'
import { type Call, type Entry, openJournal } from '../demo/journal.ts'

const minute = (count: number) => Date.parse('2026-11-22T04:00:00Z') + count * 60_000
const entry = (minutes: number, kind: string, points: number, more: Partial<LedgerEntry> = {}): LedgerEntry => ({
  ...{ at: new Date(minute(minutes) + 4).toISOString(), kind, points },
  ...more,
})
const call = (minutes: number, method: string, path: string, more: Partial<Call> = {}): Call => ({
  ...{ what: 'call', at: minute(minutes), method, path, status: 200 },
  ...more,
})
const order = (minutes: number, id: string, more: Partial<Call> = {}) => call(minutes, 'PUT', `/members/c1/orders/${id}`, more)

const journal: Entry[] = [
  call(0, 'PUT', ''),
  call(0, 'PUT', '/members/c1', { body: {} }),
  call(1, 'POST', '/members/c1/grants', { body: { points: 500, reason: 'a gift' } }),
  order(2, 'o1'),
  call(3, 'POST', '/members/c2/grants'),
  order(4, 'o1'),
  { what: 'jump', at: minute(5), to: minute(5) + 7 * 86_400_000 },
  call(20_000, 'PUT', '/coupons/ab-cd/order'),
  order(20_001, 'o2', { status: 422, code: 'out-of-range' }),
]
const history = [
  entry(1, 'grant', 500, { note: 'a gift' }),
  entry(2, 'earn', 363, { order: 'o1' }),
  entry(9_000, 'activate', 363, { order: 'o1' }),
  entry(19_000, 'hold', 400, { coupon: 'ABCD' }),
  entry(20_000, 'spend', 330, { coupon: 'ABCD', order: 'o2' }),
  entry(20_000, 'release', 70, { coupon: 'ABCD', order: 'o2' }),
].toReversed()

it('says who moved which points, and what the wallet was before and after', () => {
  const told = timelineOf('c1', journal, history).map(({ by, moves, after }) => [
    typeof by === 'string' ? by : by.what === 'jump' ? 'clock' : by.path,
    moves.map(({ kind }) => kind).join(),
    [after.available, after.pending, after.held, after.debt],
  ])
  expect(told).toEqual([
    ['/members/c1/grants', 'grant', [500, 0, 0, 0]],
    ['/members/c1/orders/o1', 'earn', [500, 363, 0, 0]],
    ['/members/c1/orders/o1', '', [500, 363, 0, 0]],
    ['clock', 'activate', [863, 0, 0, 0]],
    ['shopper', 'hold', [463, 0, 400, 0]],
    ['/coupons/ab-cd/order', 'spend,release', [533, 0, 0, 0]],
    ['/members/c1/orders/o2', '', [533, 0, 0, 0]],
  ])
})

it('does not take what a shopper did for what the shop did at the same moment', () => {
  const enrolled = call(0, 'PUT', '/members/c1', { body: {} })
  const granted = call(1, 'POST', '/members/c1/grants', { body: { points: 500, reason: 'a gift' } })
  const decided = call(2, 'PATCH', '/gifts/g1', { member: 'c1' })
  const elsewhere = call(2, 'PATCH', '/gifts/g2', { member: 'c2' })
  const moved = [
    entry(0, 'grant', 10, { note: 'follow x' }),
    entry(1, 'grant', 500, { note: 'a gift' }),
    entry(1, 'grant', 10, { note: 'review dress' }),
    entry(2, 'hold', 500, { note: 'gift Tote bag' }),
    entry(2, 'release', 500, { note: 'gift Tote bag' }),
  ]
  const steps = timelineOf('c1', [enrolled, granted, decided, elsewhere], moved.toReversed())
  expect(steps.map(({ by, moves }) => [by, moves.length])).toEqual([
    ['shopper', 1],
    [granted, 1],
    ['shopper', 1],
    [decided, 1],
    ['shopper', 1],
  ])
})

it('tells what time did by itself, and a debt that is repaid', () => {
  const steps = timelineOf(
    'c1',
    [],
    [entry(3, 'repay', 40), entry(2, 'grant', 50), entry(1, 'owe', 40), entry(1, 'clawback', 60), entry(0, 'grant', 60)],
  )
  expect(steps.map(({ by, moves, after }) => [by, moves.length, after.available, after.debt])).toEqual([
    ['shopper', 1, 60, 0],
    ['time', 2, 0, 40],
    ['shopper', 1, 50, 40],
    ['time', 1, 10, 0],
  ])
})

it('lets a debt be repaid by what came in just before, not by an earlier gift', () => {
  const granted = call(1, 'POST', '/members/c1/grants', { body: { points: 100, reason: 'a gift' } })
  const voided = call(1.1, 'DELETE', '/coupons/ABCD')
  const moved = [
    entry(0, 'owe', 500, { order: 'o1' }),
    entry(1, 'grant', 100, { note: 'a gift' }),
    entry(1, 'repay', 100),
    entry(1.1, 'release', 300, { coupon: 'ABCD' }),
    entry(1.1, 'repay', 300),
    // The shopper takes another coupon back, themselves.
    entry(1.2, 'release', 70, { coupon: 'EFGH' }),
    entry(1.2, 'repay', 70),
  ]
  const told = timelineOf('c1', [granted, voided], moved.toReversed()).map(({ by, moves, after }) => [
    typeof by === 'object' && by.what === 'call' ? by.path : by,
    moves.map(({ kind }) => kind).join(),
    after.debt,
  ])
  expect(told).toEqual([
    ['time', 'owe', 500],
    ['/members/c1/grants', 'grant,repay', 400],
    ['/coupons/ABCD', 'release,repay', 100],
    ['shopper', 'release,repay', 30],
  ])
})

it('loses no entry that is written after one which a crash cut short', () => {
  const folder = mkdtempSync(join(tmpdir(), 'muse-journal-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'journal.ndjson')
  writeFileSync(path, `${JSON.stringify(journal[0])}\n${JSON.stringify(journal[1]).slice(0, 20)}`)
  openJournal(path).write(journal[2]!)
  expect(openJournal(path).all()).toEqual([journal[0], journal[2]])
})

it('ends in the wallet that there is, though the history is told from its middle', () => {
  const whole = timelineOf('c1', journal, history)
  const now = whole.at(-1)!.after
  const told = timelineOf('c1', journal, history.slice(0, 2), now).filter(({ moves }) => moves.length > 0)
  expect(told.at(-1)!.after).toEqual(now)
  expect(told[0]!.before).toEqual(whole.find(({ moves }) => moves.some(({ kind }) => kind === 'spend'))!.before)
})
