// Nothing that a designer has made is lost on the bench: not under a name that is taken, nor by another theme, a reload or another tab;
// nor is the place where they were.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from 'vitest'
import { themeIn } from '../demo/bench/theme/link.ts'
import { keep, openDesigner, staged } from './designer.ts'

let designer: Awaited<ReturnType<typeof openDesigner>>
beforeAll(async () => {
  designer = await openDesigner()
})
afterAll(() => designer?.close())

const visit = async (more?: string) => {
  const bench = await designer.visit({ viewport: { width: 1440, height: 900 } }, more)
  onTestFailed(() => keep(bench))
  return bench
}
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const tag = (page: Page) => page.locator('.out textarea')
const colour = async (page: Page, hex: string) => {
  await page.getByLabel('As text').fill(hex)
  await page.getByLabel('As text').press('Enter')
  await expect.poll(() => tag(page).inputValue()).toContain(`"brand":"${hex}"`)
}
const saveAs = async (page: Page, name: string) => {
  await page.getByLabel('Save as').fill(name)
  await page.getByLabel('Save as').press('Enter')
}
const hold = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent)

describe('a theme', () => {
  it('that is saved over or removed is laid by, and comes back', async () => {
    const { page, troubles, context } = await visit()
    await colour(page, '#0a7d55')
    await saveAs(page, 'Lagoon')
    await page.getByText('Saved in this browser.').waitFor()
    await colour(page, '#b3261e')
    await saveAs(page, 'Lagoon')
    await page.getByText('“Lagoon” is saved; the one it replaces').waitFor()
    await page.locator('.earlier summary').click()
    await button(page, 'Bring back Lagoon').click()
    await button(page, 'Load Lagoon').click()
    await expect.poll(() => tag(page).inputValue()).toContain('"brand":"#0a7d55"')
    // The red one lies there in its place.
    await button(page, 'Remove Lagoon').click()
    await page.getByText('“Lagoon” is removed').waitFor()
    expect(await page.getByRole('button', { name: 'Load Lagoon' }).count()).toBe(0)
    await page.reload()
    await page.locator('.earlier summary').click()
    expect(await button(page, 'Bring back Lagoon').count()).toBe(2)
    await button(page, 'Bring back Lagoon').last().click()
    await button(page, 'Load Lagoon').click()
    await expect.poll(() => tag(page).inputValue()).toContain('"brand":"#b3261e"')
    expect(troubles).toEqual([])
    await context.close()
  })

  it('may be called as something that every object has, and no other is lost for it', async () => {
    const { page, troubles, context } = await visit()
    const names = ['Lagoon', 'constructor', '__proto__']
    for (const name of names) {
      await saveAs(page, name)
      await button(page, `Load ${name}`).waitFor({ timeout: 10_000 })
    }
    await page.reload()
    for (const name of names) await button(page, `Load ${name}`).waitFor({ timeout: 10_000 })
    expect(await page.locator('.earlier').count()).toBe(0)
    expect(troubles).toEqual([])
    await context.close()
  })

  it('that is put on over another says that undo brings that one back', async () => {
    const { page, context } = await visit()
    await colour(page, '#0a7d55')
    for (const other of ['moss', 'Start over']) {
      await button(page, other).click()
      await page.getByRole('status').getByText('Undo brings back what you had.').waitFor()
      await button(page, 'Undo').click()
      await expect.poll(() => tag(page).inputValue()).toContain('"brand":"#0a7d55"')
    }
    await context.close()
  })

  it('is there after a reload with every step to it, in a new tab, and below a link that is opened over it', async () => {
    const { page, context } = await visit()
    await colour(page, '#0a7d55')
    await button(page, 'moss').click()
    await page.reload()
    await expect.poll(() => page.locator('.cards [aria-pressed="true"]').allTextContents()).toEqual(['moss'])
    await button(page, 'Undo').click()
    await expect.poll(() => tag(page).inputValue()).toContain('"brand":"#0a7d55"')
    await button(page, 'Redo').click()
    await button(page, 'Undo').click()
    // At once, before the address has followed; and into the other language.
    await page.getByRole('link', { name: '日本語' }).click()
    await button(page, 'やり直す').click()
    await expect.poll(() => page.locator('.cards [aria-pressed="true"]').allTextContents()).toEqual(['moss'])
    await expect.poll(() => themeIn(new URL(page.url()).hash)).not.toHaveProperty('brand', '#0a7d55')
    const link = page.url()
    await button(page, '元に戻す').click()
    await page.close()

    const next = await context.newPage()
    await next.goto(`${designer.address}?lang=en`)
    await next.getByText('You go on with your theme of last time').waitFor()
    await expect.poll(() => tag(next).inputValue()).toContain('"brand":"#0a7d55"')
    const linked = await context.newPage()
    await linked.goto(link.replace('lang=ja', 'lang=en'))
    await expect.poll(() => linked.locator('.cards [aria-pressed="true"]').allTextContents()).toEqual(['moss'])
    await button(linked, 'Undo').click()
    await expect.poll(() => tag(linked).inputValue()).toContain('"brand":"#0a7d55"')
    await context.close()
  })

  it('goes out with the server and the shop that were typed, after a reload and in the other language too', async () => {
    const { page, context } = await visit()
    await page.getByLabel('Address of your Muse server').fill('https://points.shop.example')
    await page.getByLabel('Shop', { exact: true }).fill('jej')
    await page.locator('.out').getByLabel('Right').check()
    await page.reload()
    await expect
      .poll(() => tag(page).inputValue())
      .toContain('"https://points.shop.example/muse.js" data-shop="jej" data-position="bottom-right"')
    await page.getByRole('link', { name: '日本語' }).click()
    await button(page, '元に戻す').waitFor()
    await expect.poll(() => tag(page).inputValue()).toContain('data-shop="jej"')
    await context.close()
  })

  it('that another tab saves is here too, and neither takes the other’s away', async () => {
    const { page, context } = await visit()
    const other = await context.newPage()
    await other.goto(`${designer.address}?lang=en`)
    await saveAs(page, 'One')
    await button(other, 'Load One').waitFor()
    await saveAs(other, 'Two')
    await saveAs(page, 'Three')
    for (const tab of [page, other])
      await expect.poll(() => tab.locator('.saves [aria-label^="Load"]').allTextContents()).toEqual(['One', 'Two', 'Three'])
    await context.close()
  })

  it('that the browser does not keep is not said to be kept', async () => {
    const { page, context } = await visit()
    await page.evaluate(() => {
      Storage.prototype.setItem = () => {
        throw new DOMException('full', 'QuotaExceededError')
      }
    })
    await saveAs(page, 'One')
    await page.getByText('This browser keeps nothing').waitFor()
    await saveAs(page, 'Two')
    await expect.poll(() => page.locator('.saves [aria-label^="Load"]').allTextContents()).toEqual(['One', 'Two'])
    await context.close()
  })
})

describe('the focus', () => {
  it('goes to a neighbour when what was pressed goes away', async () => {
    const { page, context } = await visit()
    await button(page, 'moss').press('Enter')
    await button(page, 'Undo').press('Enter')
    await expect.poll(() => hold(page)).toBe('Redo')
    await page.keyboard.press('Enter')
    await expect.poll(() => hold(page)).toBe('Undo')
    await button(page, 'Start over').press('Enter')
    await expect.poll(() => hold(page)).toBe('Undo')

    for (const name of ['One', 'Two']) await saveAs(page, name)
    await button(page, 'Remove One').press('Enter')
    await expect.poll(() => hold(page)).toBe('Load Two')
    await button(page, 'Remove Two').press('Enter')
    await expect.poll(() => page.evaluate(() => !!document.activeElement?.matches('.themes input'))).toBe(true)

    const dye = page.locator('.layer [data-token="ink-soft"] .dye').first()
    await dye.press('Enter')
    await page.getByLabel('As text').fill('#d0d8dc')
    await page.getByLabel('As text').press('Enter')
    await page.locator('.gate .mend').first().press('Enter')
    await page.getByText('All 78 pairs pass WCAG 2.2 AA').waitFor()
    await expect.poll(() => page.evaluate(() => !!document.activeElement?.closest('.gate'))).toBe(true)
    await page.locator('.layer [data-token="ink-soft"] .reset').press('Enter')
    await expect.poll(() => hold(page)).toMatch(/^Quiet text, (Day|Night)$/)
    await context.close()
  })

  it('stays nowhere when the ground is pressed', async () => {
    const { page, context } = await visit()
    await button(page, 'moss').click()
    await page.locator('.gate h2').click()
    await colour(page, '#0a7d55')
    await page.locator('.gate h2').click()
    await page.keyboard.press('Control+z')
    await staged(page, 'guest')
    expect(await page.evaluate(() => !!document.activeElement?.matches('button, input'))).toBe(false)
    await context.close()
  })
})
