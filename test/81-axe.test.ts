// Accessibility in Chromium: every state by axe-core and by measure; pages from right to left, a window of 400 % zoom; and
// the whole way by keyboard alone. Each state comes once here, in one language and at one width, by day and by night; all with all is
// `npm run battery -- axe`.
import { beforeAll, describe, expect, it } from 'vitest'
import { rest as en } from '../widget/text/en-rest.ts'
import { rest as ja } from '../widget/text/ja-rest.ts'
import { launcherOf, openSite, panelOf, tagOf, visit } from './80-site.ts'
import { opened } from './opened.ts'
import { cut, light, lone, small, unreached, violations } from './states/faults.ts'
import { heard, joined } from './states/heard.ts'
import { come, type Eye } from './states/stage.ts'
import { states } from './states/states.ts'
import { openShops } from './states/world.ts'

const patient = { timeout: 20_000 }
const languages = ['en', 'ja'] as const
const phone = { width: 320, height: 700 }
const desk = { width: 1440, height: 800 }
/** 1,280 by 1,024 at 400 %. */
const zoomed = { width: 320, height: 256 }

const here = opened({ shops: openShops })

beforeAll(async () => {
  const more = [...zoomedTo, ...turnedTo, 'made', 'made', 'loading', 'zero', 'historyEmpty', 'galleryEmpty', ...Array(6).fill('campaign')]
  more.push('pageForms', 'gallery', 'gallery', 'pending', 'debt', 'making', 'making', 'unanswered', 'unanswered')
  await here.shops.prepare([...states, ...states, ...more.map(named)])
})

const zoomedTo = ['amount', 'made', 'photoForm', 'long', 'guestWays', 'offline']
const turnedTo = ['made', 'page', 'checkout', 'inline']
const named = (id: string) => states.find((state) => state.id === id)!
const visitTo = (id: string, eye: Partial<Eye> = {}) =>
  come(here.browser, here.shops, named(id), { language: 'en', scheme: 'light', viewport: phone, ...eye })

describe.concurrent('every state, by day and by night', () => {
  const looks = states.map(({ id }, index) => ({ id, language: languages[index % 2]!, viewport: index % 4 < 2 ? phone : desk }))

  it.for(looks)('$id, in $language', { timeout: 60_000 }, async ({ id, language, viewport }, { expect }) => {
    const { page, troubles, close } = await visitTo(id, { language, viewport })
    expect(await violations(page)).toEqual([])
    expect([...(await small(page)), ...(await cut(page)), ...(await lone(page)), ...(await joined(page))]).toEqual([])
    await light(page, 'dark')
    expect(await violations(page, 'color-contrast')).toEqual([])
    expect(troubles).toEqual([])
    await close()
  })
})

it.for(languages)('a campaign’s last moment has a line for each zone, and leaves no word alone, in %s', async (language) => {
  for (const width of [320, 390, 1440]) {
    const { page, close } = await visitTo('campaign', { language, viewport: { width, height: 800 }, timezoneId: 'UTC' })
    const moment = page.locator('.campaign small')
    await moment.waitFor()
    const { height, line } = await moment.evaluate((small) => ({ height: small.clientHeight, line: getComputedStyle(small).lineHeight }))
    expect(Math.round(height / Number.parseFloat(line)), String(width)).toBe(2)
    expect(await lone(page)).toEqual([])
    await close()
  }
})

it.for(['zero', 'historyEmpty', 'galleryEmpty'])('nobody is told of a list of nothing: %s', async (id) => {
  const { page, close } = await visitTo(id)
  const empty = page.locator('.panel :is(ul, dl):empty')
  expect(await empty.count()).toBeGreaterThan(0)
  expect(await empty.evaluateAll((all) => all.filter((list) => list.checkVisibility()).length)).toBe(0)
  await close()
})

it.for(['pageForms', 'gallery'])('nobody is told of a mistake in a form they have only opened: %s', { timeout: 60_000 }, async (id) => {
  const { page, close } = await visitTo(id)
  const all = await heard(page)
  expect(all.filter((one) => /"(Photo|5 stars)/.test(one))).not.toEqual([])
  expect(all.filter((one) => one.endsWith('invalid'))).toEqual([])
  await close()
})

it('a photo without words has no caption to hear of', async () => {
  const { page, close } = await visitTo('gallery')
  expect(await page.locator('muse-gallery figure').count()).toBe(4)
  expect((await heard(page)).filter((one) => one.startsWith('Figcaption'))).toHaveLength(3)
  await close()
})

it.for([
  { id: 'pending', sum: '+363' },
  { id: 'debt', sum: '−1,200' },
])('a sum is heard with its sign: $id', async ({ id, sum }) => {
  const { page, close } = await visitTo(id)
  expect(await heard(page)).toContain(`StaticText "${sum}"`)
  await close()
})

it.for(languages)('a coupon in the making is spoken of, and what went wrong takes its place, in %s', async (language) => {
  const { page, close } = await visitTo('making', { language })
  const spoken = page.getByRole('dialog').locator('p[role=status]')
  expect(await spoken.textContent()).toBe({ en, ja }[language].settling)
  await close()
  const after = await visitTo('unanswered', { language })
  expect(await after.page.getByRole('dialog').locator('p[role=status]').textContent()).toBe('')
  await after.close()
})

describe.concurrent('in a window of 400 % zoom', () => {
  const looks = zoomedTo.map((id, index) => ({
    id,
    language: languages[index % 2]!,
  }))

  it.for(looks)('all of $id is reached by keyboard, and seen, in $language', { timeout: 60_000 }, async ({ id, language }, { expect }) => {
    const { page, close } = await visitTo(id, { language, viewport: zoomed })
    expect(await cut(page)).toEqual([])
    expect(await unreached(page, 'Tab')).toEqual([])
    expect(await unreached(page, 'Shift+Tab')).toEqual([])
    await close()
  })
})

describe.concurrent('in a page from right to left', () => {
  it.for(turnedTo.map((id) => ({ id })))('$id reads as its language does', async ({ id }, { expect }) => {
    const { page, close } = await visitTo(id, { direction: 'rtl' })
    const boxes = page.locator('.panel')
    for (const box of await boxes.all()) expect(await box.evaluate((box) => getComputedStyle(box).direction)).toBe('ltr')
    expect([...(await violations(page)), ...(await cut(page))]).toEqual([])
    await close()
  })
})

it('has bones that no theme’s lines make solid', { timeout: 60_000 }, async () => {
  const { page, close } = await visitTo('loading')
  await page.locator('muse-widget').evaluate((host: HTMLElement) => host.style.setProperty('--muse-line', 'rgb(0 0 0)'))
  const ground = await page
    .locator('.skeleton div')
    .first()
    .evaluate((bone) => getComputedStyle(bone).backgroundColor)
  expect(ground).toMatch(/\/ 0\.\d+\)$/)
  await close()
})

it('sends the launcher to the other side in words for a guest, too, and shows it there', { timeout: 60_000 }, async () => {
  const { page, close } = await visitTo('guest')
  const launcher = page.locator('muse-widget button').first()
  const aside = page.getByRole('button', { name: 'Move the button to the other side' })
  await expect
    .poll(async () => {
      if (await aside.isVisible()) await aside.click()
      const { x, width } = (await launcher.boundingBox())!
      return x + width
    }, patient)
    .toBeGreaterThan(phone.width / 2)
  expect(await page.locator('dialog.panel').isVisible()).toBe(false)
  await close()
})

it('speaks the language of its words inside the page’s', async () => {
  const { page, close } = await visitTo('rich', { language: 'ja' })
  // What breaks lines and picks letters is what an element inherits, which the reset of the host would have lost.
  expect(await page.getByRole('dialog').getAttribute('lang')).toBe('ja')
  const lines = await page.locator('.redeem .quiet').evaluate((element) => getComputedStyle(element).wordBreak)
  expect(lines).toBe('auto-phrase')
  await close()
})

it('has no motion for who wants none, and some for who does', { timeout: 60_000 }, async () => {
  const durations = async (reducedMotion: 'reduce' | 'no-preference') => {
    const { page, close } = await visitTo('made', { reducedMotion })
    const found = await page.locator('.ticket, .ticket i').evaluateAll((all) => all.map((one) => getComputedStyle(one).animationDuration))
    await close()
    return found
  }
  expect(await durations('reduce')).toEqual(['0s', '0s'])
  expect(await durations('no-preference')).not.toContain('0s')
})

it('is all there for a keyboard alone', { timeout: 30_000 }, async () => {
  const site = await openSite()
  await site.grant('keys', 1_000)
  const html = `<!doctype html><html lang="en"><title>Shop</title><body><main><h1>Shop</h1></main>${tagOf({ 'data-token': await site.token('keys') })}`
  const { page, close } = await visit(here.browser, site.put({ html }))
  const panel = panelOf(page)
  const focused = () => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.textContent ?? '')
  await launcherOf(page).waitFor()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await panel.getByRole('button', { name: 'Redeem' }).waitFor()
  await expect.poll(focused, { timeout: 15_000 }).toBe('JeJ Muse')
  const tabTo = async (name: string) => {
    for (let presses = 0; presses < 15 && (await focused()) !== name; presses++) await page.keyboard.press('Tab')
    expect(await focused()).toBe(name)
  }
  await tabTo('Redeem')
  await page.keyboard.press('Enter')
  await panel.getByRole('spinbutton').waitFor()
  const element = () => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.tagName)
  await expect.poll(element, { timeout: 15_000 }).toBe('INPUT')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await expect.poll(focused, { timeout: 15_000 }).toBe('Copy')
  expect(await panel.getByRole('status').textContent()).toContain('coupon is ready')
  await tabTo('Take back')
  await page.keyboard.press('Enter')
  await panel.getByText('1,050').first().waitFor()
  await page.keyboard.press('Escape')
  await panel.waitFor({ state: 'hidden' })
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.getAttribute('aria-label')))
    .toBe('JeJ Muse')
  await close()
  await site.close()
})
