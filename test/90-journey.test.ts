// A shopper's whole way through the demo storefront, in a real Chromium against the real server: from a guest's first look to a
// coupon that cannot be used twice. In English on a desk, in Japanese on a phone.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { describe, expect, it, onTestFailed } from 'vitest'
import { texts } from '../demo/text.ts'
import programme from '../server/programs/jej.json' with { type: 'json' }
import { text as widgetEn } from '../widget/text/en.ts'
import { text as widgetJa } from '../widget/text/ja.ts'
import { opened } from './opened.ts'

const muse = programme.name
const shots = 'test-results/journey'
const shoppers = [
  { language: 'en', name: 'Ada Quill', locale: 'en-GB', viewport: { width: 1280, height: 800 }, widget: widgetEn },
  { language: 'ja', name: '早乙女 かおる', locale: 'ja-JP', viewport: { width: 390, height: 844 }, widget: widgetJa },
] as const

/** The names other people's tests rely on (contract, section 2). */
const names = {
  en: { coupons: 'Discount coupons', redeem: 'Redeem', amount: 'Points to redeem', copy: 'Copy', undo: 'Take back' },
  ja: { coupons: '割引クーポン', redeem: '交換する', amount: '交換するポイント', copy: 'コピー', undo: '取り消す' },
}

const here = opened({ shop: openShop })

mkdirSync(shots, { recursive: true })

describe.each(shoppers)('a shopper reading $language, $viewport.width px wide', ({ language, name, locale, viewport, widget }) => {
  const t = texts[language]
  const named = names[language]

  it('earns, redeems, uses the coupon once, and not twice', { timeout: 120_000 }, async () => {
    const context = await here.browser.newContext({ viewport, locale, permissions: ['clipboard-read', 'clipboard-write'] })
    context.setDefaultTimeout(10_000)
    const page = await context.newPage()
    const troubles = troublesOf(page)
    const shot = shooter(page, `${language}-${viewport.width}`)
    const panel = page.getByRole('dialog', { name: muse })
    const openPanel = () => page.getByRole('button', { name: muse, exact: true }).click()

    // A guest is told how to earn and how to join.
    await page.goto(here.shop.url)
    expect(await page.locator('html').getAttribute('lang')).toBe(language)
    await openPanel()
    await panel.getByRole('heading', { name: programme.texts[language].guestTitle }).waitFor()
    await panel.getByText(widget.earnPurchase(1)).waitFor()
    await shot('guest')
    await panel.getByRole('link', { name: widget.signUp }).click()

    // They join and buy a dress.
    await page.getByLabel(t.signIn.name).fill(name)
    await page.getByRole('button', { name: t.signIn.signUp }).click()
    await page.getByText(t.said.welcome!).waitFor()
    await putInCart(page, 'moonmoth-jsk', t.product.add)
    await shot('cart')
    await page.getByRole('link', { name: t.cart.checkout }).click()
    await page.getByRole('button', { name: t.checkout.place }).click()
    await page.getByText(t.placed.earn(t.points(363))).waitFor()
    await shot('placed')

    // The points wait for the parcel.
    await openPanel()
    await panel.getByText(widget.waitsForShipment).waitFor()
    await panel.getByText('+363').waitFor()
    await shot('pending')
    await panel.getByRole('button', { name: widget.close }).click()

    // The shop ships it, so they are here.
    await page.getByRole('link', { name: t.placed.toOrders }).click()
    await page.getByText(t.orders.points.waiting(t.points(363))).waitFor()
    await page.getByRole('button', { name: t.desk.act.ship! }).click()
    await page.getByText(t.orders.points.available(t.points(363))).waitFor()
    await shot('shipped')

    // 350 of them become a coupon.
    await openPanel()
    expect(await balance(panel)).toBe('363')
    await panel.getByRole('heading', { name: named.coupons }).waitFor()
    await panel.getByRole('button', { name: named.redeem, exact: true }).click()
    await panel.getByRole('slider', { name: named.amount }).waitFor()
    await panel.getByRole('spinbutton', { name: named.amount }).fill('350')
    await shot('redeem')
    await panel.getByRole('button', { name: named.redeem, exact: true }).click()
    await panel.getByRole('button', { name: named.undo }).waitFor()
    expect(await balance(panel)).toBe('13')
    await panel.getByRole('button', { name: named.copy }).click()
    await panel.getByText(widget.copied, { exact: true }).first().waitFor({ state: 'attached' })
    const code = await page.evaluate(() => navigator.clipboard.readText())
    expect(code.replaceAll('-', '')).toMatch(/^[0-9A-Z]{8,20}$/)
    await shot('coupon')
    await panel.getByRole('button', { name: widget.close }).click()

    // It is worth more than a postcard: what is left comes back.
    await putInCart(page, 'dusk-postcard', t.product.add)
    await enterCode(page, code)
    await page.getByText(t.checkout.change(t.points(20))).waitFor()
    await page.getByText(`−${t.yen(330)}`).waitFor()
    await shot('checkout')
    await page.getByRole('button', { name: t.checkout.place }).click()
    await page.getByRole('heading', { name: t.placed.title }).waitFor()
    await shot('placed-with-coupon')
    await openPanel()
    expect(await balance(panel)).toBe('33')
    await panel.getByText(widget.couponsPast).click()
    await panel.getByText(widget.couponStates.used, { exact: true }).waitFor()
    await shot('used')
    await panel.getByRole('button', { name: widget.close }).click()

    // And the same code does nothing for the next cart.
    await putInCart(page, 'candle-socks', t.product.add)
    await enterCode(page, code)
    await page.getByRole('alert').getByText(t.refused['coupon-not-open']!).waitFor()
    await shot('refused')

    expect(troubles).toEqual([])
    await context.close()
  })
})

/** Everything a page's console has to complain about. */
function troublesOf(page: Page) {
  const troubles: string[] = []
  onTestFailed(async () => {
    console.error(troubles)
    await page.screenshot({ path: `${shots}/failed-${new URL(page.url()).pathname.replaceAll('/', '')}.png` })
  })
  page.on('pageerror', (error) => troubles.push(`${page.url()}: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') troubles.push(`${page.url()}: ${message.text()}`)
  })
  return troubles
}

function shooter(page: Page, prefix: string) {
  let count = 0
  return async (what: string) => {
    count++
    await page.waitForTimeout(250)
    await page.screenshot({ path: `${shots}/${prefix}-${String(count).padStart(2, '0')}-${what}.png` })
  }
}

/** The big figure: what is available. */
const balance = async (panel: Locator) => (await panel.locator('.figure b').innerText()).trim()

async function putInCart(page: Page, sku: string, add: string) {
  await page.goto(`${here.shop.url}/pieces/${sku}`)
  await page.getByRole('button', { name: add }).click()
}

async function enterCode(page: Page, code: string) {
  await page.goto(`${here.shop.url}/checkout`)
  await page.locator('#code').fill(code)
  await page.locator('#code').press('Enter')
  await page.waitForLoadState()
}

/** `npm start`'s own program on a free port, with an empty data directory. */
async function openShop() {
  const data = mkdtempSync(join(tmpdir(), 'muse-journey-'))
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'demo/start.ts'], {
    env: { ...process.env, PORT: '0', MUSE_DATA: data },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return {
    url: await addressOf(child),
    async close() {
      const gone = new Promise<number | null>((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      expect(await gone).toBe(0)
      rmSync(data, { recursive: true })
    },
  }
}

function addressOf(child: ChildProcess) {
  return new Promise<string>((resolve, reject) => {
    let said = ''
    child.once('exit', (code) => reject(new Error(`the shop closed with ${code} before it opened: ${said}`)))
    child.stdout?.on('data', (chunk) => {
      said += chunk
      const [, url] = /^Storefront +(\S+)\/$/m.exec(said) ?? []
      if (url) resolve(url)
    })
  })
}
