// The desk in a real Chromium: another programme, a week ahead, and a page left open meanwhile whose widget still works.
import { mkdirSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { texts } from '../demo/text.ts'
import { text as widgetEn } from '../widget/text/en.ts'
import { text as widgetJa } from '../widget/text/ja.ts'
import { launch } from './chromium.ts'
import { demoOfEach, openAgain } from './demos.ts'

const shots = 'test-results/desk'
const names = { en: { redeem: 'Redeem', amount: 'Points to redeem' }, ja: { redeem: '交換する', amount: '交換するポイント' } }
const widgets = { en: widgetEn, ja: widgetJa }
let browser: Browser

beforeAll(async () => {
  mkdirSync(shots, { recursive: true })
  browser = await launch()
})
afterAll(() => browser?.close())
const here = demoOfEach()

it.each([
  { language: 'en', viewport: { width: 1280, height: 900 } },
  { language: 'ja', viewport: { width: 390, height: 844 } },
] as const)('moves the clock under an open page, in $language', { timeout: 120_000 }, async ({ language, viewport }) => {
  const [t, named, widget] = [texts[language], names[language], widgets[language]]
  const context = await browser.newContext({ viewport, locale: language })
  context.setDefaultTimeout(10_000)
  const page = await context.newPage()
  const shot = (what: string) => page.screenshot({ path: `${shots}/${language}-${what}.png`, fullPage: true })
  await page.goto(here.shop.url)
  await page.getByRole('button', { name: t.desk.programmes.solaris }).click()
  await page.getByRole('button', { name: t.desk.programmes.solaris, pressed: true }).waitFor()
  await page.goto(`${here.shop.url}/register`)
  await page.getByLabel(t.signIn.name).fill('Ada Quill')
  await page.getByRole('button', { name: t.signIn.signUp }).click()
  await page.goto(`${here.shop.url}/pieces/moonmoth-jsk`)
  await page.getByRole('button', { name: t.product.add }).click()
  await page.goto(`${here.shop.url}/checkout`)
  await page.getByRole('button', { name: t.checkout.place }).click()
  await page.getByText(t.points(3630)).waitFor()

  // A page is left open while the parcel leaves and a week goes by.
  const left = await context.newPage()
  await left.goto(`${here.shop.url}/collection`)
  await page.goto(`${here.shop.url}/desk`)
  await page.getByRole('button', { name: t.desk.act.ship!, exact: true }).click()
  await page.getByRole('button', { name: t.desk.jumps.week }).click()
  await page.getByText(t.desk.ahead(t.desk.days(7))).waitFor()
  expect(await figures(page)).toEqual(['3,630', '0', '0', '0'])
  await shot('a-week-on')

  // Its token is a week old: the widget is refused, asks the storefront for another, and goes on.
  const refused = left.waitForResponse((response) => response.url().endsWith('/me') && response.status() === 401)
  await left.evaluate(() => (window as unknown as { Muse: { refresh(): void } }).Muse.refresh())
  await refused
  const panel = left.getByRole('dialog')
  await left.getByRole('button', { name: 'Solaris Points', exact: true }).click()
  await panel.getByRole('button', { name: named.redeem, exact: true }).click()
  await panel.getByRole('spinbutton', { name: named.amount }).fill('1200')
  await panel.getByRole('button', { name: named.redeem, exact: true }).click()
  await panel.getByRole('button', { name: widget.undo }).waitFor()
  await page.reload()
  expect(await figures(page)).toEqual(['2,430', '0', '1,200', '0'])
  await page.getByText(t.desk.steps.shopper).waitFor()
  // The sum under a figure speaks the reader's language, not the ledger's.
  await page.locator('.figures .sum span', { hasText: `−1,200 ${t.desk.moved.hold}` }).waitFor()

  // The receipt says which numbers were multiplied.
  await page.getByRole('link', { name: t.desk.look }).click()
  await page.getByText(t.desk.receipt.formula('¥36,300', '1', '10', '3,630')).waitFor()
  await shot('receipt')
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
  await context.close()
})

it('is still there after a restart, and keeps the programmes as they were', async () => {
  const page = await browser.newPage()
  await page.goto(`${here.shop.url}/desk?lang=en`)
  await page.getByRole('button', { name: texts.en.desk.jumps.week }).click()
  await page.getByText('7 days ahead').waitFor()
  const before = await programOf('solaris')
  await here.shop.close()
  await openAgain(here, Number(new URL(here.shop.url).port))
  await page.goto(`${here.shop.url}/desk`)
  await page.getByText('7 days ahead').waitFor()
  expect(await programOf('solaris')).toEqual(before)
  await page.close()
})

const figures = (page: Page) => page.locator('.figures strong').allInnerTexts()
const programOf = async (id: string) => (await fetch(`${here.shop.url}/v1/shops/${id}/program`)).json()
