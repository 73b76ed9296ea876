// Durations and shares: the arithmetic under the rules.
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { Instant, iso, NEVER } from '../server/contract.ts'
import { apportion, dealt } from '../server/rules/apportion.ts'
import { after, dateBegins, dayOf, instant, isDuration, isTimeZone } from '../server/rules/calendar.ts'

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

describe('an instant of the wire', () => {
  const forms: [text: string, millis: number][] = [
    ['2026-06-12T10:00:00+09:00', Date.UTC(2026, 5, 12, 1)],
    ['2020-06-30T23:59:59.999+09:00', Date.UTC(2020, 5, 30, 14, 59, 59, 999)],
    ['2020-06-30T14:59:59.999999999Z', Date.UTC(2020, 5, 30, 14, 59, 59, 999)],
    ['2026-06-01T10:00:00.5-23:59', Date.UTC(2026, 5, 2, 9, 59, 0, 500)],
    ['9999-12-31T23:59:59Z', Date.UTC(9999, 11, 31, 23, 59, 59)],
  ]
  test.each(forms)('%s', (text, millis) => {
    expect(Instant.safeParse(text).success).toBe(true)
    expect(instant(text)).toBe(millis)
  })

  test('beyond the years that four digits can name is written as the nearest that they can', () => {
    expect(iso(Date.UTC(10_999, 0, 1))).toBe('9999-12-31T23:59:59.999Z')
    expect(iso(instant('0000-01-01T00:00:00+09:00'))).toBe('0000-01-01T00:00:00.000Z')
    for (const at of [iso(8_640_000_000_000_000 - 1), iso(-8_640_000_000_000_000)]) expect(Instant.safeParse(at).success).toBe(true)
    expect(iso(NEVER)).toBe(null)
  })

  test('whatever the schema lets pass is read as Temporal reads it', () => {
    const two = (number: number) => String(number).padStart(2, '0')
    const text = fc
      .tuple(
        fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-30'), noInvalidDate: true }),
        fc.stringMatching(/^(\.[0-9]{1,9})?$/),
        fc.integer({ min: -1439, max: 1439 }),
      )
      .map(([date, decimals, offset]) => {
        const minutes = Math.abs(offset)
        const zone = offset === 0 ? 'Z' : `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
        return `${date.toISOString().slice(0, 19)}${decimals}${zone}`
      })
    fc.assert(
      fc.property(text, (text) => {
        fc.pre(Instant.safeParse(text).success)
        expect(instant(text)).toBe(Temporal.Instant.from(text).epochMilliseconds)
      }),
    )
  })
})

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

describe('dealing out what was rounded', () => {
  test('adds up, and gives each what it is by itself, rounded one way or the other', () => {
    const unit = 1000n
    const all = fc.array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(all, fc.constantFrom(0n, unit / 2n, unit - 1n), (parts, up) => {
        const total = Number((parts.reduce((sum, part) => sum + part, 0n) + up) / unit)
        const shares = dealt(total, parts, unit)
        expect(shares.reduce((sum, share) => sum + share, 0)).toBe(total)
        for (const [index, part] of parts.entries()) expect([part / unit, (part + unit - 1n) / unit]).toContain(BigInt(shares[index] ?? -1))
      }),
      { numRuns: 500 },
    )
  })
})

// What the clocks on the wall show is asked of Intl, which knows nothing of how days and months are added.
test.each(['America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'Pacific/Apia', 'America/Havana', 'Asia/Beirut'])(
  'days and months of %s are those its clocks show, across every change of them and at every end of a month',
  (zone) => {
    const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
    const wall = (at: number) => Date.parse(`${shown.format(at).replace(' ', 'T')}Z`) + (at % 1000)
    const date = (at: number) => shown.format(at).slice(0, 10)
    const offset = (at: number) => wall(at) - at
    const days = Array.from({ length: 16 * 366 }, (_, day) => Date.UTC(2011, 10, 1) + day * 86_400_000)
    const changes = days.filter((day, place) => place > 0 && offset(day) !== offset(days[place - 1] as number))
    const ends = Array.from({ length: 190 }, (_, month) => Date.UTC(2011, 12 + month, 1))
    fc.assert(
      fc.property(fc.constantFrom(...changes, ...ends), fc.integer({ min: -129_600_000, max: 129_600_000 }), (near, by) => {
        const at = near + by
        const { from, until } = dayOf(at, zone)
        expect([from <= at, at < until, date(from), date(until - 1)]).toEqual([true, true, date(at), date(at)])
        expect([date(from - 1), date(until)]).not.toContain(date(at))
        expect(dateBegins(date(at), zone)).toBe(from)
        const then = after(at, 'P1M', zone)
        const day = new Date(wall(at))
        const last = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 2, 0))
        const wanted = wall(at) - Date.parse(date(at)) + last.setUTCDate(Math.min(day.getUTCDate(), last.getUTCDate()))
        // What no clock shows, since they were put forward, is as much later.
        const skipped = wall(then) - wanted
        expect(skipped).toBe(skipped === 0 ? 0 : offset(then) - offset(then - skipped - 1))
        expect(skipped).toBeGreaterThanOrEqual(0)
      }),
      { numRuns: 300, seed: 20261123 },
    )
  },
)
