// What the desk has to look at: one shop, one member's points with all that moved them, and what is to come.
import type { Wallet } from '../../server/contract.ts'
import type { Language } from '../catalogue.ts'
import type { Customer } from '../customers.ts'
import { type Body, historyOf, photosIn, Refused, receiptOf, reviewsIn, sellerStanding, walletFor, walletOf } from '../merchant.ts'
import { type Coming, comingEvents } from '../programmes/events.ts'
import { sellers } from '../programmes/stock.ts'
import type { Shop } from '../shops.ts'
import { type Step, timelineOf } from './timeline.ts'

export type SellerStanding = Body<'SellerStanding'>
/** Something the member asked the shop for, or posted. */
export type Asked = { kind: 'gifts' | 'reviews' | 'photos'; id: string; title: string; sku?: string; state: string; points: number | null }

export type Look = {
  wallet: Wallet | undefined
  steps: Step[]
  coming: Coming[]
  sellers: SellerStanding[]
  asked: Asked[]
  /** The member's own pictures in the gallery, newest first. */
  gallery: string[]
}

export async function lookAt(shop: Shop, customer: Customer | undefined, now: number, language: Language = 'en'): Promise<Look> {
  const { id, merchant } = shop
  const known = customer && (await softly(walletFor(merchant, customer)))
  const [steps, standings, asked] = await Promise.all([
    customer && known ? stepsOf(shop, customer) : [],
    id === 'amazon' ? Promise.all(sellers.map((seller) => sellerStanding(merchant, seller.id))) : [],
    customer && known ? askedBy(shop, customer, known) : { asked: [], gallery: [] },
  ])
  const badges = standings.flatMap(({ badge }, index) =>
    badge.from ? [{ at: Date.parse(badge.from), kind: 'badge' as const, about: sellers[index]?.name[language] ?? '' }] : [],
  )
  return { wallet: known, steps, coming: comingEvents(shop.document(), known, badges, now), sellers: standings, ...asked }
}

/** All that moved a member's points, oldest first. */
export async function stepsOf({ merchant, journal }: Shop, customer: Customer): Promise<Step[]> {
  const { entries, isWhole } = await historyOf(merchant, customer)
  if (isWhole) return timelineOf(customer.id, journal.all(), entries)
  // Of a history that was cut short only what moved is told, from what there was before.
  const { points } = await walletOf(merchant, customer.id)
  return timelineOf(customer.id, journal.all(), entries, points).filter(({ moves }) => moves.length > 0)
}

/** A receipt, or undefined where there is none to be had. */
export const receiptFor = ({ merchant }: Shop, customer: Customer, order: string) => softly(receiptOf(merchant, customer, order))

async function askedBy({ merchant, document }: Shop, { id }: Customer, wallet: Wallet) {
  const { review, photo } = document().earning
  const states = ['pending', 'accepted', 'declined']
  const [reviews, photos] = await Promise.all([
    review ? Promise.all(states.map((state) => reviewsIn(merchant, state))) : [],
    photo ? Promise.all(states.map((state) => photosIn(merchant, state))) : [],
  ])
  const mine = <One extends { member: string }>(all: One[][]) => all.flat().filter(({ member }) => member === id)
  const asked: Asked[] = [
    ...wallet.gifts.map(({ id, title, state, points }) => ({ kind: 'gifts' as const, id, title, state, points })),
    ...mine(reviews).map(({ id, sku, rating, text, state, points }) => ({
      ...{ kind: 'reviews' as const, id, sku, state, points },
      title: `${'★'.repeat(rating)} ${text}`,
    })),
    ...mine(photos).map(({ id, caption, state }) => ({ kind: 'photos' as const, id, title: caption, state, points: null })),
  ]
  return {
    asked,
    gallery: mine(photos)
      .filter(({ state }) => state === 'accepted')
      .map(({ id }) => id),
  }
}

const softly = <Answer>(answer: Promise<Answer>) =>
  answer.catch((error) => {
    if (error instanceof Refused) return undefined
    throw error
  })
