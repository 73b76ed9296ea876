// The merchant's side of Muse: one function per call, over real HTTP, as any shop's server would make them.
import { SignJWT } from 'jose'
import type { Checked, Keys, Order, OrderLine, Problem, Quote, Receipt, ShopPut, Used } from '../server/contract.ts'
import type { Kept } from './kept.ts'

/** Where Muse answers, which shop we are there, and the keys that never leave this process. */
export type Merchant = { api: string; shop: string; keys: ShopKeys }
type ShopKeys = Keyed['keys']
type Keyed = { keys: Infer<typeof Keys> }
type Infer<S extends { _output: unknown }> = S['_output']
type Cart = { member?: string; lines: OrderLine[]; shipping: number }

/** A "no" from Muse: its code, or `unreachable` when there was no answer at all. */
export class Refused extends Error {
  readonly code: string
  constructor(code: string, detail: string) {
    super(detail)
    this.code = code
  }
}

/** Creates the shop on the first start and keeps its keys; later starts only renew its program. */
export async function openShop(api: string, operatorKey: string, shop: string, body: unknown, keys: Kept<{ keys?: ShopKeys }>) {
  const answer = await call<Infer<typeof ShopPut>>(api, 'PUT', `/v1/shops/${shop}`, { bearer: operatorKey, body })
  if (answer.keys) {
    keys.value.keys = answer.keys
    keys.save()
  }
  if (!keys.value.keys)
    throw new Error(`the shop "${shop}" exists but its keys are lost: give the storefront's key file back, or start afresh`)
  return { api, shop, keys: keys.value.keys } satisfies Merchant
}

/** A token with which this customer's browser may ask for their own wallet, for half an hour. */
export function memberToken({ shop, keys }: Merchant, customer: { id: string; name: string }) {
  return new SignJWT({ name: customer.name })
    .setProtectedHeader({ alg: 'HS256', kid: keys.signing.kid })
    .setAudience(shop)
    .setSubject(customer.id)
    .setIssuedAt()
    .setExpirationTime('30m')
    .sign(new TextEncoder().encode(keys.signing.secret))
}

export const enrol = (m: Merchant, member: string, name: string) => own(m, 'PUT', `/members/${encodeURIComponent(member)}`, { name })

export const reportOrder = (m: Merchant, member: string, order: string, document: Order) =>
  own<Receipt>(m, 'PUT', `/members/${encodeURIComponent(member)}/orders/${encodeURIComponent(order)}`, document)

export const quote = (m: Merchant, body: Quote) => own<Receipt>(m, 'POST', '/quotes', body)

export const checkCoupon = (m: Merchant, code: string, cart: Cart) =>
  own<Infer<typeof Checked>>(m, 'POST', `/coupons/${encodeURIComponent(code)}/check`, cart)

export const useCoupon = (m: Merchant, code: string, order: string, cart: Cart) =>
  own<Infer<typeof Used>>(m, 'PUT', `/coupons/${encodeURIComponent(code)}/order`, { order, ...cart })

/** That checkout failed: the coupon is open again. */
export const releaseCoupon = (m: Merchant, code: string) => own(m, 'DELETE', `/coupons/${encodeURIComponent(code)}/order`)

/** A gift of points; the same key never pays twice. */
export const grant = (m: Merchant, member: string, points: number, reason: string, key: string) =>
  own(m, 'POST', `/members/${encodeURIComponent(member)}/grants`, { points, reason }, key)

/** What the member may read of one of their orders: its receipt as of now. */
export async function receiptOf(m: Merchant, customer: { id: string; name: string }, order: string) {
  const bearer = await memberToken(m, customer)
  return call<Receipt>(m.api, 'GET', `/v1/shops/${m.shop}/me/orders/${encodeURIComponent(order)}`, { bearer })
}

function own<A>({ api, shop, keys }: Merchant, method: string, path: string, body?: unknown, key?: string) {
  return call<A>(api, method, `/v1/shops/${shop}${path}`, { bearer: keys.secret, body, key })
}

async function call<A>(
  api: string,
  method: string,
  path: string,
  { bearer, body, key }: { bearer: string; body?: unknown; key?: string | undefined },
) {
  const headers = new Headers({ authorization: `Bearer ${bearer}` })
  if (body !== undefined) headers.set('content-type', 'application/json')
  if (key) headers.set('idempotency-key', key)
  const init: RequestInit = { method, headers, signal: AbortSignal.timeout(10_000) }
  if (body !== undefined) init.body = JSON.stringify(body)
  const answer = await fetch(`${api}${path}`, init).catch((cause) => {
    throw new Refused('unreachable', `${method} ${path}: ${cause}`)
  })
  const text = await answer.text()
  if (answer.ok) return (text ? JSON.parse(text) : undefined) as A
  throw refusal(`${method} ${path}: ${answer.status}`, text)
}

function refusal(what: string, text: string) {
  try {
    const problem = JSON.parse(text) as Infer<typeof Problem>
    return new Refused(problem.code, `${what} ${problem.detail}`)
  } catch {
    return new Refused('unreachable', what)
  }
}
