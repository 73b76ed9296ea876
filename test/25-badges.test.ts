// Badges: Japanese business days, and where a seller's badge may stand.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { NEVER } from '../server/contract.ts'
import { type Good, judgeBadge, judgeSeller } from '../server/rules/badges.ts'
import { businessDaysAfter } from '../server/rules/businessdays.ts'
import { millis, programs, rules } from './rules.ts'

describe('A11 · Japanese business days: weekends and holidays out', () => {
  const rows: [story: string, from: string, days: number, to: string][] = [
    ['ten from 31 July 2020, over a Mountain Day that was moved to the 10th', '2020-07-31T00:00:00', 10, '2020-08-17T00:00:00'],
    ['the time of day does not matter', '2020-07-31T23:59:59.999', 10, '2020-08-17T00:00:00'],
    ['the day itself is never counted', '2026-11-24T09:00:00', 1, '2026-11-25T00:00:00'],
    ['over a weekend', '2026-11-27T09:00:00', 1, '2026-11-30T00:00:00'],
    ['over a holiday of the week: Labour Thanksgiving Day', '2026-11-20T09:00:00', 1, '2026-11-24T00:00:00'],
    ['over a substitute: 6 May 2026 for Constitution Day, a Sunday', '2026-05-01T09:00:00', 1, '2026-05-07T00:00:00'],
    ['over a citizens’ holiday: 22 September 2026, between two others', '2026-09-18T09:00:00', 1, '2026-09-24T00:00:00'],
    ['over the equinox of 2027 and its substitute', '2027-03-19T09:00:00', 1, '2027-03-23T00:00:00'],
    ['over Marine and Sports Day of 2020, moved for the Games', '2020-07-22T09:00:00', 1, '2020-07-27T00:00:00'],
    ['of New Year only the 1st is a holiday by law', '2026-12-28T09:00:00', 4, '2027-01-04T00:00:00'],
    ['none is the instant itself', '2026-05-03T12:34:56.789', 0, '2026-05-03T12:34:56.789'],
  ]
  test.each(rows)('%s', (_, from, days, to) => expect(businessDaysAfter(millis(from), days)).toBe(millis(to)))

  test('days are those of the zone: what is Friday evening in London is Saturday in Japan', () => {
    const friday = Date.parse('2026-10-30T20:00:00Z')
    expect(businessDaysAfter(friday, 1)).toBe(millis('2026-11-02T00:00:00'))
    expect(businessDaysAfter(friday, 1, 'Europe/London')).toBe(Date.parse('2026-11-02T00:00:00Z'))
  })

  test('one more business day is always later, by eleven days at most, as in the golden week of 2019', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: millis('2019-01-01T00:00:00'), max: millis('2035-01-01T00:00:00') }),
        fc.nat({ max: 20 }),
        (at, days) => {
          const gap = businessDaysAfter(at, days + 1) - businessDaysAfter(at, days)
          expect(gap).toBeGreaterThan(0)
          expect(gap).toBeLessThanOrEqual(11 * 86_400_000)
        },
      ),
      { numRuns: 300 },
    )
  })
})

const { amazon } = programs
const seller = { joinedAt: millis('2020-07-31T00:00:00'), leftAt: null, percent: null }
const good: Good = { sku: 'bowl', percent: null, condition: 'new', buyBox: true }
const noon = millis('2020-09-01T12:00:00')
const label = '2% points · 2％ポイント'

describe('A11 · the badge appears 10 business days after joining, or after the start if that is later', () => {
  const rows: [joined: string, from: string][] = [
    ['2020-07-31T00:00:00', '2020-08-17T00:00:00'],
    ['2020-07-01T00:00:00', '2020-08-17T00:00:00'],
    ['2020-09-01T15:00:00', '2020-09-15T00:00:00'],
  ]
  test.each(rows)('joined %s: from %s', (joined, from) => {
    const facts = { ...seller, joinedAt: millis(joined) }
    expect(judgeSeller(amazon, facts, [good], noon).from).toBe(millis(from))
    expect(judgeBadge(amazon, facts, good, [good], millis(from) - 1)).toMatchObject({ badge: null, why: 'too-early' })
    expect(judgeBadge(amazon, facts, good, [good], millis(from))).toEqual({ badge: { label }, why: null, blockedBy: null })
  })
})

describe('A8 · a seller with an item below is told which item', () => {
  const below = [good, { ...good, sku: 'cup', percent: 1.9999 }, { ...good, sku: 'plate', percent: 0 }]

  test('and has no badge on any of them', () => {
    expect(judgeSeller(amazon, seller, below, noon)).toMatchObject({ shown: false, why: 'too-little', blockedBy: ['cup', 'plate'] })
    for (const each of below)
      expect(judgeBadge(amazon, seller, each, below, noon)).toEqual({ badge: null, why: 'too-little', blockedBy: 'cup' })
  })

  test('2 % or more is enough; what a product does not say its seller does', () => {
    const enough = [good, { ...good, sku: 'cup', percent: 2 }, { ...good, sku: 'plate', percent: 8 }]
    expect(judgeSeller(amazon, seller, enough, noon)).toMatchObject({ shown: true, why: null, blockedBy: [] })
    expect(judgeSeller(amazon, { ...seller, percent: 1 }, enough, noon)).toMatchObject({ shown: false, blockedBy: ['bowl'] })
  })

  test('A13 · an item without points removes the badge until it has them', () => {
    const goods = (percent: number | null) => [good, { ...good, sku: 'cup', percent }]
    expect(judgeBadge(amazon, seller, good, goods(0), noon)).toEqual({ badge: null, why: 'too-little', blockedBy: 'cup' })
    expect(judgeBadge(amazon, seller, good, goods(2), noon).badge).toEqual({ label })
  })

  test('a product that is not listed among the seller’s is judged by its own percent as well', () => {
    expect(judgeBadge(amazon, seller, { ...good, percent: 1 }, [], noon)).toEqual({ badge: null, why: 'too-little', blockedBy: 'bowl' })
  })
})

test('A12 · cancelling the participation removes the badge, to the millisecond', () => {
  const left = { ...seller, leftAt: noon }
  expect(judgeBadge(amazon, left, good, [good], noon - 1).badge).toEqual({ label })
  expect(judgeBadge(amazon, left, good, [good], noon)).toEqual({ badge: null, why: 'left', blockedBy: null })
  expect(judgeSeller(amazon, left, [good], noon).from).toBe(NEVER)
  expect(judgeBadge(amazon, { ...seller, joinedAt: null }, good, [good], noon).why).toBe('not-joined')
})

describe('A14 · the badge shows only where the item won the buy box, never on used items', () => {
  const rows: [more: Partial<Good>, why: string | null][] = [
    [{}, null],
    [{ condition: null }, null],
    [{ condition: 'used' }, 'used'],
    [{ buyBox: false }, 'no-buy-box'],
    [{ buyBox: null }, 'no-buy-box'],
    [{ condition: 'used', buyBox: false }, 'used'],
  ]
  test.each(rows)('%j: %s', (more, why) => {
    const it = { ...good, ...more }
    expect(judgeBadge(amazon, seller, it, [it], noon)).toEqual({ badge: why ? null : { label }, why, blockedBy: null })
  })
})

test('A15 · no badge outside the programme, to the millisecond, nor in a program without one', () => {
  const end = millis('2021-01-01T00:00:00')
  expect(judgeBadge(amazon, seller, good, [good], end - 1).badge).toEqual({ label })
  expect(judgeBadge(amazon, seller, good, [good], end)).toEqual({ badge: null, why: 'no-programme', blockedBy: null })
  expect(judgeSeller(amazon, seller, [good], end).from).toBe(NEVER)
  expect(judgeBadge(rules(), seller, good, [good], noon).why).toBe('no-programme')
})
