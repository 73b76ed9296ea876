// English: what is said once somebody does something.

const points = (count: string) => `${count} ${count === '1' ? 'point' : 'points'}`

export const rest = {
  amount: 'Points to redeem',
  amountMax: 'Max',
  cancel: 'Cancel',
  left: (count: string) => `${points(count)} left`,
  amountHint: (min: string, max: string, step: string) => `Enter ${min} to ${max}${step === '1' ? '' : `, in steps of ${step}`}.`,
  cappedByCart: (worth: string) => `Your cart comes to ${worth}, so the coupon stops there.`,
  redeemDone: (worth: string, balance: string) => `Your ${worth} coupon is ready. ${points(balance)} available.`,

  copied: 'Copied',
  undoDone: (count: string, balance: string) => `You have ${points(count)} back. ${points(balance)} available.`,
  activities: {
    purchase: 'Shop with us',
    welcome: 'Become a member',
    review: 'Write a review',
    photo: 'Post a photo',
    follow: 'Follow us',
    /** Of the gallery's month; the shop's to give, and so only in the history. */
    prize: 'Gallery prize',
  },
  activityStates: { open: '', waiting: 'Waiting', done: 'Done' },

  historyEmpty: 'Nothing here yet.\nYour points are listed from your first order on.',
  /** Of earlier coupons, too. */
  historyMore: 'Show more',
  entries: {
    earn: 'Earned, on the way',
    activate: 'Now available',
    grant: 'Gift from the shop',
    revoke: 'Order changed',
    clawback: 'Reclaimed after a return',
    owe: 'Owed after a return',
    repay: 'Settled what was owed',
    hold: 'Made into a coupon',
    /** By no coupon: an order took points as they are. */
    'hold bare': 'Set aside',
    release: 'No longer set aside',
    /** Of a coupon that the shopper, or the shop, has taken back. */
    'release returned': 'Coupon taken back',
    'release expired': 'Back from an expired coupon',
    /** What an order left of it. */
    'release used': 'Unused part of the coupon',
    spend: 'Coupon used',
    'spend bare': 'Points used',
    return: 'Back from an order',
    expire: 'Points expired',
  },
  entryOther: 'Points',

  settling: 'Making your coupon…',
  failures: {
    'storefront-unavailable': 'The shop is not answering right now.\nPlease try again in a moment.',
    forbidden: 'Your account may not do this.',
    'not-found': 'We could not find this.\nIt may be gone already.',
    'invalid-request': 'The shop could not read this request.\nPlease reload the page and try again.',
    'idempotency-key-missing': 'The shop could not read this request.\nPlease reload the page and try again.',
    'too-large': 'This is too large to send.',
    'out-of-range': 'This many points cannot be redeemed.\nPlease choose another amount.',
    'idempotency-key-reused': 'This was sent once already with another amount.\nPlease try again.',
    'insufficient-points': 'You do not have enough points for this.',
    'coupon-not-open': 'This coupon was used or taken back, or has expired.',
    'coupon-not-usable': 'This coupon cannot be used here.',
    'already-done': 'You have done this already.',
    'not-eligible': 'This is not possible right now.',
    unanswered: 'No answer came.\nTry again: you will not get two coupons.',
    'copy-blocked': 'Copying is blocked here.\nPlease select the code and copy it by hand.',
  },
}

/** What every other language has to say too. */
export type Rest = typeof rest
