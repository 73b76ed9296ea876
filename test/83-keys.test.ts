// A shop with shortcuts of one key, in Chromium: what is typed into fields of ours is no shortcut of the page's, and Escape still closes.
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { launcherOf, openSite, panelOf, tagOf, visit } from './80-site.ts'
import { opened } from './opened.ts'

const here = opened({
  site: () =>
    openSite({ earning: { purchase: { percent: 1 }, photo: { points: 10 } }, redeeming: { checkout: { max: null } } }, { hana: 1_000 }),
})
const patient = { timeout: 20_000 }

/** The shop takes any letter and any figure for a shortcut, unless it is typed into a field; the page tells which it has taken. */
const visited = async (body = '') => {
  const shortcuts = `<script>var taken = ''
    for (const type of ['keydown', 'keypress', 'keyup']) addEventListener(type, (event) => {
      if (/INPUT|TEXTAREA/.test(event.target.tagName) || !/^[0-9a-z]$/.test(event.key)) return
      taken += event.key
      event.preventDefault()
    })</script>`
  const tag = tagOf({ 'data-token': await here.site.token('hana') })
  return visit(here.browser, here.site.put({ html: `<!doctype html><title>Shop</title>${shortcuts}${body}${tag}` }))
}
const taken = (page: Page) => page.evaluate('taken')

it('does not eat the amount that is typed into the panel', async () => {
  const { page, close } = await visited()
  await launcherOf(page).click(patient)
  await panelOf(page).getByRole('button', { name: 'Redeem' }).click(patient)
  // What comes with it, once there is time: the launcher can be sent to the other side.
  await page.waitForFunction(
    () => document.querySelector('muse-widget')!.shadowRoot!.querySelector('button')!.oncontextmenu,
    undefined,
    patient,
  )
  const amount = panelOf(page).getByRole('spinbutton')
  await amount.selectText(patient)
  await page.keyboard.type('321')
  expect(await amount.inputValue()).toBe('321')
  expect(await taken(page)).toBe('')
  await page.keyboard.press('Escape')
  const isAtLauncher = () => launcherOf(page).evaluate((it) => (it.getRootNode() as ShadowRoot).activeElement === it)
  await expect.poll(isAtLauncher, patient).toBe(true)
  await page.keyboard.press('j')
  expect(await taken(page)).toBe('jj')
  await close()
})

it('nor what is typed into an element of the page', async () => {
  const { page, close } = await visited('<muse-checkout total="5000"></muse-checkout><muse-gallery></muse-gallery>')
  const points = page.locator('muse-checkout').getByRole('spinbutton')
  await points.selectText(patient)
  await page.keyboard.type('250')
  expect(await points.inputValue()).toBe('250')
  await page.locator('muse-gallery').getByRole('button', { name: 'Post a photo' }).click(patient)
  const caption = page.locator('muse-gallery').getByRole('textbox')
  await caption.focus(patient)
  await page.keyboard.type('tea')
  expect(await caption.inputValue()).toBe('tea')
  expect(await taken(page)).toBe('')
  await close()
})

it('takes an amount that is composed in full-width digits, and finds no fault with it before it is', async () => {
  const { page, close } = await visited()
  await launcherOf(page).click(patient)
  await panelOf(page).getByRole('button', { name: 'Redeem' }).click(patient)
  const amount = panelOf(page).getByRole('spinbutton')
  await amount.selectText(patient)
  const cdp = await page.context().newCDPSession(page)
  for (const text of ['５', '５２', '５２０'])
    await cdp.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
  // A frame for what would be drawn.
  await page.waitForTimeout(100)
  expect(await panelOf(page).getByRole('alert').count()).toBe(0)
  expect(await amount.getAttribute('aria-invalid')).toBe('false')
  await cdp.send('Input.insertText', { text: '５２０' })
  await expect.poll(() => amount.inputValue(), patient).toBe('520')
  await expect.poll(() => panelOf(page).getByRole('slider').inputValue(), patient).toBe('520')
  await close()
})

it('an Escape that ends what is composed of several keys closes nothing', async () => {
  const { page, close } = await visited()
  await launcherOf(page).click(patient)
  await panelOf(page).getByRole('button', { name: 'Redeem' }).click(patient)
  const amount = panelOf(page).getByRole('spinbutton')
  await amount.waitFor(patient)
  const press = (isComposing: boolean) =>
    amount.evaluate((field, init) => field.dispatchEvent(new KeyboardEvent('keydown', init)), {
      key: 'Escape',
      bubbles: true,
      composed: true,
      cancelable: true,
      isComposing,
    })
  await press(true)
  expect(await panelOf(page).isVisible()).toBe(true)
  await press(false)
  await panelOf(page).waitFor({ state: 'hidden', ...patient })
  await close()
})
