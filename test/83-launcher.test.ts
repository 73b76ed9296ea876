// The launcher in a page, in Chromium: what it keeps clear of, and where the shopper puts it.
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { launcherOf, openSite, type Pasted, panelOf, pasted, patient, shows, visit, whole } from './80-site.ts'
import { opened } from './opened.ts'

const here = opened({ site: () => openSite({}, { hana: 12_295 }) })

const put = async (around: Pasted = {}) =>
  here.site.put({ html: pasted({ ...around, attributes: { 'data-token': await here.site.token('hana') } }) })
const boxOf = async (page: Page) => (await launcherOf(page).boundingBox())!

describe('the launcher keeps clear', () => {
  it.each([
    ['a cookie bar', 'left:0;right:0;bottom:0;height:90px'],
    ['a chat button', 'left:16px;bottom:16px;width:60px;height:60px;border-radius:30px'],
    ['a sticky cart', 'left:0;bottom:0;width:320px;height:64px'],
  ])('of %s, and comes back when it goes', async (_, style) => {
    const { page, close } = await visit(
      here.browser,
      await put({ body: `<div id="bar" style="position:fixed;background:#ddd;${style}"></div>` }),
    )
    await shows(page, '12,345')
    const top = () => page.evaluate(() => document.querySelector('#bar')!.getBoundingClientRect().top)
    const bottom = async () => {
      const { y, height } = await boxOf(page)
      return y + height
    }
    await expect.poll(async () => (await bottom()) <= (await top()), patient).toBe(true)
    await page.evaluate(() => document.querySelector('#bar')!.remove())
    await expect.poll(bottom, patient).toBe(780)
    await close()
  })
})

describe('the shopper', () => {
  const drag = async (page: Page, x: number, y: number) => {
    await launcherOf(page).hover()
    await whole(page)
    const box = await boxOf(page)
    await page.mouse.move(box.x + 20, box.y + 20)
    await page.mouse.down()
    await page.mouse.move(box.x + 20 + x / 2, box.y + 20 + y / 2)
    await page.mouse.move(box.x + 20 + x, box.y + 20 + y)
    await page.mouse.up()
  }

  it('moves the launcher, which stays there over a reload and in sight in a smaller window', async () => {
    const { page, close } = await visit(here.browser, await put())
    await shows(page, '12,345')
    expect(await page.evaluate(() => localStorage.length)).toBe(0)
    await drag(page, 500, -300)
    const there = await boxOf(page)
    expect(there.x).toBeCloseTo(520, 0)
    expect(there.y).toBeCloseTo(432, 0)
    expect(await panelOf(page).isVisible()).toBe(false)
    await page.reload()
    await shows(page, '12,345')
    expect(await boxOf(page)).toEqual(there)
    await page.setViewportSize({ width: 360, height: 400 })
    const small = await boxOf(page)
    expect(small.x).toBeGreaterThanOrEqual(8)
    expect(small.x + small.width).toBeLessThanOrEqual(360)
    expect(small.y).toBeGreaterThanOrEqual(0)
    await close()
  })

  it('sends it to the other side without dragging, and the panel opens there', async () => {
    const { page, close } = await visit(here.browser, await put())
    await shows(page, '12,345')
    await launcherOf(page).hover()
    await whole(page)
    await launcherOf(page).click({ button: 'right' })
    const { x, width } = await boxOf(page)
    expect(x + width).toBeGreaterThan(940)
    await launcherOf(page).click()
    await panelOf(page).getByRole('heading', { name: 'Discount coupons' }).waitFor(patient)
    expect((await panelOf(page).boundingBox())!.x).toBeGreaterThan(500)
    await close()
  })

  it('sends it there by a button in words, where no menu can be pressed for', async () => {
    const { page, close } = await visit(here.browser, await put())
    await launcherOf(page).click()
    await panelOf(page).getByRole('button', { name: 'How to earn' }).click(patient)
    const aside = panelOf(page).getByRole('button', { name: 'Move the button to the other side' })
    await expect
      .poll(async () => {
        await aside.click()
        const { x, width } = await boxOf(page)
        return x + width
      }, patient)
      .toBeGreaterThan(940)
    await close()
  })

  it('has it above an on-screen keyboard', async () => {
    const head = `<script>{ const seen = Object.assign(new EventTarget(), { height: innerHeight, offsetTop: 0, scale: 1 });
      Object.defineProperty(window, 'visualViewport', { value: seen }) }</script>`
    const { page, close } = await visit(here.browser, await put({ head }))
    await shows(page, '12,345')
    await launcherOf(page).hover()
    await whole(page)
    await page.evaluate(() => {
      Object.assign(visualViewport!, { height: innerHeight - 300 })
      visualViewport!.dispatchEvent(new Event('resize'))
    })
    await expect.poll(async () => (await boxOf(page)).y, patient).toBeLessThanOrEqual(452)
    await close()
  })
})
