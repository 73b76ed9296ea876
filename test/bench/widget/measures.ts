// The visits each widget is paid in every round, and what is read off them. Times are milliseconds, sizes bytes.
import type { Browser } from 'playwright-core'
import type { Figures } from '../rounds.ts'
import type { Variant } from './peers.ts'
import { hover, middle, press } from './pointer.ts'
import { type Entry, install } from './probe.ts'
import type { Site } from './site.ts'
import { type Visit, visit } from './visit.ts'

/** Where a widget stands: the browser, the site, and the address of its page. */
export interface Place {
  browser: Browser
  site: Site
  url: string
}

const PATIENCE = 10_000
const pause = (time: number) => new Promise((done) => setTimeout(done, time))
const sum = (entries: Entry[], of: (entry: Entry) => number) => entries.reduce((all, entry) => all + of(entry), 0)
const longest = (entries: Entry[]) => Math.max(0, ...entries.map(({ duration }) => duration))

/** A processor six times slower: what loading costs, then a click without notice, one inside and one that closes. */
export async function loadAndClick({ browser, site, url }: Place, variant: Variant): Promise<Figures> {
  const one = await visit(browser, site, url, { cpu: 6 })
  const { page } = one
  await one.settle()
  const { script, all } = await one.spent()
  const code = one.asked.filter(({ isCode }) => isCode)
  await page.evaluate(install)
  const tasks = await page.evaluate(() => probe.entries('longtask'))
  const figures: Figures = {
    'bytes on load': bytesOf(code),
    requests: one.asked.length,
    'for code': code.length,
    script: script * 1e3,
    'main thread': all * 1e3,
    'blocking on load': sum(tasks, ({ duration }) => duration - 50),
    ...(await clicks(one, variant)),
  }
  await one.close()
  return figures
}

async function clicks(one: Visit, variant: Variant): Promise<Figures> {
  const { launcher, inner, close } = variant
  if (!launcher) return {}
  const { page } = one
  await page.evaluate(() => probe.watch())
  const opened = await open(one, variant)
  const needed = one.asked.filter(({ isCode }) => isCode)
  await one.settle()
  const from = opened.lifted
  const tasks = await page.evaluate(() => probe.entries('longtask'))
  // Also those that Chromium forgives because the shopper has just clicked.
  const shifts = await page.evaluate(() => probe.entries('layout-shift'))
  if (inner) await press(one, await middle(page, inner))
  await pause(700)
  if (close) await press(one, await middle(page, close))
  await pause(700)
  const events = await page.evaluate(() => probe.entries('event'))
  return {
    'bytes to open': bytesOf(needed),
    shell: opened.shell,
    content: opened.content,
    // An event that was answered sooner than Chromium notes one counts as that.
    interaction: Math.max(16, longest(events.filter(({ interaction }) => interaction))),
    shift: sum(shifts, ({ value }) => value),
    'longest after click': longest(tasks.filter(({ start, duration }) => start + duration > from)),
  }
}

/** A processor four times slower on slow 4G: from the arrival of the tag's script to the launcher, and from the click to the content. */
export async function slowLine({ browser, site, url }: Place, variant: Variant): Promise<Figures> {
  if (!variant.launcher) return {}
  const one = await visit(browser, site, url, { cpu: 4, line: true }, true)
  const { page } = one
  await page.evaluate((launcher) => probe.look({ launcher }, 20_000), variant.launcher)
  const seen = await page.evaluate(() => probe.painted())
  const arrived = await page.evaluate(() => {
    const scripts = performance.getEntriesByType('resource').filter(({ name }) => /\.js(\?|$)/.test(name)) as PerformanceResourceTiming[]
    return scripts[0]?.responseEnd ?? performance.timing.responseEnd - performance.timeOrigin
  })
  await one.settle()
  const opened = await open(one, variant)
  await one.close()
  return { 'launcher, 4G': (seen.launcher ?? Number.NaN) - arrived, 'shell, 4G': opened.shell, 'content, 4G': opened.content }
}

/** A processor four times slower, and a pointer that stays on the launcher before it clicks: for those who use the time. */
export async function hovered({ browser, site, url }: Place, variant: Variant): Promise<Figures> {
  const { launcher, prefetches } = variant
  if (!launcher || !prefetches) return {}
  const one = await visit(browser, site, url, { cpu: 4 })
  await one.settle()
  await one.page.evaluate(install)
  await hover(one, await middle(one.page, launcher))
  await one.settle()
  const opened = await open(one, variant)
  await one.close()
  return { 'shell, hovered': opened.shell, 'content, hovered': opened.content }
}

/** From the pointer's lifting to the first painted frame with the shell in it, and with the content. */
async function open(one: Visit, { launcher, shell, content }: Variant) {
  const { page } = one
  const marks: Record<string, string> = { ...(shell && { shell }), ...(content && { content }) }
  const place = await middle(page, launcher!)
  await page.evaluate(([marks, patience]) => probe.look(marks, patience), [marks, PATIENCE] as const)
  // So that the click does not wait for what arms the probe.
  await pause(300)
  await press(one, place)
  const found = await page.evaluate(() => probe.painted())
  const lifted = await page.evaluate(() => probe.lifted())
  return { lifted, shell: (found.shell ?? Number.NaN) - lifted, content: (found.content ?? Number.NaN) - lifted }
}

const bytesOf = (asked: { bytes: number }[]) => asked.reduce((all, { bytes }) => all + bytes, 0)
