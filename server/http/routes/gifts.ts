// Gifts that points buy: asked for by members, decided by the shop.
import { askGift, decideGift, findGift, giftsIn, giftView, withdrawGift } from '../../acts/gifts.ts'
import { memberOf } from '../../acts/members.ts'
import { walleted } from '../../acts/walleted.ts'
import * as wire from '../../contract.ts'
import { listed } from '../gather.ts'
import { parsed } from '../problems.ts'
import { me, path, type Route, route } from './route.ts'

export const gifts: Route[] = [
  route({
    ...{ method: 'post', path: '/me/gifts', who: 'member', summary: 'Ask for a gift: its points are held', answer: wire.AskedGift },
    ...{ status: 201, keyed: true, body: wire.AskGift },
    act: (book, ask) => {
      const who = me(book, ask)
      const { id, state, points } = askGift(book, who, ask.body)
      return walleted(book, who, { id, state, points })
    },
  }),
  route({
    ...{ method: 'delete', path: '/me/gifts/{id}', who: 'member', summary: 'Withdraw a gift that waits', answer: wire.Walleted },
    act: (book, ask) => {
      const who = me(book, ask)
      withdrawGift(book, who, path(ask, 'id'))
      return walleted(book, who)
    },
  }),
  route({
    ...{ method: 'get', path: '/gifts', who: 'secret', summary: 'Gifts in a state, those that wait unless another is named' },
    ...{ answer: wire.MerchantGifts, query: ['state'], gather: listed('gifts', 500) },
    act: (book, ask) => ({ gifts: giftsIn(book, parsed(wire.Gift.shape.state, ask.query.state ?? 'waiting', ['state'])) }),
  }),
  route({
    ...{ method: 'patch', path: '/gifts/{id}', who: 'secret', summary: 'Accept or decline a gift', answer: wire.DecidedGift },
    body: wire.Decision,
    act: (book, ask) => {
      const row = findGift(book, path(ask, 'id'))
      const owner = memberOf(book, row)
      decideGift(book, owner, row, ask.body.state)
      return { ...giftView(row), member: owner.customer }
    },
  }),
]
