// English: what an open panel says at once.

const points = (count: string) => `${count} ${count === '1' ? 'point' : 'points'}`

export const first = {
  close: 'Close',
  retry: 'Try again',
  navPoints: 'Points',
  navEarn: 'How to earn',
  navHistory: 'History',

  available: 'Available',
  unit: 'points',
  /** Of one. */
  unitOne: 'point',
  /** By coupons, and by gifts that wait for the shop. */
  held: 'Set aside',
  pending: 'On the way',
  debt: 'Owed',
  debtWhy: 'After a return or a cancellation.\nPoints you earn next settle this first.',
  order: (order: string) => `Order ${order}`,
  waitsForShipment: 'Waits for shipment',
  waits: 'Being confirmed',
  availableOn: (date: string) => `Available on ${date}`,
  expiring: (count: string, date: string) => `${points(count)} expire${count === '1' ? 's' : ''} on ${date}`,

  couponsTitle: 'Discount coupons',
  couponsLead: (worth: string) => `Turn points into a coupon for your next order.\n1 point = ${worth}.`,
  redeem: 'Redeem',
  tooFew: (min: string) => `Coupons start at ${points(min)}.`,
  everyOrder: (percent: number) => `Every order gives ${percent}% back in points.`,
  cartTooSmall: (worth: string, min: string) => `Your cart comes to ${worth}; coupons start at ${points(min)}.`,
  couponWorth: (worth: string) => `${worth} off`,
  copy: 'Copy',
  undo: 'Take back',
  couponUntil: (date: string) => `Use by ${date}`,
  couponForever: 'Enter the code at checkout',
  couponsPast: 'Earlier coupons',
  /** `cancelled`: the order that used it was, and its points are back. */
  couponStates: { open: 'Ready to use', used: 'Used', returned: 'Taken back', cancelled: 'Order cancelled', expired: 'Expired' },

  failedTitle: 'This did not load',
  failures: {
    unauthenticated: 'Your sign-in has run out.\nPlease sign in again.',
    'too-many-requests': 'That was a little fast.\nPlease wait a moment and try again.',
    offline: 'You are offline.\nPlease try again once you are back.',
    unreachable: 'The shop could not be reached.\nPlease try again in a moment.',
  },

  money: (symbol: string, amount: string) => symbol + amount,
}

/** What every other language has to say too. */
export type First = typeof first
