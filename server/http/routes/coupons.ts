// What the shop's server asks of a coupon: what it takes off, using it, opening it again.
import { check, couponNow, release, use } from '../../acts/checkout.ts'
import { couponView, letGo } from '../../acts/coupons.ts'
import { type Facts, marketNow } from '../../acts/market.ts'
import type { ShopBook } from '../../acts/shop.ts'
import * as wire from '../../contract.ts'
import { path, type Route, route } from './route.ts'

export const coupons: Route[] = [
  route({
    ...{ method: 'get', path: '/coupons/{code}', who: 'secret', summary: 'A coupon with its member', answer: wire.HeldCoupon },
    act: (book, ask) => heldCoupon(book, path(ask, 'code')),
  }),
  route({
    ...{
      method: 'post',
      path: '/coupons/{code}/check',
      who: 'secret',
      summary: 'What a coupon would take off; moves nothing',
      answer: wire.Checked,
    },
    body: wire.Check,
    first: (book, { body }) => marketNow(book, body.lines),
    act: (book, ask) => check(book, path(ask, 'code'), ask.body, ask.found as Facts),
  }),
  route({
    ...{ method: 'put', path: '/coupons/{code}/order', who: 'secret', summary: 'Use a coupon for an order', answer: wire.Used },
    body: wire.Use,
    first: (book, { body }) => marketNow(book, body.lines),
    act: (book, ask) => use(book, path(ask, 'code'), ask.body, ask.found as Facts),
  }),
  route({
    ...{
      method: 'delete',
      path: '/coupons/{code}/order',
      who: 'secret',
      summary: 'That checkout failed: open again',
      answer: wire.HeldCoupon,
    },
    act: (book, ask) => {
      release(book, path(ask, 'code'))
      return heldCoupon(book, path(ask, 'code'))
    },
  }),
  route({
    ...{ method: 'delete', path: '/coupons/{code}', who: 'secret', summary: 'Void a coupon: its points return', answer: wire.HeldCoupon },
    act: (book, ask) => {
      const { coupon, member } = couponNow(book, path(ask, 'code'))
      letGo(book, member, coupon, 'returned')
      return heldCoupon(book, path(ask, 'code'))
    },
  }),
]

function heldCoupon(book: ShopBook, code: string) {
  const { coupon, member } = couponNow(book, code)
  return { ...couponView(book, coupon), member: member.customer }
}
