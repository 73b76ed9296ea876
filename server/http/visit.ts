// A visit: one request from its arrival until its answer is ready. What is found out on the way is noted here, then counted and logged.
import type { RequestLine } from './log.ts'
import type { Metrics } from './metrics.ts'

export interface Visit {
  /** Where it came from, as a name to count by; undefined where the platform does not say. */
  address: string | undefined
  /** The shop's id, once it is known that there is such a shop. */
  shop: string | undefined
  /** The template of the route that took it. */
  route: string
  /** The code of the refusal it ended in. */
  code: string | undefined
  /** Of a request that concerns several books, each apart: what this one is to do for it. */
  part: Part | undefined
}

/** One book's part in a request that several are asked, each apart: to look at it first, or to answer with what `first` found; one of them `counts` it. */
export type Part = { look: true } | { books: number; found: unknown; counts: boolean }

export interface Watch {
  /** Milliseconds on a clock that only goes forward. */
  tick(): number
  metrics?: Metrics | undefined
  /** Told of every request, where requests are logged. */
  log?: ((line: RequestLine) => void) | undefined
}

interface Watching {
  now(): number
  address?: ((header: Header, env: unknown) => string | undefined) | undefined
  watch?: Watch | undefined
}

/** A header of a request by its name, several of that name as one. */
export type Header = (name: string) => string | undefined

/** What begins with a request and ends with its status. */
type Answering<Left extends { status: number }> = (visit: Visit) => Left | Promise<Left>

/**
 * Gives the function that gives each request its visit, and watches it where the host does. `env` is what the platform says beside it.
 * `leave` is told of each visit that is over.
 */
export function createVisits(host: Watching, leave?: (visit: Visit) => void) {
  const { watch } = host
  const arrived = (header: Header, env: unknown): Visit => ({
    address: host.address?.(header, env),
    shop: undefined,
    route: 'none',
    code: undefined,
    part: (env as { part?: Part } | undefined)?.part,
  })
  return async <Left extends { status: number }>(method: string, header: Header, env: unknown, answer: Answering<Left>): Promise<Left> => {
    const begun = watch?.tick() ?? 0
    const visit = arrived(header, env)
    const response = await answer(visit)
    leave?.(visit)
    if (watch) left(visit, method, response.status, watch.tick() - begun)
    return response
  }

  function left({ route, shop, code, part }: Visit, method: string, status: number, ms: number): void {
    if (!part || counts(part, status)) watch?.metrics?.answered({ route, method, status, code, seconds: ms / 1000 })
    const at = () => new Date(host.now()).toISOString()
    watch?.log?.({ at: at(), level: 'info', event: 'request', method, route, shop, status, ms: Math.round(ms * 1000) / 1000, code })
  }
}

// What several books are asked is one request: the one that is looked at, where it goes no further; else the part of one of them.
const counts = (part: Part, status: number) => ('look' in part ? status >= 400 : part.counts)
