// Days and months of a time zone, by Intl and nothing of ours.

const formats = new Map<string, Intl.DateTimeFormat>()

// The clock on the wall there, read as if it were UTC.
function wall(at: number, zone: string): number {
  let format = formats.get(zone)
  if (!format) {
    const numeric = 'numeric' as const
    const parts = {
      year: numeric,
      month: numeric,
      day: numeric,
      hour: numeric,
      minute: numeric,
      second: numeric,
      hourCycle: 'h23' as const,
    }
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, ...parts })
    formats.set(zone, format)
  }
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part
  return Date.UTC(year, month - 1, day, hour, minute, second, ((at % 1000) + 1000) % 1000)
}

/** The date there, as text. */
export const dayIn = (at: number, zone: string) => new Date(wall(at, zone)).toISOString().slice(0, 10)

/** The same time of day a month later, or on that month's last day; where the clocks skip it as much later. */
export function addMonth(at: number, zone: string): number {
  const from = new Date(wall(at, zone))
  const last = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + 2, 0))
  const day = Math.min(from.getUTCDate(), last.getUTCDate())
  const target = Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), day) + (from.getTime() % 86_400_000)
  const [before, after] = [-1, 1].map((days) => {
    const near = target + days * 86_400_000
    return target - (wall(near, zone) - near)
  }) as [number, number]
  return wall(before, zone) !== target && wall(after, zone) === target ? after : before
}

/** When the day begins there that follows the day of this instant. */
export function nextDay(at: number, zone: string): number {
  const today = dayIn(at, zone)
  let [low, high] = [at, at + 30 * 3_600_000]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (dayIn(middle, zone) === today) low = middle
    else high = middle
  }
  return high
}
