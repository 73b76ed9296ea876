// The widget and the page around it, in Chromium: what it asks for before a click, what it keeps clear of, where it was put, and how it
// lives through what pages do to their document.
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { Muse } from '../widget/muse.ts'
import { launcherOf, openSite, panelOf, tagOf, visit } from './80-site.ts'
import { opened } from './opened.ts'

const here = opened({ site: () => openSite({}, { hana: 12_295 }) })
const patient = { timeout: 20_000 }

interface Shown {
  head?: string
  body?: string
  member?: boolean
  attributes?: Record<string, string>
}

const put = async ({ head = '', body = '', member = true, attributes = {} }: Shown = {}) => {
  const token: Record<string, string> = member ? { 'data-token': await here.site.token('hana') } : {}
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title>${head}</head>
<body>${body}${tagOf({ ...token, ...attributes })}</body></html>`
  return here.site.put({ html })
}
const shown = (page: Page) => launcherOf(page).and(page.locator('[aria-description="12,345 pt"]')).waitFor(patient)
const boxOf = async (page: Page) => (await launcherOf(page).boundingBox())!
const muse = <T>(page: Page, act: (muse: Muse) => T) => page.evaluate(`(${act})(window.Muse)`)

describe('before a click', () => {
  const asked = async (what: Shown) => {
    const url = await put(what)
    const context = await here.browser.newContext()
    const page = await context.newPage()
    const paths: string[] = []
    page.on('request', (request) => paths.push(new URL(request.url()).pathname))
    await page.goto(url)
    await (what.member ? shown(page) : launcherOf(page).waitFor(patient))
    // What is looked for now and then has been looked for.
    await page.waitForTimeout(1_500)
    await context.close()
    return paths.filter((path) => !/page-|favicon/.test(path)).sort()
  }

  it('a guest’s page asks for the code once, and for the program', async () => {
    expect(await asked({ member: false })).toEqual(['/muse.js', '/v1/shops/jej/program'])
  })

  it('a member’s page for the wallet, too, whatever theme and place it has', async () => {
    const head = '<script>localStorage["muse-widget"] = "translate(9px, -90px)"</script>'
    const attributes = { 'data-theme': '{"accent":"#00aa55"}', 'data-scheme': 'dark', 'data-position': 'bottom-right' }
    expect(await asked({ member: true, attributes, head })).toEqual(['/muse.js', '/v1/shops/jej/me', '/v1/shops/jej/program'])
  })
})

describe('the launcher keeps clear', () => {
  it.each([
    ['a cookie bar', 'left:0;right:0;bottom:0;height:90px'],
    ['a chat button', 'left:16px;bottom:16px;width:60px;height:60px;border-radius:30px'],
    ['a sticky cart', 'left:0;bottom:0;width:320px;height:64px'],
  ])('of %s, and comes back when it goes', async (_, style) => {
    const { page, close } = await visit(
      here.browser,
      await put({ body: `<div id="bar" style="position:fixed;background:#ddd;${style}"></div>` }),
    )
    await shown(page)
    const top = () => page.evaluate(() => document.querySelector('#bar')!.getBoundingClientRect().top)
    const bottom = async () => {
      const { y, height } = await boxOf(page)
      return y + height
    }
    await expect.poll(async () => (await bottom()) <= (await top()), patient).toBe(true)
    await page.evaluate(() => document.querySelector('#bar')!.remove())
    await expect.poll(bottom, patient).toBe(780)
    await close()
  })
})

describe('the shopper', () => {
  const drag = async (page: Page, x: number, y: number) => {
    await launcherOf(page).hover()
    await page.waitForFunction(
      () => document.querySelector('muse-widget')!.shadowRoot!.querySelector('button')!.style.touchAction === 'none',
    )
    const box = await boxOf(page)
    await page.mouse.move(box.x + 20, box.y + 20)
    await page.mouse.down()
    await page.mouse.move(box.x + 20 + x / 2, box.y + 20 + y / 2)
    await page.mouse.move(box.x + 20 + x, box.y + 20 + y)
    await page.mouse.up()
  }

  it('moves the launcher, which stays there over a reload and in sight in a smaller window', async () => {
    const { page, close } = await visit(here.browser, await put())
    await shown(page)
    expect(await page.evaluate(() => localStorage.length)).toBe(0)
    await drag(page, 500, -300)
    const there = await boxOf(page)
    expect(there.x).toBeCloseTo(520, 0)
    expect(there.y).toBeCloseTo(432, 0)
    expect(await panelOf(page).isVisible()).toBe(false)
    await page.reload()
    await shown(page)
    expect(await boxOf(page)).toEqual(there)
    await page.setViewportSize({ width: 360, height: 400 })
    const small = await boxOf(page)
    expect(small.x).toBeGreaterThanOrEqual(8)
    expect(small.x + small.width).toBeLessThanOrEqual(360)
    expect(small.y).toBeGreaterThanOrEqual(0)
    await close()
  })

  it('sends it to the other side without dragging, and the panel opens there', async () => {
    const { page, close } = await visit(here.browser, await put())
    await shown(page)
    await launcherOf(page).hover()
    await page.waitForFunction(
      () => document.querySelector('muse-widget')!.shadowRoot!.querySelector('button')!.style.touchAction === 'none',
    )
    await launcherOf(page).click({ button: 'right' })
    const { x, width } = await boxOf(page)
    expect(x + width).toBeGreaterThan(940)
    await launcherOf(page).click()
    await panelOf(page).getByRole('heading', { name: 'Discount coupons' }).waitFor(patient)
    expect((await panelOf(page).boundingBox())!.x).toBeGreaterThan(500)
    await close()
  })

  it('sends it there by a button in words, where no menu can be pressed for', async () => {
    const { page, close } = await visit(here.browser, await put())
    await launcherOf(page).click()
    await panelOf(page).getByRole('button', { name: 'How to earn' }).click(patient)
    const aside = panelOf(page).getByRole('button', { name: 'Move the button to the other side' })
    await expect
      .poll(async () => {
        await aside.click()
        const { x, width } = await boxOf(page)
        return x + width
      }, patient)
      .toBeGreaterThan(940)
    await close()
  })

  it('has it above an on-screen keyboard', async () => {
    const head = `<script>{ const seen = Object.assign(new EventTarget(), { height: innerHeight, offsetTop: 0, scale: 1 });
      Object.defineProperty(window, 'visualViewport', { value: seen }) }</script>`
    const { page, close } = await visit(here.browser, await put({ head }))
    await shown(page)
    await launcherOf(page).hover()
    await page.waitForFunction(
      () => document.querySelector('muse-widget')!.shadowRoot!.querySelector('button')!.style.touchAction === 'none',
    )
    await page.evaluate(() => {
      Object.assign(visualViewport!, { height: innerHeight - 300 })
      visualViewport!.dispatchEvent(new Event('resize'))
    })
    await expect.poll(async () => (await boxOf(page)).y, patient).toBeLessThanOrEqual(452)
    await close()
  })
})

describe('a document', () => {
  it('may lose its body to a router, or all it has', async () => {
    const { page, close } = await visit(here.browser, await put())
    await shown(page)
    await page.evaluate(() => {
      history.pushState({}, '', '/elsewhere')
      document.body.replaceWith(document.createElement('body'))
    })
    await launcherOf(page).click()
    await panelOf(page).getByRole('heading', { name: 'Discount coupons' }).waitFor(patient)
    await page.evaluate(() => document.documentElement.replaceChildren(document.createElement('head'), document.createElement('body')))
    await launcherOf(page).waitFor(patient)
    await close()
  })

  it('that comes back from the browser’s memory shows what is true by now', async () => {
    await here.site.grant('back', 50)
    const { page, close } = await visit(
      here.browser,
      await put({ member: false, attributes: { 'data-token': await here.site.token('back') } }),
    )
    await launcherOf(page).and(page.locator('[aria-description="100 pt"]')).waitFor(patient)
    await here.site.grant('back', 11)
    await page.evaluate(() => {
      for (const way of ['pagehide', 'pageshow']) dispatchEvent(new PageTransitionEvent(way, { persisted: true }))
    })
    await launcherOf(page).and(page.locator('[aria-description="111 pt"]')).waitFor(patient)
    await close()
  })

  it('may have the tag twice, and in two versions', async () => {
    const { page, troubles, close } = await visit(here.browser, await put({ body: tagOf() + tagOf({ 'data-shop': 'jej' }) }))
    await launcherOf(page).waitFor(patient)
    await page.evaluate(async () => {
      const first = window.Muse
      const code = (await (await fetch('/muse.js')).text()).replace('0.1.0', '9.9.9')
      const script = Object.assign(document.createElement('script'), { textContent: code })
      script.dataset.shop = 'jej'
      document.body.append(script)
      if (window.Muse !== first) throw new Error('another one')
    })
    expect(await page.locator('muse-widget').count()).toBe(1)
    expect(troubles).toEqual([])
    await close()
  })

  it('may name the shop late, and is told of what it has mistyped', async () => {
    const said: string[] = []
    const context = await here.browser.newContext()
    const page = await context.newPage()
    page.on('console', (message) => said.push(message.text()))
    const url = here.site.put({ html: '<!doctype html><title>Shop</title><script async id="tag" src="/muse.js" data-shp="jej"></script>' })
    await page.goto(url)
    await expect.poll(() => said, patient).toContain('Muse: data-shp: meant "data-shop"?')
    await page.evaluate(() => {
      document.querySelector<HTMLElement>('#tag')!.dataset.shop = 'jej'
    })
    await launcherOf(page).click(patient)
    await panelOf(page).waitFor(patient)
    expect(said.filter((line) => line.includes('data-shp')).length).toBeLessThanOrEqual(2)
    await context.close()
  })

  it('has nothing of it left after remove()', async () => {
    const head = `<script>{ window.kept = []; const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype
      const drop = (listener) => { kept = kept.filter((other) => other.listener !== listener) }
      EventTarget.prototype.addEventListener = function (type, listener, options) {
        const isPages = [window, document, document.documentElement, visualViewport, undefined].includes(this) && /muse.js|chunks/.test(new Error().stack)
        if (isPages) kept.push({ type, listener })
        if (isPages && options?.signal) add.call(options.signal, 'abort', () => drop(listener))
        return add.call(this ?? window, type, listener, options) }
      EventTarget.prototype.removeEventListener = function (type, listener, options) {
        drop(listener); return remove.call(this ?? window, type, listener, options) } }</script>`
    const { page, close } = await visit(here.browser, await put({ head }))
    await shown(page)
    const before = await page.evaluate('document.querySelectorAll("body *").length')
    await muse(page, (it) => void it.open())
    await panelOf(page).getByRole('heading', { name: 'Discount coupons' }).waitFor(patient)
    await page.waitForFunction(
      () => document.querySelector('muse-widget')!.shadowRoot!.querySelector('button')!.style.touchAction === 'none',
    )
    expect(await page.evaluate('kept.length')).toBeGreaterThan(3)
    await muse(page, (it) => it.remove())
    const left =
      '[kept.map(({ type }) => type), "Muse" in window, document.querySelectorAll("muse-widget").length, document.querySelectorAll("body *").length]'
    expect(await page.evaluate(left)).toEqual([[], false, 0, before])
    await close()
  })
})

it('a panel that opens on an old page shows the wallet of then, and then of now', async () => {
  await here.site.grant('slow', 50)
  const { page, close } = await visit(
    here.browser,
    await put({ member: false, attributes: { 'data-token': await here.site.token('slow') } }),
  )
  await launcherOf(page).and(page.locator('[aria-description="100 pt"]')).waitFor(patient)
  await here.site.grant('slow', 11)
  await page.evaluate(() => {
    const [began, now] = [performance.now(), Date.now]
    performance.now = () => began + 60_000
    Date.now = () => now() + 60_000
  })
  await launcherOf(page).click()
  await panelOf(page).locator('.figure', { hasText: '111' }).waitFor(patient)
  await launcherOf(page).and(page.locator('[aria-description="111 pt"]')).waitFor(patient)
  await close()
})
