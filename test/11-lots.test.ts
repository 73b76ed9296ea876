// Lots: first expiring first, then oldest; what comes back comes back to the lots it left, with their own expiry.
import { describe, expect, test } from 'vitest'
import { wakeDue } from '../server/acts/chores.ts'
import { letGo, redeem, spend } from '../server/acts/coupons.ts'
import { grant } from '../server/acts/grants.ts'
import { enrol, member } from '../server/acts/members.ts'
import { walletOf } from '../server/acts/wallet.ts'
import { openLots } from '../server/ledger/lots.ts'
import type { MemberRow } from '../server/ledger/member.ts'
import type { Value } from '../server/ledger/sql.ts'
import { at, DAY, openBook, program, START, type TestBook } from './book.ts'

// Three gifts in the order they were given: [points, the day they run out or null].
const gifts: [number, number | null][] = [
  [100, null],
  [100, 30],
  [100, 10],
]

const redeems: [points: number, left: (number | undefined)[]][] = [
  [1, [100, 100, 99]],
  [100, [100, 100, undefined]],
  [150, [100, 50, undefined]],
  [200, [100, undefined, undefined]],
  [299, [1, undefined, undefined]],
  [300, [undefined, undefined, undefined]],
]

describe('lots', () => {
  test.each(redeems)('a coupon of %i takes the first to expire first, then the oldest', (points, left) => {
    const { book, ada } = withGifts()
    redeem(book, ada, { points })
    expect(lots(book)).toEqual(left)
    expect(book.audited()).toEqual([])
  })

  test.each(redeems)('a coupon of %i taken back fills the very lots it came from', (points) => {
    const { book, ada } = withGifts()
    letGo(book, ada, redeem(book, ada, { points }), 'returned')
    expect(lots(book)).toEqual([100, 100, 100])
    expect(book.audited()).toEqual([])
  })

  test('the change of a used coupon goes back to the lots that would have lasted longest', () => {
    const { book, ada } = withGifts()
    spend(book, ada, redeem(book, ada, { points: 250 }), { order: 'o', discount: 120, by: 'checkout' })
    expect(lots(book)).toEqual([100, 80, undefined])
    expect(walletOf(book, ada).points).toEqual({ available: 180, pending: 0, held: 0, debt: 0 })
  })

  test('what is not spent in time runs out, and the wallet foretells it', () => {
    const { book, ada } = withGifts()
    expect(walletOf(book, ada).expiring).toEqual([
      { points: 100, at: at(10) },
      { points: 100, at: at(30) },
    ])
    book.now = START + 10 * DAY - 1
    expect(walletOf(book, member(book, 'ada')).points.available).toBe(300)
    book.now = START + 10 * DAY
    expect(walletOf(book, member(book, 'ada')).points.available).toBe(200)
    book.now = START + 31 * DAY
    expect(wakeDue(book, 10)).toBe(1)
    expect(wakeDue(book, 10)).toBe(0)
    expect(lots(book)).toEqual([100, undefined, undefined])
    expect(book.audited()).toEqual([])
  })

  test('what runs out for another member later keeps nothing from running out for this one', () => {
    const { book } = withGifts()
    grant(book, enrol(book, 'bob'), { points: 100, reason: 'gift', expiresAt: at(20) })
    book.now = START + 10 * DAY
    expect(wakeDue(book, 10)).toBe(1)
    expect(lots(book)).toEqual([100, 100, undefined, 100])
  })

  test('the lots of somebody who has very many are looked up once, however many of them have come due', () => {
    const book = openBook()
    const ada = enrol(book, 'ada')
    for (let day = 1; day <= 200; day++) grant(book, ada, { points: day, reason: 'gift', expiresAt: at(day) })
    redeem(book, ada, { points: 310 })
    book.inHand?.clear()
    const { all } = book
    const asked: string[] = []
    const counting = (sql: string, ...values: Value[]) => {
      asked.push(sql)
      return all(sql, ...values)
    }
    book.now = START + 150 * DAY
    const late = member({ ...book, all: counting as typeof all }, 'ada')
    expect(asked.filter((sql) => /FROM lots WHERE member/.test(sql)).length).toBe(1)
    expect(late.available).toBe((200 * 201 - 150 * 151) / 2)
    expect(late.lots).toEqual(openLots(book, { ...late, lots: undefined }))
    expect(book.audited()).toEqual([])
  })

  test('a coupon is spent once', () => {
    const { book, ada } = withGifts()
    const coupon = redeem(book, ada, { points: 100 })
    const use = (order: string) => spend(book, ada, coupon, { order, discount: 100, by: 'checkout' })
    use('o1')
    expect(() => use('o2')).toThrow('This coupon is used.')
    expect(book.audited()).toEqual([])
  })

  test('points that ran out while a coupon held them are gone when it is taken back: no fresh expiry', () => {
    const { book, ada } = withGifts()
    const coupon = redeem(book, ada, { points: 150 })
    book.now = START + 20 * DAY
    const later = member(book, 'ada')
    letGo(book, later, coupon, 'returned')
    expect(walletOf(book, later).points).toEqual({ available: 200, pending: 0, held: 0, debt: 0 })
    expect(walletOf(book, later).expiring).toEqual([{ points: 100, at: at(30) }])
    expect(book.audited()).toEqual([])
  })

  test('a coupon with a life runs out by itself, and its points come back', () => {
    const book = openBook(program({ redeeming: { coupon: { life: 'P30D' } } }))
    const ada = enrol(book, 'ada')
    grant(book, ada, { points: 500, reason: 'gift' })
    redeem(book, ada, { points: 500 })
    book.now = START + 30 * DAY - 1
    expect(walletOf(book, member(book, 'ada')).coupons[0]?.state).toBe('open')
    book.now = START + 30 * DAY
    const wallet = walletOf(book, member(book, 'ada'))
    expect([wallet.coupons[0]?.state, wallet.points.available]).toEqual(['expired', 500])
    expect(book.audited()).toEqual([])
  })

  test('the program gives points a life, by the calendar of the shop', () => {
    const book = openBook(program({ expiry: { life: 'P1Y' } }))
    grant(book, enrol(book, 'ada'), { points: 5, reason: 'gift' })
    expect(walletOf(book, member(book, 'ada')).expiring).toEqual([{ points: 5, at: '2027-06-01T00:00:00.000Z' }])
  })
})

function withGifts(): { book: TestBook; ada: MemberRow } {
  const book = openBook()
  const ada = enrol(book, 'ada')
  for (const [points, day] of gifts) grant(book, ada, { points, reason: 'gift', expiresAt: day === null ? null : at(day) })
  return { book, ada }
}

const lots = (book: TestBook) =>
  book.all<{ available: number }>('SELECT available FROM lots ORDER BY id').map((lot) => lot.available || undefined)
