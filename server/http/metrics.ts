// What the server has done since it started, counted for OpenMetrics. Labels are routes, methods, statuses and codes: never who or whose.

export interface Metrics {
  /** A request was answered. `route` is its template, `seconds` how long the answer took to be ready. */
  answered(request: { route: string; method: string; status: number; code: string | undefined; seconds: number }): void
  /** Requests that arrived together shared one commit. */
  committed(group: number): void
  /** So many more requests wait for their commit, or fewer. */
  waiting(more: number): void
  /** The document, as `openMetrics` wants it sent. */
  text(): string
}

export const openMetrics = 'application/openmetrics-text; version=1.0.0; charset=utf-8'

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]
const GROUP = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048]
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

interface Histogram {
  counts: number[]
  sum: number
}

interface Series {
  labels: string
  statuses: Map<number, number>
  took: Histogram
}

/** Counts from zero. `startedAt` is in milliseconds since 1970. */
export function createMetrics(startedAt: number, version: string): Metrics {
  const routes = new Map<string, Map<string, Series>>()
  const refusals = new Map<string, number>()
  const groups = histogram(GROUP)
  let waiting = 0
  return {
    answered({ route, method, status, code, seconds }) {
      const series = seriesOf(routes, route, METHODS.has(method) ? method : 'other')
      add(series.statuses, status)
      observe(series.took, SECONDS, seconds)
      if (code) add(refusals, code)
    },
    committed: (group) => observe(groups, GROUP, group),
    waiting(more) {
      waiting += more
    },
    text() {
      const all = [...routes.values()].flatMap((methods) => [...methods.values()])
      return [
        ...family('muse_requests', 'counter', 'Requests answered.'),
        ...all.flatMap(({ labels, statuses }) =>
          Array.from(statuses, ([status, count]) => `muse_requests_total{${labels},status="${status}"} ${count}`),
        ),
        ...family('muse_request_duration_seconds', 'histogram', 'From the arrival of a request until its answer is ready.', 'seconds'),
        ...all.flatMap(({ labels, took }) => buckets('muse_request_duration_seconds', labels, SECONDS, took)),
        ...family('muse_refusals', 'counter', 'Requests refused, by the code of the problem.'),
        ...Array.from(refusals, ([code, count]) => `muse_refusals_total{code="${code}"} ${count}`),
        ...family('muse_commit_requests', 'histogram', 'How many requests shared a commit.'),
        ...buckets('muse_commit_requests', '', GROUP, groups),
        ...family('muse_commit_waiting', 'gauge', 'How many requests wait for their commit.'),
        `muse_commit_waiting ${waiting}`,
        ...family('muse_build', 'info', 'What runs.'),
        `muse_build_info{version="${version}"} 1`,
        ...family('process_start_time_seconds', 'gauge', 'When the server started, in seconds since 1970.', 'seconds'),
        `process_start_time_seconds ${startedAt / 1000}`,
        '# EOF\n',
      ].join('\n')
    },
  }
}

function seriesOf(routes: Map<string, Map<string, Series>>, route: string, method: string): Series {
  const known = routes.get(route)?.get(method)
  if (known) return known
  const series = { labels: `route="${route}",method="${method}"`, statuses: new Map(), took: histogram(SECONDS) }
  const methods = routes.get(route) ?? new Map<string, Series>()
  routes.set(route, methods.set(method, series))
  return series
}

const add = <Key>(counts: Map<Key, number>, key: Key) => counts.set(key, (counts.get(key) ?? 0) + 1)

const histogram = (bounds: number[]): Histogram => ({ counts: Array(bounds.length + 1).fill(0), sum: 0 })

function observe(histogram: Histogram, bounds: number[], value: number): void {
  let place = 0
  while (place < bounds.length && value > (bounds[place] as number)) place++
  histogram.counts[place]!++
  histogram.sum += value
}

const family = (name: string, type: string, help: string, unit?: string) => [
  `# TYPE ${name} ${type}`,
  ...(unit ? [`# UNIT ${name} ${unit}`] : []),
  `# HELP ${name} ${help}`,
]

function buckets(name: string, labels: string, bounds: number[], { counts, sum }: Histogram): string[] {
  const of = labels && `{${labels}}`
  let total = 0
  const lines = counts.map((count, place) => {
    total += count
    const le = place < bounds.length ? number(bounds[place] as number) : '+Inf'
    return `${name}_bucket{${labels && `${labels},`}le="${le}"} ${total}`
  })
  return [...lines, `${name}_count${of} ${total}`, `${name}_sum${of} ${Number(sum.toPrecision(12))}`]
}

// Bounds are written as floating point, so that every server writes the same one the same way.
const number = (value: number) => (Number.isInteger(value) ? `${value}.0` : `${value}`)
