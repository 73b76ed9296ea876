// The widget beside others of its kind, in one Chromium: each in a fresh context, in another order every round, always with a blank
// page, a bare button, a bare launcher that asks what ours does, and Sentry's. What counts on load is what a variant has above the same
// round's blank page.
import { launch } from '../chromium.ts'
import { type Figures, median } from './rounds.ts'
import { startMuse } from './servers.ts'
import { heap } from './widget/heap.ts'
import { installPeers } from './widget/installed.ts'
import { hovered, loadAndClick, type Place, slowLine } from './widget/measures.ts'
import { asking, floors, muse, peers, type Variant } from './widget/peers.ts'
import { openShop } from './widget/shop.ts'
import { openSite } from './widget/site.ts'

/** Nobody outside of this machine is asked. */
const ALONE = '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1'
/** Without waiting for a screen a thousand openings take seconds. */
const QUICK = ['--disable-frame-rate-limit', '--disable-gpu-vsync']
const [BLANK, SENTRY] = ['blank page', 'Sentry feedback']
/** What is of interest only above the blank page. */
const ABOVE = ['script', 'main thread', 'blocking on load', 'heap loaded', 'heap open']
/** What is also told as a part of what Sentry's had in the same round. */
const RATIOS = ['script', 'shell', 'interaction']

type Round = Map<Variant, Figures>

/** The medians of so many rounds, by variant; each is opened and closed `cycles` times for what it keeps, or not at all. */
export async function benchWidget(count: number, cycles: number): Promise<Record<string, Figures>> {
  const folder = await installPeers()
  const [site, server, browser, quick] = [await openSite(), await startMuse('off'), await launch([ALONE]), await launch([ALONE, ...QUICK])]
  try {
    const shop = await openShop(server, site.url)
    const variants = [...floors, asking(shop), ...muse(shop), ...peers(folder)]
    const places = new Map<Variant, Place>()
    for (const variant of variants) {
      site.serve(variant.files ?? {})
      places.set(variant, { browser, site, url: site.page(variant.name.replace(/\W+/g, '-'), variant.body) })
    }
    const rounds: Round[] = []
    for (let round = 0; round < count; round++) {
      const measured: Round = new Map()
      for (const variant of shuffled(variants)) measured.set(variant, await measure(places.get(variant)!, variant))
      rounds.push(compared(measured))
    }
    const kept: Round = new Map()
    if (cycles) for (const variant of variants) kept.set(variant, await heap({ ...places.get(variant)!, browser: quick }, variant, cycles))
    const above = compared(kept)
    return Object.fromEntries(variants.map((variant) => [variant.name, { ...medians(rounds, variant), ...above.get(variant) }]))
  } finally {
    await Promise.all([browser.close(), quick.close(), site.close(), server.close()])
  }
}

async function measure(place: Place, variant: Variant): Promise<Figures> {
  return { ...(await loadAndClick(place, variant)), ...(await slowLine(place, variant)), ...(await hovered(place, variant)) }
}

/** A round's figures above its blank page, and beside its Sentry's. */
function compared(round: Round): Round {
  const named = (wanted: string) => [...round].find(([{ name }]) => name === wanted)?.[1] ?? {}
  const nothing = named(BLANK)
  nothing['heap open'] = nothing['heap loaded'] ?? Number.NaN
  const blank = { ...nothing }
  for (const figures of round.values()) for (const column of ABOVE) if (column in figures) figures[column]! -= blank[column] ?? Number.NaN
  const sentry = { ...named(SENTRY) }
  for (const figures of round.values())
    for (const column of RATIOS) if (column in figures) figures[`${column} ÷ Sentry’s`] = figures[column]! / sentry[column]!
  return round
}

function medians(rounds: Round[], variant: Variant): Figures {
  const own = rounds.map((round) => round.get(variant) ?? {})
  const columns = Object.keys(own[0] ?? {})
  return Object.fromEntries(columns.map((column) => [column, median(own.map((figures) => figures[column] ?? Number.NaN))]))
}

function shuffled<T>(all: T[]): T[] {
  const left = [...all]
  return all.map(() => left.splice(Math.floor(Math.random() * left.length), 1)[0] as T)
}
