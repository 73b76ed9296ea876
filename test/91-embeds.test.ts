// All six elements on one page of a strict merchant, in a real Chromium against the real server, in both languages: what one of them
// does, all show; the points of the checkout go with the merchant's own form; and without a script the page's own words are there.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import axe from 'axe-core'
import { SignJWT } from 'jose'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { serve } from '../server/hosts/node.ts'
import { text as en } from '../widget/text/en.ts'
import { more as enMore } from '../widget/text/en-more.ts'
import { text as ja } from '../widget/text/ja.ts'
import { more as jaMore } from '../widget/text/ja-more.ts'
import { opened } from './opened.ts'
import { pngOf } from './pictures/files.ts'
import { album } from './pictures/photos.ts'

const shots = 'test-results/embeds'
const readers = [
  { language: 'en', width: 1280, said: { ...en, ...enMore }, off: '−¥250' },
  { language: 'ja', width: 390, said: { ...ja, ...jaMore }, off: '−250円' },
] as const
const pictures = Object.values(album(240)).map((raster) => pngOf(raster))
const policy =
  "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'; require-trusted-types-for 'script'"
const program = {
  name: 'JeJ Muse',
  currency: 'JPY',
  timeZone: 'Asia/Tokyo',
  earning: {
    purchase: { percent: 1, exclude: { tags: ['early-bird'] } },
    review: { points: 10 },
    photo: { points: 10, perDay: 5 },
    follow: { points: 10, accounts: { x: 'https://x.example/shop' } },
  },
  redeeming: { checkout: { max: null }, exclude: { tags: ['early-bird'] }, gifts: [{ id: 'tote', title: 'Tote bag', points: 800 }] },
  sellers: { percent: 2, from: '2020-01-01T00:00:00Z', until: '2100-01-01T00:00:00Z', badge: { label: '2% points', businessDays: 0 } },
}

const here = opened({ shop: openShop })

mkdirSync(shots, { recursive: true })

describe.each(readers)('reading $language, $width px wide', ({ language, width, said, off }) => {
  const visit = async (member: string, more: object = {}) => {
    const context = await here.browser.newContext({ viewport: { width, height: 900 }, ...more })
    const page = await context.newPage()
    const troubles: string[] = []
    page.on('pageerror', (error) => troubles.push(String(error)))
    page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()))
    await page.goto(`${here.shop.url}/page/${language}/${member}`)
    return { page, troubles }
  }
  const alive = async (page: Page) => {
    for (const name of ['page', 'coupons', 'points', 'badge', 'checkout', 'gallery']) {
      await page.locator(`muse-${name} .embed`).first().waitFor({ state: 'attached' })
    }
    await page.locator('muse-page .gifts').waitFor()
  }

  it('J13, J17 · all six share one wallet, and keep to the page’s policy', { timeout: 60_000 }, async () => {
    const member = `m-${language}`
    await here.shop.grant(member, 2000)
    const { page, troubles } = await visit(member)
    await alive(page)
    const inline = page.locator('muse-page')
    const cart = page.locator('muse-coupons')
    const checkout = page.locator('muse-checkout')
    expect(await page.locator('muse-points .embed').first().innerText()).toBe(said.earns('100'))
    expect(await page.locator('muse-points .embed').nth(1).innerText()).toBe(said.earnsNothing.excluded)
    expect(await page.locator('muse-badge .embed').innerText()).toBe('2% points')

    // 10,000 of the cart may be paid for with points, and 2,000 are there.
    const points = checkout.getByRole('spinbutton', { name: said.checkoutAmount })
    await points.fill('9999')
    expect(await points.inputValue()).toBe('2000')
    await inline.getByRole('button', { name: said.redeem }).click()
    await inline.getByRole('spinbutton', { name: said.amount }).fill('1500')
    await inline.getByRole('button', { name: said.redeem }).click()
    await cart.getByRole('button', { name: said.copy }).waitFor()
    // A theme is the widget's own: what a part takes from above, it takes from there in an embed, too.
    const ground = () => cart.locator('.ticket').evaluate((ticket) => getComputedStyle(ticket).backgroundColor)
    const before = await ground()
    const theme = (name: string, value: string) =>
      page.locator('muse-widget').evaluate((host, [name, value]) => host.style.setProperty(name!, value!), [name, value])
    await theme('--muse-quiet', 'rgb(240, 248, 255)')
    await expect.poll(ground).toBe('rgb(240, 248, 255)')
    await theme('--muse-quiet', '')
    await expect.poll(ground).toBe(before)
    expect(await points.inputValue()).toBe('500')
    expect(await page.locator('output[name=heard]').innerText()).toContain('500')

    await points.fill('250')
    expect(await checkout.locator('output').innerText()).toBe(off)
    expect(await checkout.getByRole('slider', { name: said.checkoutAmount }).inputValue()).toBe('250')
    await page.screenshot({ path: `${shots}/${language}.png`, fullPage: true })
    expect(await violations(page)).toEqual([])

    await cart.getByRole('button', { name: said.undo }).click()
    await inline.locator('.figure b', { hasText: '2,000' }).waitFor()
    await page.getByRole('button', { name: 'Order' }).click()
    expect(await page.locator('body').innerText()).toBe('points=250')
    expect(troubles).toEqual([])
    await page.context().close()
  })

  it('J2 · a photo is seen before it is posted, and then in the gallery', { timeout: 60_000 }, async () => {
    const member = `p-${language}`
    const { page, troubles } = await visit(member)
    await alive(page)
    const gallery = page.locator('muse-gallery')
    await gallery.getByRole('button', { name: said.activities.photo }).click()
    await gallery
      .getByLabel(said.photoFile)
      .setInputFiles({ name: 'tea.png', mimeType: 'image/png', buffer: Buffer.from(pictures[width % 7]!) })
    await gallery.locator('canvas').waitFor()
    await gallery.getByLabel(said.photoCaption).fill(`At the tea party, ${language}`)
    await page.screenshot({ path: `${shots}/${language}-photo.png`, fullPage: true })
    expect(await violations(page)).toEqual([])
    await gallery.getByRole('button', { name: said.photoSend }).click()
    const shown = gallery.locator('figure', { hasText: `At the tea party, ${language}` }).getByRole('img')
    await shown.waitFor()
    await page.waitForFunction((image) => (image as HTMLImageElement).naturalWidth > 0, await shown.elementHandle())
    await page.locator('muse-page .figure b', { hasText: '10' }).waitFor()
    expect(troubles).toEqual([])
    await page.context().close()
  })

  it('without a script, and for a guest at the checkout, the page’s own words stand', { timeout: 60_000 }, async () => {
    const { page } = await visit('guest', { javaScriptEnabled: false })
    expect(await page.locator('main').innerText()).toContain('Members pay with points here')
    expect(await page.locator('muse-checkout input').inputValue()).toBe('0')
    await page.context().close()
    const guest = await visit('guest')
    await guest.page.locator('muse-page .guest').waitFor()
    expect(await guest.page.locator('muse-coupons').innerText()).toBe('Members pay with points here')
    expect(await guest.page.locator('muse-checkout input').isEnabled()).toBe(true)
    await guest.page.context().close()
  })
})

it('pictures come from where the tag came from, beneath a path of the shop’s own too', { timeout: 60_000 }, async () => {
  await here.shop.post('somebody', pictures[0]!)
  const context = await here.browser.newContext()
  const page = await context.newPage()
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await page.goto(`${here.shop.url}/beneath`)
  const shown = page.getByRole('img').first()
  await shown.waitFor()
  await page.waitForFunction((image) => (image as HTMLImageElement).naturalWidth > 0, await shown.elementHandle())
  expect(asked.filter((path) => !/^\/(beneath$|under\/)/.test(path))).toEqual([])
  await context.close()
})

/** What axe has to say about the page as it stands, once nothing moves any more. Run from outside: the page's policy forbids it inside. */
async function violations(page: Page): Promise<string[]> {
  await page.waitForFunction(() => document.getAnimations().every((animation) => animation.playState !== 'running'))
  await page.waitForTimeout(700)
  await page.evaluate(axe.source)
  return page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run()
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${target.join(' ')}`))
  })
}

async function openShop() {
  const data = mkdtempSync(join(tmpdir(), 'muse-embeds-'))
  const keys = { secret: '', signing: { kid: '', secret: '' } }
  const site = { fetch: async (request: Request) => answer(request, (member) => token(keys.signing, member)) }
  const server = await serve({ port: 0, data, operatorKey: 'op_test', site })
  const ask = async (method: string, path: string, bearer: string, body: object) => {
    const headers = { authorization: `Bearer ${bearer}`, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }
    const answer = await fetch(`${server.url}/v1/shops/jej${path}`, { method, headers, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`)
    return answer.json()
  }
  Object.assign(keys, (await ask('PUT', '', 'op_test', { program, origins: [server.url] })).keys)
  await ask('PUT', '/sellers/s1', keys.secret, { name: 'One', joinedAt: '2021-01-01T00:00:00Z' })
  await ask('PUT', '/products/mug', keys.secret, { title: 'Mug', price: 1000, seller: 's1', condition: 'new', buyBox: true })
  return {
    url: server.url,
    grant: (member: string, points: number) => ask('POST', `/members/${member}/grants`, keys.secret, { points, reason: 'gift' }),
    async post(member: string, picture: Uint8Array<ArrayBuffer>) {
      const body = new FormData()
      body.set('photo', new Blob([picture], { type: 'image/png' }), 'tea.png')
      const headers = { authorization: `Bearer ${await token(keys.signing, member)}`, 'idempotency-key': member }
      expect((await fetch(`${server.url}/v1/shops/jej/me/photos`, { method: 'POST', headers, body })).ok).toBe(true)
    },
    async close() {
      await server.close()
      rmSync(data, { recursive: true })
    },
  }
}

const token = ({ kid, secret }: { kid: string; secret: string }, member: string) =>
  new SignJWT({ aud: 'jej', sub: member })
    .setProtectedHeader({ alg: 'HS256', kid })
    .setIssuedAt()
    .setExpirationTime('30m')
    .sign(new TextEncoder().encode(secret))

/** The merchant's pages: one with everything on it, its script, and where its form goes. */
async function answer(request: Request, tokenOf: (member: string) => Promise<string>): Promise<Response> {
  const { pathname } = new URL(request.url)
  const [, what, language = 'en', member = 'guest'] = pathname.split('/')
  const headers = { 'content-security-policy': policy, 'content-type': 'text/html; charset=utf-8' }
  if (what === 'under') {
    const { status, headers, body } = await fetch(request.url.replace('/under/', '/'))
    return new Response(body, { status, headers: { 'content-type': headers.get('content-type') ?? '' } })
  }
  if (what === 'beneath')
    return new Response(
      '<!doctype html><link rel="icon" href="data:,"><script async src="/under/muse.js" data-shop="jej"></script><muse-gallery></muse-gallery>',
      {
        headers: { 'content-type': 'text/html; charset=utf-8' },
      },
    )
  if (what === 'order') return new Response(await request.text(), { headers: { ...headers, 'content-type': 'text/plain' } })
  if (what === 'shop.js') return new Response(script, { headers: { ...headers, 'content-type': 'text/javascript' } })
  if (what !== 'page') return new Response(null, { status: 204, headers })
  const known = member === 'guest' ? '' : ` data-token="${await tokenOf(member)}"`
  return new Response(
    `<!doctype html><html lang="${language}"><meta name="viewport" content="width=device-width"><link rel="icon" href="/icon.png"><title>Shop</title>
<script async src="/muse.js" data-shop="jej"${known}></script><script defer src="/shop.js"></script>
<main><h1>Shop</h1><h2>Item</h2><p>¥10,000 <muse-points price="10000" sku="dress">Members earn points</muse-points></p>
<p>¥5,000 <muse-points price="5000" sku="hat" tags="early-bird">Members earn points</muse-points></p>
<p>Mug <muse-badge sku="mug"></muse-badge></p>
<h2>Points</h2><muse-page><p>Sign in to see your points</p></muse-page>
<h2>Cart</h2><muse-coupons><p>Members pay with points here</p></muse-coupons>
<form action="/order" method="post"><h2>Checkout</h2>
<muse-checkout name="points" total="15000" lines='[{"price":5000,"quantity":2},{"price":5000,"quantity":1,"tags":["early-bird"]}]'>
<label>Points <input name="points" value="0" inputmode="numeric"></label></muse-checkout>
<output name="heard"></output><button>Order</button></form>
<h2>Gallery</h2><muse-gallery><p>Photos</p></muse-gallery></main></html>`,
    { headers },
  )
}

const script = `document.querySelector('muse-checkout').addEventListener('change', ({ target }) => {
  document.querySelector('output[name=heard]').textContent += ' ' + target.value
})`
