// How the shop speaks with Muse: real HTTP, the credential of whoever asks, and a line in the journal for what may move something.
import { SignJWT } from 'jose'
import type { Problem } from '../server/contract.ts'
import type { Clock } from './clock.ts'
import type { Journal } from './journal.ts'

/** Where Muse answers, which shop we are there, and the book in which it is written down. */
export type Desk = { api: string; shop: string; clock: Clock; journal: Journal }
/** The same with the shop's keys, which never leave this process. */
export type Merchant = Desk & { keys: ShopKeys }
export type ShopKeys = { secret: string; signing: { kid: string; secret: string } }
export type Person = { id: string; name: string }
export type Request = { method: string; path: string; bearer: string; body?: unknown; key?: string | undefined }

/** A "no" from Muse: its code, or `unreachable` when there was no answer at all. */
export class Refused extends Error {
  readonly code: string
  readonly status: number
  constructor(code: string, detail: string, status = 0) {
    super(detail)
    this.code = code
    this.status = status
  }
}

/** A token with which this customer's browser may ask for their own wallet, for half an hour of the shop's clock. */
export function memberToken({ shop, keys, clock }: Merchant, { id, name }: Person) {
  const now = Math.floor(clock.now() / 1000)
  return new SignJWT({ name })
    .setProtectedHeader({ alg: 'HS256', kid: keys.signing.kid })
    .setAudience(shop)
    .setSubject(id)
    .setIssuedAt(now)
    .setExpirationTime(now + 1800)
    .sign(new TextEncoder().encode(keys.signing.secret))
}

/** Asks, and writes down what was asked and how it ended: what nobody answered is not known to have happened. */
export async function told<A>(desk: Desk, request: Request): Promise<A> {
  const { method, path, body, key } = request
  const asked = { method, path, ...(body !== undefined && { body }), ...(key && { key }) }
  const entry = { what: 'call' as const, at: desk.clock.now(), ...asked }
  try {
    const answer = await ask<A>(desk, request)
    desk.journal.write({ ...entry, status: 200, ...whose(answer) })
    return answer
  } catch (error) {
    if (error instanceof Refused && error.status) desk.journal.write({ ...entry, status: error.status, code: error.code })
    throw error
  }
}

/** Asks for a path below the shop's own. A form is sent as it stands, everything else as JSON. */
export async function ask<A>({ api, shop }: Desk, { method, path, bearer, body, key }: Request): Promise<A> {
  const headers = new Headers({ authorization: `Bearer ${bearer}` })
  const isForm = body instanceof FormData
  if (body !== undefined && !isForm) headers.set('content-type', 'application/json')
  if (key) headers.set('idempotency-key', encodeURIComponent(key))
  const init: RequestInit = { method, headers, signal: AbortSignal.timeout(10_000) }
  if (body !== undefined) init.body = isForm ? body : JSON.stringify(body)
  const what = `${method} ${shop}${path}`
  const answer = await fetch(`${api}/v1/shops/${shop}${path}`, init).catch((cause) => {
    throw new Refused('unreachable', `${what}: ${cause}`)
  })
  const text = await answer.text()
  if (!answer.ok) throw refusal(`${what}: ${answer.status}`, text, answer.status)
  const isJson = answer.headers.get('content-type')?.startsWith('application/json')
  return (isJson ? JSON.parse(text) : text) as A
}

const whose = (answer: unknown) =>
  typeof answer === 'object' && answer && 'member' in answer && typeof answer.member === 'string' ? { member: answer.member } : {}

function refusal(what: string, text: string, status: number) {
  try {
    const problem = JSON.parse(text) as Problem
    return new Refused(problem.code, `${what} ${problem.detail}`, status)
  } catch {
    return new Refused('unreachable', what)
  }
}
