// The answer to what was thrown: a refusal as it is meant, and anything else as our own fault, which is reported.
import { Refusal } from '../contract.ts'
import { DiskTrouble } from '../ledger/sql.ts'
import { headersOf, type Whole } from './answer.ts'
import { type Host, Misdirected } from './host.ts'
import { crash, problem } from './problems.ts'
import type { Visit } from './visit.ts'

const atADisk = 'The books cannot be written at the moment. It is safe to send this again with the same Idempotency-Key.'

/** Answers an error thrown on a visit; `shared` are headers that say who may read it across origins. */
export function failed(host: Host, error: unknown, method: string, visit: Visit, shared: Record<string, string>): Whole {
  if (error instanceof Refusal) return refused(visit, error, shared)
  host.report(error, { method, route: visit.route })
  if (error instanceof Misdirected) return { status: 421, body: null, headers: {} }
  if (error instanceof DiskTrouble) return refused(visit, new Refusal('storefront-unavailable', atADisk, { retryAfter: 1 }), shared)
  return { status: 500, body: crash, headers: headersOf(500, shared) }
}

function refused(visit: Visit, refusal: Refusal, shared: Record<string, string>): Whole {
  const { status, body } = problem(refusal)
  const { retryAfter } = refusal.more
  visit.code = refusal.code
  const headers = headersOf(status, shared)
  return { status, body, headers: retryAfter === undefined ? headers : { ...headers, 'Retry-After': `${retryAfter}` } }
}
