// The three programmes in the demonstration: their dates moved into the present, and what is to come by the shop's clock.
import { expect, it } from 'vitest'
import { documents, programmeIds } from '../demo/programmes/documents.ts'
import { comingEvents } from '../demo/programmes/events.ts'
import { eventOf, shifted, shiftFor } from '../demo/programmes/shift.ts'
import { texts } from '../demo/text.ts'
import { Program } from '../server/rules/program.ts'
import { first as en } from '../widget/text/en-first.ts'
import { first as ja } from '../widget/text/ja-first.ts'

const DAY = 86_400_000
const instants = ['2026-11-22T04:00:00Z', '2027-02-28T15:00:00Z', '2031-06-05T00:59:59.999Z', '2020-07-30T00:00:00Z'].map((at) =>
  Date.parse(at),
)

it.each(['solaris', 'amazon'] as const)('moves the dates of %s so that its event runs whenever the demonstration begins', (id) => {
  for (const now of instants) {
    const shift = shiftFor(documents[id], now)
    const event = eventOf(shifted(documents[id], shift))
    expect(Math.abs(shift % DAY)).toBe(0)
    expect(Date.parse(event!.from)).toBeLessThanOrEqual(now)
    expect(Date.parse(event!.until)).toBeGreaterThanOrEqual(now + 3 * DAY)
    expect(Date.parse(event!.until)).toBeLessThanOrEqual(now + 11 * DAY)
  }
})

it('moves every instant of a document by the same amount, and nothing else', () => {
  for (const id of programmeIds) {
    const [document, moved] = [documents[id], shifted(documents[id], 100 * DAY)]
    expect(shifted(moved, -100 * DAY)).toEqual(document)
    const [before, after] = [instantsIn(document), instantsIn(moved)]
    expect(after.map((at, index) => at - before[index]!)).toEqual(before.map(() => 100 * DAY))
    expect(Program.safeParse(moved).success).toBe(true)
  }
  expect(instantsIn(documents.amazon)).toHaveLength(5)
})

it('keeps the hour and the offset in which a date was written', () => {
  expect(shifted({ a: ['2026-06-12T10:00:00+09:00', '2026-06-12', 'P7D'] }, 30 * DAY)).toEqual({
    a: ['2026-07-12T10:00:00+09:00', '2026-06-12', 'P7D'],
  })
  expect(shifted('2026-01-01T00:30:00-03:30', DAY)).toBe('2026-01-02T00:30:00-03:30')
  expect(shifted('2026-01-01T00:00:00.250Z', DAY)).toBe('2026-01-02T00:00:00.250Z')
})

it('takes the exact amount for an event shorter than two days, and none where nothing ends', () => {
  const hour = { id: 'h', title: 'An hour', multiply: 2, ordered: { from: '2026-01-01T10:00:00Z', until: '2026-01-01T11:00:00Z' } }
  const now = Date.parse('2026-03-03T03:03:03Z')
  expect(shiftFor({ ...documents.jej, campaigns: [hour] }, now)).toBe(now - Date.parse('2026-01-01T10:30:00Z'))
  expect(shiftFor(documents.jej, now)).toBe(0)
})

it('names what is to come, soonest first, of the programme and of the wallet', () => {
  const now = Date.parse('2020-06-20T00:00:00+09:00')
  const wallet = {
    ...{ member: { id: 'c1' }, points: { available: 0, pending: 5, held: 0, debt: 0 }, activities: [], gifts: [] },
    pending: [
      { order: 'o1', points: 5, availableAt: '2020-06-25T00:00:00Z', waitsFor: null },
      { order: 'o2', points: 5, availableAt: null, waitsFor: 'shipment' as const },
    ],
    coupons: [],
    expiring: [{ points: 7, at: '2020-07-15T00:00:00Z' }],
  }
  const coming = comingEvents(
    documents.amazon,
    wallet,
    [{ at: Date.parse('2020-08-17T00:00:00+09:00'), kind: 'badge', about: 'Kura' }],
    now,
  )
  expect(coming.map(({ kind, at }) => [kind, new Date(at).toISOString().slice(0, 10)])).toEqual([
    ['points-available', '2020-06-25'],
    ['campaign-ends', '2020-06-30'],
    ['points-expire', '2020-07-15'],
    ['ship-by', '2020-07-29'],
    ['sellers-begin', '2020-07-30'],
    ['badge', '2020-08-16'],
    ['sellers-end', '2020-12-31'],
  ])
})

/** The instants of a document in the order in which they stand there. */
const instantsIn = (document: object) =>
  [...JSON.stringify(document).matchAll(/"(\d{4}-\d\d-\d\dT[^"]+)"/g)].map(([, text]) => Date.parse(text ?? ''))

it.each([
  ['en', en],
  ['ja', ja],
] as const)('names what is not there yet as the widget does, in %s', (language, { pending }) => {
  const { rules } = texts[language]
  for (const sentence of [rules.whenShipped, rules.whenLater(7)]) expect(sentence).toContain(pending)
})
