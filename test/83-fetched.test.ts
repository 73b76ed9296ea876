// What could not be fetched when the page wanted it, in Chromium: the page is told, what stands in it stays, and it is asked for again once the
// line is up or somebody opens the panel.
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { launcherOf, openSite, panelOf, pasted, patient, visit } from './80-site.ts'
import { opened } from './opened.ts'

const here = opened({ site: () => openSite({}, { hana: 12_295 }) })

/** The line goes down in the middle of the requests for the code: with the first, the second … of them. */
const cut = async (page: Page, from: number) => {
  const state = { isDown: true, asked: 0 }
  await page.route('**/chunks/*', (route) => {
    state.asked++
    return state.isDown && state.asked > from ? route.abort('internetdisconnected') : route.continue()
  })
  await page.route(/\/(quotes|badges)/, (route) => (state.isDown ? route.abort('internetdisconnected') : route.continue()))
  return {
    state,
    mend: () => {
      state.isDown = false
      return page.evaluate(() => dispatchEvent(new Event('online')))
    },
  }
}
const embeds = '<muse-points price="10000">…</muse-points><muse-coupons>…</muse-coupons>'

// The desk is the first of them, which the launcher's next intent asks for again.
it.each([1, 2, 3, 4, 6, 8])(
  'elements that came while no more than %i of its files could be fetched are filled once the line is up',
  async (from) => {
    const html = pasted({ attributes: { 'data-token': await here.site.token('hana') } })
    const { page, close } = await visit(here.browser, here.site.put({ html }))
    await launcherOf(page).waitFor(patient)
    const { state, mend } = await cut(page, from)
    await page.evaluate((embeds) => {
      document.body.insertAdjacentHTML('beforeend', embeds)
    }, embeds)
    await expect.poll(() => state.asked, patient).toBeGreaterThan(from)
    await page.waitForTimeout(500)
    await mend()
    await page.locator('muse-points .embed', { hasText: 'Earn 100 points' }).waitFor(patient)
    await page.locator('muse-coupons .embed').waitFor(patient)
    expect(await page.locator('muse-coupons .embed h3').count()).toBe(1)
    await close()
  },
)

/** The file that a part of the widget has been built into. */
const fileOf = (part: string): string => JSON.parse(readFileSync('dist/widget/.vite/manifest.json', 'utf8'))[part].file

it.each([
  ['widget/more.ts', ['load']],
  ['widget/embeds/embeds.ts', ['muse-coupons', 'muse-points']],
  ['widget/embeds/points.ts', ['muse-points']],
])('the page is told that %s could not be fetched, has its own words, and what it wants once the panel is opened', async (part, at) => {
  const attributes = { 'data-token': await here.site.token('hana') }
  const head = `<script>told = []; addEventListener('muse:error', ({ detail }) => told.push(detail))</script>`
  const { page, close } = await visit(here.browser, here.site.put({ html: pasted({ head, attributes }) }))
  const told = async () => (await page.evaluate<{ at: string; code: string }[]>('told')).sort((one, other) => (one.at < other.at ? -1 : 1))
  await launcherOf(page).waitFor(patient)
  await page.route(`**/${fileOf(part)}`, (route) => route.abort())
  await page.evaluate((embeds) => {
    document.body.insertAdjacentHTML('beforeend', embeds)
  }, embeds)
  const lost = at.map((at) => ({ at, code: 'unreachable' }))
  await expect.poll(told, patient).toEqual(lost)
  expect(await page.locator('muse-points').innerText()).toBe('…')
  await page.unroute(`**/${fileOf(part)}`)
  await launcherOf(page).click()
  await panelOf(page).getByRole('heading', { name: 'Discount coupons' }).waitFor(patient)
  await page.locator('muse-points .embed', { hasText: 'Earn 100 points' }).waitFor(patient)
  await page.locator('muse-coupons .embed h3').waitFor(patient)
  expect(await told()).toEqual(lost)
  await close()
})

/** A visit of a member or a guest, with `body` in the page, where a part's file cannot be fetched until the line is `mended`. */
async function without(part: string, { member = true, body = '' } = {}) {
  const head = `<script>told = []; addEventListener('muse:error', ({ detail }) => told.push(detail))</script>`
  const html = pasted({ head, body, attributes: member ? { 'data-token': await here.site.token('hana') } : {} })
  const visited = await visit(here.browser, 'about:blank')
  const file = `**/${fileOf(part)}`
  await visited.page.route(file, (route) => route.abort('internetdisconnected'))
  await visited.page.goto(here.site.put({ html }))
  return { ...visited, mended: () => visited.page.unroute(file) }
}
const online = (page: Page) => page.evaluate(() => dispatchEvent(new Event('online')))

const parts: [part: string, way: string, seen: string][] = [
  ['widget/panel/doing.ts', 'Redeem', 'Points to redeem'],
  ['widget/text/en-rest.ts', 'Redeem', 'Points to redeem'],
  ['widget/panel/History.tsx', 'History', '+12,295'],
  ['widget/panel/EarnView.tsx', 'How to earn', '1% back on every order'],
  ['widget/panel/Earn.tsx', 'How to earn', '1% back on every order'],
  ['widget/text/en-more.ts', 'How to earn', '1% back on every order'],
]
it.each(parts)('what could not be fetched behind a button of the panel is asked for again there: %s', async (part, way, seen) => {
  const { page, mended, close } = await without(part)
  await launcherOf(page).click()
  const panel = panelOf(page)
  await panel.getByRole('button', { name: way, exact: true }).click(patient)
  const again = panel.getByRole('button', { name: 'Try again' })
  await again.waitFor(patient)
  await panel.getByRole('alert').getByText('Please try again in a moment.').waitFor(patient)
  await again.click()
  await again.waitFor(patient)
  expect(await page.evaluate('told')).toEqual(Array(2).fill({ at: 'load', code: 'unreachable' }))
  await mended()
  await again.click()
  await panel.getByText(seen).first().waitFor(patient)
  expect([await again.count(), await panel.getByRole('alert').count()]).toEqual([0, 0])
  await close()
})

it.each(['widget/panel/Guest.tsx', 'widget/text/en-guest.ts'])('a guest whose panel could not be fetched is told so: %s', async (part) => {
  for (const mend of ['button', 'line']) {
    const { page, mended, close } = await without(part, { member: false })
    await launcherOf(page).click()
    await panelOf(page).getByText('This did not load').waitFor(patient)
    await mended()
    if (mend === 'line') await online(page)
    else await panelOf(page).getByRole('button', { name: 'Try again' }).click()
    await panelOf(page).getByText('1% back on every order').waitFor(patient)
    await close()
  }
})

it('a panel whose words could not be fetched has them once the line is up', async () => {
  const { page, mended, close } = await without('widget/text/en-first.ts')
  await launcherOf(page).click()
  await page.locator('muse-widget dialog', { hasText: '⟳ Offline' }).waitFor(patient)
  await mended()
  await online(page)
  await panelOf(page).getByRole('heading', { name: 'Discount coupons' }).waitFor(patient)
  await close()
})

it('a page that could not fetch the ways to earn has them once the line is up', async () => {
  const { page, mended, close } = await without('widget/panel/Earn.tsx', { body: '<muse-page></muse-page>' })
  await page.locator('muse-page').getByRole('button', { name: 'Try again' }).waitFor(patient)
  await mended()
  await online(page)
  await page.locator('muse-page').getByText('1% back on every order').waitFor(patient)
  await close()
})

it('a redeem of before whose code could not be fetched stands before any other, until it has had its answer', async () => {
  const member = 'yui'
  await here.site.grant(member, 1_000)
  const html = pasted({ attributes: { 'data-token': await here.site.token(member) } })
  const { page, close } = await visit(here.browser, here.site.put({ html }))
  await page.evaluate((member) => {
    const intent = { key: 'of-before', points: 300, shop: 'jej', member, at: Date.now() }
    Object.assign(localStorage, { muse: 1, 'muse:of-before': JSON.stringify(intent) })
  }, member)
  const file = `**/${fileOf('widget/panel/doing.ts')}`
  await page.route(file, (route) => route.abort('internetdisconnected'))
  await page.reload()
  await launcherOf(page).click()
  const again = panelOf(page).getByRole('button', { name: 'Try again' })
  await again.waitFor(patient)
  expect(await panelOf(page).getByRole('button', { name: 'Redeem' }).count()).toBe(0)
  await page.unroute(file)
  await again.click()
  await panelOf(page).getByRole('button', { name: 'Take back' }).waitFor(patient)
  expect(await panelOf(page).locator('.ticket').innerText()).toContain('¥300 off')
  await expect.poll(() => page.evaluate(() => Object.keys(localStorage)), patient).toEqual([])
  await close()
})

it('who sends the launcher away before the code for that is there, twice in their impatience, has sent it once', async () => {
  const html = pasted({ attributes: {} })
  const { page, close } = await visit(here.browser, 'about:blank', { viewport: { width: 390, height: 800 } })
  await page.route(`**/${fileOf('widget/more.ts')}`, async (route) => {
    await new Promise((late) => setTimeout(late, 1_500))
    await route.continue()
  })
  await page.goto(here.site.put({ html }))
  await launcherOf(page).click(patient)
  const aside = panelOf(page).getByRole('button', { name: 'Move the button to the other side' })
  await aside.click(patient)
  await aside.click(patient)
  await panelOf(page).waitFor({ ...patient, state: 'hidden' })
  const { x, width } = (await launcherOf(page).boundingBox())!
  expect(x + width).toBeGreaterThan(300)
  await close()
})
