// The programmes' events lie in the past. Here a whole document is moved in time, so that its event is running when the demo starts.
import type { Document, Window } from './documents.ts'

const DAY = 86_400_000
/** An event that has been going for long is shown near its end, so that one may watch it end. */
const LEFT_MOST = 10 * DAY

/** What a document is about: its first campaign to order in, else its sellers' programme; undefined where nothing ever ends. */
export function eventOf({ campaigns = [], sellers }: Document): Required<Window> | undefined {
  for (const window of [...campaigns.map(({ ordered }) => ordered), sellers])
    if (window?.from && window.until) return { from: window.from, until: window.until }
}

/**
 * By how many milliseconds to move a document so that its event is running at `now`, half way through or ten days before its end,
 * whichever leaves less. Whole days where that is possible, so that what ends at 10:00 still does.
 */
export function shiftFor(document: Document, now: number): number {
  const event = eventOf(document)
  if (!event) return 0
  const [from, until] = [Date.parse(event.from), Date.parse(event.until)]
  const left = Math.min((until - from) / 2, LEFT_MOST)
  const exactly = now + left - until
  return until - from < 2 * DAY ? exactly : Math.ceil(exactly / DAY) * DAY
}

/** The same value with every instant in it, however deep, moved by as many milliseconds; each keeps its offset from UTC. */
export function shifted<Value>(value: Value, by: number): Value {
  if (typeof value === 'string') return (isInstant(value) ? moved(value, by) : value) as Value
  if (Array.isArray(value)) return value.map((one) => shifted(one, by)) as Value
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, shifted(one, by)])) as Value
}

/** Whether the programme has an event, and it is over at `at`. */
export function isOver(document: Document, at: number): boolean {
  const event = eventOf(document)
  return event !== undefined && Date.parse(event.until) <= at
}

/** The same programme, with one of its campaigns over from `at` on. One that has not begun never will. */
export function withoutCampaign(document: Document, id: string, at: number): Document {
  const campaigns = (document.campaigns ?? []).flatMap((campaign) => {
    const { ordered } = campaign
    if (campaign.id !== id || (ordered?.until && Date.parse(ordered.until) <= at)) return [campaign]
    if (ordered?.from && Date.parse(ordered.from) >= at) return []
    return [{ ...campaign, ordered: { ...ordered, until: new Date(at).toISOString() } }]
  })
  return { ...document, campaigns }
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)$/
const isInstant = (text: string) => instant.test(text)

function moved(text: string, by: number) {
  const zone = instant.exec(text)?.[1] ?? 'Z'
  const [, sign = '+', hours = '0', minutes = '0'] = /([+-])(\d\d):(\d\d)/.exec(zone) ?? []
  const offset = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000
  const local = new Date(Date.parse(text) + by + offset).toISOString()
  return local.replace(/(\.000)?Z$/, zone)
}
