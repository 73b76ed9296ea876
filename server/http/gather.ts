// How the answers of several books become one.
import { partsOf } from '../acts/import.ts'
import type { Audit, Import, Report } from '../contract.ts'

/** Over how many books a shop is spread, and which of them keeps a customer. */
export interface Spread {
  books: number
  bookOf(customer: string): number
}

/** How a route that concerns every book asks each of them, and makes one answer of theirs. */
export interface Gather {
  /** By its number, what each book that the whole concerns is asked of it. `found` is what the route's `first` found. */
  share?(body: unknown, spread: Spread, found: unknown): Map<number, unknown>
  /** Absent where the answers are lines, which follow one another. */
  join?(bodies: string[]): string
}

/** One audit of all: it is well when each is. */
export const audits: Gather = {
  join(bodies) {
    const all = bodies.map((body): Audit => JSON.parse(body))
    const total = (name: 'transfers' | 'sum' | 'members') => all.reduce((sum, audit) => sum + audit[name], 0)
    const problems = all.flatMap((audit, book) => audit.problems.map((problem) => `book ${book}: ${problem}`))
    return JSON.stringify({
      ok: all.every((audit) => audit.ok),
      transfers: total('transfers'),
      sum: total('sum'),
      members: total('members'),
      problems,
    })
  },
}

/** One export of all: their lines one after the other. */
export const exports: Gather = {}

/** One grant to many: each book grants to the members it keeps, under the same key, so that trying again is safe. */
export const grants: Gather = {
  share(body, { bookOf }) {
    const { members, ...grant } = body as { members: string[] }
    const kept = Map.groupBy(members, bookOf)
    return new Map(Array.from(kept, ([book, members]) => [book, { ...grant, members }]))
  },
  join: (bodies) => JSON.stringify({ granted: bodies.reduce((sum, body) => sum + JSON.parse(body).granted, 0) }),
}

/** One list of all, newest first, as long as one book's may be. */
export const listed = (name: string, limit: number): Gather => ({
  join(bodies) {
    const rows = bodies.flatMap((body): { at: string; id: string }[] => JSON.parse(body)[name])
    const newest = rows.sort((a, b) => (a.at === b.at ? order(b.id, a.id) : order(b.at, a.at)))
    return JSON.stringify({ [name]: newest.slice(0, limit) })
  },
})

const order = (a: string, b: string) => (a < b ? -1 : 1)

/** A month's prizes: once they are written down, each winner's book pays its own. */
export const awards: Gather = {
  share: (body, { bookOf }, found) => new Map((found as { customer: string }[]).map(({ customer }) => [bookOf(customer), body])),
  join(bodies) {
    const all = bodies.map((body): { month: string; prizes: { place: number }[] } => JSON.parse(body))
    const prizes = all.flatMap((one) => one.prizes).sort((a, b) => a.place - b.place)
    return JSON.stringify({ month: all[0]?.month, prizes })
  },
}

/** One report of all: points add up, whoever holds or funds them, whenever they moved. */
export const reports: Gather = {
  join(bodies) {
    const all = bodies.map((body): Report => JSON.parse(body))
    const [{ from, to, currency }] = all as [Report]
    const points = summed(all.map(({ from, to, currency, funders, months, ...points }) => points))
    const months = summedBy(all.map(({ months }) => Object.fromEntries(months.map(({ month, ...moved }) => [month, moved]))))
    return JSON.stringify({
      ...{ from, to, currency },
      ...points,
      funders: summedBy(all.map(({ funders }) => funders)),
      months: Object.entries(months).map(([month, moved]) => ({ month, ...moved })),
    })
  },
}

// Records added up by name, their names in order.
function summedBy<Row extends object>(all: Record<string, Row>[]): Record<string, Row> {
  const names = [...new Set(all.flatMap((rows) => Object.keys(rows)))].sort()
  return Object.fromEntries(
    names.map((name) => [name, summed(all.flatMap((rows) => (Object.hasOwn(rows, name) ? [rows[name] as Row] : [])))]),
  )
}

const summed = <Row extends object>(rows: Row[]): Row =>
  Object.fromEntries(
    Object.keys(rows[0] ?? {}).map((key) => [key, rows.reduce((sum, row) => sum + Number((row as Record<string, unknown>)[key]), 0)]),
  ) as Row

/** A piece of an import: each book takes in the rows of its buckets. */
export const imports: Gather = {
  share: (body, { books }) => partsOf(body as Import, books),
  join: (bodies) => bodies[0] ?? '',
}
