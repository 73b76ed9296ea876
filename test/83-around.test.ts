// Pages that have what few have, in Chromium: elements in shadow roots, dialogs, full screens and popovers of their own, and a zoom.
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { launcherOf, museOf, openSite, panelOf, patient, shows, tagOf, visit, whole } from './80-site.ts'
import { opened } from './opened.ts'

const here = opened({ site: () => openSite({ earning: { purchase: { percent: 1 } } }, { hana: 12_345 }) })

const put = async (body: string, html = '') =>
  here.site.put({
    html: `<!doctype html><html lang="en" ${html}><meta charset="utf-8"><link rel="icon" href="data:,"><title>Shop</title>
<body><h1>Shop</h1>${body}${tagOf({ 'data-token': await here.site.token('hana') })}`,
  })
const shown = (page: Page) => shows(page, '12,345')

describe('in a shadow root of the page’s', () => {
  const component = (name: string, mode: string, content: string) => `customElements.define('${name}', class extends HTMLElement {
    connectedCallback() { this.attachShadow({ mode: '${mode}' }).innerHTML = '${content}'; Object.assign(window, { inner: this }) } })`
  const points = '<b>Card</b><muse-points price="10000">Members earn points</muse-points>'

  it.each(['open', 'closed'])('an element comes alive, parsed or put in late; the root is %s', async (mode) => {
    const script = `<script>{ const attach = Element.prototype.attachShadow; window.roots = []
      Element.prototype.attachShadow = function (init) { const root = attach.call(this, init); roots.push(root); return root } }</script>`
    const parsed = `<x-card></x-card><script type="module">${component('x-card', mode, points)}</script>`
    const { page, troubles, close } = await visit(here.browser, await put(script + parsed))
    // Nothing outside tells the tag of it: whoever has no element elsewhere calls.
    await shown(page)
    await museOf(page, (it) => void it.refresh())
    const said = () =>
      page.evaluate(() =>
        (window as unknown as { roots: ShadowRoot[] }).roots
          .filter(({ host }) => host.localName === 'muse-points')
          .map(({ textContent }) => textContent),
      )
    await expect.poll(said, patient).toEqual(['Earn 100 points'])
    await page.evaluate(() => document.body.append(document.createElement('x-card')))
    await expect.poll(said, patient).toEqual(['Earn 100 points', 'Earn 100 points'])
    expect(troubles).toEqual([])
    await close()
  })

  it('an element comes alive under the next tag, too', async () => {
    const parsed = `<x-card></x-card><muse-points id="own" price="500"></muse-points><script type="module">${component('x-card', 'open', points)}</script>`
    const { page, close } = await visit(here.browser, await put(parsed))
    const both = async () => {
      await page.locator('x-card').getByText('Earn 100 points').waitFor(patient)
      await page.locator('#own').getByText('Earn 5 points').waitFor(patient)
    }
    await both()
    await museOf(page, (it) => it.remove())
    await page
      .locator('x-card')
      .getByText('Earn 100 points')
      .waitFor({ ...patient, state: 'detached' })
    await page.evaluate(() => {
      const script = document.createElement('script')
      script.src = '/muse.js'
      script.dataset.shop = 'jej'
      document.body.append(script)
    })
    await page.waitForFunction(() => 'Muse' in window)
    await museOf(page, (it) => void it.refresh())
    await both()
    await close()
  })

  it('an element does not make the component around it one of ours, whatever that is called', async () => {
    const { page, troubles, close } = await visit(here.browser, await put('<muse-points price="500"></muse-points>'))
    await page.getByText('Earn 5 points').waitFor(patient)
    await page.evaluate(component('shop-page', 'open', '<nav>Shop</nav><muse-page></muse-page>'))
    await page.evaluate(() => document.body.append(document.createElement('shop-page')))
    await page.locator('shop-page').getByRole('heading', { name: 'Discount coupons' }).waitFor(patient)
    expect(await page.locator('shop-page nav').innerText()).toBe('Shop')
    expect(troubles).toEqual([])
    await close()
  })
})

describe('over what the page has laid over itself', () => {
  const body = '<dialog id="drawer"><p>Cart</p><button onclick="Muse.open(`redeem`)">Use points</button></dialog>'
  const redeems = async (page: Page) => {
    await panelOf(page).getByRole('spinbutton', { name: 'Points to redeem' }).click(patient)
    await page.keyboard.press('Escape')
    await panelOf(page).waitFor({ ...patient, state: 'hidden' })
  }

  it('the panel opens over a modal dialog, and leaves it open', async () => {
    const { page, close } = await visit(here.browser, await put(body))
    await shown(page)
    await page.evaluate(() => document.querySelector<HTMLDialogElement>('#drawer')!.showModal())
    for (const _ of ['the first time', 'and again']) {
      await page.getByRole('button', { name: 'Use points' }).click(patient)
      await redeems(page)
      expect(await page.evaluate(() => document.querySelector<HTMLDialogElement>('#drawer')!.open)).toBe(true)
    }
    await page.keyboard.press('Escape')
    expect(await page.evaluate(() => document.querySelector<HTMLDialogElement>('#drawer')!.open)).toBe(false)
    // Beside a page that lies open, it is beside it again.
    await launcherOf(page).click()
    await panelOf(page).getByRole('heading', { name: 'Discount coupons' }).waitFor(patient)
    expect(await panelOf(page).evaluate((dialog) => dialog.matches(':modal'))).toBe(false)
    await close()
  })

  it('the panel opens over an element that fills the screen', async () => {
    const film = '<div id="film"><button onclick="this.parentNode.requestFullscreen()">Play</button></div>'
    const { page, close } = await visit(here.browser, await put(film))
    await shown(page)
    await page.getByRole('button', { name: 'Play' }).click()
    await page.waitForFunction(() => document.fullscreenElement)
    await museOf(page, (it) => void it.open('redeem'))
    await panelOf(page).getByRole('spinbutton', { name: 'Points to redeem' }).click(patient)
    await close()
  })

  it('the launcher keeps clear of a popover, and comes back when it goes', async () => {
    const bar = `<div popover="manual" id="bar" style="position:fixed;inset:auto auto 0 0;margin:0;width:300px;height:80px"></div>`
    const { page, close } = await visit(here.browser, await put(bar))
    await shown(page)
    await launcherOf(page).hover()
    await whole(page)
    const bottom = async () => {
      const { y, height } = (await launcherOf(page).boundingBox())!
      return y + height
    }
    await page.evaluate(() => document.querySelector<HTMLElement>('#bar')!.showPopover())
    await expect.poll(bottom, patient).toBeLessThan(720)
    await page.evaluate(() => document.querySelector<HTMLElement>('#bar')!.hidePopover())
    await expect.poll(bottom, patient).toBe(780)
    await close()
  })
})

describe.each([1.25, 1.5, 2])('on a page that is zoomed %f times', (zoom) => {
  it('all of the panel is in the window', async () => {
    const url = await put('', `style="zoom:${zoom}"`)
    const { page, close } = await visit(here.browser, url, { viewport: { width: 1280, height: 800 } })
    await launcherOf(page).click(patient)
    await panelOf(page).getByRole('heading', { name: 'Discount coupons' }).waitFor(patient)
    const { x, y, width, height } = (await panelOf(page).boundingBox())!
    expect(Math.min(x, y)).toBeGreaterThanOrEqual(0)
    expect(x + width).toBeLessThanOrEqual(1280)
    expect(y + height).toBeLessThanOrEqual(800)
    await panelOf(page).getByRole('button', { name: 'Close' }).click(patient)
    await close()
  })

  it('the launcher goes as far as the pointer that carries it, and not out of sight', async () => {
    const url = await put('', `style="zoom:${zoom}"`)
    const { page, close } = await visit(here.browser, url, { viewport: { width: 1280, height: 800 } })
    await shown(page)
    await launcherOf(page).hover()
    await whole(page)
    const carry = async (across: number, down: number) => {
      const { x, y } = (await launcherOf(page).boundingBox())!
      await page.mouse.move(x + 20, y + 20)
      await page.mouse.down()
      await page.mouse.move(x + 20 + across / 2, y + 20 + down / 2)
      await page.mouse.move(x + 20 + across, y + 20 + down)
      await page.mouse.up()
      const after = (await launcherOf(page).boundingBox())!
      return [after.x - x, after.y - y]
    }
    const [across, down] = await carry(300, -200)
    expect(across).toBeCloseTo(300, 0)
    expect(down).toBeCloseTo(-200, 0)
    await carry(900, -500)
    const { x, y, width } = (await launcherOf(page).boundingBox())!
    expect(x + width).toBeLessThanOrEqual(1280)
    expect(y).toBeGreaterThanOrEqual(0)
    await close()
  })
})
