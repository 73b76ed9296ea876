// Orders: earning, waiting, maturing, refunds, debt. Told as stories of one member over days.
import { describe, expect, test } from 'vitest'
import { redeem } from '../server/acts/coupons.ts'
import { grant } from '../server/acts/grants.ts'
import { enrol } from '../server/acts/members.ts'
import { receiptOf, reportOrder } from '../server/acts/orders.ts'
import { walletOf } from '../server/acts/wallet.ts'
import type { Order } from '../server/contract.ts'
import { at, DAY, openBook, order, program, START } from './book.ts'

const shipped = { state: 'shipped', shippedAt: at(1) }
const refund = (amount: number) => ({ refunds: [{ id: 'r', at: at(2), amount }] })

describe('an order of ¥10,000 at 1 %', () => {
  test('is pending with its order until a week after shipping, then available', () => {
    const { points, report, wallet, on } = story()
    report(0, {})
    expect(points()).toEqual({ pending: 100 })
    expect(wallet().pending).toEqual([{ order: 'o', points: 100, availableAt: null, waitsFor: 'shipment' }])
    report(1, shipped)
    expect(wallet().pending).toEqual([{ order: 'o', points: 100, availableAt: at(8), waitsFor: null }])
    on(8, -1)
    expect(points()).toEqual({ pending: 100 })
    on(8)
    expect(points()).toEqual({ available: 100 })
  })

  test('of the last day there is, by a program that waits a thousand years, is told in instants that can be read back', () => {
    const book = openBook(program({ earning: { purchase: { percent: 1, award: 'placed', delay: 'P1000Y' } }, expiry: { life: 'P1000Y' } }))
    const ada = enrol(book, 'ada')
    const { state, availableAt } = reportOrder(book, ada, 'o', order({ placedAt: '9999-12-31T00:00:00Z' }) as Order)
    expect([state, availableAt]).toEqual(['pending', '9999-12-31T23:59:59.999Z'])
    expect(walletOf(book, ada).pending).toMatchObject([{ points: 100, availableAt }])
    grant(book, ada, { points: 1, reason: 'gift' })
    expect(walletOf(book, ada).expiring).toEqual([{ points: 1, at: '3026-06-01T00:00:00.000Z' }])
    expect(book.audited()).toEqual([])
  })

  test('earns no more than it could cost, so that balances stay numbers that can be counted', () => {
    const rules = { campaigns: [{ id: 'c', title: 'C', multiply: 1000 }] }
    const book = openBook(program({ earning: { purchase: { percent: 100 } }, ...rules }))
    const dear = (price: number) => order({ lines: [{ id: '1', sku: 'dress', price, quantity: 1 }] }) as Order
    expect(reportOrder(book, enrol(book, 'ada'), 'o', dear(1e9)).points).toBe(1e12)
    expect(() => reportOrder(book, enrol(book, 'ada'), 'o2', dear(1e9 + 1))).toThrow('at most 1000000000000 points')
  })

  test('reported late, when the week is over, is available at once', () => {
    const { points, report } = story()
    report(30, shipped)
    expect(points()).toEqual({ available: 100 })
  })

  test('reported again and again earns once', () => {
    const { book, points, report } = story()
    for (let time = 0; time < 5; time++) report(30, shipped)
    expect(points()).toEqual({ available: 100 })
    expect(book.all('SELECT kind FROM transfers ORDER BY id')).toEqual([{ kind: 'earn' }, { kind: 'activate' }])
  })

  test('an older report changes nothing', () => {
    const { points, report } = story()
    report(30, { ...shipped, updatedAt: at(2) })
    report(31, { state: 'cancelled', updatedAt: at(1) })
    expect(points()).toEqual({ available: 100 })
  })

  test('of two reports within a millisecond the newer one counts, whichever comes first', () => {
    const [before, after] = ['2026-06-03T00:00:00.123100Z', '2026-06-03T09:00:00.1239+09:00']
    for (const order of [
      [before, after],
      [after, before],
    ]) {
      const { points, report } = story()
      for (const updatedAt of order) report(30, { ...shipped, updatedAt, ...(updatedAt === after && refund(10_000)) })
      expect(points()).toEqual({})
    }
  })

  test('cancelled while it waits takes the pending points back', () => {
    const { points, report } = story()
    report(0, {})
    report(1, { state: 'cancelled' })
    expect(points()).toEqual({})
  })

  test('refunded in part takes back the part of the points', () => {
    const { points, report } = story()
    report(30, shipped)
    report(31, { ...shipped, ...refund(4_000) })
    expect(points()).toEqual({ available: 60 })
  })

  test('refunded after its points were spent leaves a debt, which the next points repay', () => {
    const { book, points, report, member } = story()
    report(30, shipped)
    redeem(book, member(), { points: 100 })
    report(31, { ...shipped, ...refund(4_000) })
    expect(points()).toEqual({ held: 100, debt: 40 })
    grant(book, member(), { points: 30, reason: 'gift' })
    expect(points()).toEqual({ held: 100, debt: 10 })
    grant(book, member(), { points: 30, reason: 'gift' })
    expect(points()).toEqual({ held: 100, available: 20 })
  })

  test('refunded and then not: the points come back, and the debt with them', () => {
    const { book, points, report, member } = story()
    report(30, shipped)
    redeem(book, member(), { points: 100 })
    report(31, { ...shipped, ...refund(10_000) })
    expect(points()).toEqual({ held: 100, debt: 100 })
    report(32, shipped)
    expect(points()).toEqual({ held: 100 })
  })

  test('takes back from the other points of the member before it makes a debt', () => {
    const { book, points, report, member } = story()
    report(30, shipped)
    redeem(book, member(), { points: 100 })
    grant(book, member(), { points: 500, reason: 'gift' })
    report(31, { ...shipped, ...refund(10_000) })
    expect(points()).toEqual({ held: 100, available: 400 })
  })

  test('shipped by mistake goes back to waiting, even when its points had become available', () => {
    const { points, report } = story()
    report(30, shipped)
    report(31, { state: 'placed' })
    expect(points()).toEqual({ pending: 100 })
  })

  test('heard of late: what ran out by a report that is not the newest waits again, as the newest says', () => {
    const { points, report, wallet } = story(program({ expiry: { life: 'P30D' } }))
    report(60, { ...shipped, updatedAt: at(1) })
    expect(points()).toEqual({})
    for (const more of [{}, {}, { state: 'on-hold' }]) {
      report(60, { updatedAt: at(2), ...more })
      expect(wallet()).toMatchObject({ points: { available: 0, pending: 100 }, pending: [{ order: 'o', points: 100 }] })
    }
    report(61, shipped)
    expect(points()).toEqual({})
    report(62, { state: 'shipped', shippedAt: at(50) })
    expect(points()).toEqual({ available: 100 })
    report(63, { state: 'cancelled' })
    expect(points()).toEqual({})
  })

  test('refunded after its points ran out takes back only what the member had of them', () => {
    const { book, points, report, on, member } = story(program({ expiry: { life: 'P30D' } }))
    report(8, shipped)
    redeem(book, member(), { points: 60 })
    on(39)
    expect(points()).toEqual({ held: 60 })
    report(39, { ...shipped, ...refund(5_000) })
    expect(points()).toEqual({ held: 60, debt: 10 })
    report(40, { ...shipped, ...refund(10_000) })
    expect(points()).toEqual({ held: 60, debt: 60 })
  })

  test('earns under the program of the day it was placed, however late it is reported', () => {
    const { book, points, report, on } = story()
    on(10)
    book.change(program({ earning: { purchase: { percent: 5 } } }))
    report(30, shipped)
    expect(points()).toEqual({ available: 100 })
    report(31, { ...shipped, ...refund(5_000) })
    expect(points()).toEqual({ available: 50 })
    reportOrder(book, enrol(book, 'ada'), 'new', { ...order(), ...shipped, placedAt: at(12), updatedAt: at(12) } as Order)
    expect(receiptOf(book, enrol(book, 'ada'), 'new')).toMatchObject({ program: 2, points: 500 })
  })

  test('dated ahead of the clock, earns under the program that is in force once its day has come', () => {
    const { book, points, report, wallet, on } = story()
    const early = { ...shipped, placedAt: at(3), shippedAt: at(3) }
    report(2, early)
    expect(receiptOf(book, enrol(book, 'ada'), 'o')).toMatchObject({ program: 1, points: 100 })
    book.change(program({ earning: { purchase: { percent: 5, delay: 'P7D' } } }))
    on(3, -1)
    expect(wallet().points.pending).toBe(100)
    expect(receiptOf(book, enrol(book, 'ada'), 'o')).toMatchObject({ program: 1, points: 100 })
    on(3)
    expect(wallet().points.pending).toBe(500)
    on(4)
    book.change(program({ earning: { purchase: { percent: 9, delay: 'P7D' } } }))
    report(5, early)
    expect(receiptOf(book, enrol(book, 'ada'), 'o')).toMatchObject({ program: 2, points: 500 })
    report(20, { ...early, ...refund(5_000) })
    expect(points()).toEqual({ available: 250 })
  })

  test('on hold waits, and cancelled with guest or before the start is void for its own reason', () => {
    const { points, report } = story()
    report(2, { state: 'on-hold' })
    expect(points()).toEqual({ pending: 100 })
    report(3, { guest: true })
    expect(points()).toEqual({})
  })
})

function story(rules = program()) {
  const book = openBook(rules)
  const member = () => enrol(book, 'ada')
  const on = (day: number, more = 0) => {
    book.now = START + day * DAY + more
  }
  const wallet = () => {
    expect(book.audited()).toEqual([])
    return walletOf(book, member())
  }
  const points = () => Object.fromEntries(Object.entries(wallet().points).filter(([, points]) => points > 0))
  const report = (day: number, more: object) => {
    on(day)
    reportOrder(book, member(), 'o', { ...order(), updatedAt: at(day), ...more } as Order)
  }
  return { book, member, on, wallet, points, report }
}
