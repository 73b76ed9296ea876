// Dates in the shop's time zone and the shopper's language. Intl is slow to start, so that waits until the panel is on the screen;
// until then every date is an empty string.

export interface Dates {
  /** 2026-06-12T01:00:00Z → `Jun 12, 2026`. */
  day(at: string): string
  /** The same with the time and the zone's name, for a deadline. */
  moment(at: string): string
}

export const noDates: Dates = { day: () => '', moment: () => '' }

export function datesIn(locale: string, timeZone: string): Dates {
  const day = formatOf(locale, timeZone, {})
  let moment: Intl.DateTimeFormat | undefined
  return {
    day: (at) => day.format(new Date(at)),
    moment(at) {
      moment ??= formatOf(locale, timeZone, { hour: 'numeric', minute: '2-digit', timeZoneName: 'short' })
      return moment.format(new Date(at))
    },
  }
}

// A locale as a page writes it may be none at all.
function formatOf(locale: string, timeZone: string, more: Intl.DateTimeFormatOptions) {
  const options: Intl.DateTimeFormatOptions = { timeZone, year: 'numeric', month: 'short', day: 'numeric', ...more }
  try {
    return new Intl.DateTimeFormat(locale, options)
  } catch {
    return new Intl.DateTimeFormat('en', options)
  }
}
