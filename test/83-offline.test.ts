// A line that is down before anybody means to open the panel, in Chromium: what has not been fetched by then is said not to be there,
// and comes once the line is up again.
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { launcherOf, museOf, openSite, panelOf, tagOf, visit, whole } from './80-site.ts'
import { opened } from './opened.ts'

const here = opened({ site: () => openSite({ earning: { purchase: { percent: 1 } } }, { hana: 12_345 }) })
const patient = { timeout: 20_000 }

const put = (tag: string, lang = 'en') =>
  here.site.put({ html: `<!doctype html><html lang="${lang}"><meta charset="utf-8"><title>Shop</title>${tag}` })
const says = (page: Page) => launcherOf(page).getAttribute('aria-description')

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
    expect(await panelOf(page).count()).toBe(0)
    await page.context().setOffline(false)
    await launcherOf(page).click()
    await panelOf(page).getByRole('heading', { name: heading }).waitFor(patient)
    await expect.poll(() => says(page), patient).toBe(label)
    await close()
  })
})

it('what the page calls before the desk is there is carried out in order', async () => {
  const names = Array.from({ length: 12 }, (_, at) => (at % 2 ? 'close' : 'open'))
  for (let round = 0; round < 3; round++) {
    const { page, close } = await visit(here.browser, put(tagOf()))
    await launcherOf(page).waitFor(patient)
    const told = await page.evaluate(async (names) => {
      const told: string[] = []
      for (const name of ['open', 'close']) addEventListener(`muse:${name}`, () => told.push(name))
      for (const name of names) (window.Muse as unknown as Record<string, () => void>)[name]!()
      await (window.Muse as unknown as { open(): Promise<void> }).open()
      return told.filter((name) => name === 'open').length
    }, names)
    expect(told).toBe(7)
    await panelOf(page).getByRole('heading', { level: 3 }).first().waitFor(patient)
    await close()
  }
})

it.each([
  ['en', '⟳ Offline', 'Discount coupons'],
  ['ja', '⟳ オフライン', '割引クーポン'],
])('a page is told that the panel could not be fetched, and the next call opens it: %s', async (lang, said, name) => {
  const { page, close } = await visit(here.browser, put(tagOf({ 'data-token': await here.site.token('hana') }), lang))
  await museOf(page, (it) => it.setCart({ total: 5_000 }))
  await whole(page)
  await page.evaluate(`window.told = []; addEventListener('muse:error', ({ detail }) => told.push(detail))`)
  await page.route('**/chunks/*', (route) => route.abort())
  await museOf(page, (it) => it.open())
  expect(await page.evaluate('told')).toEqual([{ at: 'load', code: 'unreachable' }])
  expect(await page.locator('muse-widget dialog').innerText()).toBe(said)
  await page.unroute('**/chunks/*')
  await museOf(page, (it) => it.open())
  await panelOf(page).getByRole('heading', { name }).waitFor(patient)
  expect(await page.evaluate('told')).toHaveLength(1)
  await close()
})
