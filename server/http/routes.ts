// Every route on one page: who may ask, what comes in, what goes out, and the act that answers.
import * as z from 'zod'
import { check, release, use } from '../acts/checkout.ts'
import { couponView, findCoupon, letGo, redeem } from '../acts/coupons.ts'
import { exportBook } from '../acts/export.ts'
import { grant, mustBeGrantable } from '../acts/grants.ts'
import { enrol, member, memberOf } from '../acts/members.ts'
import { receiptOf, reportOrder } from '../acts/orders.ts'
import { quote } from '../acts/quotes.ts'
import { publicProgram, type ShopBook } from '../acts/shop.ts'
import { historyOf, walletOf } from '../acts/wallet.ts'
import * as wire from '../contract.ts'
import { audit } from '../ledger/audit.ts'
import type { MemberRow } from '../ledger/member.ts'
import { audits, exports, type Gather, grants } from './gather.ts'
import type { Who } from './identity.ts'

/** What an act is asked: the path's names, the query, the body as its schema made it, and the member who signed. */
export interface Ask<Body = unknown> {
  path: Record<string, string>
  query: Record<string, string>
  body: Body
  signed: { id: string; name?: string }
}

export interface Route<Body = unknown> {
  method: 'get' | 'post' | 'put' | 'delete' | 'patch'
  /** Below /v1/shops/{shop}, with `{names}` in braces. */
  path: string
  who: Exclude<Who, 'operator'>
  summary: string
  query?: string[]
  body?: z.ZodType<Body>
  answer: z.ZodType
  status?: number
  /** Moves points by POST, so it carries an Idempotency-Key. */
  keyed?: boolean
  /** Answers with lines of JSON instead of one. */
  lines?: boolean
  /** Concerns every book of the shop, and makes one answer of theirs. */
  gather?: Gather
  act(book: ShopBook, ask: Ask<Body>): unknown
}

const route = <Body>(it: Route<Body>) => it as Route

/** The member who signed the request: the first signed visit makes one. */
const me = (book: ShopBook, ask: Ask): MemberRow => enrol(book, ask.signed.id, ask.signed.name)
const path = (ask: Ask, name: string) => ask.path[name] ?? ''

export const routes: Route[] = [
  route({
    ...{ method: 'get', path: '/program', who: 'public', summary: 'The program as shoppers may see it', answer: wire.PublicProgram },
    act: (book) => publicProgram(book),
  }),
  route({
    ...{ method: 'post', path: '/quotes', who: 'public', summary: 'What an order not yet placed would earn', answer: wire.Receipt },
    body: wire.Quote,
    act: (book, ask) => quote(book, ask.body),
  }),

  route({
    ...{ method: 'get', path: '/me', who: 'member', summary: 'The wallet', answer: wire.Wallet },
    act: (book, ask) => walletOf(book, me(book, ask)),
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
    ...{ method: 'post', path: '/me/coupons', who: 'member', summary: 'Redeem points for a coupon', answer: wire.Redeemed },
    ...{ status: 201, keyed: true, body: wire.Redeem },
    act: (book, ask) => {
      const who = me(book, ask)
      return { coupon: couponView(book, redeem(book, who, ask.body)), wallet: walletOf(book, who) }
    },
  }),
  route({
    ...{ method: 'delete', path: '/me/coupons/{code}', who: 'member', summary: 'Take back an open coupon', answer: wire.Walleted },
    act: (book, ask) => {
      const who = me(book, ask)
      const coupon = findCoupon(book, path(ask, 'code'))
      if (coupon.member !== who.id) throw new wire.Refusal('not-found', 'There is no coupon with this code.')
      letGo(book, who, coupon, 'returned')
      return { wallet: walletOf(book, who) }
    },
  }),

  route({
    ...{ method: 'get', path: '/members/{member}', who: 'secret', summary: "A member's wallet", answer: wire.Wallet },
    act: (book, ask) => walletOf(book, member(book, path(ask, 'member'))),
  }),
  route({
    ...{ method: 'put', path: '/members/{member}', who: 'secret', summary: 'Enrol or rename a member', answer: wire.Wallet },
    body: wire.Enrol,
    act: (book, ask) => walletOf(book, enrol(book, path(ask, 'member'), ask.body.name)),
  }),
  route({
    ...{ method: 'post', path: '/members/{member}/grants', who: 'secret', summary: 'Give a member points', answer: wire.Granted },
    ...{ status: 201, keyed: true, body: wire.Grant },
    act: (book, ask) => {
      const who = enrol(book, path(ask, 'member'))
      grant(book, who, ask.body)
      return { granted: ask.body.points, wallet: walletOf(book, who) }
    },
  }),
  route({
    ...{ method: 'post', path: '/grants', who: 'secret', summary: 'Give many members points, each once per key', answer: wire.GrantedAll },
    ...{ status: 201, keyed: true, gather: grants, body: wire.Grants },
    act: (book, { body }) => {
      mustBeGrantable(body.points)
      const members = new Set(body.members)
      for (const customer of members) grant(book, enrol(book, customer), body)
      return { granted: members.size }
    },
  }),
  route({
    ...{
      method: 'put',
      path: '/members/{member}/orders/{order}',
      who: 'secret',
      summary: 'Report an order as it now stands',
      answer: wire.Receipt,
    },
    body: wire.Order,
    act: (book, ask) => reportOrder(book, enrol(book, path(ask, 'member')), path(ask, 'order'), ask.body),
  }),

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
    act: (book, ask) => check(book, path(ask, 'code'), ask.body),
  }),
  route({
    ...{ method: 'put', path: '/coupons/{code}/order', who: 'secret', summary: 'Use a coupon for an order', answer: wire.Used },
    body: wire.Use,
    act: (book, ask) => use(book, path(ask, 'code'), ask.body),
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
      const owner = memberOf(book, findCoupon(book, path(ask, 'code')))
      letGo(book, owner, findCoupon(book, path(ask, 'code')), 'returned')
      return heldCoupon(book, path(ask, 'code'))
    },
  }),

  route({
    ...{
      method: 'get',
      path: '/audit',
      who: 'secret',
      summary: 'Re-derives every balance from the transfers',
      gather: audits,
      answer: wire.Audit,
    },
    act: (book) => audit(book),
  }),
  route({
    ...{
      method: 'get',
      path: '/export',
      who: 'secret',
      summary: 'Everything the shop holds',
      lines: true,
      gather: exports,
      answer: z.looseObject({ table: z.string() }),
    },
    act: (book) => exportBook(book),
  }),
]

function heldCoupon(book: ShopBook, code: string) {
  const owner = memberOf(book, findCoupon(book, code))
  return { ...couponView(book, findCoupon(book, code)), member: owner.customer }
}
