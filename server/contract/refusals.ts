// A "no": its codes, the error that carries one through the server, and the document it becomes on the wire.
import * as z from 'zod'

/** Codes of a "no". Each has one status (http/problems) and one sentence per language (widget/text). */
export const refusalCodes = [
  'invalid-request',
  'idempotency-key-missing',
  'unauthenticated',
  'forbidden',
  'not-found',
  'too-large',
  'out-of-range',
  'idempotency-key-reused',
  'insufficient-points',
  'coupon-not-open',
  'coupon-not-usable',
  'already-done',
  'not-eligible',
  'too-many-requests',
  'storefront-unavailable',
] as const
export type RefusalCode = (typeof refusalCodes)[number]

/** A "no" that the asker can act on: thrown by an act, it rolls the act back. Anything else thrown is a bug. */
export class Refusal extends Error {
  readonly code: RefusalCode
  /** Machine-readable extras that join the problem document, such as `{ path: ['earning'] }`. */
  readonly more: Record<string, unknown>
  constructor(code: RefusalCode, detail: string, more: Record<string, unknown> = {}) {
    super(detail)
    this.code = code
    this.more = more
  }
}

export const Problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.enum(refusalCodes),
})
export type Problem = z.infer<typeof Problem>
