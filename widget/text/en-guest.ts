// English: what a guest is told, and anybody about earning by buying.

const points = (count: string) => `${count} ${count === '1' ? 'point' : 'points'}`
const plural = (count: string, one: string) => `${count} ${one}${count === '1' ? '' : 's'}`

export const guest = {
  guestTitle: 'Points with every order',
  guestLead: (percent: string, worth: string) => `Members get ${percent}% back in points.\nEach one takes ${worth} off a later order.`,
  signUp: 'Join',
  signIn: 'Sign in',
  earnWelcome: 'Become a member',
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
  earnPoints: (count: string) => `+${points(count)}`,
}

/** What every other language has to say too. */
export type Guest = typeof guest
