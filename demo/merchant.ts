// The merchant's side of Muse: one function per call, as any shop's server would make them.
import type * as wire from '../server/contract.ts'
import type { Order, OrderLine, Product, Quote, Receipt, Seller, Wallet } from '../server/contract.ts'
import { ask, type Desk, type Merchant, memberToken, type Person, Refused, told } from './muse.ts'

export { type Merchant, memberToken, Refused } from './muse.ts'

/** The body that a schema of the contract describes. */
export type Body<Name extends keyof typeof wire> = (typeof wire)[Name] extends { _output: infer Output } ? Output : never
type Cart = { member?: string; lines: OrderLine[]; shipping: number; codes?: string[] }

/** Makes the shop, or gives it a new version of its program. Its keys are told once, when it is made. */
export const putShop = (desk: Desk, operatorKey: string, body: { program: object; origins: string[]; keys?: 'add' }) =>
  told<Body<'ShopPut'>>(desk, { method: 'PUT', path: '', bearer: operatorKey, body })

export const putSeller = (m: Merchant, id: string, body: Seller) => own<Body<'SellerStanding'>>(m, 'PUT', `/sellers/${id}`, body)
export const sellerStanding = (m: Merchant, id: string) => own<Body<'SellerStanding'>>(m, 'GET', `/sellers/${id}`)
export const putProduct = (m: Merchant, sku: string, body: Product) => own(m, 'PUT', `/products/${sku}`, body)

export const enrol = (m: Merchant, member: string, name: string) => own<Wallet>(m, 'PUT', `/members/${segment(member)}`, { name })
/** A member's wallet; whoever has an account with the storefront is a member, so they are made one at the first look. */
export const walletFor = async (m: Merchant, { id, name }: Person) =>
  walletOf(m, id).catch((error) => {
    if (error instanceof Refused && error.code === 'not-found') return enrol(m, id, name)
    throw error
  })
export const walletOf = (m: Merchant, member: string) => own<Wallet>(m, 'GET', `/members/${segment(member)}`)

/** The person goes, the books stay. */
export const eraseMember = (m: Merchant, member: string) => own<Body<'Erased'>>(m, 'DELETE', `/members/${segment(member)}`)

export const reportOrder = (m: Merchant, member: string, order: string, document: Order) =>
  own<Receipt>(m, 'PUT', `/members/${segment(member)}/orders/${segment(order)}`, document)

export const quote = (m: Merchant, body: Quote) => own<Receipt>(m, 'POST', '/quotes', body)

export const checkCoupon = (m: Merchant, code: string, cart: Cart) =>
  own<Body<'Checked'>>(m, 'POST', `/coupons/${segment(code)}/check`, cart)

export const couponOf = (m: Merchant, code: string) => own<Body<'HeldCoupon'>>(m, 'GET', `/coupons/${segment(code)}`)

export const useCoupon = (m: Merchant, code: string, order: string, cart: Cart) =>
  own<Body<'Used'>>(m, 'PUT', `/coupons/${segment(code)}/order`, { order, ...cart })

/** That checkout failed: the coupon is open again. */
export const releaseCoupon = (m: Merchant, code: string) => own(m, 'DELETE', `/coupons/${segment(code)}/order`)

/** As if it had never been made: its points return. */
export const voidCoupon = (m: Merchant, code: string) => own(m, 'DELETE', `/coupons/${segment(code)}`)

/** Points at checkout, without a coupon: so many, no more and no less, and nothing moves twice for one order. */
export const payWithPoints = (m: Merchant, member: string, order: string, { points, ...cart }: Omit<Cart, 'member'> & { points: number }) =>
  own<Body<'Paid'>>(m, 'PUT', `/members/${segment(member)}/orders/${segment(order)}/points`, { points, ...cart })

/** That checkout failed: the points are back. */
export const givePointsBack = (m: Merchant, member: string, order: string) =>
  own<Body<'Paid'>>(m, 'DELETE', `/members/${segment(member)}/orders/${segment(order)}/points`)

/** A gift of points; the same key never pays twice. */
export const grant = (m: Merchant, member: string, points: number, reason: string, key: string) =>
  own(m, 'POST', `/members/${segment(member)}/grants`, { points, reason }, key)

export const badgesOf = async (m: Merchant, skus: string[]): Promise<Record<string, Body<'Badge'>>> =>
  skus.length ? own(m, 'GET', `/badges?${skus.map((sku) => `sku=${segment(sku)}`).join('&')}`) : {}

export type Request = { id: string; kind: 'reviews' | 'photos' | 'gifts' }
export const decide = (m: Merchant, { kind, id }: Request, state: 'accepted' | 'declined') =>
  own(m, 'PATCH', `/${kind}/${segment(id)}`, { state })
export const reviewsIn = async (m: Merchant, state: string) =>
  (await own<Body<'MerchantReviews'>>(m, 'GET', `/reviews?state=${state}`)).reviews
export const photosIn = async (m: Merchant, state: string) => (await own<Body<'MerchantPhotos'>>(m, 'GET', `/photos?state=${state}`)).photos
export const payPrizes = (m: Merchant, month: string, photos: string[]) => own<Body<'Awarded'>>(m, 'PUT', `/prizes/${month}`, { photos })

/** Everything the shop holds, as lines of JSON. */
export const exported = (m: Merchant) => own<string>(m, 'GET', '/export')

/** Every balance of the shop derived anew from all that ever moved. */
export const audit = (m: Merchant) => own<Body<'Audit'>>(m, 'GET', '/audit')

/** What the member may read of one of their orders: its receipt as of now. */
export const receiptOf = (m: Merchant, person: Person, order: string) => mine<Receipt>(m, person, 'GET', `/me/orders/${segment(order)}`)

/** The member's transfers, newest first, up to so many. */
export async function historyOf(m: Merchant, person: Person, most = 400) {
  const entries: Body<'History'>['entries'] = []
  let next: string | null = ''
  while (next !== null && entries.length < most) {
    const page: Body<'History'> = await mine(m, person, 'GET', `/me/history${next && `?before=${segment(next)}`}`)
    entries.push(...page.entries)
    next = page.next
  }
  return { entries, isWhole: next === null }
}

/** What a shopper asks for in their own name, where the storefront does it for them. The same key asks once. */
export async function mine<A>(m: Merchant, person: Person, method: string, path: string, body?: unknown, key?: string) {
  return ask<A>(m, { method, path, bearer: await memberToken(m, person), body, key })
}

// What only asks is not worth writing down.
const asking = /^\/quotes$|\/check$/
function own<A>(m: Merchant, method: string, path: string, body?: unknown, key?: string) {
  const request = { method, path, bearer: m.keys.secret, body, key }
  return method === 'GET' || asking.test(path) ? ask<A>(m, request) : told<A>(m, request)
}

const segment = encodeURIComponent
