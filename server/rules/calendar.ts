// Durations added to instants: days are 24 hours, months and years are the calendar's in the shop's time zone.
import { Temporal } from 'temporal-polyfill'

const MILLENNIUM = 31_557_600_000_000

/** Whether `text` is an ISO 8601 duration that does not run backwards, nor further than a thousand years. */
export function isDuration(text: string): boolean {
  try {
    return Temporal.Duration.from(text).sign >= 0 && after(0, text, 'UTC') <= MILLENNIUM
  } catch {
    return false
  }
}

/** Whether `name` is a time zone this platform knows. */
export function isTimeZone(name: string): boolean {
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).offset.length > 0
  } catch {
    return false
  }
}

/** The instant `duration` after `at`, both in milliseconds: P7D is 7 × 24 hours; P1Y is the same wall clock next year. */
export function after(at: number, duration: string, timeZone: string): number {
  const span = Temporal.Duration.from(duration)
  const instant = Temporal.Instant.fromEpochMilliseconds(at)
  const exact =
    span.years || span.months ? instant.toZonedDateTimeISO(timeZone).add({ years: span.years, months: span.months }).toInstant() : instant
  const hours = span.with({ years: 0, months: 0, weeks: 0, days: 0, hours: span.hours + 24 * (span.days + 7 * span.weeks) })
  return exact.add(hours).epochMilliseconds
}

/** The instant, in milliseconds, at which a date such as "2026-06-01" begins in a time zone; undefined for what is no date. */
export function dateBegins(text: string, timeZone: string): number | undefined {
  try {
    return /^\d{4}-\d\d-\d\d$/.test(text) ? Temporal.PlainDate.from(text).toZonedDateTime(timeZone).epochMilliseconds : undefined
  } catch {
    return undefined
  }
}

/** An instant of the wire in milliseconds; what is finer is cut off. The wire's form is ECMAScript's own, so nothing else need read it. */
export const instant = (text: string) => Date.parse(text)

/** Whether one instant of the wire is before another, to the last decimal of either. */
export function isBefore(one: string, other: string): boolean {
  const [at, until] = [instant(one), instant(other)]
  return at === until ? decimals(one) < decimals(other) : at < until
}

const decimals = (text: string) => (/\.(\d+)/.exec(text)?.[1] ?? '').padEnd(9, '0')

/** A day on the wall of a time zone, in milliseconds: `from` is inside, `until` outside. */
export interface Day {
  from: number
  until: number
}

const latest = new Map<string, Day>()

/** The day an instant is on. The latest one asked for is remembered, for wallets ask for today's all day long. */
export function dayOf(at: number, timeZone: string): Day {
  const known = latest.get(timeZone)
  if (known && known.from <= at && at < known.until) return known
  const start = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).startOfDay()
  const day = { from: start.epochMilliseconds, until: start.add({ days: 1 }).startOfDay().epochMilliseconds }
  latest.set(timeZone, day)
  return day
}

/** The months of a time zone that `from` until `until` lies in, oldest first, each named as "2026-06". */
export function monthsBetween(from: number, until: number, timeZone: string): (Day & { month: string })[] {
  const months: (Day & { month: string })[] = []
  let start = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(timeZone).with({ day: 1 }).startOfDay()
  while (start.epochMilliseconds < until) {
    const next = start.add({ months: 1 }).startOfDay()
    months.push({ month: start.toPlainDate().toPlainYearMonth().toString(), from: start.epochMilliseconds, until: next.epochMilliseconds })
    start = next
  }
  return months
}
