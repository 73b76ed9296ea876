// Why a line earned nothing where the programme gives nothing by itself: which of a campaign's conditions it missed.
import type { Order, OrderLine } from '../../server/contract.ts'
import type { Campaign, Document, Window } from './documents.ts'

export type Missed = { by: 'time' | 'seller' | 'category' | 'payment' | 'apart'; title: string }

/** The first condition that the line missed; undefined where no campaign could have counted. */
export function missedBy({ campaigns = [], sellers }: Document, order: Order, line: OrderLine): Missed | undefined {
  // Once the sellers' programme runs, it is the seller who gives.
  if (sellers && isIn(sellers, order.placedAt)) return { by: 'apart', title: '' }
  for (const campaign of campaigns) {
    const by = conditionOf(campaign, order, line)
    if (by) return { by, title: campaign.title }
  }
}

function conditionOf({ ordered, sellers, categories, payment }: Campaign, order: Order, line: OrderLine) {
  if (ordered && !isIn(ordered, order.placedAt)) return 'time'
  if (sellers && !sellers.includes(line.seller ?? '')) return 'seller'
  if (categories && !line.categories?.some((one) => categories.includes(one))) return 'category'
  if (payment && !payment.includes(order.payment ?? '')) return 'payment'
}

const isIn = ({ from, until }: Window, at: string) =>
  Date.parse(at) >= (from ? Date.parse(from) : Number.NEGATIVE_INFINITY) &&
  Date.parse(at) < (until ? Date.parse(until) : Number.POSITIVE_INFINITY)
