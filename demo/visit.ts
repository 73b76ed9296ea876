// One request to the storefront: who comes, in which language, with what in the cart. Cookies are the shop's own.
import { randomUUID } from 'node:crypto'
import type { Context } from 'hono'
import { deleteCookie, getCookie, getSignedCookie, setCookie, setSignedCookie } from 'hono/cookie'
import { type Cart, readCart, writeCart } from './cart.ts'
import type { Language } from './catalogue.ts'
import type { Clock } from './clock.ts'
import type { Customer, Customers } from './customers.ts'
import { isProgramme, type ProgrammeId } from './programmes/documents.ts'
import type { Shop, Shops } from './shops.ts'
import { languageOf, type Text, texts } from './text.ts'

export type Visit = {
  language: Language
  t: Text
  path: string
  /** The shop of the programme that this visitor has chosen. */
  shop: Shop
  /** The instant by the shop's clock, and how far that is ahead of the world's; in milliseconds. */
  now: number
  ahead: number
  /** The same page in the other language. */
  inOther: string
  customer: Customer | undefined
  /** The customer's id, or a guest's once they have ordered. */
  id: string | undefined
  cart: Cart
  /** The coupon code entered at checkout. */
  code: string
  /** How many points are to pay for the cart. */
  points: number
  /** What was typed into a checkout that has not become an order. */
  typed: Typed
  /** The field that could not be read. */
  no: string | undefined
  /** The member token of the tag; absent for a guest. */
  token: string | undefined
  /** What the last action had to say. */
  said: string | undefined
}

export type Typed = Partial<Record<'name' | 'postcode' | 'address' | 'payment', string>>

const cookie = { path: '/', httpOnly: true, sameSite: 'Lax' } as const
const year = 365 * 86_400
const guestly = 'g-'

type World = { shops: Shops; clock: Clock; customers: Customers; secret: string }

export async function readVisit(c: Context, { shops, clock, customers, secret }: World): Promise<Visit> {
  const asked = c.req.query('lang')
  const language = languageOf(asked, getCookie(c, 'language'), c.req.header('accept-language'))
  if (asked === language) setCookie(c, 'language', language, { ...cookie, maxAge: year })
  const t = texts[language]
  const said = c.req.query('said') ?? ''
  const programme = getCookie(c, 'programme')
  const signed = (await getSignedCookie(c, secret, 'visitor')) || undefined
  const customer = signed ? customers.find(signed) : undefined
  return {
    language,
    t,
    path: c.req.path,
    shop: shops[isProgramme(programme) ? programme : 'jej'],
    now: clock.now(),
    ahead: clock.ahead(),
    inOther: inOther(c.req.url, t.language.to),
    customer,
    // An account that is gone is nobody, in whichever browsers it was signed in.
    id: customer || signed?.startsWith(guestly) ? signed : undefined,
    cart: readCart(getCookie(c, 'cart')),
    code: getCookie(c, 'coupon') ?? '',
    points: Math.max(0, Math.trunc(Number(getCookie(c, 'points'))) || 0),
    typed: typedIn(getCookie(c, 'typed')),
    no: c.req.query('no'),
    token: undefined,
    said: sayingOf(t, said, c.req.query('no')),
  }
}

/** In whose name, and in which shop: what another tab may have changed by the time a page is answered. */
export const whoOf = ({ shop, customer }: Pick<Visit, 'shop' | 'customer'>) => [shop.id, customer?.id].join(' ')

export function signIn(c: Context, secret: string, id: string) {
  deleteCookie(c, 'erased', cookie)
  return setSignedCookie(c, 'visitor', id, secret, { ...cookie, maxAge: year })
}
/** Whoever comes next finds nothing of what this customer typed at the checkout or meant to pay with. */
export function signOut(c: Context) {
  deleteCookie(c, 'visitor', cookie)
  clearCheckout(c)
}

/** The checkout as nobody has begun it yet. */
export function clearCheckout(c: Context) {
  keepTyped(c, undefined)
  keepCode(c, '')
  keepPoints(c, 0)
}

/** A guest is known only by this browser's cookie, so that they can look at what they ordered. */
export async function becomeGuest(c: Context, secret: string) {
  const id = `${guestly}${randomUUID()}`
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

export function keepPoints(c: Context, points: number) {
  if (points <= 0) return deleteCookie(c, 'points', cookie)
  setCookie(c, 'points', String(points), { ...cookie, maxAge: 3600 })
}

export function keepTyped(c: Context, typed: Typed | undefined) {
  if (!typed) return deleteCookie(c, 'typed', cookie)
  const short = Object.entries(typed).map(([name, text]) => [name, text.slice(0, 200)])
  setCookie(c, 'typed', JSON.stringify(Object.fromEntries(short)), { ...cookie, maxAge: 3600 })
}

/** For a few minutes this browser may read that its account was erased, wholly or to be ended later. */
export const keepErased = (c: Context, how: 'whole' | 'begun') => setCookie(c, 'erased', how, { ...cookie, maxAge: 300 })
export const erasedHere = (c: Context) => getCookie(c, 'erased')

/** The cookie is the visitor's own, so it may hold anything. */
function typedIn(text = '{}'): Typed {
  try {
    const told = JSON.parse(text) as Typed
    return {
      name: `${told.name ?? ''}`,
      postcode: `${told.postcode ?? ''}`,
      address: `${told.address ?? ''}`,
      payment: `${told.payment ?? ''}`,
    }
  } catch {
    return {}
  }
}

/** Another programme is another shop: what was to pay in the one pays nothing in the other. The cart comes along. */
export function keepProgramme(c: Context, id: ProgrammeId) {
  setCookie(c, 'programme', id, { ...cookie, maxAge: year })
  keepCode(c, '')
  keepPoints(c, 0)
}

function inOther(url: string, language: Language) {
  const { pathname, searchParams } = new URL(url)
  searchParams.delete('said')
  searchParams.set('lang', language)
  return `${pathname}?${searchParams}`
}

function sayingOf(t: Text, what: string, no = '') {
  if (what === 'refused') {
    const code = /^[a-z-]{1,40}$/.test(no) ? no : ''
    const reason = Object.hasOwn(t.desk.no, code) && t.desk.no[code]
    return `${t.desk.said.refused}${t.rules.gap}${reason ? t.desk.aside(reason, code) : code}`
  }
  for (const sayings of [t.said, t.desk.said]) if (Object.hasOwn(sayings, what)) return sayings[what]
}
