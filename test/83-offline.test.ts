// A line that is down before anybody means to open the panel, in Chromium: what has not been fetched by then is said not to be there,
// and comes once the line is up again.
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { launcherOf, openSite, panelOf, tagOf, visit } from './80-site.ts'
import { opened } from './opened.ts'

const here = opened({ site: () => openSite({ earning: { purchase: { percent: 1 } } }, { hana: 12_345 }) })
const patient = { timeout: 20_000 }

const noted = `<script>window.errors = []; addEventListener('muse:error', ({ detail }) => errors.push(detail.code))</script>`
const put = (tag: string) =>
  here.site.put({ html: `<!doctype html><html lang="en"><meta charset="utf-8"><title>Shop</title>${noted}${tag}` })
const says = (page: Page) => launcherOf(page).getAttribute('aria-description')
const errorsOf = (page: Page) => page.evaluate(() => (window as unknown as { errors: string[] }).errors)

describe.each([
  ['a member', { who: true, label: '12,345 pt', heading: 'Discount coupons' }],
  ['a guest', { who: false, label: null, heading: 'Points with every order' }],
])('when the line is down before anything was fetched, %s', (_, { who, label, heading }) => {
  const tag = async () => put(tagOf(who ? { 'data-token': await here.site.token('hana') } : {}))

  it('sees that the click was heard, and the next one opens the panel once it is up again', async () => {
    const { page, close } = await visit(here.browser, await tag())
    await expect.poll(() => says(page), patient).toBe(label)
    await page.context().setOffline(true)
    await launcherOf(page).click()
    await expect.poll(() => says(page), patient).toBe('Offline')
    expect(new Set(await errorsOf(page))).toEqual(new Set(['offline']))
    expect(await panelOf(page).count()).toBe(0)
    await page.context().setOffline(false)
    await launcherOf(page).click()
    await panelOf(page).getByRole('heading', { name: heading }).waitFor(patient)
    await expect.poll(() => says(page), patient).toBe(label)
    await close()
  })

  it('asks for it by another address, where a browser keeps what has failed', async () => {
    const { page, close } = await visit(here.browser, await tag())
    await expect.poll(() => says(page), patient).toBe(label)
    const asked: string[] = []
    await page.route(/\/chunks\/\w+\.js\?*$/, (route) => {
      const { length } = asked
      // As a browser does that refuses for good what has failed once.
      const isKnown = asked.includes(route.request().url())
      asked.push(route.request().url())
      return length < 1 || isKnown ? route.abort() : route.continue()
    })
    await launcherOf(page).hover()
    await expect.poll(() => says(page), patient).toBe('Offline')
    await launcherOf(page).click()
    await panelOf(page).getByRole('heading', { name: heading }).waitFor(patient)
    await close()
  })
})
