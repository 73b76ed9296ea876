// How the answers of several books become one.
import type { Audit } from '../contract.ts'

/** How a route that concerns every book asks each of them, and makes one answer of theirs. */
export interface Gather {
  /** What one book is asked of the whole; undefined when nothing of it concerns that book. */
  share?(body: unknown, isKept: (customer: string) => boolean): unknown
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
  share(body, isKept) {
    const { members, ...grant } = body as { members: string[] }
    const kept = members.filter(isKept)
    return kept.length > 0 ? { ...grant, members: kept } : undefined
  },
  join: (bodies) => JSON.stringify({ granted: bodies.reduce((sum, body) => sum + JSON.parse(body).granted, 0) }),
}
