// The widget and the page around it, in Chromium: what it asks for before a click, and how it lives through what pages do to their document.
import { describe, expect, it } from 'vitest'
import { launcherOf, museOf, openSite, type Pasted, panelOf, pasted, patient, shows, tagOf, visit, whole } from './80-site.ts'
import { opened } from './opened.ts'

const here = opened({ site: () => openSite({}, { hana: 12_295 }) })

/** Puts up a page that a member sees, or with null a guest. */
const put = async (around: Pasted = {}, member: string | null = 'hana') => {
  const signed: Record<string, string> = member ? { 'data-token': await here.site.token(member) } : {}
  return here.site.put({ html: pasted({ ...around, attributes: { ...signed, ...around.attributes } }) })
}

describe('before a click', () => {
  const asked = async (around: Pasted, member: string | null) => {
    const url = await put(around, member)
    const context = await here.browser.newContext()
    const page = await context.newPage()
    const paths: string[] = []
    page.on('request', (request) => paths.push(new URL(request.url()).pathname))
    await page.goto(url)
    await (member ? shows(page, '12,345') : launcherOf(page).waitFor(patient))
    // What is looked for now and then has been looked for.
    await page.waitForTimeout(1_500)
    await context.close()
    return paths.filter((path) => !/page-|favicon/.test(path)).sort()
  }

  it('a guest’s page asks for the code once, and for the program', async () => {
    expect(await asked({}, null)).toEqual(['/muse.js', '/v1/shops/jej/program'])
  })

  it('a member’s page for the wallet, too, whatever theme and place it has', async () => {
    const head = '<script>localStorage["muse-widget"] = "translate(9px, -90px)"</script>'
    const attributes = { 'data-theme': '{"accent":"#00aa55"}', 'data-scheme': 'dark', 'data-position': 'bottom-right' }
    expect(await asked({ attributes, head }, 'hana')).toEqual(['/muse.js', '/v1/shops/jej/me', '/v1/shops/jej/program'])
  })
})

it('timers of the page’s own that hand nothing on keep nobody from redeeming', async () => {
  const head = '<script>{ const own = window.setTimeout; window.setTimeout = (run, ms) => own(run, ms) }</script>'
  const { page, troubles, close } = await visit(here.browser, await put({ head }))
  await shows(page, '12,345')
  await launcherOf(page).click()
  await panelOf(page).getByRole('button', { name: 'Redeem', exact: true }).click(patient)
  await panelOf(page).getByRole('spinbutton').waitFor(patient)
  expect(troubles).toEqual([])
  await close()
})

it('a token that is refused makes nothing of the answer, neither on the launcher nor for the page', async () => {
  const head = "<script>window.told = []; addEventListener('muse:wallet', ({ detail }) => told.push(detail))</script>"
  const html = pasted({ head, attributes: { 'data-token': 'e30.e30.e30' } })
  const { page, close } = await visit(here.browser, 'about:blank')
  const refused = page.waitForResponse((answer) => answer.url().endsWith('/me'), patient)
  await page.goto(here.site.put({ html }))
  expect((await refused).status()).toBe(401)
  await launcherOf(page).waitFor(patient)
  await page.waitForTimeout(500)
  expect(await page.evaluate('told')).toEqual([])
  expect(await launcherOf(page).getAttribute('aria-description')).toBeNull()
  await close()
})

describe('a document', () => {
  it('may lose its body to a router, or all it has', async () => {
    const { page, close } = await visit(here.browser, await put())
    await shows(page, '12,345')
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

  it('may be written anew from a script, which takes all listeners away', async () => {
    const { page, troubles, close } = await visit(here.browser, await put())
    await shows(page, '12,345')
    await page.evaluate(() => {
      document.open()
      document.write('<!doctype html><title>Shop</title><p>Another page</p>')
      document.close()
    })
    await launcherOf(page).waitFor(patient)
    await launcherOf(page).click()
    await panelOf(page).getByRole('heading', { name: 'Discount coupons' }).waitFor(patient)
    expect(troubles).toEqual([])
    await close()
  })

  it('that comes back from the browser’s memory shows what is true by now', async () => {
    await here.site.grant('back', 50)
    const { page, close } = await visit(here.browser, await put({}, 'back'))
    await shows(page, '100')
    await here.site.grant('back', 11)
    await page.evaluate(() => {
      for (const way of ['pagehide', 'pageshow']) dispatchEvent(new PageTransitionEvent(way, { persisted: true }))
    })
    await shows(page, '111')
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
    await shows(page, '12,345')
    const before = await page.evaluate('document.querySelectorAll("body *").length')
    await museOf(page, (it) => void it.open())
    await panelOf(page).getByRole('heading', { name: 'Discount coupons' }).waitFor(patient)
    await whole(page)
    expect(await page.evaluate('kept.length')).toBeGreaterThan(3)
    await museOf(page, (it) => it.remove())
    const left =
      '[kept.map(({ type }) => type), "Muse" in window, document.querySelectorAll("muse-widget").length, document.querySelectorAll("body *").length]'
    expect(await page.evaluate(left)).toEqual([[], false, 0, before])
    await close()
  })
})

it('a panel that opens on an old page shows the wallet of then, and then of now', async () => {
  await here.site.grant('slow', 50)
  const { page, close } = await visit(here.browser, await put({}, 'slow'))
  await shows(page, '100')
  await here.site.grant('slow', 11)
  await page.evaluate(() => {
    const [began, now] = [performance.now(), Date.now]
    performance.now = () => began + 60_000
    Date.now = () => now() + 60_000
  })
  await launcherOf(page).click()
  await panelOf(page).locator('.figure', { hasText: '111' }).waitFor(patient)
  await shows(page, '111')
  await close()
})

it.each([
  ['on the launcher', ''],
  ['in an element of the page', '<muse-page></muse-page>'],
])('the balance %s is true by then in a tab that is looked at again, though no panel is open', async (_, body) => {
  const who = `away-${body.length}`
  await here.site.grant(who, 50)
  const { page, troubles, close } = await visit(here.browser, await put({ body }, who))
  await shows(page, '100')
  // Somebody has come near the launcher.
  await launcherOf(page).hover()
  await whole(page)
  if (body) await page.locator('muse-page .figure', { hasText: '100' }).waitFor(patient)
  await here.site.grant(who, 11)
  await page.evaluate(() => {
    const { now } = Date
    Date.now = () => now() + 60_000
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
  })
  await shows(page, '111')
  if (body) await page.locator('muse-page .figure', { hasText: '111' }).waitFor(patient)
  expect(troubles).toEqual([])
  await close()
})

it('an open panel in a tab that is looked at again shows what is true by now; one that was left a moment ago asks nothing', async () => {
  await here.site.grant('behind', 50)
  const { page, troubles, close } = await visit(here.browser, await put({}, 'behind'))
  await shows(page, '100')
  await museOf(page, (it) => void it.open())
  await panelOf(page).locator('.figure', { hasText: '100' }).waitFor(patient)
  await whole(page)
  let asked = 0
  page.on('request', (request) => {
    if (request.url().endsWith('/me')) asked++
  })
  await here.site.grant('behind', 11)
  const look = () => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })))
  await page.evaluate(() => {
    const { now } = Date
    Date.now = () => now() + 60_000
  })
  await look()
  await panelOf(page).locator('.figure', { hasText: '111' }).waitFor(patient)
  await look()
  await page.waitForTimeout(300)
  expect(asked).toBe(1)
  expect(troubles).toEqual([])
  await close()
})
