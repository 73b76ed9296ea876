// What is asked of the shop and what it decides: gifts, reviews, photos, prizes, sellers.
import { type Context, Hono } from 'hono'
import { find } from '../catalogue.ts'
import { lookAt } from '../desk/look.ts'
import { decide, mine, payPrizes, putProduct, putSeller, Refused, voidCoupon } from '../merchant.ts'
import { wholeIn } from '../number.ts'
import { monthOf } from '../pages/desk/requests.ts'
import { sellers, toldOf } from '../programmes/stock.ts'
import type { Env } from '../storefront.ts'
import { form } from './shopping.ts'

export function requests() {
  const app = new Hono<Env>()
  app.post('/desk/decide', (c) => doing(c, decideOne))
  app.post('/desk/void', (c) => doing(c, voidOne))
  app.post('/desk/prizes', (c) => doing(c, award))
  app.post('/desk/sellers/:seller', (c) => doing(c, changeSeller))
  app.post('/desk/shopper/gift', (c) => doing(c, askGift))
  app.post('/desk/shopper/review', (c) => doing(c, writeReview))
  app.post('/desk/shopper/photo', (c) => doing(c, postPhoto))
  return app
}

type At = Context<Env>

/** What Muse refuses is said on the desk; anything else thrown is a bug. */
async function doing(c: At, deed: (c: At) => Promise<unknown>) {
  if (!c.get('visit').customer) return c.redirect('/login?to=/desk', 303)
  try {
    await deed(c)
    return c.redirect('/desk?said=done', 303)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return c.redirect(`/desk?said=refused&no=${error.code}`, 303)
  }
}

const kinds = ['gifts', 'reviews', 'photos'] as const

/** A visitor decides on what they asked for themselves, so that two visitors do not meddle with each other. */
async function decideOne(c: At) {
  const { shop, customer, now } = c.get('visit')
  const { kind, id, state } = await form(c)
  const { asked } = await lookAt(shop, customer, now)
  const one = asked.find((each) => each.id === id && each.kind === kinds.find((one) => one === kind))
  if (one && (state === 'accepted' || state === 'declined')) await decide(shop.merchant, one, state)
}

/** A coupon of the visitor's own, as the shop may take it back. */
async function voidOne(c: At) {
  const { shop, customer, now } = c.get('visit')
  const { code } = await form(c)
  const { wallet } = await lookAt(shop, customer, now)
  const coupon = wallet?.coupons.find((one) => one.code === code)
  if (!coupon) throw new Refused('not-found', 'no coupon of this member')
  await voidCoupon(shop.merchant, coupon.code)
}

async function award(c: At) {
  const { shop, customer, now } = c.get('visit')
  const { gallery } = await lookAt(shop, customer, now)
  const places = shop.document().earning.prizes?.length ?? 0
  await payPrizes(shop.merchant, monthOf(now), gallery.slice(0, places))
}

async function changeSeller(c: At) {
  const { shop, now } = c.get('visit')
  const { merchant } = shop
  const seller = sellers.find(({ id }) => id === c.req.param('seller'))
  const { act, sku = '' } = await form(c)
  const product = find(sku)
  if (!seller || shop.id !== 'amazon') return
  if (act === 'raise' && product) {
    await putProduct(merchant, sku, { ...toldOf(shop.id, product), percent: shop.document().sellers?.percent ?? 2 })
    return
  }
  const at = new Date(now).toISOString()
  const facts = { name: seller.name.en, ...(seller.percent && { percent: seller.percent }) }
  const joined = merchant.journal.all().findLast((entry) => entry.what === 'call' && entry.path === `/sellers/${seller.id}`)
  const joinedAt = (joined?.what === 'call' && (joined.body as { joinedAt?: string }).joinedAt) || at
  await putSeller(merchant, seller.id, act === 'leave' ? { ...facts, joinedAt, leftAt: at } : { ...facts, joinedAt: at })
}

async function askGift(c: At) {
  const { shop, customer } = c.get('visit')
  const { gift = '', key } = await form(c)
  if (customer) await mine(shop.merchant, customer, 'POST', '/me/gifts', { gift }, keyOf('gift', key))
}

async function writeReview(c: At) {
  const { shop, customer } = c.get('visit')
  const { piece = '', rating, text = '', key } = await form(c)
  const [order = '', sku = ''] = piece.split(' ')
  if (customer)
    await mine(
      shop.merchant,
      customer,
      'POST',
      '/me/reviews',
      { order, sku, rating: wholeIn(rating) ?? 0, text: text.slice(0, 400) },
      keyOf('review', key),
    )
}

async function postPhoto(c: At) {
  const { shop, customer } = c.get('visit')
  const { photo, key } = await c.req.parseBody()
  if (!customer || typeof key !== 'string') return
  if (!(photo instanceof File)) throw new Refused('invalid-request', 'no photo was chosen')
  const body = new FormData()
  body.set('photo', photo, 'photo')
  await mine(shop.merchant, customer, 'POST', '/me/photos', body, keyOf('photo', key))
}

/** A page's forms have one key, and each asks for something else. */
const keyOf = (kind: string, key = '') => key && `${kind}-${key}`
