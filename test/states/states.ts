// Every state of the widget a shopper can come to: those of the bench, and beside them the ways to earn, the embeds, and what goes wrong.
import { type Seat, seats } from '../../demo/bench/shop/shops.ts'
import { states as ofBench, type State, type Step } from '../../demo/bench/shop/states.ts'

/** Beside the bench's steps: write into a field, choose a file. */
export type Deed = Step | ['fill', string, string] | ['file', string]

export interface Look extends Omit<State, 'steps'> {
  steps: Deed[]
  /** Which embeds the page has; then they are what is looked at. */
  embeds?: string
  /** What becomes of requests whose method and path match: `GET /me/history`. */
  lost?: RegExp
  silent?: RegExp
  /** It is never all there. */
  unready?: true
}

const open: Deed[] = [['open']]
const redeem: Deed[] = [...open, ['press', '.redeem > .main'], ['wait', 'form output:not(:empty)']]
const make: Deed[] = [...redeem, ['press', 'form .main'], ['wait', '.ticket']]
const earn: Deed[] = [
  ['open', 'earn'],
  ['wait', '.earn .way'],
]
const ways = { shop: 'ways', seat: seats.some } as const

/** A member who has done and asked for things. */
const busy: Seat = async (world, id, shop, at) => {
  await seats.some(world, id, shop, at)
  await world.member(shop, id, 'PUT', '/follows/x')
  await world.member(shop, id, 'POST', '/gifts', { gift: 'tote' })
  const { id: gift } = await world.member(shop, id, 'POST', '/gifts', { gift: 'tote' })
  await world.merchant(shop, 'PATCH', `/gifts/${gift}`, { state: 'accepted' })
}
/** And one with an order to review, two coupons, one of them used. */
const bought: Seat = async (world, id, shop, at) => {
  at(20)
  await seats.used(world, id, shop, at)
  at(0)
  const line = { quantity: 1, price: 36_300 }
  const lines = ['moonmoth', 'ribbon'].map((sku, index) => ({ id: String(index), sku, ...line }))
  const now = new Date(Date.now() - 86_400_000).toISOString()
  const order = { placedAt: now, updatedAt: now, shippedAt: now, state: 'shipped', lines }
  await world.merchant(shop, 'PUT', `/members/${id}/orders/W-1`, order)
  await world.member(shop, id, 'POST', '/coupons', { points: 300 })
  await world.member(shop, id, 'POST', '/coupons', { points: 150 })
}

/** What the bench's shops make of requests, as this table says it. */
const lines: Record<string, Pick<Look, 'lost' | 'silent' | 'unready'>> = {
  offline: { lost: /./ },
  slow: { silent: /./, unready: true },
  torn: { lost: /^POST .*coupons/ },
}

/** What the bench waits for by itself. */
const ends: Record<string, Deed[]> = { unanswered: [['wait', '.trouble']] }

const more: Look[] = [
  {
    id: 'copied',
    shop: 'atelier',
    seat: seats.some,
    steps: [...make, ['press', '.ticket .plain'], ['wait', '.ticket .copied, .ticket .trouble']],
  },
  { id: 'noAmount', shop: 'atelier', seat: seats.some, steps: [...redeem, ['fill', 'form [type=number]', ''], ['wait', '[role=alert]']] },
  { id: 'making', shop: 'atelier', seat: seats.some, silent: /^POST .*coupons/, steps: [...redeem, ['press', 'form .main']] },
  { id: 'unreachable', shop: 'atelier', seat: seats.few, lost: /./, steps: [...open, ['wait', '.empty']] },
  {
    id: 'historyLost',
    shop: 'atelier',
    seat: seats.few,
    lost: /history/,
    steps: [
      ['open', 'history'],
      ['wait', '.trouble'],
    ],
  },
  {
    id: 'historyEmpty',
    shop: 'atelier',
    seat: seats.zero,
    steps: [
      ['open', 'history'],
      ['wait', '.history .quiet'],
    ],
  },
  { id: 'ways', ...ways, seat: busy, steps: earn },
  {
    id: 'photoForm',
    ...ways,
    steps: [...earn, ['press', '.way button'], ['wait', 'form'], ['file', '[type=file]'], ['wait', 'canvas:not([hidden])']],
  },
  { id: 'earnRefused', ...ways, lost: /PUT .*follows/, steps: [...earn, ['press', '.way a'], ['wait', '.way .trouble']] },
  { id: 'toCome', shop: 'bare', steps: [...open, ['wait', '.campaign small + small']] },
  { id: 'guestWays', shop: 'ways', steps: [...open, ['wait', '.guest']] },
  {
    id: 'guestEarn',
    shop: 'ways',
    steps: [
      ['open', 'earn'],
      ['wait', '.guest'],
    ],
  },
  {
    id: 'page',
    ...ways,
    seat: bought,
    embeds: 'page',
    steps: [
      ['wait', 'muse-page .gifts'],
      ['wait', 'muse-page .history li'],
    ],
  },
  { id: 'pageGuest', shop: 'ways', embeds: 'page', steps: [['wait', 'muse-page .guest']] },
  {
    id: 'pageForms',
    ...ways,
    seat: bought,
    embeds: 'page',
    steps: [
      ['wait', 'muse-page .gifts'],
      ['press', 'muse-page .redeem > .main'],
      ['wait', 'muse-page .redeem form'],
      ['press', 'muse-page .way button'],
      ['wait', 'muse-page .star'],
    ],
  },
  { id: 'coupons', ...ways, seat: bought, embeds: 'coupons', steps: [['wait', 'muse-coupons .ticket']] },
  { id: 'couponsNone', ...ways, seat: seats.zero, embeds: 'coupons', steps: [['wait', 'muse-coupons .quiet']] },
  {
    id: 'checkout',
    ...ways,
    embeds: 'checkout',
    steps: [
      ['wait', 'muse-checkout [type=range]'],
      ['fill', 'muse-checkout [type=number]', '1200'],
    ],
  },
  { id: 'checkoutNone', ...ways, embeds: 'small', steps: [['wait', 'muse-checkout [type=range]']] },
  {
    id: 'inline',
    ...ways,
    embeds: 'inline',
    steps: [
      ['wait', 'muse-badge .mark'],
      ['wait', 'muse-points span'],
    ],
  },
  {
    id: 'gallery',
    ...ways,
    embeds: 'gallery',
    steps: [
      ['wait', 'muse-gallery figure'],
      ['press', 'muse-gallery .main'],
      ['wait', 'muse-gallery form'],
    ],
  },
  { id: 'galleryEmpty', shop: 'bare', seat: seats.zero, embeds: 'gallery', steps: [['wait', 'muse-gallery .quiet']] },
]

// The embeds' own stand on pages of their own here.
const ofPanel = ofBench.filter(({ embed }) => !embed)
export const states: readonly Look[] = [
  ...ofPanel.map((state): Look => ({ ...state, ...lines[state.shop], steps: [...state.steps, ...(ends[state.id] ?? [])] })),
  ...more,
]
