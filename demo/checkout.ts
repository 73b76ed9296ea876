// Placing an order: the coupon is used, the card is charged, the order is written down, and Muse is told. In that order,
// because each step can still be undone by the shop until the one after it has happened.
import { type Cart, goods, linesOf, shippingOf } from './cart.ts'
import type { Language } from './catalogue.ts'
import { checkCoupon, type Merchant, Refused, releaseCoupon, reportOrder, useCoupon } from './merchant.ts'
import type { OrderBook, PlacedOrder } from './orders.ts'

export type CouponInCart = { code: string; discount: number; change: number; refused: string | null }

export type Wish = {
  id: string
  customer: string
  guest: boolean
  language: Language
  cart: Cart
  code: string
  payment: string
  deliverTo: PlacedOrder['deliverTo']
}

/** What the entered code would do to this cart; moves nothing. */
export async function tryCoupon(merchant: Merchant, code: string, cart: Cart, member: string | undefined, language: Language) {
  const none: CouponInCart = { code, discount: 0, change: 0, refused: null }
  if (code === '') return none
  try {
    const answer = await checkCoupon(merchant, code, muse(cart, member, language))
    return answer.usable
      ? { ...none, discount: answer.discount, change: answer.change }
      : { ...none, refused: answer.reasons[0] ?? 'other' }
  } catch (error) {
    return { ...none, refused: codeOf(error) }
  }
}

/** The order, or the code of why not. Placing the same wish again gives the same order. */
export async function place(merchant: Merchant, orders: OrderBook, wish: Wish, now: Date): Promise<PlacedOrder | string> {
  const before = orders.find(wish.id)
  if (before) return before.customer === wish.customer ? before : 'other'
  const { id, code, cart, guest, language } = wish
  const member = guest ? undefined : wish.customer
  let coupon: PlacedOrder['coupon'] = null
  try {
    if (code) coupon = { code, ...(await useCoupon(merchant, code, id, muse(cart, member, language))) }
  } catch (error) {
    return codeOf(error)
  }
  if (!charged(wish.payment)) {
    if (coupon) await releaseCoupon(merchant, coupon.code)
    return 'declined'
  }
  // The same form may have come twice at once, and the other one was quicker.
  const quicker = orders.find(id)
  if (quicker) return quicker
  const order = write(wish, coupon, now)
  orders.add(order)
  await report(merchant, orders, order)
  return order
}

/** Tells Muse how the order stands. When nobody answers the order keeps, and is reported again at the next look. */
export async function report(merchant: Merchant, orders: OrderBook, order: PlacedOrder) {
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

function write(wish: Wish, coupon: PlacedOrder['coupon'], now: Date): PlacedOrder {
  const { id, customer, guest, language, cart, payment, deliverTo } = wish
  const at = now.toISOString()
  const used = coupon && { codes: [coupon.code], discounts: [{ code: coupon.code, amount: coupon.discount }] }
  return {
    id,
    customer,
    deliverTo,
    coupon,
    document: {
      placedAt: at,
      updatedAt: at,
      state: 'placed',
      ...(guest && { guest }),
      payment,
      lines: linesOf(cart, language),
      shipping: shippingOf(cart),
      ...used,
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

function muse(cart: Cart, member: string | undefined, language: Language) {
  return { ...(member && { member }), lines: linesOf(cart, language), shipping: shippingOf(cart) }
}

export const totalWith = (cart: Cart, coupon: CouponInCart) => goods(cart) + shippingOf(cart) - coupon.discount
