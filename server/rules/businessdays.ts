// Japanese business days: neither a weekend nor what the law calls a holiday, moved and in-between ones included. The days
// around New Year that are customary but not in the law (29 to 31 December, 2 and 3 January) count, in the waiting's favour.
import holidays from 'japanese-holidays'
import { Temporal } from 'temporal-polyfill'

/**
 * The instant, in milliseconds, at which the `days`-th business day after the day of `at` begins; `at` itself for none. The day
 * of `at` is never counted, so 10 business days after Friday, 31 July 2020 is Monday, 17 August (Mountain Day was the 10th).
 */
export function businessDaysAfter(at: number, days: number, timeZone = 'Asia/Tokyo'): number {
  if (days === 0) return at
  let day = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate()
  for (let left = days; left > 0; ) {
    day = day.add({ days: 1 })
    if (isBusinessDay(day)) left--
  }
  return day.toZonedDateTime(timeZone).epochMilliseconds
}

function isBusinessDay(day: Temporal.PlainDate): boolean {
  return day.dayOfWeek <= 5 && !holidaysOf(day.year).has(100 * day.month + day.day)
}

// The law's holidays of a year, each as 100 × month + day; worked out once a year.
function holidaysOf(year: number): Set<number> {
  const days = known.get(year) ?? new Set(holidays.getHolidaysOf(year).map(({ month, date }) => 100 * month + date))
  known.set(year, days)
  return days
}

const known = new Map<number, Set<number>>()
