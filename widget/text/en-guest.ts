// English: what a guest is told, and anybody about earning by buying.

const points = (count: string) => `${count} ${count === '1' ? 'point' : 'points'}`
const plural = (count: string, one: string) => `${count} ${one}${count === '1' ? '' : 's'}`

/** Where the shop gives no part of every order. */
const some = 'back on selected items and in campaigns'

export const guest = {
  guestTitle: 'Points with every order',
  guestLead: (percent: number, worth: string) =>
    `Members get ${percent ? `${percent}% back in points` : `points ${some}`}.\nEach one takes ${worth} off a later order.`,
  signUp: 'Join',
  signIn: 'Sign in',
  earnWelcome: 'Become a member',
  earnPurchase: (percent: number) => (percent ? `${percent}% back on every order` : `Points ${some}`),
  earnExample: (price: string, count: string) => `${price} spent earns ${points(count)}`,
  /** `wait` is empty where there is none. */
  earnWhen: (wait: string, shipped: boolean) =>
    `Points are yours ${wait ? `${wait} after` : shipped ? 'once' : 'as soon as'} ${shipped ? 'your order has shipped' : 'you order'}`,
  /** By their letters in ISO 8601, minutes by a small one. */
  durations: {
    Y: (count: string) => plural(count, 'year'),
    M: (count: string) => plural(count, 'month'),
    W: (count: string) => plural(count, 'week'),
    D: (count: string) => plural(count, 'day'),
    H: (count: string) => plural(count, 'hour'),
    m: (count: string) => plural(count, 'minute'),
  },
  from: (date: string) => `From ${date}`,
  until: (date: string) => `Until ${date}`,
  earnPoints: (count: string) => `+${points(count)}`,
  launcherAside: 'Move the button to the other side',
}

/** What every other language has to say too. */
export type Guest = typeof guest
