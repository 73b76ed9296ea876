// Several tabs of one member, in Chromium: each sees its own redeem through beside the others', none takes another's for its own while that
// is there to see to it, and what a tab leaves behind is taken up once.
import type { Page, Route } from 'playwright-core'
import { beforeEach, describe, expect, it } from 'vitest'
import { launcherOf, openSite, panelOf, tagOf } from './80-site.ts'
import { opened } from './opened.ts'

const here = opened({ site: openSite })
let count = 0
let member: string
let token: string
const patient = { timeout: 20_000 }
beforeEach(async () => {
  count++
  member = `tabs-${count}`
  await here.site.grant(member, 2_950)
  token = await here.site.token(member)
})

type Shopper = Awaited<ReturnType<typeof shopper>>

/** A shopper's browser with the shop open in as many tabs as wanted: what they ask for, and what they tell their pages was made. */
async function shopper(head = '') {
  const context = await here.browser.newContext({ viewport: { width: 1000, height: 800 }, reducedMotion: 'reduce' })
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title>${head}</head>
<body>${tagOf({ 'data-token': token })}</body></html>`
  const url = here.site.put({ html })
  const shopper = {
    asked: [] as { key: string; points: number }[],
    told: [] as { points: number; to: Page }[],
    troubles: [] as string[],
    /** What becomes of a request to redeem. */
    fate: (route: Route): unknown => route.continue(),
    async tab() {
      const page = await context.newPage()
      page.on('pageerror', (error) => shopper.troubles.push(String(error)))
      await page.goto(url)
      await launcherOf(page).and(page.locator('[aria-description]')).waitFor(patient)
      return page
    },
    kept: () => context.pages()[0]!.evaluate(() => Object.keys(localStorage)),
    close: () => context.close(),
  }
  await context.exposeBinding('tell', ({ page }, points: number) => void shopper.told.push({ points, to: page }))
  await context.addInitScript(() =>
    addEventListener('muse:redeem', (event) =>
      (window as unknown as { tell(points: number): void }).tell((event as CustomEvent).detail.coupon.points),
    ),
  )
  await context.route('**/me/coupons', async (route, request) => {
    shopper.asked.push({ key: request.headers()['idempotency-key']!, points: request.postDataJSON().points })
    // The tab may have gone meanwhile.
    await Promise.resolve(shopper.fate(route)).catch(() => {})
  })
  return shopper
}

async function redeem(page: Page, points: number) {
  await launcherOf(page).click()
  await panelOf(page).getByRole('button', { name: 'Redeem' }).click(patient)
  await panelOf(page).getByRole('spinbutton', { name: 'Points to redeem' }).fill(String(points), patient)
  await panelOf(page).getByRole('button', { name: 'Redeem' }).click()
}
async function coupons(): Promise<number[]> {
  const answer = await fetch(`${here.site.url}/v1/shops/jej/me`, { headers: { authorization: `Bearer ${token}` } })
  return (await answer.json()).coupons.map(({ points }: { points: number }) => points).sort()
}
/** A tab whose redeem of 100 points is on its way. */
async function asking(shop: Shopper): Promise<Page> {
  const tab = await shop.tab()
  await redeem(tab, 100)
  await expect.poll(() => shop.asked.length, patient).toBe(1)
  return tab
}
/** However often it was asked for, under one key, it has become one coupon, and nothing of it is kept. */
async function isOneCoupon(shop: Shopper) {
  expect(new Set(shop.asked.map(({ key }) => key)).size).toBe(1)
  expect(await coupons()).toEqual([100])
  await expect.poll(shop.kept, patient).toEqual([])
}
const shows = (page: Page, points: number) =>
  panelOf(page)
    .locator('.ticket', { hasText: `¥${points} off` })
    .waitFor(patient)
const idle = (page: Page) => panelOf(page).getByRole('button', { name: 'Redeem' }).and(page.locator(':enabled')).waitFor(patient)
const open = async (page: Page) => {
  await launcherOf(page).click()
  await panelOf(page).getByRole('heading', { name: 'Discount coupons' }).waitFor(patient)
}

describe('tabs of one member', () => {
  it('that redeem at once make a coupon each, and each tells of its own', async () => {
    const shop = await shopper()
    const [one, other] = [await shop.tab(), await shop.tab()]
    const both = Promise.withResolvers<void>()
    shop.fate = async (route) => {
      if (shop.asked.length === 2) both.resolve()
      await both.promise
      await route.continue()
    }
    await redeem(one, 100)
    await redeem(other, 200)
    await Promise.all([shows(one, 100), shows(other, 200)])
    await expect
      .poll(() => new Set(shop.told), patient)
      .toEqual(
        new Set([
          { points: 100, to: one },
          { points: 200, to: other },
        ]),
      )
    expect(await coupons()).toEqual([100, 200])
    // The sign that something is kept may be left by both, and goes when one looks again.
    await Promise.all([one.reload(), other.reload()])
    await expect.poll(shop.kept, patient).toEqual([])
    expect(shop.troubles).toEqual([])
    await shop.close()
  })

  it('that were left before any answer are taken up, each redeem once, whichever comes back first', async () => {
    const shop = await shopper()
    const tabs = [await shop.tab(), await shop.tab()]
    shop.fate = () => {}
    await redeem(tabs[0]!, 100)
    await redeem(tabs[1]!, 200)
    await expect.poll(() => shop.asked.length, patient).toBe(2)
    expect(await shop.kept()).toHaveLength(3)
    const meant = new Map(shop.asked.map(({ key, points }) => [key, points]))
    shop.fate = (route) => route.continue()
    await Promise.all(tabs.map((page) => page.reload()))
    // The sign that something is kept may be left by both, when the last of it goes from both at once.
    await expect.poll(async () => (await shop.kept()).filter((place) => place !== 'muse'), patient).toEqual([])
    expect(await coupons()).toEqual([100, 200])
    expect(new Map(shop.asked.map(({ key, points }) => [key, points]))).toEqual(meant)
    await expect.poll(() => shop.told.map(({ points }) => points).sort(), patient).toEqual([100, 200])
    // What the other tab was given meanwhile is seen with the next wallet.
    for (const page of tabs) {
      await open(page)
      await page.evaluate(() => (window as unknown as { Muse: { refresh(): void } }).Muse.refresh())
      await Promise.all([shows(page, 100), shows(page, 200)])
    }
    expect(shop.troubles).toEqual([])
    await shop.close()
  })

  it('that come while another waits for its answer are free, and show its coupon as none of theirs', async () => {
    const shop = await shopper()
    const answer = Promise.withResolvers<void>()
    shop.fate = async (route) => {
      await answer.promise
      await route.continue()
    }
    const first = await asking(shop)
    const late = await shop.tab()
    await open(late)
    await idle(late)
    // It has found what the other asks for, and waits until that is done.
    await expect.poll(() => late.evaluate(async () => (await navigator.locks.query()).pending?.length), patient).toBe(1)
    answer.resolve()
    await Promise.all([shows(first, 100), shows(late, 100)])
    await expect.poll(() => panelOf(late).locator('form').count(), patient).toBe(0)
    expect(await panelOf(late).getByRole('status').innerText()).toBe('')
    expect(shop.asked).toHaveLength(1)
    await expect.poll(() => shop.told, patient).toEqual([{ points: 100, to: first }])
    expect(await coupons()).toEqual([100])
    await shop.close()
  })

  it('show what another has made, however fresh what they have read', async () => {
    const shop = await shopper()
    const [one, other] = [await shop.tab(), await shop.tab()]
    await open(other)
    // What comes when there is time has come.
    await other.waitForFunction(() => customElements.get('muse-page'), undefined, patient)
    await redeem(one, 100)
    await Promise.all([shows(one, 100), shows(other, 100)])
    expect(shop.told).toEqual([{ points: 100, to: one }])
    expect(shop.troubles).toEqual([])
    await shop.close()
  })

  it('see a redeem through once the tab that asked for it is closed without an answer', async () => {
    const shop = await shopper()
    shop.fate = () => {}
    const first = await asking(shop)
    const late = await shop.tab()
    await open(late)
    await idle(late)
    shop.fate = (route) => route.continue()
    await first.close()
    await shows(late, 100)
    await expect.poll(() => shop.told, patient).toEqual([{ points: 100, to: late }])
    await isOneCoupon(shop)
    await shop.close()
  })

  it('make one coupon of one redeem also where nothing tells them of each other', async () => {
    const shop = await shopper('<script>delete Navigator.prototype.locks</script>')
    const both = Promise.withResolvers<void>()
    shop.fate = async (route) => {
      if (shop.asked.length === 2) both.resolve()
      await both.promise
      await route.continue()
    }
    const first = await asking(shop)
    const late = await shop.tab()
    await launcherOf(late).click()
    await Promise.all([shows(first, 100), shows(late, 100)])
    await isOneCoupon(shop)
    await shop.close()
  })
})
