// Placing an order: points and coupon are used, the card is charged, the order is written down, and Muse is told. In that order,
// because each step can still be undone by the shop until the one after it has happened.
import { type Cart, goods, linesOf, payable, shippingOf } from './cart.ts'
import type { Language } from './catalogue.ts'
import {
  checkCoupon,
  couponOf,
  givePointsBack,
  payWithPoints,
  Refused,
  releaseCoupon,
  reportOrder,
  useCoupon,
  walletOf,
} from './merchant.ts'
import type { PlacedOrder } from './orders.ts'
import type { Shop } from './shops.ts'

export type CouponInCart = { code: string; discount: number; change: number; refused: string | null }
/** Points at checkout: how many are asked for, how many there may be, and how many there are. */
export type PointsInCart = { points: number; max: number; available: number }

export type Wish = {
  id: string
  customer: string
  guest: boolean
  language: Language
  cart: Cart
  code: string
  points: number
  payment: string
  deliverTo: PlacedOrder['deliverTo']
}

/** What the entered code would do to this cart; moves nothing. */
export async function tryCoupon(shop: Shop, code: string, cart: Cart, member: string | undefined, language: Language) {
  const none: CouponInCart = { code, discount: 0, change: 0, refused: null }
  if (code === '') return none
  try {
    const answer = await checkCoupon(shop.merchant, code, { ...(member && { member }), ...toldCart(shop, cart, language) })
    return answer.usable
      ? { ...none, discount: answer.discount, change: answer.change }
      : { ...none, refused: answer.reasons[0] ?? 'other' }
  } catch (error) {
    return { ...none, refused: codeOf(error) }
  }
}

/** How many points this cart can take beside the coupon; null where the programme takes none at checkout, or nobody is signed in. */
export async function tryPoints(shop: Shop, asked: number, cart: Cart, member: string | undefined, coupon: CouponInCart) {
  const { checkout, exclude } = shop.document().redeeming
  if (!checkout || !member) return null
  const wallet = await walletOf(shop.merchant, member).catch(codeOf)
  const available = typeof wallet === 'string' ? 0 : wallet.points.available
  const most = Math.min(payable(cart, shop.id, exclude?.tags) - coupon.discount, checkout.max ?? Number.POSITIVE_INFINITY)
  const max = Math.max(0, Math.min(available, most))
  return { points: Math.min(asked, max), max, available } satisfies PointsInCart
}

/** The forms of an order that are being dealt with: of the last of each. */
const placing = new Map<string, Promise<unknown>>()

/**
 * The order, or the code of why not. Placing the same wish again gives the same order. The same form may come several times at once, with
 * another card too: one after the other, or what the declined one gives back has paid for the order of another.
 */
export async function place(shop: Shop, wish: Wish): Promise<PlacedOrder | string> {
  const turn = (placing.get(wish.id) ?? Promise.resolve()).then(() => placeNow(shop, wish))
  const over = turn.catch(() => {})
  placing.set(wish.id, over)
  try {
    return await turn
  } finally {
    if (placing.get(wish.id) === over) placing.delete(wish.id)
  }
}

async function placeNow(shop: Shop, wish: Wish): Promise<PlacedOrder | string> {
  const { merchant, orders } = shop
  const before = orders.find(wish.id)
  if (before) return before.customer === wish.customer ? before : 'other'
  const { id, customer, code, points } = wish
  if (code || points) orders.begin({ id, customer, code, points })
  let paid: Paid
  try {
    paid = await pay(shop, wish)
  } catch (error) {
    const no = codeOf(error)
    // Of what got no answer it is not known whether it happened: that is left to the next start.
    if (no !== 'unreachable') orders.end(id)
    return no
  }
  if (!charged(wish.payment)) {
    if (paid.points) await givePointsBack(merchant, wish.customer, wish.id)
    if (paid.coupon) await releaseCoupon(merchant, paid.coupon.code)
    orders.end(id)
    return 'declined'
  }
  const order = write(shop, wish, paid)
  orders.add(order)
  await report(shop, order)
  return order
}

/** Tells Muse how the order stands. When nobody answers the order keeps, and is reported again at the next look. */
export async function report({ merchant, orders }: Shop, order: PlacedOrder) {
  try {
    await reportOrder(merchant, order.customer, order.id, order.document)
    order.reported = true
  } catch (error) {
    order.reported = false
    console.error(`order ${order.id} could not be reported:`, error instanceof Error ? error.message : error)
  }
  orders.save()
  return order.reported
}

/** What the last run left undone: half-paid checkouts are given back, and orders that Muse has not heard of are told. */
export async function settle(shop: Shop) {
  const { merchant, orders } = shop
  for (const { id, customer, code, points } of orders.begun()) {
    try {
      if (points) await givePointsBack(merchant, customer, id).catch(unlessUnknown)
      const coupon = code ? await couponOf(merchant, code).catch(unlessUnknown) : undefined
      // By now it may have been used for another order.
      if (coupon?.order === id) await releaseCoupon(merchant, code)
      orders.end(id)
    } catch (error) {
      console.error(`checkout ${id} could not be given back:`, error instanceof Error ? error.message : error)
    }
  }
  for (const order of orders.unreported()) await report(shop, order)
}

/** Nothing was used: there is nothing to give back. */
function unlessUnknown(error: unknown): undefined {
  if (codeOf(error) === 'unreachable') throw error
}

type Paid = { coupon: PlacedOrder['coupon']; points: number }

// What points cannot pay for after all opens the coupon again: half a payment is none.
async function pay(shop: Shop, { id, customer, guest, cart, code, points, language }: Wish): Promise<Paid> {
  const { merchant } = shop
  const told = toldCart(shop, cart, language)
  const member = guest ? undefined : customer
  const coupon = code ? { code, ...(await useCoupon(merchant, code, id, { ...(member && { member }), ...told })) } : null
  if (!member || points === 0) return { coupon, points: 0 }
  try {
    await payWithPoints(merchant, member, id, { points, ...told, ...(coupon && { codes: [coupon.code] }) })
  } catch (error) {
    if (coupon) await releaseCoupon(merchant, coupon.code)
    throw error
  }
  return { coupon, points }
}

function write(shop: Shop, wish: Wish, { coupon, points }: Paid): PlacedOrder {
  const { id, customer, guest, language, cart, payment, deliverTo } = wish
  const at = new Date(shop.merchant.clock.now()).toISOString()
  const discounts = [
    ...(coupon ? [{ code: coupon.code, amount: coupon.discount }] : []),
    ...(points ? [{ code: 'points', amount: points }] : []),
  ]
  return {
    id,
    customer,
    deliverTo,
    coupon,
    points,
    document: {
      placedAt: at,
      updatedAt: at,
      state: 'placed',
      ...(guest && { guest }),
      payment,
      lines: linesOf(cart, language, shop.id),
      shipping: shippingOf(cart),
      ...(coupon && { codes: [coupon.code] }),
      ...(discounts.length > 0 && { discounts }),
    },
    reported: false,
  }
}

/** The till of a demonstration: every card is good but the one that says it is not. */
const charged = (payment: string) => payment !== 'declined'

const codeOf = (error: unknown) => {
  if (error instanceof Refused) return error.code
  throw error
}

const toldCart = ({ id }: Shop, cart: Cart, language: Language) => ({ lines: linesOf(cart, language, id), shipping: shippingOf(cart) })

export const totalWith = (cart: Cart, coupon: CouponInCart, points: PointsInCart | null) =>
  goods(cart) + shippingOf(cart) - coupon.discount - (points?.points ?? 0)
