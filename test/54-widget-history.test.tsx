// @vitest-environment node
// What the history calls what has moved points: by what the shopper did, and by what became of it, in their language.
import { waitFor } from '@testing-library/preact'
import { expect, it } from 'vitest'
import { leave, onePage } from './50-page.ts'
import { decidePhoto, pictures, post } from './gallery.ts'
import { lines } from './story.ts'

let ahead = 0
const page = onePage({
  program: {
    earning: { purchase: { percent: 1 }, photo: { points: 10 }, prizes: [500] },
    redeeming: { checkout: { max: null }, coupon: { life: 'PT30M' } },
  },
  clock: () => Date.now() + ahead,
})

/** What the rows of a member's history say, the latest first. */
async function told(member: string, language: 'en' | 'ja') {
  const { see, user, root } = await page.open(member, { 'data-locale': language })
  await user.click(see.getByRole('button', { name: language === 'ja' ? '履歴' : 'History' }))
  await waitFor(() => expect(root.querySelector('.history li')).toBeTruthy())
  const rows = [...root.querySelectorAll('.history li')].map((row) => [
    row.querySelector('span')?.firstChild?.textContent,
    row.querySelector('b')?.textContent,
  ])
  leave()
  return rows
}
const redeem = async (who: string, points: number): Promise<string> => (await page.shop.member(who).redeem(points)).body.coupon.code
const use = (code: string, order: string) => page.shop.merchant('PUT', `/coupons/${code}/order`, { order, lines: lines(900) })

it('a coupon taken back is called that, as on its button; one that has run out, and what an order left of one, by what they are', async () => {
  const who = await page.somebody(2000)
  await page.shop.member(who).delete(`/me/coupons/${await redeem(who, 300)}`)
  await use(await redeem(who, 1000), 'A1')
  await redeem(who, 200)
  ahead += 3_600_000
  expect((await told(who, 'en')).slice(0, 7)).toEqual([
    ['Back from an expired coupon', '+200'],
    ['Made into a coupon', '−200'],
    ['Unused part of the coupon', '+100'],
    ['Coupon used', '900'],
    ['Made into a coupon', '−1,000'],
    ['Coupon taken back', '+300'],
    ['Made into a coupon', '−300'],
  ])
  const [expired, , change, , , undone] = await told(who, 'ja')
  expect([expired, change, undone]).toEqual([
    ['期限切れクーポンのお戻し', '+200'],
    ['クーポンの残りのお戻し', '+100'],
    ['クーポンの取り消し', '+300'],
  ])
})

it('points that an order took as they are were never made into a coupon', async () => {
  const who = await page.somebody(1000)
  await page.shop.merchant('PUT', `/members/${who}/orders/B1/points`, { points: 795, lines: lines(900) })
  await page.shop.merchant('DELETE', `/members/${who}/orders/B1/points`)
  expect((await told(who, 'en')).slice(0, 3)).toEqual([
    ['Back from an order', '+795'],
    ['Points used', '795'],
    ['Set aside', '−795'],
  ])
  expect((await told(who, 'ja')).slice(0, 3)).toEqual([
    ['ご注文からのお戻し', '+795'],
    ['ポイントのご利用', '795'],
    ['ポイントのお預かり', '−795'],
  ])
})

it('a prize of the gallery is called one, and not by what the ledger notes', async () => {
  const who = await page.somebody(1)
  const { id } = (await post(page.shop, pictures[0]!, who)).body
  await decidePhoto(page.shop, id, 'accepted')
  await page.shop.merchant('PUT', '/prizes/2026-06', { photos: [id] })
  expect((await told(who, 'en'))[0]).toEqual(['Gallery prize', '+500'])
  expect((await told(who, 'ja'))[0]).toEqual(['ギャラリーの入選', '+500'])
})
