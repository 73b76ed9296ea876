// Away from a page and back, in Chromium with the browser's own memory of pages: the widget does not keep a page out of it, and in a page
// that comes back it shows what is true by now, once, and goes on where the shopper left it.
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { launcherOf, openSite, panelOf, tagOf } from './80-site.ts'
import { launch } from './chromium.ts'
import { opened } from './opened.ts'

const here = opened({ site: openSite }, () => launch([], ['--disable-back-forward-cache']))
const patient = { timeout: 20_000 }

/** What the page notes of its own way there and back. */
const notes = `<script>{ window.seen = { shows: [], wallets: 0, asked: 0 }; const { fetch } = window
  addEventListener('pageshow', ({ persisted }) => seen.shows.push(persisted)); addEventListener('muse:wallet', () => seen.wallets++)
  window.fetch = (url, ...rest) => { seen.asked += /\\/me$/.test(url); return fetch(url, ...rest) } }</script>`
interface Seen {
  shows: boolean[]
  wallets: number
  asked: number
}
const seenBy = (page: Page) => page.evaluate(() => (window as unknown as { seen: Seen }).seen)
const whyNot = (page: Page) =>
  page.evaluate(() =>
    JSON.stringify((performance.getEntriesByType('navigation')[0] as unknown as { notRestoredReasons: unknown }).notRestoredReasons),
  )

async function visited(member: string) {
  const token = await here.site.token(member)
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title>${notes}</head><body>${tagOf({ 'data-token': token })}</body></html>`
  const context = await here.browser.newContext({ viewport: { width: 1000, height: 800 }, reducedMotion: 'reduce' })
  const page = await context.newPage()
  const troubles: string[] = []
  page.on('pageerror', (error) => troubles.push(String(error)))
  await page.goto(here.site.put({ html }))
  return { page, troubles, close: () => context.close() }
}
const elsewhere = () => here.site.put({ html: '<!doctype html><title>Elsewhere</title><h1>Elsewhere</h1>' })
const says = (page: Page, points: string) =>
  launcherOf(page)
    .and(page.locator(`[aria-description="${points} pt"]`))
    .waitFor(patient)

it('a page with the launcher comes back with the balance of now, asked for once, however often', async () => {
  await here.site.grant('back', 50)
  const { page, troubles, close } = await visited('back')
  await says(page, '100')
  for (const [times, points] of [
    [1, '111'],
    [2, '122'],
  ] as const) {
    await page.goto(elsewhere())
    await here.site.grant('back', 11)
    await page.goBack({ waitUntil: 'commit' })
    expect((await seenBy(page)).shows.slice(1), await whyNot(page)).toEqual(Array(times).fill(true))
    await says(page, points)
    expect(await seenBy(page)).toMatchObject({ wallets: times + 1, asked: times + 1 })
  }
  expect(troubles).toEqual([])
  await close()
})

it('an open panel comes back as it was left, with what is true by now, and redeems once', async () => {
  await here.site.grant('open', 50)
  const { page, troubles, close } = await visited('open')
  await says(page, '100')
  await launcherOf(page).click()
  await panelOf(page).getByRole('button', { name: 'Redeem' }).click(patient)
  const amount = panelOf(page).getByRole('spinbutton', { name: 'Points to redeem' })
  await amount.fill('70', patient)
  await page.goto(elsewhere())
  await here.site.grant('open', 900)
  await page.goBack({ waitUntil: 'commit' })
  expect((await seenBy(page)).shows, await whyNot(page)).toEqual([false, true])
  await says(page, '1,000')
  await panelOf(page).locator('.figure', { hasText: '1,000' }).waitFor(patient)
  expect(await amount.inputValue()).toBe('70')
  await panelOf(page).getByRole('button', { name: 'Redeem' }).click()
  await panelOf(page).locator('.ticket', { hasText: '¥70 off' }).waitFor(patient)
  await says(page, '930')
  expect(await panelOf(page).locator('.ticket').count()).toBe(1)
  await page.keyboard.press('Escape')
  await expect.poll(() => panelOf(page).isVisible(), patient).toBe(false)
  await launcherOf(page).click()
  await expect.poll(() => panelOf(page).isVisible(), patient).toBe(true)
  expect(troubles).toEqual([])
  await close()
})

it('a page that is left before its redeem has an answer makes one coupon, whether it comes back or is loaded anew', async () => {
  await here.site.grant('left', 950)
  const { page, troubles, close } = await visited('left')
  const keys = new Set<string>()
  let isCut = true
  await page.route('**/me/coupons', (route, request) => {
    keys.add(request.headers()['idempotency-key']!)
    return isCut ? undefined : route.continue()
  })
  await says(page, '1,000')
  await launcherOf(page).click()
  await panelOf(page).getByRole('button', { name: 'Redeem' }).click(patient)
  await panelOf(page).getByRole('spinbutton', { name: 'Points to redeem' }).fill('70', patient)
  await panelOf(page).getByRole('button', { name: 'Redeem' }).click()
  await expect.poll(() => keys.size, patient).toBe(1)
  await page.goto(elsewhere())
  isCut = false
  await page.goBack({ waitUntil: 'commit' })
  await says(page, '930')
  await expect.poll(() => page.evaluate(() => Object.keys(localStorage)), patient).toEqual([])
  expect(keys.size).toBe(1)
  expect(troubles).toEqual([])
  await close()
})
