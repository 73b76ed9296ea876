// What the server has done since it started, counted for OpenMetrics. Labels are routes, methods, statuses and codes: never who or whose.

/** All that was counted, as plain data: it can be written down, sent, and added to what others counted. */
export interface Counts {
  /** When counting began, in milliseconds since 1970. */
  since: number
  routes: { route: string; method: string; statuses: [status: number, count: number][]; took: Histogram }[]
  refusals: [code: string, count: number][]
  groups: Histogram
  waiting: number
}

export interface Metrics {
  /** A request was answered. `route` is its template, `seconds` how long the answer took to be ready. */
  answered(request: { route: string; method: string; status: number; code: string | undefined; seconds: number }): void
  /** Requests that arrived together shared one commit. */
  committed(group: number): void
  /** So many more requests wait for their commit, or fewer. */
  waiting(more: number): void
  /** All that was counted by now. */
  counts(): Counts
  /** Adds what others counted. */
  take(counts: Counts): void
  /** The document, as `openMetrics` wants it sent. */
  text(): string
}

export const openMetrics = 'application/openmetrics-text; version=1.0.0; charset=utf-8'

// Of the two hosts only the distributed one can lose anything: `/metrics` says so to whoever reads it there.
const LOST = ' On Workers up to the last 30 seconds of an isolate or object that was ended are missing.'

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]
const GROUP = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048]
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

interface Histogram {
  counts: number[]
  sum: number
}

interface Series {
  statuses: Map<number, number>
  took: Histogram
}

/** Counts from zero, or goes on from what was counted `before`. `startedAt` is in milliseconds since 1970. */
export function createMetrics(startedAt: number, version: string, before?: Counts): Metrics {
  const routes = new Map<string, Map<string, Series>>()
  const refusals = new Map<string, number>()
  const groups = histogram(GROUP)
  let since = startedAt
  let waiting = 0
  const take = (counts: Counts) => {
    since = Math.min(since, counts.since)
    waiting += counts.waiting
    for (const { route, method, statuses, took } of counts.routes) {
      const series = seriesOf(routes, route, method)
      for (const [status, count] of statuses) add(series.statuses, status, count)
      merge(series.took, took)
    }
    for (const [code, count] of counts.refusals) add(refusals, code, count)
    merge(groups, counts.groups)
  }
  // A server that is newer may sort into other buckets than it did before.
  if (before && isOurs(before)) take({ ...before, waiting: 0 })
  const counts = () => ({ since, routes: listed(routes), refusals: [...refusals], groups, waiting })
  return {
    answered({ route, method, status, code, seconds }) {
      const series = seriesOf(routes, route, METHODS.has(method) ? method : 'other')
      add(series.statuses, status, 1)
      observe(series.took, SECONDS, seconds)
      if (code) add(refusals, code, 1)
    },
    committed: (group) => observe(groups, GROUP, group),
    waiting(more) {
      waiting += more
    },
    counts,
    take,
    text: () => written(counts(), version),
  }
}

function written({ since, routes, refusals, groups, waiting }: Counts, version: string): string {
  const labels = (route: string, method: string) => `route="${route}",method="${method}"`
  return [
    ...family('muse_requests', 'counter', `Requests answered.${LOST}`),
    ...routes.flatMap(({ route, method, statuses }) =>
      Array.from(statuses, ([status, count]) => `muse_requests_total{${labels(route, method)},status="${status}"} ${count}`),
    ),
    ...family('muse_request_duration_seconds', 'histogram', `From the arrival of a request until its answer is ready.${LOST}`, 'seconds'),
    ...routes.flatMap(({ route, method, took }) => buckets('muse_request_duration_seconds', labels(route, method), SECONDS, took)),
    ...family('muse_refusals', 'counter', `Requests refused, by the code of the problem.${LOST}`),
    ...Array.from(refusals, ([code, count]) => `muse_refusals_total{code="${code}"} ${count}`),
    ...family('muse_commit_requests', 'histogram', 'How many requests shared a commit.'),
    ...buckets('muse_commit_requests', '', GROUP, groups),
    ...family('muse_commit_waiting', 'gauge', 'How many requests wait for their commit.'),
    `muse_commit_waiting ${waiting}`,
    ...family('muse_build', 'info', 'What runs.'),
    `muse_build_info{version="${version}"} 1`,
    ...family('process_start_time_seconds', 'gauge', 'When the server started, in seconds since 1970.', 'seconds'),
    `process_start_time_seconds ${since / 1000}`,
    '# EOF\n',
  ].join('\n')
}

const isOurs = ({ groups, routes }: Counts) =>
  groups.counts.length === GROUP.length + 1 && routes.every(({ took }) => took.counts.length === SECONDS.length + 1)

const listed = (routes: Map<string, Map<string, Series>>): Counts['routes'] =>
  Array.from(routes, ([route, methods]) =>
    Array.from(methods, ([method, { statuses, took }]) => ({ route, method, statuses: [...statuses], took })),
  ).flat()

function seriesOf(routes: Map<string, Map<string, Series>>, route: string, method: string): Series {
  const known = routes.get(route)?.get(method)
  if (known) return known
  const series = { statuses: new Map(), took: histogram(SECONDS) }
  const methods = routes.get(route) ?? new Map<string, Series>()
  routes.set(route, methods.set(method, series))
  return series
}

const add = <Key>(counts: Map<Key, number>, key: Key, more: number) => counts.set(key, (counts.get(key) ?? 0) + more)

const histogram = (bounds: number[]): Histogram => ({ counts: Array(bounds.length + 1).fill(0), sum: 0 })

function observe(histogram: Histogram, bounds: number[], value: number): void {
  let place = 0
  while (place < bounds.length && value > (bounds[place] as number)) place++
  histogram.counts[place]!++
  histogram.sum += value
}

function merge(into: Histogram, other: Histogram): void {
  other.counts.forEach((count, place) => {
    into.counts[place] = (into.counts[place] ?? 0) + count
  })
  into.sum += other.sum
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
