// One request to the storefront: who comes, in which language, with what in the cart. Cookies are the shop's own.
import { randomUUID } from 'node:crypto'
import type { Context } from 'hono'
import { deleteCookie, getCookie, getSignedCookie, setCookie, setSignedCookie } from 'hono/cookie'
import { type Cart, readCart, writeCart } from './cart.ts'
import type { Language } from './catalogue.ts'
import type { Customer, Customers } from './customers.ts'
import { languageOf, type Text, texts } from './text.ts'

export type Visit = {
  language: Language
  t: Text
  path: string
  /** The same page in the other language. */
  inOther: string
  customer: Customer | undefined
  /** The customer's id, or a guest's once they have ordered. */
  id: string | undefined
  cart: Cart
  /** The coupon code entered at checkout. */
  code: string
  /** The member token of the tag; absent for a guest. */
  token: string | undefined
  /** What the last action had to say. */
  said: string | undefined
}

const cookie = { path: '/', httpOnly: true, sameSite: 'Lax' } as const
const year = 365 * 86_400

export async function readVisit(c: Context, secret: string, customers: Customers): Promise<Visit> {
  const asked = c.req.query('lang')
  const language = languageOf(asked, getCookie(c, 'language'), c.req.header('accept-language'))
  if (asked === language) setCookie(c, 'language', language, { ...cookie, maxAge: year })
  const t = texts[language]
  const said = c.req.query('said') ?? ''
  const id = (await getSignedCookie(c, secret, 'visitor')) || undefined
  return {
    language,
    t,
    path: c.req.path,
    inOther: inOther(c.req.url, t.language.to),
    customer: id ? customers.find(id) : undefined,
    id,
    cart: readCart(getCookie(c, 'cart')),
    code: getCookie(c, 'coupon') ?? '',
    token: undefined,
    said: Object.hasOwn(t.said, said) ? t.said[said] : undefined,
  }
}

export const signIn = (c: Context, secret: string, id: string) => setSignedCookie(c, 'visitor', id, secret, { ...cookie, maxAge: year })
export const signOut = (c: Context) => deleteCookie(c, 'visitor', cookie)

/** A guest is known only by this browser's cookie, so that they can look at what they ordered. */
export async function becomeGuest(c: Context, secret: string) {
  const id = `g-${randomUUID()}`
  await signIn(c, secret, id)
  return id
}

export function keepCart(c: Context, cart: Cart) {
  if (cart.length === 0) return deleteCookie(c, 'cart', cookie)
  setCookie(c, 'cart', writeCart(cart), { ...cookie, maxAge: year })
}

export function keepCode(c: Context, code: string) {
  if (code === '') return deleteCookie(c, 'coupon', cookie)
  setCookie(c, 'coupon', code, { ...cookie, maxAge: 3600 })
}

function inOther(url: string, language: Language) {
  const { pathname, searchParams } = new URL(url)
  searchParams.delete('said')
  searchParams.set('lang', language)
  return `${pathname}?${searchParams}`
}
