// What a member may ask: the own wallet, its history, and coupons.
import { findCoupon, letGo, redeem } from '../../acts/coupons.ts'
import { receiptOf } from '../../acts/orders.ts'
import { couponsBefore, historyOf } from '../../acts/wallet.ts'
import { redeemed, walleted } from '../../acts/walleted.ts'
import { wholeWallet } from '../../acts/whole.ts'
import * as wire from '../../contract.ts'
import { me, path, type Route, route } from './route.ts'

export const own: Route[] = [
  route({
    ...{ method: 'get', path: '/me', who: 'member', summary: 'The wallet', answer: wire.Wallet },
    act: (book, ask) => wholeWallet(book, ask.signed, () => me(book, ask)),
  }),
  route({
    ...{ method: 'get', path: '/me/history', who: 'member', summary: 'Transfers, newest first, a page at a time', answer: wire.History },
    query: ['before'],
    act: (book, ask) => historyOf(book, me(book, ask), ask.query.before),
  }),
  route({
    ...{ method: 'get', path: '/me/orders/{order}', who: 'member', summary: 'What an order earns, and why', answer: wire.Receipt },
    act: (book, ask) => receiptOf(book, me(book, ask), path(ask, 'order')),
  }),
  route({
    ...{ method: 'get', path: '/me/coupons', who: 'member', answer: wire.Coupons },
    summary: 'Coupons, newest first, a page at a time: all there ever were, or those of one state',
    query: ['before', 'state'],
    act: (book, ask) => couponsBefore(book, me(book, ask), ask.query),
  }),
  route({
    ...{ method: 'post', path: '/me/coupons', who: 'member', summary: 'Redeem points for a coupon', answer: wire.Redeemed },
    ...{ status: 201, keyed: true, body: wire.Redeem },
    act: (book, ask) => {
      const who = me(book, ask)
      redeem(book, who, ask.body)
      return redeemed(book, who)
    },
  }),
  route({
    ...{ method: 'delete', path: '/me/coupons/{code}', who: 'member', summary: 'Take back an open coupon', answer: wire.Walleted },
    act: (book, ask) => {
      const who = me(book, ask)
      const coupon = findCoupon(book, path(ask, 'code'))
      if (coupon.member !== who.id) throw new wire.Refusal('not-found', 'There is no coupon with this code.')
      letGo(book, who, coupon, 'returned')
      return walleted(book, who)
    },
  }),
]
