// A "no" on the wire: application/problem+json, with the one table of statuses.
import type * as z from 'zod'
import { Refusal, type RefusalCode } from '../contract.ts'

const table: Record<RefusalCode, [status: number, title: string]> = {
  'invalid-request': [400, 'The request is not understood'],
  'idempotency-key-missing': [400, 'An Idempotency-Key is needed'],
  unauthenticated: [401, 'The credential is missing or not valid'],
  forbidden: [403, 'The credential does not reach this far'],
  'not-found': [404, 'There is nothing here'],
  'too-large': [413, 'The request is too large'],
  'out-of-range': [422, 'The number is out of range'],
  'idempotency-key-reused': [422, 'The Idempotency-Key belongs to another request'],
  'insufficient-points': [409, 'There are not enough points'],
  'coupon-not-open': [409, 'The coupon is not open'],
  'coupon-not-usable': [409, 'The coupon cannot be used here'],
  'already-done': [409, 'This has been done already'],
  'not-eligible': [409, 'This is not eligible'],
  'too-many-requests': [429, 'Too many requests'],
  'storefront-unavailable': [503, 'The storefront does not answer'],
}

/** The codes of one status. */
export const codesOf = (status: number) => (Object.keys(table) as RefusalCode[]).filter((code) => table[code][0] === status)

/** A refusal as it leaves: its status and its problem document. */
export function problem(refusal: Refusal): { status: number; body: string } {
  const [status, title] = table[refusal.code]
  const document = { type: `urn:muse:problem:${refusal.code}`, title, status, detail: refusal.message, code: refusal.code, ...refusal.more }
  return { status, body: JSON.stringify(document) }
}

/** The code in a problem document that `problem` wrote. */
export const refusedIn = (body: string) => /^\{"type":"urn:muse:problem:([a-z-]+)"/.exec(body)?.[1]

/** What a bug looks like from outside: one fixed sentence. */
export const crash = JSON.stringify({
  type: 'urn:muse:problem:internal',
  title: 'Something went wrong on our side',
  status: 500,
  detail: 'The request was not carried out. It is safe to send it again with the same Idempotency-Key.',
  code: 'internal',
})

/** The value a schema makes of what came in, or a refusal that says where it does not fit. */
export function parsed<T>(schema: z.ZodType<T>, value: unknown, at: string[] = []): T {
  const result = schema.safeParse(value, { reportInput: false })
  if (result.success) return result.data
  const unknown = result.error.issues.find((issue) => issue.code === 'unrecognized_keys')
  const issue = unknown ?? result.error.issues[0]
  const path = [...at, ...(issue?.path ?? []).map(String), ...(unknown?.keys.slice(0, 1) ?? [])].map((key) => key.slice(0, 60))
  const why = issue && isMissing(issue, value) ? 'is missing' : (issue?.message ?? 'does not fit').slice(0, 500)
  throw new Refusal('invalid-request', `${path.length > 0 ? `${path.join('.')}: ` : ''}${why}`, { path })
}

// A schema says of what is not there that it is of a wrong kind.
function isMissing({ code, path }: z.core.$ZodIssue, value: unknown): boolean {
  if (path.length === 0 || !['invalid_type', 'invalid_value', 'invalid_union'].includes(code)) return false
  return path.reduce((inside: unknown, key) => (inside as Record<PropertyKey, unknown> | undefined)?.[key], value) === undefined
}
