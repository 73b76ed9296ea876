// What the shop's server says of its members: who they are, what they are given, what they ordered.
import { eraseMember, erasePhotos } from '../../acts/erasure.ts'
import { grant, mustBeGrantable } from '../../acts/grants.ts'
import { type Facts, marketNow, marketOf } from '../../acts/market.ts'
import { enrol, member } from '../../acts/members.ts'
import { reportOrder } from '../../acts/orders.ts'
import { pay, unpay } from '../../acts/paying.ts'
import { walletOf } from '../../acts/wallet.ts'
import { walleted } from '../../acts/walleted.ts'
import * as wire from '../../contract.ts'
import { grants } from '../gather.ts'
import { path, type Route, route } from './route.ts'

export const members: Route[] = [
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
    ...{ method: 'delete', path: '/members/{member}', who: 'secret', summary: 'Erase the person; the books stay', answer: wire.Erased },
    first: (book, ask) => erasePhotos(book, path(ask, 'member')),
    act: (book, ask) => {
      eraseMember(book, member(book, path(ask, 'member')))
      return { erased: true }
    },
  }),
  route({
    ...{ method: 'post', path: '/members/{member}/grants', who: 'secret', summary: 'Give a member points', answer: wire.Granted },
    ...{ status: 201, keyed: true, body: wire.Grant },
    act: (book, ask) => {
      const who = enrol(book, path(ask, 'member'))
      grant(book, who, ask.body)
      return walleted(book, who, { granted: ask.body.points })
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
    first: (book, { body }) => marketOf(book, body.lines, body.placedAt),
    act: (book, ask) => reportOrder(book, enrol(book, path(ask, 'member')), path(ask, 'order'), ask.body, ask.found as Facts),
  }),
  route({
    ...{
      method: 'put',
      path: '/members/{member}/orders/{order}/points',
      who: 'secret',
      summary: 'Use points for an order at its checkout: so many, no more and no less',
      answer: wire.Paid,
    },
    body: wire.Pay,
    first: (book, { body }) => marketNow(book, body.lines),
    act: (book, ask) => pay(book, enrol(book, path(ask, 'member')), path(ask, 'order'), ask.body, ask.found as Facts),
  }),
  route({
    ...{
      method: 'delete',
      path: '/members/{member}/orders/{order}/points',
      who: 'secret',
      summary: 'Give the points an order used at its checkout back',
      answer: wire.Paid,
    },
    act: (book, ask) => unpay(book, member(book, path(ask, 'member')), path(ask, 'order')),
  }),
]
