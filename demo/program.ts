// The programme this house runs, as the document it gives to Muse.
export const program = {
  name: 'Noctuelle Muse',
  currency: 'JPY',
  timeZone: 'Asia/Tokyo',
  earning: { purchase: { percent: 1, rounding: 'floor', award: 'shipped', delay: 'P7D' } },
  redeeming: { coupon: { min: 1, max: 5_000, step: 1, life: null }, shipping: false, withOtherCodes: false, change: 'return' },
  links: { signIn: '/login', signUp: '/register', contact: '/contact' },
}
