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
  await panelOf(page).getByText('¥300 off').waitFor(patient)
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([])
  await close()
})
