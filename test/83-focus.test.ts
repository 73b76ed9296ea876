// Where the focus is while the panel is open, in Chromium: what had it may be taken away, by the shop, by an answer or by a form that is done;
// then the panel's heading has it, and Escape still closes. Who has moved on in the page is left there.
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { launcherOf, openSite, panelOf, tagOf, visit } from './80-site.ts'
import { opened } from './opened.ts'

const here = opened({
  async site() {
    const site = await openSite({}, { hana: 1_000, yuki: 77, sora: 1_000 })
    // Two pages of history.
    for (let count = 0; count < 30; count++) await site.grant('ren', 10)
    // And two of coupons.
    const sora = await site.token('sora')
    for (let count = 0; count < 25; count++) {
      const { coupon } = await site.as(sora, 'POST', '/me/coupons', { points: 1 })
      await site.as(sora, 'DELETE', `/me/coupons/${coupon.code}`, {})
    }
    return site
  },
})
const patient = { timeout: 20_000 }

/** A shop's page with a search field; the panel open, and seen. */
const open = async (member: string | undefined, heading: string) => {
  const tag = tagOf(member ? { 'data-token': await here.site.token(member) } : {})
  const { page, troubles, close } = await visit(here.browser, here.site.put({ html: `<!doctype html><title>Shop</title><input>${tag}` }))
  await launcherOf(page).press('Enter', patient)
  await shows(page, heading)
  await isWhole(page)
  return { page, troubles, close }
}
/** What comes with the rest once there is time: the launcher can be sent to the other side. */
const isWhole = (page: Page) =>
  page.waitForFunction(() => document.querySelector('muse-widget')!.shadowRoot!.querySelector('button')!.oncontextmenu, undefined, patient)
const shows = (page: Page, heading: string) => panelOf(page).getByRole('heading', { name: heading, exact: true }).waitFor(patient)
const pressed = async (page: Page, name: string) => {
  const button = panelOf(page).getByRole('button', { name, exact: true })
  await button.press('Enter', patient)
  return button
}
/** What has the focus: in the page, or in the panel. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const { activeElement: at } = document
    return (at?.shadowRoot?.activeElement ?? at)!.localName
  })
const call = (page: Page, ...called: ['identify', string] | ['logout']) =>
  page.evaluate((called) => window.Muse!.push(called as ['logout']), called)

const keeps = async (page: Page) => {
  await expect.poll(() => focused(page), patient).toBe('h2')
  await page.keyboard.press('Escape')
  await panelOf(page).waitFor({ state: 'hidden', ...patient })
}

describe('the heading has the focus when what had it is gone', () => {
  it.each(['How to earn', 'History'])('with the member who signs out at “%s”', async (tab) => {
    const { page, troubles, close } = await open('hana', 'Discount coupons')
    await pressed(page, tab)
    await call(page, 'logout')
    await shows(page, 'Points with every order')
    await keeps(page)
    expect(troubles).toEqual([])
    await close()
  })

  it('with the member who is another by then', async () => {
    const { page, close } = await open('hana', 'Discount coupons')
    await pressed(page, 'How to earn')
    await call(page, 'identify', await here.site.token('yuki'))
    await panelOf(page).getByText('127', { exact: true }).waitFor(patient)
    await keeps(page)
    await close()
  })

  it('with the guest who signs in', async () => {
    const { page, close } = await open(undefined, 'Points with every order')
    await panelOf(page).getByRole('link', { name: 'Join' }).focus()
    await call(page, 'identify', await here.site.token('hana'))
    await shows(page, 'Discount coupons')
    await keeps(page)
    await close()
  })

  it('with what had not loaded, and now has', async () => {
    const tag = tagOf({ 'data-token': await here.site.token('hana') })
    const { page, close } = await visit(here.browser, 'about:blank')
    await page.route('**/me', (route) => route.abort())
    await page.goto(here.site.put({ html: `<!doctype html><title>Shop</title>${tag}` }))
    await launcherOf(page).press('Enter', patient)
    await shows(page, 'This did not load')
    await isWhole(page)
    await page.unroute('**/me')
    await pressed(page, 'Try again')
    await shows(page, 'Discount coupons')
    await keeps(page)
    await close()
  })

  it('with the form of a member whose token has run out', async () => {
    const { page, close } = await open('hana', 'Discount coupons')
    await page.route('**/me/coupons', (route) => route.fulfill({ status: 401, json: { code: 'unauthenticated' } }))
    await pressed(page, 'Redeem')
    await panelOf(page).getByRole('spinbutton').press('Enter', patient)
    await shows(page, 'Points with every order')
    expect(await panelOf(page).getByRole('alert').count()).toBe(1)
    await keeps(page)
    await close()
  })
})

it('who has read all of the history goes on at the first of what came last', async () => {
  const { page, close } = await open('ren', 'Discount coupons')
  await pressed(page, 'History')
  const more = await pressed(page, 'Show more')
  await more.waitFor({ state: 'detached', ...patient })
  const rows = panelOf(page).locator('.history li')
  await expect.poll(() => rows.evaluateAll((all) => all.findIndex((row) => row.matches(':focus'))), patient).toBe(20)
  await page.keyboard.press('Escape')
  await panelOf(page).waitFor({ state: 'hidden', ...patient })
  await close()
})

it('who asks for more coupons keeps the button while the line is down, and then goes on at the first that came', async () => {
  const { page, close } = await open('sora', 'Discount coupons')
  await panelOf(page).getByText('Earlier coupons').click(patient)
  await page.context().setOffline(true)
  await pressed(page, 'Show more')
  await panelOf(page).getByRole('alert').waitFor(patient)
  expect(
    await panelOf(page)
      .getByRole('button', { name: 'Try again' })
      .evaluate((it) => it.matches(':focus')),
  ).toBe(true)
  await page.context().setOffline(false)
  await pressed(page, 'Try again')
  const rows = panelOf(page).locator('details li')
  await expect.poll(() => rows.evaluateAll((all) => all.findIndex((row) => row.matches(':focus'))), patient).toBe(20)
  expect(await rows.count()).toBe(25)
  await close()
})

it('the focus stays where the shopper has moved it in the page, or has put it down', async () => {
  const { page, close } = await open('hana', 'Discount coupons')
  await panelOf(page).getByRole('button', { name: 'Redeem' }).focus()
  await page.locator('input').first().focus()
  await call(page, 'logout')
  await shows(page, 'Points with every order')
  await page.waitForTimeout(300)
  expect(await focused(page)).toBe('input')
  await launcherOf(page).focus()
  await call(page, 'identify', await here.site.token('yuki'))
  await shows(page, 'Discount coupons')
  await call(page, 'logout')
  await shows(page, 'Points with every order')
  await page.waitForTimeout(300)
  expect(await launcherOf(page).evaluate((button) => button.matches(':focus'))).toBe(true)
  await panelOf(page).getByRole('link', { name: 'Join' }).focus()
  await page.mouse.click(900, 20)
  expect(await focused(page)).toBe('body')
  await call(page, 'identify', await here.site.token('hana'))
  await shows(page, 'Discount coupons')
  await page.waitForTimeout(300)
  expect(await focused(page)).toBe('body')
  await close()
})

it('what is made is led to at once, and nothing else has the focus before', async () => {
  const { page, close } = await open('yuki', 'Discount coupons')
  await page.evaluate(() => {
    const { shadowRoot } = document.querySelector('muse-widget')!
    const seen: string[] = []
    shadowRoot!.addEventListener('focusin', ({ target }) => seen.push((target as Element).localName))
    Object.assign(window, { seen })
  })
  await pressed(page, 'Redeem')
  await panelOf(page).getByRole('spinbutton').fill('5', patient)
  await page.keyboard.press('Enter')
  const copy = panelOf(page).getByRole('button', { name: 'Copy' })
  await expect.poll(() => copy.evaluate((button) => button.matches(':focus')), patient).toBe(true)
  expect(((await page.evaluate('seen')) as string[]).slice(-2)).toEqual(['input', 'button'])
  await close()
})
