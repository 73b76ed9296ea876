// Two places of one wallet beside each other, in Chromium: the panel and the Point & Reward page, and the shop's own fields beside both. What
// is done in one place, or carried on by itself, takes the focus of no other, and is told once.
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { launcherOf, openSite, panelOf, pasted, patient, visit } from './80-site.ts'
import { opened } from './opened.ts'

const here = opened({ site: () => openSite({}, { before: 1_000, moved: 1_000, beside: 1_000, told: 1_000 }) })

/** A shop's page with a search field and the Point & Reward page. */
async function visited(member: string) {
  const attributes = { 'data-token': await here.site.token(member) }
  return visit(here.browser, here.site.put({ html: pasted({ body: '<input type="search"><muse-page></muse-page>', attributes }) }))
}
const inline = (page: Page) => page.locator('muse-page')
const redeem = (place: ReturnType<typeof inline>) => place.getByRole('button', { name: 'Redeem', exact: true })
/** Where the focus is: in the page itself, or in which of its shadow roots. */
const focused = (page: Page) => page.evaluate(() => document.activeElement!.localName)
/** Holds the answers of redeems back until it is called. */
async function held(page: Page) {
  const turn = Promise.withResolvers<void>()
  await page.route('**/me/coupons', async (route) => {
    await turn.promise
    await route.continue()
  })
  return turn.resolve
}

it('a redeem of before is carried on in the page while its reader types', async () => {
  const { page, troubles, close } = await visited('before')
  await redeem(inline(page)).waitFor(patient)
  await page.evaluate(() => {
    const intent = { key: 'k'.repeat(32), points: 300, shop: 'jej', member: 'before', at: Date.now() }
    Object.assign(localStorage, { muse: 1, [`muse:${intent.key}`]: JSON.stringify(intent) })
  })
  const answer = await held(page)
  await page.reload()
  await page.getByRole('searchbox').focus()
  await inline(page).getByRole('spinbutton').waitFor(patient)
  await page.keyboard.type('moth')
  expect(await focused(page)).toBe('input')
  answer()
  await inline(page).getByRole('button', { name: 'Copy' }).waitFor(patient)
  await redeem(inline(page)).waitFor(patient)
  await page.keyboard.type(' dress')
  expect(await page.getByRole('searchbox').inputValue()).toBe('moth dress')
  expect(troubles).toEqual([])
  await close()
})

it('who has moved on in the page is left there when the coupon is ready', async () => {
  const { page, close } = await visited('moved')
  const answer = await held(page)
  await launcherOf(page).click(patient)
  await redeem(panelOf(page)).click(patient)
  await panelOf(page).getByRole('spinbutton').press('Enter', patient)
  await page.getByRole('searchbox').focus()
  answer()
  await panelOf(page).getByRole('button', { name: 'Copy' }).waitFor(patient)
  await page.keyboard.type('moth')
  expect(await page.getByRole('searchbox').inputValue()).toBe('moth')
  await close()
})

it('what is redeemed in the panel leaves the focus in the panel', async () => {
  const { page, close } = await visited('beside')
  const answer = await held(page)
  await launcherOf(page).click(patient)
  await redeem(panelOf(page)).click(patient)
  await panelOf(page).getByRole('spinbutton').press('Enter', patient)
  await inline(page).getByRole('spinbutton').waitFor(patient)
  expect(await focused(page)).toBe('muse-widget')
  answer()
  const copy = panelOf(page).getByRole('button', { name: 'Copy' })
  await copy.waitFor(patient)
  await redeem(inline(page)).waitFor(patient)
  expect(await focused(page)).toBe('muse-widget')
  await expect.poll(() => copy.evaluate((button) => button.matches(':focus')), patient).toBe(true)
  await close()
})

it.each(['panel', 'page'])('what goes wrong in the %s is told once, and seen in both', async (where) => {
  const { page, close } = await visited('told')
  await launcherOf(page).click(patient)
  await redeem(panelOf(page)).waitFor(patient)
  await page.route('**/me/coupons', (route) => route.fulfill({ status: 409, json: { code: 'insufficient-points' } }))
  const place = where === 'page' ? inline(page) : panelOf(page)
  await redeem(place).press('Enter', patient)
  await place.getByRole('spinbutton').press('Enter', patient)
  const said = page.getByText('You do not have enough points for this.')
  await expect.poll(() => said.count(), patient).toBe(2)
  expect(await page.getByRole('alert').count()).toBe(1)
  expect(await place.getByRole('alert').count()).toBe(1)
  await close()
})
