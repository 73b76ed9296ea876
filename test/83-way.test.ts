// What is in the launcher's way, in Chromium: bars and buttons of the page's, low ones, late ones and those that slide in or stick, are seen
// before anybody means to open the panel, and are kept clear of.
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { launcherOf, openSite, tagOf, visit } from './80-site.ts'
import { opened } from './opened.ts'

const here = opened({ site: openSite })
const patient = { timeout: 20_000 }

const put = (body: string, attributes: Record<string, string> = {}) =>
  here.site.put({
    html: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title><meta name="viewport" content="width=device-width">
<style>body { margin: 0 } .bar { background: #ddd; height: 40px; width: 100% } @keyframes rise { from { translate: 0 100px } }</style></head>
<body>${body}${tagOf(attributes)}</body></html>`,
  })
/** Of `#bar` and the launcher, whether any point is of both. */
const isClear = (page: Page) =>
  page.evaluate(() => {
    const [one, other] = [document.querySelector('#bar')!, document.querySelector('muse-widget')!.shadowRoot!.querySelector('button')!]
    const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()]
    return a.height > 0 && (a.bottom <= b.top || b.bottom <= a.top || a.right <= b.left || b.right <= a.left)
  })
const bottomOf = async (page: Page) => {
  const { y, height } = (await launcherOf(page).boundingBox())!
  return y + height
}
const keepsClear = (page: Page) => expect.poll(() => isClear(page), patient).toBe(true)
const add = (page: Page, html: string) => page.evaluate((html) => document.body.insertAdjacentHTML('beforeend', html), html)

const low = (height: number) => `position:fixed;left:0;right:0;bottom:0;height:${height}px`
const round = (size: number, from: number, side = 'left') =>
  `position:fixed;${side}:${from}px;bottom:${from}px;width:${size}px;height:${size}px;border-radius:50%`

describe('the launcher keeps clear, by itself,', () => {
  it.each([
    ['of a bar of 30 px', low(30)],
    ['of a bar of 58 px', low(58)],
    ['of a round chat button of 60 px', round(60, 20)],
    ['of one of 48 px farther in', round(48, 24)],
    ['of a button that floats higher up', 'position:fixed;left:20px;bottom:44px;width:160px;height:40px'],
    ['of a cart that sticks to the bottom', 'position:sticky;bottom:0;height:44px', '<main style="height:3000px"></main>'],
  ])('%s', async (_, style, before = '') => {
    const { page, troubles, close } = await visit(here.browser, put(`${before}<div id="bar" class="bar" style="${style}"></div>`))
    await keepsClear(page)
    await page.evaluate(() => document.querySelector('#bar')!.remove())
    await expect.poll(() => bottomOf(page), patient).toBe(780)
    expect(troubles).toEqual([])
    await close()
  })

  it.each([
    ['a bar of 40 px', low(40)],
    ['a chat button of 60 px', round(60, 20, 'right')],
    ['one of 48 px', round(48, 24, 'right')],
  ])('of %s also at the bottom right', async (_, style) => {
    const { page, close } = await visit(
      here.browser,
      put(`<div id="bar" class="bar" style="${style}"></div>`, { 'data-position': 'bottom-right' }),
    )
    await keepsClear(page)
    await close()
  })

  it('of a bar that comes late, and of another that slides in above it', async () => {
    const { page, close } = await visit(here.browser, put(''))
    await launcherOf(page).waitFor(patient)
    // Looked for several times, and not found.
    await page.waitForTimeout(2_500)
    expect(await bottomOf(page)).toBe(780)
    await add(page, `<div id="bar" class="bar" style="${low(40)}"></div>`)
    await keepsClear(page)
    await page.evaluate(() => document.querySelector('#bar')!.removeAttribute('id'))
    await add(page, '<div id="bar" class="bar" style="position:fixed;bottom:40px;animation:rise .8s"></div>')
    await expect.poll(() => bottomOf(page), patient).toBeLessThan(720)
    await keepsClear(page)
    await close()
  })

  it('of what sticks to the bottom only once one has scrolled there', async () => {
    const body = `<main style="height:1500px"></main><section style="height:2000px"><p style="height:900px">Goods</p>
      <div id="bar" class="bar" style="position:sticky;bottom:0">Cart</div></section><i id="top" style="position:fixed;left:0;bottom:0;width:200px;height:31px"></i>`
    const { page, close } = await visit(here.browser, put(body))
    await expect.poll(() => bottomOf(page), patient).toBeLessThan(770)
    await page.evaluate(() => document.querySelector('#top')!.remove())
    await expect.poll(() => bottomOf(page), patient).toBe(780)
    await page.mouse.move(500, 300)
    await page.mouse.wheel(0, 1_300)
    await expect.poll(() => page.evaluate(() => scrollY), patient).toBe(1_300)
    await keepsClear(page)
    await close()
  })
})

it('what is in nobody’s way, or is the page itself, leaves it where it is', async () => {
  const body = `<header class="bar" style="position:sticky;top:0"></header><div style="position:fixed;inset:0"></div>
    <div style="position:fixed;right:0;bottom:0;width:300px;height:80px"></div>`
  const context = await here.browser.newContext({ viewport: { width: 1000, height: 800 } })
  const page = await context.newPage()
  await page.goto(put(body))
  await launcherOf(page).waitFor(patient)
  await page.waitForTimeout(2_500)
  expect(await bottomOf(page)).toBe(780)
  await context.close()
})
