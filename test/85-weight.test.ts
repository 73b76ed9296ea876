// What the widget costs a page, as far as it can be counted: requests before a click, layout shifts, and what each opening and closing
// leaves behind. What it costs in bytes is `npm run check`'s, in time `npm run bench`'s.
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { launcherOf, openSite, panelOf, tagOf, visit } from './80-site.ts'
import { install } from './bench/widget/probe.ts'
import { opened } from './opened.ts'

/** What may be asked for before anybody clicks: code, and all together with what is known of the shop and the member. */
const MOST = { guest: { code: 1, all: 2 }, member: { code: 1, all: 3 } }
const CYCLES = 100
const selectors = ['muse-widget >>> [aria-haspopup]', 'muse-widget >>> dialog[open]', 'muse-widget >>> .head .icon'] as const

const here = opened({ site: () => openSite({}, { weighed: 1_234 }) })

/** A page with something to shift below and above where a widget might stand. */
const pageOf = (body: string) =>
  here.site.put({
    html: `<!doctype html><html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,"><title>Shop</title>
<body><h1>Shop</h1>${'<p>A dress, and what goes with it.</p>'.repeat(60)}${body}`,
  })

const shoppers = [
  ['guest', async () => tagOf(), 'Points with every order'],
  ['member', async () => tagOf({ 'data-token': await here.site.token('weighed') }), 'Discount coupons'],
] as const

describe.each(shoppers)('of a %s', (who, tag, heading) => {
  it('a page is asked for little before a click, of nobody else, and without a cookie', async () => {
    const url = pageOf(await tag())
    const { page, close } = await visit(here.browser, 'about:blank')
    const asked: { url: string; code: boolean }[] = []
    page.on('request', (request) => asked.push({ url: request.url(), code: request.resourceType() === 'script' }))
    await page.goto(url)
    await launcherOf(page).waitFor()
    // Whatever it fetches by itself, it fetches when the page has a moment.
    await page.evaluate(() => new Promise((done) => requestIdleCallback(() => setTimeout(done, 1_500))))
    await page.waitForLoadState('networkidle')
    const own = asked.filter((one) => one.url !== url && !one.url.startsWith('data:'))
    expect(own.filter(({ code }) => code).length, own.map((one) => one.url).join('\n')).toBeLessThanOrEqual(MOST[who].code)
    expect(own.length, own.map((one) => one.url).join('\n')).toBeLessThanOrEqual(MOST[who].all)
    expect(own.length).toBeGreaterThanOrEqual(2)
    expect(own.filter((one) => !one.url.startsWith(here.site.url))).toEqual([])
    expect(await page.context().cookies()).toEqual([])
    await close()
  })

  it('nothing in the page moves, on load, on opening or later', async () => {
    const { page, close } = await visit(here.browser, pageOf(await tag()))
    await open(page, heading)
    await page.waitForTimeout(700)
    expect(await shifted(page)).toBe(0)
    await page.evaluate(() => document.body.prepend(document.createElement('hr')))
    await expect.poll(() => shifted(page), { timeout: 10_000 }).toBeGreaterThan(0)
    await close()
  })

  it(`${CYCLES} openings and closings leave no node and no listener behind`, async () => {
    const { page, close } = await visit(here.browser, pageOf(await tag()))
    await page.evaluate(install)
    await open(page, heading)
    await panelOf(page).getByRole('button', { name: 'Close' }).click()
    const cycle = (times: number) => page.evaluate(([times, names]) => probe.cycle(times, 50_000, ...names), [times, selectors] as const)
    const cdp = await page.context().newCDPSession(page)
    await cdp.send('Performance.enable')
    const kept = async () => {
      await cdp.send('HeapProfiler.collectGarbage')
      const { metrics } = await cdp.send('Performance.getMetrics')
      const of = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN
      return { nodes: of('Nodes'), listeners: of('JSEventListeners') }
    }
    await cycle(20)
    await page.waitForLoadState('networkidle')
    const before = await kept()
    expect(await cycle(CYCLES)).toBe(CYCLES)
    // The last wallet that was asked for may still be on its way, and what is thrown away is not always gone at once.
    const left = async () => {
      const after = await kept()
      return Math.max(after.nodes - before.nodes, after.listeners - before.listeners)
    }
    await expect.poll(left, { timeout: 20_000, interval: 500 }).toBeLessThan(CYCLES / 10)
    await close()
  })
})

async function open(page: Page, heading: string) {
  await launcherOf(page).click()
  await panelOf(page).getByRole('heading', { name: heading }).waitFor()
}

/** The sum of all shifts there were, those that Chromium forgives because somebody has just clicked included. */
async function shifted(page: Page) {
  await page.evaluate(install)
  const shifts = await page.evaluate(() => probe.entries('layout-shift'))
  return shifts.reduce((sum, { value }) => sum + value, 0)
}
