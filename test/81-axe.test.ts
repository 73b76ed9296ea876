// Accessibility by axe-core: no violation in any state, language and scheme; and the whole way by keyboard alone.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { text as en } from '../widget/text/en.ts'
import { text as ja } from '../widget/text/ja.ts'
import { launcherOf, openSite, panelOf, type Site, tagOf, visit } from './80-site.ts'
import { launch } from './chromium.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const shots = 'test-results/widget'
const texts = { en, ja }
const settings = (['en', 'ja'] as const).flatMap((language) =>
  (['light', 'dark'] as const).flatMap((scheme) => [320, 1440].map((width) => ({ language, scheme, width }))),
)

let browser: Browser
let site: Site
let count = 0

beforeAll(async () => {
  ;[browser, site] = await Promise.all([launch(), openSite()])
})
afterAll(async () => {
  await browser?.close()
  await site?.close()
})

const pageOf = async (language: string, attributes: Record<string, string>) =>
  site.put({
    html: `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Shop</title>
<body><main><h1>Shop</h1></main>${tagOf(attributes)}</body></html>`,
  })

describe.each(settings)('in $language, $scheme, $width px wide', ({ language, scheme, width }) => {
  const text = texts[language]

  it('has no violation in any state', { timeout: 60_000 }, async () => {
    const member = `axe-${++count}`
    await site.grant(member, 5_000)
    const url = await pageOf(language, { 'data-token': await site.token(member), 'data-scheme': scheme })
    const { page, close } = await visit(browser, url, { viewport: { width, height: 800 } })
    const panel = panelOf(page)
    const state = async (name: string) => {
      await page.waitForTimeout(150)
      await page.screenshot({ path: `${shots}/${language}-${scheme}-${width}-${name}.png` })
      expect(await violations(page), name).toEqual([])
    }
    await launcherOf(page).and(page.locator('[aria-description]')).waitFor()
    await state('launcher')
    await launcherOf(page).click()
    await panel.getByRole('button', { name: text.redeem, exact: true }).waitFor()
    await state('points')
    await panel.getByRole('button', { name: text.redeem, exact: true }).click()
    await panel.getByRole('spinbutton').waitFor()
    await state('amount')
    await panel.getByRole('spinbutton').fill('')
    await state('no-amount')
    await panel.getByRole('spinbutton').fill('300')
    await panel.getByRole('button', { name: text.redeem, exact: true }).click()
    await panel.getByRole('button', { name: text.undo }).waitFor()
    await state('coupon')
    await panel.getByRole('button', { name: text.navEarn }).click()
    await panel.getByText(text.earnPurchase('1')).waitFor()
    await state('earn')
    await panel.getByRole('button', { name: text.navHistory }).click()
    await panel.locator('.history li').first().waitFor()
    await state('history')
    await page.evaluate(() => (window.Muse as unknown as { logout(): void }).logout())
    await panel.getByRole('heading', { name: text.guestTitle }).waitFor()
    await state('guest')
    await close()
  })
})

it('is all there for a keyboard alone', { timeout: 30_000 }, async () => {
  await site.grant('keys', 1_000)
  const { page, close } = await visit(browser, await pageOf('en', { 'data-token': await site.token('keys') }))
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
})

/** What axe has to say of the whole page, in its own rules and in those it calls experimental. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
    }
    const rules = { 'label-content-name-mismatch': { enabled: true } }
    const { violations } = await axe.run({ rules })
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
  })
}
