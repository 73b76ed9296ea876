// Every state the widget can be in, each as a shopper comes to it: who they are, and what they do.
import { type Seat, seats } from './shops.ts'

/** What is done on the stage, in order: `open` a view, `press` what a selector finds, `wait` for something to be there, or take points away elsewhere. */
export type Step = ['open', string?] | ['press', string] | ['wait', string] | ['spend', number] | ['unfold']

export interface State {
  id: string
  shop: string
  /** Undefined is a guest. */
  seat?: Seat
  /** A token that has run out. */
  stale?: boolean
  offline?: boolean
  /** The element that stands in the page, where it is not the launcher and its panel that are shown; steps are done in it. */
  embed?: Embed
  steps: Step[]
}

export type Embed = 'page' | 'coupons' | 'points' | 'badge' | 'checkout' | 'gallery'

const redeem: Step[] = [
  ['press', '.redeem > .main'],
  ['wait', 'form'],
]
const confirm: Step = ['press', 'form .main']

export const states: readonly State[] = [
  { id: 'launcher', shop: 'atelier', seat: seats.some, steps: [] },
  { id: 'guest', shop: 'atelier', steps: [['open']] },
  { id: 'zero', shop: 'atelier', seat: seats.zero, steps: [['open']] },
  { id: 'pending', shop: 'atelier', seat: seats.pending, steps: [['open']] },
  { id: 'rich', shop: 'atelier', seat: seats.rich, steps: [['open']] },
  { id: 'amount', shop: 'atelier', seat: seats.some, steps: [['open'], ...redeem] },
  { id: 'made', shop: 'atelier', seat: seats.some, steps: [['open'], ...redeem, confirm, ['wait', '.ticket']] },
  { id: 'used', shop: 'atelier', seat: seats.used, steps: [['open'], ['unfold']] },
  { id: 'expired', shop: 'atelier', seat: seats.expired, steps: [['open'], ['unfold']] },
  { id: 'expiring', shop: 'atelier', seat: seats.expiring, steps: [['open']] },
  { id: 'debt', shop: 'atelier', seat: seats.debt, steps: [['open']] },
  { id: 'long', shop: 'long', seat: seats.long, steps: [['open']] },
  { id: 'campaign', shop: 'campaign', seat: seats.some, steps: [['open', 'earn']] },
  { id: 'earn', shop: 'salon', seat: seats.some, steps: [['open', 'earn']] },
  { id: 'history', shop: 'atelier', seat: seats.used, steps: [['open', 'history']] },
  { id: 'refused', shop: 'atelier', seat: seats.few, steps: [['open'], ...redeem, ['spend', 900], confirm, ['wait', '.trouble']] },
  { id: 'unanswered', shop: 'torn', seat: seats.few, steps: [['open'], ...redeem, confirm] },
  { id: 'signedOut', shop: 'atelier', seat: seats.few, stale: true, steps: [['open']] },
  { id: 'offline', shop: 'offline', seat: seats.few, offline: true, steps: [['open']] },
  { id: 'loading', shop: 'slow', seat: seats.few, steps: [['open']] },
  {
    id: 'page',
    embed: 'page',
    shop: 'salon',
    seat: seats.rich,
    steps: [
      ['wait', '.ticket'],
      ['wait', '.way'],
    ],
  },
  { id: 'pageGuest', embed: 'page', shop: 'salon', steps: [['wait', '.main']] },
  { id: 'coupons', embed: 'coupons', shop: 'salon', seat: seats.holding, steps: [['wait', '.ticket']] },
  { id: 'points', embed: 'points', shop: 'salon', seat: seats.stocked, steps: [['wait', 'span']] },
  { id: 'badge', embed: 'badge', shop: 'salon', seat: seats.stocked, steps: [['wait', '.mark']] },
  { id: 'checkout', embed: 'checkout', shop: 'salon', seat: seats.some, steps: [['wait', 'output']] },
  { id: 'gallery', embed: 'gallery', shop: 'salon', seat: seats.hanging, steps: [['wait', 'img']] },
]
