// Durations and shares: the arithmetic under the rules.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { apportion } from '../server/rules/apportion.ts'
import { after, isDuration, isTimeZone } from '../server/rules/calendar.ts'

const sums: [from: string, duration: string, zone: string, to: string][] = [
  ['2026-06-01T10:00:00Z', 'P7D', 'Asia/Tokyo', '2026-06-08T10:00:00Z'],
  ['2026-06-01T10:00:00.001Z', 'P1W', 'UTC', '2026-06-08T10:00:00.001Z'],
  ['2026-03-08T05:00:00Z', 'P1D', 'America/New_York', '2026-03-09T05:00:00Z'], // 24 hours, although clocks go forward
  ['2026-02-08T05:00:00Z', 'P1M', 'America/New_York', '2026-03-08T05:00:00Z'],
  ['2026-03-01T05:00:00Z', 'P1M', 'America/New_York', '2026-04-01T04:00:00Z'], // midnight there, before and after
  ['2024-02-29T00:00:00Z', 'P1Y', 'UTC', '2025-02-28T00:00:00Z'],
  ['2026-01-31T00:00:00Z', 'P1M1DT1H', 'UTC', '2026-03-01T01:00:00Z'],
  ['2026-06-01T10:00:00Z', 'PT0S', 'Asia/Tokyo', '2026-06-01T10:00:00Z'],
]

describe('a duration', () => {
  test.each(sums)('%s and %s in %s is %s', (from, duration, zone, to) =>
    expect(after(Date.parse(from), duration, zone)).toBe(Date.parse(to)),
  )
  test.each(['P7D', 'PT0S', 'P1Y2M3W4DT5H6M7.5S', 'P1000Y'])('is %s', (text) => expect(isDuration(text)).toBe(true))
  test.each(['', '7 days', '-P1D', 'P', 'P1001Y', 'P99999999999Y', 'P1.5D'])('is not %j', (text) => expect(isDuration(text)).toBe(false))
})

test.each([
  ['Asia/Tokyo', true],
  ['UTC', true],
  ['Asia/Edo', false],
  ['', false],
])('%s is a time zone: %s', (name, is) => expect(isTimeZone(name)).toBe(is))

describe('sharing out', () => {
  const shares: [total: number, weights: number[], shares: number[]][] = [
    [10, [1, 1, 1], [4, 3, 3]],
    [1, [1, 1], [1, 0]],
    [100, [0, 5, 0], [0, 100, 0]],
    [7, [0, 0], [0, 0]],
    [0, [3, 4], [0, 0]],
    [5, [], []],
  ]
  test.each(shares)('%i by %j is %j', (total, weights, expected) => expect(apportion(total, weights.map(BigInt))).toEqual(expected))

  test('adds up, and no share is a whole one off the exact value', () => {
    const weights = fc.array(fc.bigInt({ min: 0n, max: 10n ** 16n }), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(fc.nat({ max: 1e12 }), weights, (total, weights) => {
        const whole = weights.reduce((sum, weight) => sum + weight, 0n)
        fc.pre(whole > 0n)
        const shares = apportion(total, weights)
        expect(shares.reduce((sum, share) => sum + share, 0)).toBe(total)
        shares.forEach((share, index) => {
          const off = BigInt(share) * whole - BigInt(total) * (weights[index] ?? 0n)
          expect(off < whole && off > -whole).toBe(true)
        })
      }),
      { numRuns: 500 },
    )
  })
})
