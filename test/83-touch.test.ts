// Under a thumb, in Chromium as a phone has it: the launcher is carried, the amount is slid to, the sheet scrolls and the page behind it
// stays where it is, and nothing lies under a notch or an on-screen keyboard.
import type { CDPSession, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { launcherOf, openSite, panelOf, patient, tagOf, whole } from './80-site.ts'
import { opened } from './opened.ts'

const here = opened({ site: () => openSite({}, { hana: 12_295 }) })

async function phone(member = 'hana') {
  const token: Record<string, string> = member ? { 'data-token': await here.site.token(member) } : {}
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title>
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"></head>
<body><main style="height:4000px">Goods</main>${tagOf(token)}</body></html>`
  const context = await here.browser.newContext({
    ...{ viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2, reducedMotion: 'reduce' },
  })
  const page = await context.newPage()
  await page.goto(here.site.put({ html }))
  await (member ? launcherOf(page).and(page.locator('[aria-description]')) : launcherOf(page)).waitFor(patient)
  return { page, cdp: await context.newCDPSession(page), close: () => context.close() }
}

type Point = readonly [x: number, y: number]

/** A thumb that is put down, moved in steps, held, and lifted: nothing is flung, which the next tap would only stop. */
async function slide(cdp: CDPSession, [x, y]: Point, [toX, toY]: Point) {
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...touchPoints: { x: number; y: number }[]) =>
    cdp.send('Input.dispatchTouchEvent', { type, touchPoints })
  await touch('touchStart', { x, y })
  for (let step = 1; step <= 10; step++) await touch('touchMove', { x: x + ((toX - x) * step) / 10, y: y + ((toY - y) * step) / 10 })
  await new Promise((done) => setTimeout(done, 150))
  await touch('touchMove', { x: toX, y: toY + 1 })
  await new Promise((done) => setTimeout(done, 150))
  await touch('touchEnd')
}
const middleOf = async (page: Page): Promise<Point> => {
  const { x, y, width, height } = (await launcherOf(page).boundingBox())!
  return [x + width / 2, y + height / 2]
}
const scrolled = (page: Page) => page.evaluate(() => scrollY)
const sheet = async (page: Page) => {
  await launcherOf(page).tap()
  await panelOf(page).getByRole('heading', { name: 'Discount coupons' }).waitFor(patient)
  await expect.poll(() => panelOf(page).evaluate((dialog) => dialog.matches(':modal')), patient).toBe(true)
}
const form = async (page: Page) => {
  await sheet(page)
  await panelOf(page).getByRole('button', { name: 'Redeem' }).tap()
  await panelOf(page).getByRole('slider').waitFor(patient)
}

it('a thumb carries the launcher, which neither opens nor scrolls anything, and a tap opens it there', async () => {
  const { page, cdp, close } = await phone()
  // The first touch fetches what carrying needs.
  await sheet(page)
  await page.keyboard.press('Escape')
  await expect.poll(() => panelOf(page).isVisible(), patient).toBe(false)
  await whole(page)
  const [x, y] = await middleOf(page)
  await slide(cdp, [x, y], [x + 150, y - 300])
  const there = await middleOf(page)
  expect(there[0]).toBeCloseTo(x + 150, 0)
  expect(there[1]).toBeCloseTo(y - 299, 0)
  expect(await scrolled(page)).toBe(0)
  expect(await panelOf(page).isVisible()).toBe(false)
  await sheet(page)
  expect(await middleOf(page)).toEqual(there)
  await close()
})

it('the amount follows a thumb on the slider, and nothing scrolls meanwhile', async () => {
  const { page, cdp, close } = await phone()
  await form(page)
  const slider = panelOf(page).getByRole('slider')
  const amount = panelOf(page).getByRole('spinbutton', { name: 'Points to redeem' })
  // An on-screen keyboard would cover the sheet: the number is not what has the focus.
  expect(await slider.evaluate((element) => element.matches(':focus'))).toBe(true)
  const body = panelOf(page).locator('.body')
  const before = await body.evaluate((element) => element.scrollTop)
  const { x, y, width, height } = (await slider.boundingBox())!
  const points = Number(await amount.inputValue())
  const at = x + 14 + ((points - 1) / 4_999) * (width - 28)
  await slide(cdp, [at, y + height / 2], [x + width / 2, y + height / 2 + 6])
  await expect.poll(async () => Number(await amount.inputValue()), patient).toBeGreaterThan(2_300)
  expect(Number(await amount.inputValue())).toBeLessThan(2_700)
  await slide(cdp, [x + width / 2, y + height / 2], [x + width + 40, y + height / 2])
  await expect.poll(() => amount.inputValue(), patient).toBe('5000')
  expect(await body.evaluate((element) => element.scrollTop)).toBe(before)
  expect(await scrolled(page)).toBe(0)
  await close()
})

it('the sheet scrolls under a thumb, and the page behind it does not, wherever one swipes', async () => {
  const { page, cdp, close } = await phone()
  await form(page)
  const body = panelOf(page).locator('.body')
  await body.evaluate((element) => element.insertAdjacentHTML('beforeend', '<p style="height:900px"></p>'))
  const box = (await panelOf(page).boundingBox())!
  await slide(cdp, [30, 700], [30, 400])
  await expect.poll(() => body.evaluate((element) => element.scrollTop), patient).toBeGreaterThan(100)
  for (let swipes = 0; swipes < 4; swipes++) await slide(cdp, [30, 700], [30, 200])
  expect(await scrolled(page), 'swiped to the end').toBe(0)
  await slide(cdp, [120, box.y + 20], [120, box.y - 50])
  expect(await scrolled(page), 'swiped on its head').toBe(0)
  await slide(cdp, [200, box.y - 5], [200, 0])
  await page.waitForTimeout(200)
  expect(await scrolled(page), 'swiped beside it').toBe(0)
  expect(await panelOf(page).isVisible()).toBe(true)
  await close()
})

it('a sheet with nothing to scroll does not scroll the page either', async () => {
  const { page, cdp, close } = await phone('')
  await launcherOf(page).tap()
  await panelOf(page).getByRole('link', { name: 'Sign in' }).waitFor(patient)
  await expect.poll(() => panelOf(page).evaluate((dialog) => dialog.matches(':modal')), patient).toBe(true)
  await slide(cdp, [30, 760], [30, 500])
  await page.waitForTimeout(200)
  expect(
    await panelOf(page)
      .locator('.body')
      .evaluate((element) => element.scrollHeight - element.clientHeight),
  ).toBe(0)
  expect(await scrolled(page)).toBe(0)
  await close()
})

it('the launcher and the sheet keep clear of what a phone’s edges take', async () => {
  const { page, cdp, close } = await phone()
  const [x, y] = await middleOf(page)
  await cdp.send('Emulation.setSafeAreaInsetsOverride', { insets: { bottom: 34, left: 44, right: 44 } })
  await expect.poll(() => middleOf(page), patient).toEqual([x + 44, y - 34])
  await sheet(page)
  const { height, bottom } = await panelOf(page)
    .locator('.body')
    .evaluate((element) => ({ height: innerHeight, bottom: parseFloat(getComputedStyle(element).paddingBottom) }))
  expect(bottom).toBe(58)
  const box = (await panelOf(page).boundingBox())!
  expect(box.y + box.height).toBeCloseTo(height, 0)
  await close()
})

it('with an on-screen keyboard the amount and its button can both be reached', async () => {
  const { page, close } = await phone()
  await form(page)
  const amount = panelOf(page).getByRole('spinbutton', { name: 'Points to redeem' })
  await amount.tap()
  await page.setViewportSize({ width: 390, height: 420 })
  const isSeen = (box: { y: number; height: number } | null) => !!box && box.y >= 0 && box.y + box.height <= 420
  await expect.poll(async () => isSeen(await panelOf(page).boundingBox()), patient).toBe(true)
  await amount.scrollIntoViewIfNeeded(patient)
  await amount.fill('700')
  await expect.poll(async () => isSeen(await amount.boundingBox()), patient).toBe(true)
  await panelOf(page).getByRole('button', { name: 'Redeem' }).tap()
  await panelOf(page).locator('.ticket', { hasText: '¥700 off' }).waitFor(patient)
  await close()
})
