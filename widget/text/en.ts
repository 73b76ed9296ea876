// English: every sentence the widget says. Numbers, money and dates come in already written out. A merchant's own wording
// (`texts.en` of the program) replaces the plain sentences by their key.
import type { RefusalCode } from '../../server/contract.ts'

/** One sentence per refusal code, and for what the server never got to say. */
export type FailureCode = RefusalCode | 'offline' | 'unreachable' | 'unanswered' | 'copy-blocked'

const points = (count: string) => `${count} ${count === '1' ? 'point' : 'points'}`
const plural = (count: string, one: string) => `${count} ${one}${count === '1' ? '' : 's'}`

export const text = {
  close: 'Close',
  retry: 'Try again',
  navPoints: 'Points',
  navEarn: 'How to earn',
  navHistory: 'History',

  available: 'Available',
  unit: 'points',
  held: 'In coupons',
  pending: 'On the way',
  debt: 'Owed',
  debtWhy: 'After a return or a cancellation. Points you earn next settle this first.',
  order: (order: string) => `Order ${order}`,
  waitsForShipment: 'Waits for shipment',
  waits: 'Being confirmed',
  availableOn: (date: string) => `Available on ${date}`,
  expiring: (count: string, date: string) => `${points(count)} expire on ${date}`,

  couponsTitle: 'Discount coupons',
  couponsLead: (worth: string) => `Turn points into a coupon for your next order. 1\u00a0point\u00a0=\u00a0${worth}.`,
  redeem: 'Redeem',
  amount: 'Points to redeem',
  amountMax: 'All',
  cancel: 'Cancel',
  becomes: (worth: string) => `${worth} coupon`,
  left: (count: string) => `${points(count)} left`,
  amountHint: (min: string, max: string, step: string) => `Enter ${min} to ${max}${step === '1' ? '' : `, in steps of ${step}`}.`,
  cappedByCart: (worth: string) => `Your cart comes to ${worth}, so the coupon stops there.`,
  tooFew: (min: string) => `You can redeem from ${points(min)}.`,
  redeemDone: (worth: string, balance: string) => `Your ${worth} coupon is ready. ${points(balance)} available.`,

  couponWorth: (worth: string) => `${worth} off`,
  couponCode: 'Coupon code',
  copy: 'Copy',
  copied: 'Copied',
  undo: 'Take back',
  undoDone: (count: string, balance: string) => `${points(count)} are back. ${points(balance)} available.`,
  couponUntil: (date: string) => `Use by ${date}`,
  couponForever: 'Enter the code at checkout',
  couponsPast: 'Earlier coupons',
  couponStates: { open: 'Ready to use', used: 'Used', returned: 'Taken back', expired: 'Expired' },

  earnTitle: 'How to earn',
  earnPurchase: (percent: string) => `${percent}% back on every order`,
  earnExample: (price: string, count: string) => `${price} spent earns ${points(count)}`,
  earnPlaced: 'Points are yours as soon as you order',
  earnShipped: 'Points are yours once your order has shipped',
  earnAfter: (wait: string, shipped: boolean) => `Points are yours ${wait} after ${shipped ? 'your order has shipped' : 'you order'}`,
  durations: {
    year: (count: string) => plural(count, 'year'),
    month: (count: string) => plural(count, 'month'),
    week: (count: string) => plural(count, 'week'),
    day: (count: string) => plural(count, 'day'),
    hour: (count: string) => plural(count, 'hour'),
    minute: (count: string) => plural(count, 'minute'),
  },
  until: (date: string) => `Until ${date}`,
  earnPoints: (count: string) => `+${points(count)}`,
  activities: {
    purchase: 'Shop with us',
    welcome: 'Become a member',
    review: 'Write a review',
    photo: 'Post a photo',
    follow: 'Follow us',
  },
  activityStates: { open: '', waiting: 'Waiting', done: 'Done' },

  historyEmpty: 'Nothing here yet. Your points will be listed from your first order on.',
  historyMore: 'Show more',
  entries: {
    earn: 'Earned, on the way',
    activate: 'Now available',
    grant: 'Gift from the shop',
    revoke: 'Order changed',
    clawback: 'Taken back after a return',
    owe: 'Owed after a return',
    repay: 'Settled what was owed',
    hold: 'Made into a coupon',
    release: 'Back from a coupon',
    spend: 'Coupon used',
    return: 'Back from a cancelled order',
    expire: 'Expired',
  },
  entryOther: 'Points',

  guestTitle: 'Points with every order',
  guestLead: (percent: string, worth: string) => `Members get ${percent}% back in points.\nEach one takes ${worth} off a later order.`,
  signUp: 'Join',
  signIn: 'Sign in',
  contact: 'Contact the shop',
  signedOut: 'Your sign-in has run out. Please sign in again.',

  failedTitle: 'This did not load',
  settling: 'Making your coupon…',
  failures: {
    'invalid-request': 'The shop could not read this request. Please reload the page and try again.',
    'idempotency-key-missing': 'The shop could not read this request. Please reload the page and try again.',
    unauthenticated: 'Your sign-in has run out. Please sign in again.',
    forbidden: 'Your account may not do this.',
    'not-found': 'We could not find this. It may be gone already.',
    'too-large': 'This is too large to send.',
    'out-of-range': 'This many points cannot be redeemed. Please choose another amount.',
    'idempotency-key-reused': 'This was sent once already with another amount. Please try again.',
    'insufficient-points': 'You do not have enough points for this.',
    'coupon-not-open': 'This coupon has been used or taken back already.',
    'coupon-not-usable': 'This coupon cannot be used here.',
    'already-done': 'You have done this already.',
    'not-eligible': 'This is not possible right now.',
    'too-many-requests': 'That was a little fast. Please wait a moment and try again.',
    'storefront-unavailable': 'The shop is not answering right now. Please try again in a moment.',
    offline: 'You are offline. We will carry on when you are back.',
    unreachable: 'Your points could not be reached. Please try again in a moment.',
    unanswered: 'No answer came. Try again: you will not get two coupons.',
    'copy-blocked': 'Copying is blocked here. Please select the code and copy it by hand.',
  } satisfies Record<FailureCode, string> as Record<FailureCode, string>,

  /** How money is written in this language. */
  money: (symbol: string, amount: string) => symbol + amount,
}

/** What every other language has to say too. */
export type Text = typeof text
