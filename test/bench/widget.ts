// The widget beside others of its kind, in one Chromium: each in a fresh context, in another order every round, always with a blank
// page, a bare button and Sentry's. What counts on load is what a variant has above the same round's blank page.
import type { Browser } from 'playwright-core'
import { launch } from '../chromium.ts'
import { type Figures, median } from './rounds.ts'
import { startMuse } from './servers.ts'
import { heap } from './widget/heap.ts'
import { installPeers } from './widget/installed.ts'
import { hovered, loadAndClick, type Place, slowLine } from './widget/measures.ts'
import { floors, muse, peers, type Variant } from './widget/peers.ts'
import { openShop } from './widget/shop.ts'
import { openSite } from './widget/site.ts'

/** Nobody outside of this machine is asked. */
const ALONE = '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1'
const BLANK = 'blank page'
/** What is of interest only above the blank page. */
const ABOVE = ['script', 'main thread', 'blocking on load', 'heap loaded', 'heap open']

export async function benchWidget(count: number, cycles = 1_000): Promise<Record<string, Figures>> {
  const folder = await installPeers()
  const [site, server] = [await openSite(), await startMuse('off')]
  const browsers: Browser[] = []
  try {
    const browser = await launch([ALONE])
    // Without waiting for a screen a thousand openings take seconds.
    const quick = await launch([ALONE, '--disable-frame-rate-limit', '--disable-gpu-vsync'])
    browsers.push(browser, quick)
    const variants = [...floors, ...muse(await openShop(server, site.url)), ...peers(site, folder)]
    const places = new Map(variants.map((variant) => [variant, placed(variant)]))
    function placed({ name, body, files = {} }: Variant): Place {
      site.serve(files)
      return { browser, site, url: site.page(name.replace(/\W+/g, '-'), body) }
    }
    const found = new Map<Variant, Figures[]>(variants.map((variant) => [variant, []]))
    for (let round = 0; round < count; round++) {
      const measured = new Map<Variant, Figures>()
      for (const variant of shuffled(variants)) measured.set(variant, await measure(places.get(variant)!, variant))
      const blank = measured.get(variants.find(({ name }) => name === BLANK)!)!
      for (const [variant, figures] of measured) found.get(variant)!.push(above(blank, figures))
    }
    const lines = new Map(variants.map((variant) => [variant, medians(found.get(variant)!)]))
    const kept = new Map<Variant, Figures>()
    for (const variant of variants) kept.set(variant, await heap({ ...places.get(variant)!, browser: quick }, variant, cycles))
    const blank = kept.get(variants.find(({ name }) => name === BLANK)!)!
    blank['heap open'] = blank['heap loaded']!
    return Object.fromEntries(variants.map((variant) => [variant.name, { ...lines.get(variant), ...above(blank, kept.get(variant)!) }]))
  } finally {
    await Promise.all([...browsers.map((browser) => browser.close()), site.close(), server.close()])
  }
}

async function measure(place: Place, variant: Variant): Promise<Figures> {
  return { ...(await loadAndClick(place, variant)), ...(await slowLine(place, variant)), ...(await hovered(place, variant)) }
}

const above = (blank: Figures, figures: Figures): Figures =>
  Object.fromEntries(
    Object.entries(figures).map(([column, figure]) => [column, ABOVE.includes(column) ? figure - (blank[column] ?? Number.NaN) : figure]),
  )

const medians = (rounds: Figures[]): Figures =>
  Object.fromEntries(Object.keys(rounds[0] ?? {}).map((column) => [column, median(rounds.map((figures) => figures[column] ?? Number.NaN))]))

function shuffled<T>(all: T[]): T[] {
  const left = [...all]
  return all.map(() => left.splice(Math.floor(Math.random() * left.length), 1)[0] as T)
}
