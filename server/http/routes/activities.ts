// What members do for points beside buying: follows, reviews, photos; and the shop's word on it.
import { brings } from '../../acts/activities.ts'
import { follow, revoke } from '../../acts/follows.ts'
import { gallery, photosIn, pictureOf } from '../../acts/gallery.ts'
import { member } from '../../acts/members.ts'
import { type Claimed, claim, decidePhoto, post, type Recognised, show } from '../../acts/photos.ts'
import { type Prize, pay, select } from '../../acts/prizes.ts'
import { decideReview, review, reviewsIn, reviewsOf } from '../../acts/reviews.ts'
import { walletOf } from '../../acts/wallet.ts'
import { walleted } from '../../acts/walleted.ts'
import * as wire from '../../contract.ts'
import { awards, listed } from '../gather.ts'
import { parsed } from '../problems.ts'
import { type Ask, me, path, type Route, route } from './route.ts'

const follows: Route[] = [
  route({
    ...{ method: 'put', path: '/me/follows/{network}', who: 'member', summary: 'Follow the shop on a network', answer: wire.Followed },
    status: 201,
    act: (book, ask) => {
      const who = me(book, ask)
      return walleted(book, who, { activity: follow(book, who, path(ask, 'network')) })
    },
  }),
  route({
    ...{ method: 'delete', path: '/members/{member}/follows/{network}', who: 'secret', answer: wire.Wallet },
    summary: 'Take back the points of a follow',
    act: (book, ask) => {
      const who = member(book, path(ask, 'member'))
      revoke(book, who, path(ask, 'network'))
      return walletOf(book, who)
    },
  }),
]

const reviews: Route[] = [
  route({
    ...{ method: 'post', path: '/me/reviews', who: 'member', summary: 'Review a product that was bought', answer: wire.Posted },
    ...{ status: 201, keyed: true, body: wire.Review },
    act: (book, ask) => {
      const who = me(book, ask)
      return walleted(book, who, standing(review(book, who, ask.body)))
    },
  }),
  route({
    ...{ method: 'get', path: '/products/{sku}/reviews', who: 'public', summary: 'The reviews of a product', answer: wire.Reviews },
    gather: listed('reviews', 100),
    act: (book, ask) => ({ reviews: reviewsOf(book, path(ask, 'sku')) }),
  }),
  route({
    ...{ method: 'get', path: '/reviews', who: 'secret', summary: 'Reviews in a state, those to decide unless another is named' },
    ...{ answer: wire.MerchantReviews, query: ['state'], gather: listed('reviews', 500) },
    act: (book, ask) => ({ reviews: reviewsIn(book, stateIn(ask)) }),
  }),
  route({
    ...{ method: 'patch', path: '/reviews/{id}', who: 'secret', summary: 'Accept or decline a review', answer: wire.Decided },
    body: wire.Decision,
    act: (book, ask) => decided(decideReview(book, path(ask, 'id'), ask.body)),
  }),
]

const photos: Route[] = [
  route({
    ...{ method: 'post', path: '/me/photos', who: 'member', summary: 'Post a photo', answer: wire.Posted },
    ...{ status: 201, keyed: true, body: wire.Upload, upload: true },
    first: (book, ask) => claim(book, ask.signed.id, ask.body, ask.picture as Recognised),
    act: (book, ask) => {
      const who = me(book, ask)
      return walleted(book, who, standing(post(book, who, ask.found as Claimed)))
    },
  }),
  route({
    ...{ method: 'get', path: '/gallery', who: 'public', summary: 'The gallery, newest first, a page at a time', answer: wire.Gallery },
    query: ['before'],
    act: (book, ask) => gallery(book, ask.query.before),
  }),
  route({
    ...{ method: 'get', path: '/photos/{id}', who: 'public', summary: 'A picture of the gallery', answer: wire.PictureFile },
    picture: true,
    first: (book, ask) => pictureOf(book, path(ask, 'id')),
    act: (_, ask) => ask.found,
  }),
  route({
    ...{ method: 'get', path: '/photos', who: 'secret', summary: 'Photos in a state, those to decide unless another is named' },
    ...{ answer: wire.MerchantPhotos, query: ['state', 'before'] },
    act: (book, ask) => photosIn(book, stateIn(ask), ask.query.before),
  }),
  route({
    ...{ method: 'patch', path: '/photos/{id}', who: 'secret', summary: 'Accept or decline a photo', answer: wire.Decided },
    body: wire.Decision,
    first: (book, ask) => show(book, path(ask, 'id'), ask.body),
    act: (book, ask) => decided(decidePhoto(book, ask.found as Claimed)),
  }),
  route({
    ...{ method: 'put', path: '/prizes/{month}', who: 'secret', summary: "Pay the month's prizes, once", answer: wire.Awarded },
    ...{ body: wire.Prizes, gather: awards },
    first: (book, ask) => select(book, monthIn(ask), ask.body.photos),
    act: (book, ask) => pay(book, monthIn(ask), ask.found as Prize[]),
  }),
]

export const activities: Route[] = [...follows, ...reviews, ...photos]

type Decided = ReturnType<typeof decideReview>

const standing = (activity: Decided['activity']) => ({ id: activity.id, state: activity.state, points: brings(activity) })
const decided = ({ activity, member }: Decided) => ({ ...standing(activity), member: member.customer })
const stateIn = ({ query }: Ask) => parsed(wire.Standing, query.state ?? 'pending', ['state'])
const monthIn = (ask: Ask) => parsed(wire.Month, path(ask, 'month'), ['month'])
