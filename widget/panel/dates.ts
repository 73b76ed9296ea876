// Dates in the shop's time zone and the shopper's language. Intl takes longer to start than all else in the panel takes together: it is
// made when a date is to be seen, in a moment without anything else to do. Until then every date is an empty string.
import { type ReadonlySignal, signal } from '@preact/signals'
import type { PublicProgram } from '../../server/contract.ts'

/** 2026-06-12T01:00:00Z → `Jun 12, 2026`. */
export type Dated = (at: string) => string

/** Writes days, with `more` of them where that is asked for. Whoever has read a date that was empty is drawn anew once it can be written. */
export function datesIn(locale: string, program: ReadonlySignal<PublicProgram | null>, more?: Intl.DateTimeFormatOptions): Dated {
  const format = signal<Intl.DateTimeFormat | null>(null)
  let isAsked = false
  const make = () => {
    format.value = formatOf(locale, { timeZone: program.value!.timeZone, year: 'numeric', month: 'short', day: 'numeric', ...more })
  }
  return (at: string) => {
    if (format.value) return format.value.format(new Date(at))
    if (!isAsked) (window.requestIdleCallback || setTimeout)(make)
    isAsked = true
    return ''
  }
}

// A locale as a page writes it may be none at all.
function formatOf(locale: string, options: Intl.DateTimeFormatOptions) {
  try {
    return new Intl.DateTimeFormat(locale, options)
  } catch {
    return new Intl.DateTimeFormat('en', options)
  }
}
