// Reviews: of products that were bought and have been shipped, each once per member. Any rating earns the same.
import type * as z from 'zod'
import { type Decision, type MerchantReviews, Refusal, type Review, type ShownReview, type Standing } from '../contract.ts'
import type { MemberRow } from '../ledger/member.ts'
import { isKept } from '../rules/paid.ts'
import { type ActivityRow, activityOf, add, brings, decide, findActivity } from './activities.ts'
import { memberOf } from './members.ts'
import { findOrder } from './placed.ts'
import { type ShopBook, terms } from './shop.ts'

type Shown = z.infer<typeof ShownReview>
type Listed = z.infer<typeof MerchantReviews>['reviews'][number]

/** Posts a review. Refused the second time for a product, and for one that was not bought, not shipped, or given back. */
export function review(book: ShopBook, member: MemberRow, { order, sku, rating, text }: Review): ActivityRow {
  if (findActivity(book, member, 'review', sku)) throw new Refusal('already-done', 'This product was reviewed before.')
  if (!hasReceived(book, member, order, sku))
    throw new Refusal('not-eligible', 'A review is of a product that was bought with this order, has been shipped and was not given back.')
  const { points, award } = terms(book).program.earning.review
  const state = award === 'posted' ? 'accepted' : 'pending'
  return add(book, member, { kind: 'review', key: sku, points, state, document: { order, rating, text } })
}

/** The shop accepts or declines a review; its points follow. */
export function decideReview(book: ShopBook, id: string, { state }: Decision): { activity: ActivityRow; member: MemberRow } {
  const activity = activityOf(book, 'review', id)
  const member = memberOf(book, activity)
  decide(book, member, activity, state)
  return { activity, member }
}

/** The accepted reviews of a product by members of this book, newest first, 100 at most. */
export const reviewsOf = (book: ShopBook, sku: string): Shown[] =>
  book
    .all<ActivityRow>("SELECT * FROM activities WHERE kind = 'review' AND key = ? AND state = 'accepted' ORDER BY seq DESC LIMIT 100", sku)
    .map(shown)

/** Reviews by members of this book in a state, newest first, 500 at most. */
export const reviewsIn = (book: ShopBook, state: Standing): Listed[] =>
  book
    .all<ActivityRow & { customer: string }>(
      `SELECT activities.*, customer FROM activities JOIN members ON members.id = activities.member
       WHERE kind = 'review' AND state = ? ORDER BY seq DESC LIMIT 500`,
      state,
    )
    .map((row) => ({ ...shown(row), member: row.customer, order: JSON.parse(row.document).order, state, points: brings(row) }))

function shown(row: ActivityRow): Shown {
  const { rating, text } = JSON.parse(row.document)
  return { id: row.id, sku: row.key, rating, text, at: new Date(row.at).toISOString(), rewarded: brings(row) > 0 }
}

function hasReceived(book: ShopBook, member: MemberRow, id: string, sku: string): boolean {
  const placed = findOrder(book, member, id)
  if (!placed || placed.cancelled || placed.order.guest || placed.order.state !== 'shipped') return false
  const { order, program } = placed
  return order.lines.some((line) => line.sku === sku && isKept(line, order, program))
}
