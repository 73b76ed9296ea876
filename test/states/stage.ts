// Comes to a state as a shopper does, in a page of its own: opens, presses, writes, and waits until all is there.
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { png } from '../pictures/files.ts'
import { addressOf, type Setting } from './page.ts'
import type { Deed, Look } from './states.ts'
import type { Shops } from './world.ts'

export type Eye = Pick<Setting, 'language' | 'scheme' | 'direction' | 'position'> & BrowserContextOptions

/** The page with the state in it, and how to leave it. */
export async function come(browser: Browser, shops: Shops, state: Look, { language, scheme, direction, position, ...options }: Eye) {
  const { shop, seat, stale, embeds } = state
  const member = seat && shops.take(shop, seat)
  const token = member ? await shops.world.token(shop, member, stale ? 7_200_000 : 0) : ''
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  const troubles: string[] = []
  page.on('pageerror', (error) => troubles.push(String(error)))
  if (state.offline) await page.addInitScript(() => Object.defineProperty(navigator, 'onLine', { value: false }))
  await page.route(/\/v1\/shops\//, async (route) => {
    const asked = `${route.request().method()} ${new URL(route.request().url()).pathname}`
    if (state.lost?.test(asked)) return route.abort()
    // One that is never answered.
    if (!state.silent?.test(asked)) return route.continue()
  })
  await page.goto(
    addressOf(shops.url, {
      shop,
      token,
      language,
      scheme,
      ...(direction && { direction }),
      ...(position && { position }),
      ...(embeds && { embeds }),
    }),
  )
  await page.locator('muse-widget').waitFor({ state: 'attached' })
  for (const step of state.steps) await carryOut(page, step, () => spend(shops, shop, member!, Number(step[1])))
  await settled(page, state)
  return { page, troubles, close: () => context.close() }
}

async function carryOut(page: Page, step: Deed, spend: () => Promise<unknown>) {
  const [what, value = ''] = step
  const found = page.locator(String(value)).first()
  if (what === 'open')
    await page.evaluate(
      (view) => void (window.Muse as unknown as { open(view?: string): unknown }).open(view || undefined),
      value as string,
    )
  else if (what === 'press') await found.click()
  else if (what === 'wait') await found.waitFor()
  else if (what === 'fill') await found.fill(step[2]!)
  else if (what === 'file') await found.setInputFiles({ name: 'tea-party.png', mimeType: 'image/png', buffer: picture })
  else if (what === 'unfold') await page.locator('details').evaluate((details) => details.setAttribute('open', ''))
  else await spend()
}

const spend = ({ world }: Shops, shop: string, member: string, points: number) => world.member(shop, member, 'POST', '/coupons', { points })

/** The words and the dates are there, and nothing is still being fetched. */
async function settled(page: Page, { steps, unready, shop, embeds }: Look) {
  if (steps.some(([what]) => what === 'open'))
    await page
      .locator(unready ? '.skeleton' : '.body > :not(.skeleton)')
      .first()
      .waitFor()
  else if (!embeds && shop) await page.locator('[aria-description]').waitFor()
  if (!unready) await page.locator('.panel .skeleton').first().waitFor({ state: 'detached' })
  // Dates are written a moment after the first paint.
  await page.waitForTimeout(120)
}

const picture = Buffer.from(
  png({ width: 640, height: 480, rows: Uint8Array.from({ length: 480 * 1921 }, (_, at) => (at % 1921 ? (at * 7) >> 9 : 0)) }),
)
