// Every state in both languages, by day and by night, at four widths: axe-core, targets, words cut off or left alone in a line, and at
// 400 % zoom the whole way by keyboard. It takes its time, so it goes in slices, too. Leaves a picture of each in test-results/looks/, to
// be looked at.
import { mkdirSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { launch } from '../chromium.ts'
import { cut, light, lone, small, unreached, violations } from '../states/faults.ts'
import { come } from '../states/stage.ts'
import { type Look, states } from '../states/states.ts'
import { openShops, type Shops } from '../states/world.ts'

const pictures = 'test-results/looks'
/** A panel is a sheet on the phones' widths, and is drawn anew for the others. */
const phone = 480
const hands = 2

type Language = 'en' | 'ja'

/** What is looked at: each a list with commas between, or empty for all. Of the widths, 0 is the window of 400 % zoom. */
export interface Slice {
  states: string
  languages: string
  schemes: string
  widths: string
}

/** Looks at that slice; throws with all that is wrong, when anything is. */
export async function axe(slice: Slice): Promise<object> {
  const ids = among(
    slice.states,
    states.map(({ id }) => id),
  )
  const chosen = states.filter(({ id }) => ids.includes(id))
  const languages = among(slice.languages, ['en', 'ja'] as const)
  const schemes = among(slice.schemes, ['light', 'dark'] as const)
  const widths = among(slice.widths, [0, 320, 390, 768, 1440])
  const kinds = [widths.filter((width) => width && width < phone), widths.filter((width) => width >= phone)].filter(({ length }) => length)
  mkdirSync(pictures, { recursive: true })
  const [browser, shops] = await Promise.all([launch(), openShops()])
  const visits = chosen.flatMap((state) =>
    languages.flatMap((language) => [
      ...kinds.map((some) => ({ state, look: () => looked(browser, shops, state, language, some, schemes) })),
      ...(state.embeds || !widths.includes(0) ? [] : [{ state, look: () => zoomed(browser, shops, state, language) }]),
    ]),
  )
  await shops.prepare(visits.map(({ state }) => state))
  const tasks = visits.map(({ look }) => look)
  const found: string[] = []
  const hand = async () => {
    for (let task = tasks.shift(); task; task = tasks.shift()) found.push(...(await task()))
  }
  try {
    await Promise.all(Array.from({ length: hands }, hand))
  } finally {
    await browser.close()
    await shops.close()
  }
  if (found.length) throw new Error(`${found.length} faults\n${found.join('\n')}`)
  return {
    states: chosen.length,
    visits: visits.length,
    pictures: chosen.length * languages.length * schemes.length * kinds.flat().length,
    faults: 0,
  }
}

/** Those of all that the list names; all of them where it is empty. Throws at a name that is none. */
function among<T extends string | number>(list: string, all: readonly T[]): T[] {
  const asked = list ? list.split(',') : all.map(String)
  const wrong = asked.find((name) => !all.map(String).includes(name))
  if (wrong !== undefined) throw new Error(`There is no "${wrong}"; there are ${all.join(', ')}.`)
  return all.filter((one) => asked.includes(String(one)))
}

async function looked(
  browser: Browser,
  shops: Shops,
  state: Look,
  language: Language,
  some: readonly number[],
  schemes: readonly ('light' | 'dark')[],
) {
  const height = some[0]! < phone ? 700 : 800
  const eye = { language, scheme: 'light', viewport: { width: some[0]!, height } } as const
  const { page, troubles, close } = await come(browser, shops, state, eye)
  const found = [...troubles]
  for (const width of some) {
    await page.setViewportSize({ width, height })
    for (const scheme of schemes) {
      await light(page, scheme)
      const name = `${state.id}-${language}-${scheme}-${width}`
      const faults = [...(await violations(page)), ...(await small(page)), ...(await cut(page)), ...(await lone(page))]
      found.push(...faults.map((fault) => `${name}: ${fault}`))
      await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: !!state.embeds })
    }
  }
  await close()
  return found
}

/** 1,280 by 1,024 at 400 %. */
async function zoomed(browser: Browser, shops: Shops, state: Look, language: Language) {
  const eye = { language, scheme: 'light', viewport: { width: 320, height: 256 } } as const
  const { page, close } = await come(browser, shops, state, eye)
  const faults = [...(await cut(page)), ...(await unreached(page, 'Tab')), ...(await unreached(page, 'Shift+Tab'))]
  await close()
  return faults.map((fault) => `${state.id}-${language} at 400 %: ${fault}`)
}
