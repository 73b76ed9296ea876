// The panel and the elements fit where they are, in Chromium: beside the launcher in a page written from right to left, in low and in narrow
// windows, under a page's own type, in a form that is switched off; and the console says which values nobody knows.
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { launcherOf, openSite, panelOf, tagOf, visit } from './80-site.ts'
import { opened } from './opened.ts'

const here = opened({
  site: () => openSite({ earning: { purchase: { percent: 1 } }, redeeming: { checkout: { max: null } } }, { hana: 12_345 }),
  /** Of a programme with the longest name there may be. */
  long: () => openSite({ name: '月蛾のドレスと秋のお茶会の、'.repeat(7) }),
  /** Where somebody may have millions of points. */
  rich: () =>
    openSite({ earning: { purchase: { percent: 1 } }, redeeming: { gifts: [{ id: 'house', title: 'A house', points: 12_345_678 }] } }),
  /** With words of its own, longer than ours. */
  wordy: () => openSite({ texts: { en: wordy } }, { hana: 12_345 }),
})
const patient = { timeout: 20_000 }
const wordy = {
  navPoints: 'Punkteübersicht',
  navEarn: 'Bonuspunkte sammeln',
  navHistory: 'Punkteverlaufsübersicht',
  redeem: 'Treuepunkte umtauschen',
  cancel: 'Vorgang abbrechen',
  copy: 'In die Zwischenablage kopieren',
  undo: 'Umtausch rückgängig machen',
}

const put = async (html: string, body = '', member = 'hana', attributes: Record<string, string> = {}) =>
  here.site.put({
    html: `<!doctype html>${html}<title>Shop</title>${body}${tagOf({ 'data-token': await here.site.token(member), ...attributes })}`,
  })
const open = async (page: Page) => {
  await launcherOf(page).click(patient)
  await panelOf(page).getByRole('heading', { name: 'Discount coupons' }).waitFor(patient)
}

it('opens beside the launcher in a page written from right to left', async () => {
  const { page, close } = await visit(here.browser, await put('<html lang="en" dir="rtl">'))
  await open(page)
  const [launcher, panel] = [(await launcherOf(page).boundingBox())!, (await panelOf(page).boundingBox())!]
  expect([launcher.x, panel.x, panel.width]).toEqual([20, 20, 392])
  await close()
})

it.each([
  ['en', 1],
  ['en', 2],
  ['ja', 2],
])('breaks no figure of eight digits within itself on a narrow phone: %s, letters %i times as large', async (lang, size) => {
  const member = `rich-${lang}-${size}`
  const order = (id: string, price: number, more: object) =>
    here.rich.merchant('PUT', `/members/${member}/orders/${id}`, {
      ...{
        placedAt: '2026-01-01T00:00:00Z',
        updatedAt: '2026-01-02T00:00:00Z',
        state: 'placed',
        lines: [{ id: '1', sku: 'a', price, quantity: 1 }],
      },
      ...more,
    })
  await order('given', 1_234_567_800, { state: 'shipped', shippedAt: '2026-01-02T00:00:00Z' })
  await here.rich.as(await here.rich.token(member), 'POST', '/me/gifts', { gift: 'house' })
  await order('given', 1_234_567_800, { state: 'cancelled', updatedAt: '2026-01-03T00:00:00Z' })
  await order('waits', 1_234_567_800, {})
  const attributes = {
    'data-token': await here.rich.token(member),
    'data-theme': JSON.stringify({ text: `${15 * size}px`, 'text-large': `${18 * size}px` }),
  }
  const url = here.rich.put({
    html: `<!doctype html><html lang="${lang}"><meta name="viewport" content="width=device-width"><title>Shop</title>${tagOf(attributes)}`,
  })
  const { page, close } = await visit(here.browser, url, { viewport: { width: 320, height: 700 } })
  await launcherOf(page).click(patient)
  await panelOf(page).locator('dd').nth(2).waitFor(patient)
  const figures = await panelOf(page)
    .locator('dd')
    .evaluateAll((all) =>
      all.map((dd) => {
        const range = document.createRange()
        range.selectNodeContents(dd)
        return [dd.textContent, new Set(Array.from(range.getClientRects(), ({ top }) => Math.round(top))).size]
      }),
    )
  expect(figures).toEqual([
    ['12,345,678', 1],
    ['12,345,678', 1],
    ['−12,345,678', 1],
  ])
  expect(
    await panelOf(page).evaluate((panel) => [...panel.querySelectorAll('.body, dl')].map((box) => box.scrollWidth - box.clientWidth)),
  ).toEqual([0, 0])
  await close()
})

it.each(['bottom-left', 'bottom-right'])('has a launcher on a narrow phone that shows all of a long name, at the %s', async (position) => {
  const html = `<!doctype html><html lang="ja"><meta name="viewport" content="width=device-width"><title>Shop</title>`
  const url = here.long.put({ html: html + tagOf({ 'data-position': position }) })
  const { page, close } = await visit(here.browser, url, { viewport: { width: 320, height: 700 } })
  const launcher = page.locator('muse-widget button').and(page.locator('[aria-label^="月蛾"]'))
  await launcher.waitFor(patient)
  const { x, y, width, height } = (await launcher.boundingBox())!
  expect([x, x + width, y + height]).toEqual([20, 300, 680])
  expect(height).toBeGreaterThan(48)
  const isCut = await launcher.evaluate((button) => button.scrollWidth > button.clientWidth || button.scrollHeight > button.clientHeight)
  expect(isCut).toBe(false)
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320)
  await close()
})

it.each([
  [844, 390],
  [320, 568],
])('shows the button that confirms a redeem in a window of %d × %d', async (width, height) => {
  const { page, close } = await visit(here.browser, await put('<html lang="en">'), { viewport: { width, height } })
  await open(page)
  await panelOf(page).getByRole('button', { name: 'Redeem' }).click()
  await panelOf(page).getByRole('spinbutton').waitFor(patient)
  const ends = async () => {
    const [panel, button] = [(await panelOf(page).boundingBox())!, (await panelOf(page).locator('[type=submit]').boundingBox())!]
    return button.y + button.height < panel.y + panel.height && panel.y + panel.height <= height
  }
  await expect.poll(ends, patient).toBe(true)
  await close()
})

it.each([
  [320, 256],
  [320, 320],
  [640, 300],
])('shows the field that one types into in a window of %d × %d, as large letters make it', async (width, height) => {
  const { page, close } = await visit(here.browser, await put('<html lang="en">'), { viewport: { width, height } })
  await open(page)
  await panelOf(page).getByRole('button', { name: 'Redeem' }).press('Enter')
  const field = panelOf(page).getByRole('spinbutton')
  await expect.poll(() => field.evaluate((input) => input.matches(':focus')), patient).toBe(true)
  const isSeen = () =>
    field.evaluate((input) => {
      const [box, body] = [input.getBoundingClientRect(), input.closest('.body')!.getBoundingClientRect()]
      return box.top >= body.top && box.bottom <= Math.min(body.bottom, innerHeight)
    })
  await expect.poll(isSeen, patient).toBe(true)
  await close()
})

it('breaks no word on a button because it is longer than ours', async () => {
  const html = `<!doctype html><html lang="en"><title>Shop</title>${tagOf({ 'data-token': await here.wordy.token('hana') })}`
  const { page, close } = await visit(here.browser, here.wordy.put({ html }), { viewport: { width: 320, height: 700 } })
  await launcherOf(page).click(patient)
  const button = (name: string) => panelOf(page).getByRole('button', { name, exact: true })
  const heights = (...names: string[]) => Promise.all(names.map(async (name) => (await button(name).boundingBox())!.height))
  await button(wordy.redeem).click(patient)
  await button(wordy.cancel).waitFor(patient)
  expect(await heights(wordy.navPoints, wordy.navEarn, wordy.navHistory, wordy.redeem, wordy.cancel)).toEqual([44, 44, 44, 44, 44])
  await button(wordy.redeem).click()
  await button(wordy.copy).waitFor(patient)
  // Between its words, in two lines.
  expect(Math.max(...(await heights(wordy.copy, wordy.undo)))).toBeLessThan(60)
  await close()
})

describe('an element', () => {
  it('has none of the page’s ways to set type', async () => {
    const body = '<div style="text-transform: uppercase; letter-spacing: 4px; white-space: pre"><muse-page></muse-page></div>'
    const { page, close } = await visit(here.browser, await put('<html lang="en">', body))
    const heading = page.locator('muse-page h3').first()
    await heading.waitFor(patient)
    const set = await heading.evaluate((element) => {
      const { textTransform, letterSpacing, whiteSpace } = getComputedStyle(element)
      return [textTransform, letterSpacing, whiteSpace]
    })
    expect(set).toEqual(['none', 'normal', 'pre-line'])
    await close()
  })

  it('is as disabled as the form around it', async () => {
    const body = '<form><fieldset disabled><muse-checkout name="points" total="500" value="100"></muse-checkout></fieldset></form>'
    const { page, close } = await visit(here.browser, await put('<html lang="en">', body))
    const number = page.locator('muse-checkout [type=number]')
    await number.waitFor(patient)
    const states = () =>
      page.locator('muse-checkout').evaluate((element) => {
        const fields = element.shadowRoot!.querySelectorAll<HTMLInputElement>('input, button')
        return [...fields].map(({ disabled }) => disabled).join()
      })
    await expect.poll(states, patient).toBe('true,true,true')
    await page.locator('fieldset').evaluate((fieldset: HTMLFieldSetElement) => {
      fieldset.disabled = false
    })
    await expect.poll(states, patient).toBe('false,false,false')
    expect(await number.inputValue()).toBe('100')
    await close()
  })

  it('names the balance where that is why points cannot pay', async () => {
    const { page, close } = await visit(here.browser, await put('<html lang="en">', '<muse-checkout total="500"></muse-checkout>', 'poor'))
    await page.locator('muse-checkout', { hasText: 'You have no points to use yet.' }).waitFor(patient)
    await close()
  })
})

it('advises on values that nobody knows, and on a shop that is not there', async () => {
  const context = await here.browser.newContext()
  const page = await context.newPage()
  const said: string[] = []
  page.on('console', (message) => said.push(message.text()))
  await page.goto(await put('<html lang="en">', '', 'hana', { 'data-scheme': 'drak', 'data-position': 'top' }))
  // Once somebody takes an interest.
  await launcherOf(page).hover(patient)
  await expect.poll(() => said, patient).toContain('Muse: data-scheme="drak": auto, light, dark')
  await expect.poll(() => said, patient).toContain('Muse: data-position="top": bottom-left, bottom-right, none')
  await page.goto(here.site.put({ html: '<!doctype html><title>Shop</title><script async src="/muse.js"></script>' }))
  await expect.poll(() => said, patient).toContain('Muse: no data-shop')
  await context.close()
})
