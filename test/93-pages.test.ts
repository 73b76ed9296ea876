// Every page of the demonstration, with everything on it that there can be: by axe, by the width of a phone, and by keyboard alone.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { openDemo } from '../demo/open.ts'
import { texts } from '../demo/text.ts'
import { opened } from './opened.ts'
import { violations } from './states/faults.ts'
import { visitorOf } from './visitor.ts'

const here = opened({ shop: openShop })
const phone = { width: 390, height: 844 }
const desk = { width: 1440, height: 900 }

describe.each([
  { programme: 'jej', language: 'en', viewport: phone },
  { programme: 'solaris', language: 'ja', viewport: desk },
  { programme: 'amazon', language: 'ja', viewport: phone },
] as const)('$programme in $language, $viewport.width px wide', ({ programme, language, viewport }) => {
  it('has nothing that axe would mend, nor is it wider than its window', { timeout: 240_000 }, async () => {
    const context = await here.browser.newContext({ viewport, locale: language })
    const page = await context.newPage()
    const { order, last } = await busy(page, programme, `Ada ${programme} ${language}`)
    const found: string[] = []
    for (const path of [...pages, `/desk/orders/${order}`, `/placed/${last}`]) {
      await page.goto(here.shop.url + path, { waitUntil: 'networkidle' })
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        found.push(...(await violations(page)).map((one) => `${path}, ${colorScheme}: ${one}`))
      }
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      if (wider > 0) found.push(`${path} is ${wider} wider than its window`)
    }
    expect(found).toEqual([])
    await context.close()
  })
})

it.each(['en', 'ja'] as const)(
  'is all done by keyboard alone, and what is refused has the focus, in %s',
  { timeout: 120_000 },
  async (language) => {
    const t = texts[language]
    const context = await here.browser.newContext({ viewport: phone, locale: language })
    context.setDefaultTimeout(15_000)
    const page = await context.newPage()
    await page.goto(`${here.shop.url}/register`)
    await tabTo(page, '[name=name]')
    await sendTyped(page, '  ', '**/register?no=name*')
    expect(await focused(page)).toEqual({ name: 'name', says: t.said.nameless })
    await sendTyped(page, 'Ada', '**/?said=welcome')

    await page.goto(`${here.shop.url}/collection`)
    await tabTo(page, `button[value=solaris]`)
    await send(page, '**/collection?said=chosen')
    await page.goto(`${here.shop.url}/desk`)
    await tabTo(page, '[action="/desk/gift"] button')
    await send(page, '**/desk?said=gifted')
    await page.goto(`${here.shop.url}/pieces/moonmoth-jsk`)
    await tabTo(page, '[name=size]')
    await page.keyboard.press('ArrowRight')
    await tabTo(page, '.buy button')
    await send(page, '**/cart?said=added')
    await tabTo(page, '[name=quantity]')
    await page.keyboard.press('ArrowUp')
    await send(page, '**/cart')
    await page.getByText(t.yen(72_600)).first().waitFor()

    await page.goto(`${here.shop.url}/checkout`, { waitUntil: 'networkidle' })
    await tabTo(page, 'muse-checkout')
    await page.keyboard.type('300')
    await page.keyboard.press('Enter')
    await page.getByText(t.checkout.pointsUsed(t.points(300))).waitFor()
    await tabTo(page, '#code')
    await sendTyped(page, 'NONSENSE', '**/checkout')
    await page.locator('#refused').waitFor()
    expect(await focused(page)).toEqual({ name: 'code', says: t.refused['not-found'] })
    await page.keyboard.press('ControlOrMeta+A')
    await page.keyboard.press('Delete')
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])
    await tabTo(page, '[name=address]')
    await send(page, '**/placed/*')
    await page.getByText(t.yen(72_300)).waitFor()

    await page.goto(`${here.shop.url}/desk`)
    await tabTo(page, '[href="/desk/erase"]')
    await send(page, '**/desk/erase')
    await tabTo(page, '.either button')
    await send(page, '**/desk/erased')
    await page.getByText(t.erasing.doneText).waitFor()
    expect(await violations(page)).toEqual([])
    await context.close()
  },
)

it('never has the focus unseen, nor wholly under the launcher', { timeout: 120_000 }, async () => {
  const context = await here.browser.newContext({ viewport: phone, locale: 'ja' })
  const page = await context.newPage()
  await busy(page, 'amazon', 'Ada Focus')
  const found: string[] = []
  for (const path of ['/', '/cart', '/checkout', '/orders', '/desk']) {
    await page.goto(here.shop.url + path, { waitUntil: 'networkidle' })
    found.push(...(await unseen(page)).map((one) => `${path}: ${one}`))
  }
  expect(found).toEqual([])

  // A button that stands just where the launcher is comes out from under it.
  await page.goto(`${here.shop.url}/orders`, { waitUntil: 'networkidle' })
  const { y: top } = (await page.locator('muse-widget').getByRole('button').first().boundingBox())!
  await page.evaluate((top) => {
    const button = document.querySelector<HTMLElement>('.order button[value=ship]')!
    scrollBy(0, button.getBoundingClientRect().top - top)
    const stops = [...document.querySelectorAll<HTMLElement>('a[href], button')]
    stops[stops.indexOf(button) - 1]!.focus({ preventScroll: true })
  }, top)
  await page.keyboard.press('Tab')
  const bottom = () => page.locator('.order button[value=ship]:focus').evaluate((button) => button.getBoundingClientRect().bottom)
  await expect.poll(bottom).toBeLessThanOrEqual(top)
  await context.close()
})

it.each(['en', 'ja'] as const)(
  'is no wider than a phone whatever somebody is called and writes, in %s',
  { timeout: 120_000 },
  async (language) => {
    const context = await here.browser.newContext({ viewport: { width: 320, height: 700 }, locale: language })
    const page = await context.newPage()
    const name = `${'W'.repeat(34)} ${language}`
    const { order } = await busy(page, 'jej', name, 'W'.repeat(400))
    await page.goto(`${here.shop.url}/checkout`)
    await page.locator('#code').fill('W'.repeat(40))
    await page.locator('#code').press('Enter')
    await page.locator('#refused').waitFor()
    for (const path of [...pages, `/desk/orders/${order}`]) {
      await page.goto(here.shop.url + path)
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), path).toBeLessThanOrEqual(0)
    }
    await context.close()
  },
)

it('prints a receipt with nothing of the page to press', async () => {
  const page = await here.browser.newPage()
  const { order } = await busy(page, 'jej', 'Ada on paper')
  await page.goto(`${here.shop.url}/desk/orders/${order}`)
  await page.emulateMedia({ media: 'print' })
  const seen = (selector: string) => page.locator(`css:light=body ${selector}`).filter({ visible: true }).count()
  for (const selector of ['button', 'select', 'nav']) expect(await seen(selector), selector).toBe(0)
  expect(await seen('.receipt td')).toBeGreaterThan(0)
  await page.close()
})

const pages = ['/', '/collection', '/collection/stationery', '/pieces/moonmoth-jsk', '/pieces/vesper-cape', '/cart', '/checkout'].concat(
  ...['/checkout?points=abc', '/orders', '/points', '/gallery', '/contact', '/desk', '/desk?said=refused&no=insufficient-points'],
  ...['/desk/erase', '/login', '/register?no=name', '/nowhere'],
)

/** Signs the page's visitor in as somebody new, who has ordered in this programme whatever there is to see. */
async function busy(page: Page, programme: string, name: string, text = 'So.') {
  const visitor = visitorOf(() => here.shop.url)
  await visitor.post('/desk/programme', { programme })
  await visitor.post('/register', { name })
  await visitor.post('/desk/gift', { key: `g-${name}` })
  const placed = async (pieces: string[], code = '') => {
    for (const piece of pieces) await visitor.fill(piece, code)
    return (await visitor.order()).headers.get('location')!.replace('/placed/', '')
  }
  const order = await placed(['moonmoth-jsk.wine', 'camellia-blouse.ivory', 'candle-socks.noir'])
  await visitor.post(`/desk/orders/${order}`, { act: 'ship' })
  await visitor.post(`/desk/orders/${order}`, { act: 'refund', line: 'camellia-blouse.ivory.M' })
  await visitor.post('/desk/shopper/review', { key: 'r', piece: `${order} moonmoth-jsk`, rating: '5', text })
  await visitor.post('/desk/shopper/gift', { key: 's', gift: 'pocket-mirror' })
  const held = await placed(['vesper-cape.wine'])
  await visitor.post(`/desk/orders/${held}`, { act: 'hold' })
  await visitor.post(`/desk/orders/${await placed(['dusk-parasol.noir'])}`, { act: 'cancel' })
  const last = await placed(['dusk-postcard.wine'], await visitor.coupon(programme === 'jej' ? 100 : 400))
  await page.goto(`${here.shop.url}/login`)
  await page.locator('button[name=customer]', { hasText: name }).last().click()
  await page.locator(`button[value=${programme}]`).first().click()
  await page.goto(`${here.shop.url}/pieces/moonmoth-jsk`)
  await page.locator('.buy button').click()
  return { order, last }
}

/** Presses Tab until the focus is on what the selector names. */
async function tabTo(page: Page, selector: string) {
  for (let presses = 0; presses < 150; presses++) {
    if (await page.evaluate((selector) => document.activeElement?.matches(selector), selector)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`${selector} is not reached`)
}

const send = (page: Page, address: string) => Promise.all([page.waitForURL(address), page.keyboard.press('Enter')])
async function sendTyped(page: Page, text: string, address: string) {
  await page.keyboard.type(text)
  await Promise.all([page.waitForEvent('load'), send(page, address)])
}

/** The field that has the focus, and the sentence that its `aria-describedby` names. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const field = document.activeElement as HTMLInputElement
    return { name: field.name, says: document.getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent }
  })

/** Goes through the whole page with Tab: what has the focus without a ring, or nowhere to be seen. */
async function unseen(page: Page): Promise<string[]> {
  const found: string[] = []
  const stops = await page.locator('a[href], button, input:not([type=hidden]), select, summary').count()
  for (let presses = 0; presses < stops + 20; presses++) {
    await page.keyboard.press('Tab')
    const trouble = await page.evaluate(async () => {
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
      const element = document.activeElement as HTMLElement
      if (element === document.body || element.shadowRoot) return ''
      const shown = element.closest('label:has(input[type=radio])') ?? element
      const name = element.outerHTML.slice(0, 100)
      const hasRing = [element, ...shown.querySelectorAll('*')].some((one) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(one)
        return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2
      })
      if (!hasRing) return `${name} has no ring`
      const { left, top, width, height } = shown.getBoundingClientRect()
      const isSeen = [0.1, 0.5, 0.9].some((part) => {
        const over = document.elementFromPoint(left + width * part, top + height * part)
        return over && (shown.contains(over) || over.contains(shown))
      })
      return isSeen ? '' : `${name} is not seen`
    })
    if (trouble) found.push(trouble)
  }
  return [...new Set(found)]
}

async function openShop() {
  const data = mkdtempSync(join(tmpdir(), 'muse-pages-'))
  const { url, close } = await openDemo({ port: 0, data })
  return {
    url,
    async close() {
      await close()
      rmSync(data, { recursive: true })
    },
  }
}
