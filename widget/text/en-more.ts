// English: what only the embeds and the view of how to earn say; apart, so that whoever just opens the panel does not fetch it.
import type { FailureCode } from './en.ts'

const points = (count: string) => `${count} ${count === '1' ? 'point' : 'points'}`

export const more = {
  earns: (count: string) => `Earn ${points(count)}`,
  earnsNothing: {
    excluded: 'No points for this item: it is left out of the programme',
    'before-start': 'No points yet: the programme has not begun',
    little: 'Too small for a point by itself',
  },
  all: 'Max',
  checkoutAmount: 'Points to use',
  checkoutHint: (available: string, max: string) =>
    available === '0'
      ? 'You have no points to use yet.'
      : max === '0'
        ? 'Points cannot pay for this order.'
        : `${points(available)} available, up to ${max} for this order.`,
  couponsNone: 'No coupons yet.\nPoints you redeem show here.',
  follow: 'Follow',
  followOn: (network: string) => `Follow us on ${network}`,
  activityDone: (count: string, balance: string) => `+${points(count)}. ${points(balance)} available.`,
  activityWaits: 'Thank you. Your points come once the shop has confirmed it.',
  reviewOpen: 'Write',
  reviewOf: 'Product',
  reviewRating: 'Rating',
  reviewStars: (count: string) => (count === '1' ? '1 star' : `${count} stars`),
  reviewText: 'Your review',
  reviewSend: 'Post review',
  photoOpen: 'Post',
  photoFile: 'Photo',
  photoCaption: 'Caption',
  photoSend: 'Post photo',
  giftsTitle: 'Gifts',
  giftsLead: 'One tap asks for it.\nYour points are held until the shop has answered.',
  giftAsk: 'Get it',
  giftCost: points,
  giftShort: (count: string) => `${points(count)} to go`,
  giftAsked: (title: string, balance: string) => `${title} is yours once the shop has answered. ${points(balance)} available.`,
  /** `declined`: by the shop, or by the shopper who thought better of it. */
  giftStates: { waiting: 'Asked for, points held', accepted: 'On its way to you', declined: 'Called off, points are back' },
  galleryEmpty: 'No photos yet.\nBe the first to show yours.',
  galleryPhoto: (at: string) => `Photo of ${at}`,
  galleryPrize: (place: string, month: string) => `${month}: place ${place}`,
  /** What a refusal means where the general sentence would say too little. */
  refusals: {
    photo: {
      'invalid-request': 'This picture could not be read.\nA JPEG, PNG or WebP of at least 64 pixels will do.',
      'too-large': 'This picture is too large.\n8 MB is the most.',
      'already-done': 'This picture is in the gallery already.',
      'not-eligible': 'You have posted today.\nTomorrow another photo earns points again.',
    },
    review: {
      'already-done': 'You have reviewed this already.',
      'not-eligible': 'A review is of something you have bought and received.',
    },
    follow: { 'already-done': 'You follow us there already.' },
  } as Record<string, Partial<Record<FailureCode, string>>>,
  /** How money is written in this language. */
  money: (symbol: string, amount: string) => symbol + amount,
}

/** What every other language has to say too. */
export type More = typeof more
