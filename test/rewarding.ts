// A shop that rewards what members do beside buying, and what stories about that keep asking.
import { expect } from 'vitest'
import { openShop, type Reply, type Story } from './story.ts'

export const accounts = { x: 'https://x.com/shop', facebook: 'https://facebook.com/shop', instagram: 'https://instagram.com/shop' }
export const gifts = [
  { id: 'tote', title: 'Tote bag', points: 800 },
  { id: 'pin', title: 'Pin', points: 50 },
]

/** A shop whose program rewards all of it; each part can be another. */
export const openRewarding = (earning: object = {}, more: object = {}) =>
  openShop({
    program: {
      earning: { purchase: { percent: 1, delay: 'P7D' }, review: { points: 10 }, follow: { points: 10, accounts }, ...earning },
      redeeming: { gifts },
      ...more,
    },
  })

export const tally = (replies: Reply[]) => replies.map(({ status, body }) => `${status} ${body.code ?? 'yes'}`).toSorted()
export const points = async (shop: Story, id = 'c1') => (await shop.member(id).wallet()).points
export const ways = async (shop: Story, kind: string, id = 'c1') =>
  (await shop.member(id).wallet()).activities.filter((activity: { kind: string }) => activity.kind === kind)
export const history = async (shop: Story, id = 'c1') =>
  (await shop.member(id).get('/me/history')).body.entries.map(({ kind, points, note }: { kind: string; points: number; note?: string }) =>
    `${kind} ${points} ${note ?? ''}`.trim(),
  )
export const well = async (shop: Story) => expect(await shop.audit()).toMatchObject({ ok: true, sum: 0, problems: [] })

export const posted = (sku = 'dress', more: object = {}) => ({ order: 'o1', sku, rating: 5, text: 'Lovely.', ...more })
export const review = (shop: Story, body: object = posted(), id = 'c1', key?: string | null) =>
  shop.member(id).post('/me/reviews', body, key)
export const decide = (shop: Story, id: string, state: string, what = 'reviews') => shop.merchant('PATCH', `/${what}/${id}`, { state })

/** A shop where c1 has received a dress with order o1. */
export async function received(earning: object = {}, more: object = {}) {
  const shop = await openRewarding(earning, more)
  await shop.place('c1', 'o1', 10_000)
  await shop.ship('c1', 'o1')
  return shop
}
