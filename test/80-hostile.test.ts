// The widget on pages that are hard to live on: it looks as it does on a clean one, throws nothing, breaks no policy, changes nothing
// of the host's, and shifts nothing.
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Hostile, hostile, SERVER } from './80-hostile.ts'
import { difference, launcherOf, openSite, panelOf, tagOf, visit } from './80-site.ts'
import { opened } from './opened.ts'

const here = opened({ site: () => openSite({}, { hana: 12_295 }) })
let clean: Seen

beforeAll(async () => {
  clean = await see({})
})

interface Seen {
  launcher: Buffer
  panel: Buffer
  troubles: string[]
  violations: string[]
  changed: string[]
  globals: string[]
  shift: number
  moved: string[]
}

/** As the browser tells of it. */
interface Shift {
  value: number
  sources: { node: Node | null }[]
}

it('is itself clean on a clean page', () => {
  expect(clean).toMatchObject({ troubles: [], violations: [], changed: [], globals: ['Muse'], shift: 0 })
})

it('knows at least sixty hostile pages', () => {
  expect(Object.keys(hostile).length).toBeGreaterThanOrEqual(60)
})

describe.each(Object.entries(hostile))('on a page with %s', (_, page) => {
  it('is as on any other', { timeout: 30_000 }, async () => {
    const { launcher, panel, troubles, violations, changed, shift, moved } = await see(page)
    expect({ troubles, violations, changed, shift, moved }).toEqual({ troubles: [], violations: [], changed: [], shift: 0, moved: [] })
    expect(difference(launcher, clean.launcher)).toBeLessThanOrEqual(0.001)
    expect(difference(panel, clean.panel)).toBeLessThanOrEqual(0.001)
  })
})

describe('where a page has no origin', () => {
  // Storage throws there, and no server may let it in: `null` is the origin of every such page, the shop's and anybody's.
  it('is as where the server cannot be reached: quiet, and it says so', { timeout: 60_000 }, async () => {
    const [cut, boxed, framed] = [await unheard('cut'), await unheard('sandboxed'), await unheard('framed')]
    for (const { told, troubles, says } of [boxed, framed]) {
      expect(told).toMatchObject({ violations: [], changed: [], globals: ['Muse'], shift: 0 })
      expect(troubles.filter((trouble) => !/CORS policy|Failed to load resource/.test(trouble))).toEqual([])
      expect(says).toMatch(/Try again/)
      expect(says).toBe(cut.says)
    }
    // A frame is drawn by another process, its letters a shade otherwise.
    expect(difference(boxed.launcher, cut.launcher)).toBeLessThanOrEqual(0.001)
    expect(difference(boxed.panel, cut.panel)).toBeLessThanOrEqual(0.001)
  })
})

/** The widget where it asks in vain: the line is cut, the page's own policy takes its origin, or its frame does. */
async function unheard(why: 'cut' | 'sandboxed' | 'framed') {
  const head = `<meta charset="utf-8"><title>Shop</title><script>(${watch})()</script>`
  const headers: Record<string, string> = why === 'sandboxed' ? { 'content-security-policy': 'sandbox allow-scripts' } : {}
  const inner = here.site.put({ headers, html: `<!doctype html><html lang="en"><head>${head}</head><body>${tagOf({}, '', here.site.url)}` })
  const frame = `<!doctype html><title>Frame</title><iframe sandbox="allow-scripts" src="${inner}" width="900" height="760"></iframe>`
  const { page, troubles, close } = await visit(here.browser, 'about:blank')
  if (why === 'cut') await page.route('**/v1/**', (route) => route.abort())
  await page.goto(why === 'framed' ? here.site.put({ html: frame }) : inner)
  const shown = why === 'framed' ? page.frameLocator('iframe') : page
  const launcher = shown.getByRole('button', { name: 'Muse', exact: true })
  await launcher.waitFor()
  await launcher.click()
  await shown.getByRole('button', { name: 'Try again' }).waitFor()
  await page.mouse.move(5, 5)
  const says = await shown.locator('muse-widget dialog').innerText()
  const told = await shown.locator('body').evaluate(() => (window as unknown as { told(): object }).told())
  const seen = { told, troubles, says, launcher: await shot(page, shown, 'button'), panel: await shot(page, shown, 'dialog') }
  await close()
  return seen
}

async function see({
  head = '',
  body = '',
  doctype = '<!doctype html>',
  html = '<html lang="en">',
  headers = {},
  nonce = '',
  isElsewhere,
  own,
}: Hostile) {
  const mark = nonce && ` nonce="${nonce}"`
  const url = here.site.put({
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.replaceAll(SERVER, here.site.url)])),
    html: `${doctype}${html}<head><meta charset="utf-8"><title>Shop</title>${head}
<script${mark}>(${watch})()</script></head><body>${body}${tagOf({ 'data-token': await here.site.token('hana') }, nonce, here.site.url)}</body></html>`,
  })
  const { page, troubles, close } = await visit(here.browser, isElsewhere ? url.replace(here.site.url, here.site.other) : url)
  page.setDefaultTimeout(8_000)
  try {
    const launcher = launcherOf(page)
    await launcher.and(page.locator('[aria-description="12,345 pt"]')).waitFor()
    const launcherShot = await shot(page, page, 'button')
    await page.evaluate(() => (window.Muse as unknown as { open(): void }).open())
    await panelOf(page).getByRole('heading', { name: 'Discount coupons' }).waitFor()
    const panelShot = await shot(page, page, 'dialog')
    const told = await page.evaluate(() => (window as unknown as { told(): Omit<Seen, 'launcher' | 'panel' | 'troubles'> }).told())
    const ours = troubles.filter((trouble) => !own?.test(trouble))
    return { ...told, launcher: launcherShot, panel: panelShot, troubles: ours }
  } catch (failure) {
    throw new Error(
      `${failure}; the page says ${JSON.stringify(troubles)}, the widget ${await page
        .locator('muse-widget')
        .evaluate((host) => host.shadowRoot?.innerHTML.slice(0, 400), null, { timeout: 1_000 })
        .catch(String)}`,
    )
  } finally {
    await close()
  }
}

/** What is inside of a part of the widget: its edges let the page shine through. */
async function shot(page: Page, shown: Pick<Page, 'locator'>, part: 'button' | 'dialog') {
  await page.waitForTimeout(120)
  const box = (await shown.locator(`muse-widget ${part}`).first().boundingBox())!
  const { x, y, width, height } = box
  return page.screenshot({ clip: { x: x + 12, y: y + 8, width: width - 24, height: height - 16 } })
}

/** Runs in the page before the tag: remembers what is there, and tells what has become of it. */
function watch() {
  const names = ['Object', 'Array', 'Function', 'String', 'Number', 'Promise', 'Map', 'Set', 'Event', 'EventTarget', 'Node', 'Element']
  const more = ['HTMLElement', 'Document', 'HTMLDialogElement', 'HTMLButtonElement', 'ShadowRoot', 'CSSStyleSheet', 'Storage', 'History']
  const wardens = [
    window.JSON,
    Math,
    Reflect,
    window.customElements,
    history,
    navigator,
    ...[...names, ...more].map((name) => Reflect.get(window, name)),
  ]
  const things = wardens.filter(Boolean).flatMap((thing) => [thing, thing.prototype].filter(Boolean))
  const snapshot = () =>
    things.map((thing) => Reflect.ownKeys(thing).map((key) => [key, Object.getOwnPropertyDescriptor(thing, key)!] as const))
  const before = snapshot()
  const globals = new Set(Object.getOwnPropertyNames(window))
  const violations: string[] = []
  let shift = 0
  const moved: string[] = []
  addEventListener('securitypolicyviolation', (event) => violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`))
  const add = (entries: PerformanceEntryList) => {
    for (const entry of entries as unknown as Shift[]) {
      shift += entry.value
      for (const { node } of entry.sources) moved.push(node?.nodeName ?? '')
    }
  }
  const observer = new PerformanceObserver((list) => add(list.getEntries()))
  observer.observe({ type: 'layout-shift', buffered: true })
  Object.defineProperty(window, 'told', {
    value: () => {
      add(observer.takeRecords())
      const changed: string[] = []
      // Not by `entries`, which libraries replace.
      snapshot().forEach((after, index) => {
        const was = new Map(before[index])
        for (const [key, { value, get }] of after) {
          const old = was.get(key)
          if (!old || !Object.is(old.value, value) || old.get !== get) changed.push(String(key))
        }
      })
      return {
        violations,
        changed,
        shift,
        moved,
        globals: Object.getOwnPropertyNames(window).filter((name) => !globals.has(name) && name !== 'told'),
      }
    },
  })
}
