// Every state in both languages, by day and by night, at four widths: axe-core, targets, words cut off, and at 400 % zoom the whole way
// by keyboard. Leaves a picture of each in test-results/looks/, to be looked at.
import { mkdirSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { launch } from '../chromium.ts'
import { cut, light, small, unreached, violations } from '../states/faults.ts'
import { come } from '../states/stage.ts'
import { type Look, states } from '../states/states.ts'
import { openShops, type Shops } from '../states/world.ts'

const pictures = 'test-results/looks'
const languages = ['en', 'ja'] as const
const schemes = ['light', 'dark'] as const
/** A panel is a sheet on the first two, and is drawn anew for the others. */
const widths = [
  [320, 390],
  [768, 1440],
] as const
const hands = 2

/** In the states of these names, or in all; throws with all that is wrong, when anything is. */
export async function axe(names = ''): Promise<object> {
  const chosen = states.filter(({ id }) => !names || names.split(',').includes(id))
  mkdirSync(pictures, { recursive: true })
  const [browser, shops] = await Promise.all([launch(), openShops()])
  const tasks = chosen.flatMap((state) =>
    languages.flatMap((language) => [
      ...widths.map((some) => () => looked(browser, shops, state, language, some)),
      ...(state.embeds ? [] : [() => zoomed(browser, shops, state, language)]),
    ]),
  )
  await shops.prepare(chosen.flatMap((state) => languages.flatMap(() => [...widths, 'zoomed'].map(() => state))))
  const count = tasks.length
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
    visits: count,
    pictures: chosen.length * languages.length * schemes.length * widths.flat().length,
    faults: 0,
  }
}

async function looked(browser: Browser, shops: Shops, state: Look, language: (typeof languages)[number], some: readonly number[]) {
  const height = some[0]! < 480 ? 700 : 800
  const eye = { language, scheme: 'light', viewport: { width: some[0]!, height } } as const
  const { page, troubles, close } = await come(browser, shops, state, eye)
  const found = [...troubles]
  for (const width of some) {
    await page.setViewportSize({ width, height })
    for (const scheme of schemes) {
      await light(page, scheme)
      const name = `${state.id}-${language}-${scheme}-${width}`
      const faults = [...(await violations(page)), ...(await small(page)), ...(await cut(page))]
      found.push(...faults.map((fault) => `${name}: ${fault}`))
      await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: !!state.embeds })
    }
  }
  await close()
  return found
}

/** 1,280 by 1,024 at 400 %. */
async function zoomed(browser: Browser, shops: Shops, state: Look, language: (typeof languages)[number]) {
  const eye = { language, scheme: 'light', viewport: { width: 320, height: 256 } } as const
  const { page, close } = await come(browser, shops, state, eye)
  const faults = [...(await cut(page)), ...(await unreached(page, 'Tab')), ...(await unreached(page, 'Shift+Tab'))]
  await close()
  return faults.map((fault) => `${state.id}-${language} at 400 %: ${fault}`)
}
