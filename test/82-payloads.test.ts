// A thousand ways to smuggle a script in, through every text and URL a merchant or shopper can set: none is run, and none becomes an
// element, an attribute or an address. And two hundred ways to reach `Object.prototype`: it stays as it was.
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { text } from '../widget/text/en.ts'
import { more } from '../widget/text/en-more.ts'
import { openSite, tagOf, visit } from './80-site.ts'
import { payloads } from './82-payloads.ts'
import { opened } from './opened.ts'
import { pngOf } from './pictures/files.ts'
import { dresses, photograph, shots } from './pictures/photos.ts'

const plain = Object.entries({ ...text, ...more }).flatMap(([key, sentence]) => (typeof sentence === 'string' ? [key] : []))

const here = opened({ site: openSite })

/** Deals one after the other, for ever; remembers which were taken. */
function dealer(things: string[]) {
  let next = 0
  const dealt = new Set<string>()
  const deal = (most = 10_000) => {
    const thing = things[next++ % things.length]!
    dealt.add(thing)
    return thing.slice(0, most)
  }
  return { deal, dealt }
}

it('none of a thousand is run', { timeout: 240_000 }, async () => {
  const { deal, dealt } = dealer(payloads)
  expect(new Set(payloads).size).toBeGreaterThanOrEqual(1_000)
  const arrived: Record<string, number> = {}
  for (let round = 0; dealt.size < payloads.length; round++) {
    const token = await stock(round, deal, arrived)
    const url = here.site.put({ html: pageWith(deal, token, round) })
    const { page, close } = await visit(here.browser, 'about:blank')
    const dialogs: string[] = []
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message())
      void dialog.dismiss()
    })
    await between(page, deal)
    await page.goto(url)
    await walk(page)
    expect({ round, dialogs, ...(await judged(page)) }).toEqual({ round, dialogs: [], ran: null, moved: false, foreign: [] })
    await page.unrouteAll({ behavior: 'ignoreErrors' })
    await close()
  }
  // Whatever the server takes has been through it at least once.
  for (const what of ['name', 'theme', 'texts', 'campaigns', 'gifts', 'badge', 'order', 'reason', 'product', 'seller', 'photo', 'review'])
    expect(arrived[what], what).toBeGreaterThan(0)
})

it('would be seen', async () => {
  const { page, close } = await visit(here.browser, here.site.put({ html: '<!doctype html><title>Shop</title><x-y></x-y>' }))
  await page.evaluate((payload) => {
    document.querySelector('x-y')!.attachShadow({ mode: 'open' }).innerHTML = `${payload}<a href="javascript:1">x</a>`
  }, payloads[0]!)
  await page.waitForFunction(() => Reflect.get(window, 'ran'))
  expect((await judged(page)).foreign).toHaveLength(3)
  await close()
})

/** Puts payloads wherever the server takes them; gives the token of a member who bears one. */
async function stock(round: number, deal: (most?: number) => string, arrived: Record<string, number>): Promise<string> {
  const tried = async (what: string, act: () => Promise<unknown>) => {
    const isTaken = await act().then(
      () => true,
      () => false,
    )
    if (isTaken) arrived[what] = (arrived[what] ?? 0) + 1
  }
  let program = {}
  const add = (what: string, part: object) =>
    tried(what, async () => here.site.redesign({ ...program, ...part }).then(() => (program = { ...program, ...part })))
  const earning = { purchase: { percent: 1 }, photo: { points: 10, perDay: 100 }, review: { points: 10 }, welcome: { points: 5 } }
  await add('plain', { earning: { ...earning, follow: { points: 10, accounts: { x: 'https://x.com/shop' } } } })
  await add('name', { name: deal(80) })
  await add('links', { links: { signIn: deal(), signUp: deal(), contact: deal() } })
  await add('links', { links: { signIn: `/${encodeURI(deal())}`, signUp: `https://x.example/?${encodeURI(deal())}` } })
  const theme = { accent: deal(400), surface: deal(400), font: deal(400), 'launcher-label': deal(400) }
  await add('theme', { theme: { ...theme, [deal(60)]: deal(400) } })
  await add('theme', { theme })
  await add('texts', { texts: { en: Object.fromEntries(plain.map((key) => [key, deal(300)])), [deal(20)]: {} } })
  await add('texts', { texts: { en: Object.fromEntries(plain.map((key) => [key, deal(300)])) } })
  await add('campaigns', { campaigns: [{ id: 'c', title: deal(200), multiply: 2 }] })
  await add('gifts', { redeeming: { checkout: { max: null }, gifts: [{ id: 'g', title: deal(200), points: 1 }] } })
  const badge = { label: deal(100), businessDays: 0 }
  await add('badge', { sellers: { percent: 2, from: '2020-01-01T00:00:00Z', badge } })
  const plainMember = `payload-${round}`
  const bearing = deal(60)
  await tried('member', () => here.site.grant(encodeURIComponent(bearing), 10))
  const member = round % 2 && arrived.member ? bearing : plainMember
  const at = encodeURIComponent(member)
  const token = await here.site.token(member, { name: deal(60) })
  await tried('reason', () => here.site.merchant('POST', `/members/${at}/grants`, { points: 500, reason: deal(200) }))
  await tried('seller', () => here.site.merchant('PUT', `/sellers/s${round}`, { name: deal(100), joinedAt: '2020-01-01T00:00:00Z' }))
  const product = {
    title: deal(200),
    price: 900,
    seller: `s${round}`,
    condition: 'new',
    buyBox: true,
    tags: [deal(60)],
    categories: [deal(60)],
  }
  await tried('product', () => here.site.merchant('PUT', `/products/p${round}`, product))
  const day = new Date(Date.now() - 1_000).toISOString()
  const order = (id: string, title: string) =>
    here.site.merchant('PUT', `/members/${at}/orders/${encodeURIComponent(id)}`, {
      ...{ placedAt: day, updatedAt: day, state: 'shipped', shippedAt: day },
      lines: [{ id: '1', sku: `p${round}`, title, price: 20_000, quantity: 1, seller: `s${round}` }],
    })
  await tried('order', () => order('o1', deal(200)))
  await tried('order id', () => order(deal(60), deal(200)))
  await tried('review', () => here.site.as(token, 'POST', '/me/reviews', { order: 'o1', sku: `p${round}`, rating: 5, text: deal(900) }))
  const form = new FormData()
  const picture = pngOf(photograph(Object.values(dresses)[round % 8]!, Object.values(shots)[round % 3]!, round, 72))
  form.set('photo', new Blob([picture], { type: 'image/png' }), `${deal(30)}.png`)
  form.set('caption', deal(200))
  await tried('photo', () => here.site.as(token, 'POST', '/me/photos', form))
  await tried('gift', () => here.site.as(token, 'POST', '/me/gifts', { gift: 'g' }))
  return token
}

/** A page that says payloads wherever a merchant's own code may say anything: on the tag, on every embed, in the queue, in calls. */
function pageWith(deal: (most?: number) => string, token: string, round: number): string {
  const escaped = (value: string) => value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('\0', '')
  const embed = (name: string, ...attributes: string[]) =>
    `<muse-${name}${attributes.map((attribute) => ` ${attribute}="${escaped(deal())}"`).join('')}></muse-${name}>`
  const own = ['open', 'close', 'identify', 'logout', 'refresh', 'setCart', 'on', 'push', 'load', 'toggle', 'ready', 'version']
  const queue = own.map((name) =>
    round % 3 === 0 && name === 'identify' ? [deal()] : [name === 'identify' ? deal() : name, deal(), deal()],
  )
  const calls = `[['setCart', { total: ${quoted(deal())}, lines: [${quoted(deal())}] }], ['open', ${quoted(deal())}], [${quoted(deal())}]]`
  const tag = {
    ...{ 'data-theme': round % 2 ? deal() : `{"accent":${JSON.stringify(deal())},${JSON.stringify(deal())}:${JSON.stringify(deal())}}` },
    ...{ 'data-scheme': deal(), 'data-cart-total': deal(), 'data-extra': deal(), 'data-locale': round % 2 ? deal() : 'en' },
    ...(round % 4 === 3 ? {} : { 'data-token': token }),
    ...(round % 4 === 3 ? { 'data-token-url': deal() } : {}),
  }
  const everywhere = ['class', 'title', 'style', 'lang', 'dir', 'part', 'slot', 'name', 'form']
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Shop</title><body>
<script>window.Muse = ${quoted(queue)}; for (const call of ${calls}) Muse.push(call)</script>
<form>${embed('checkout', 'total', 'lines', ...everywhere)}<muse-checkout total="9000" lines="[{&quot;price&quot;:9000,&quot;quantity&quot;:1}]"></muse-checkout></form>
${embed('points', 'price', 'sku', 'tags', 'categories', 'seller', ...everywhere)}<muse-points price="100" sku="p${round}"></muse-points>
${embed('badge', 'sku', ...everywhere)}<muse-badge sku="p${round}"></muse-badge>
${embed('page', 'purchases', ...everywhere)}${embed('coupons', ...everywhere)}${embed('gallery', ...everywhere)}
${tagOf(Object.fromEntries(Object.entries(tag).map(([name, value]) => [name, value.replaceAll('\0', '')])))}`
}

/** As it may stand inside of a script element. */
const quoted = (value: unknown) => JSON.stringify(value).replaceAll('<', '\\u003c')

/** What the server refuses to keep, it is made to say all the same: links, accounts, and texts of the wrong kind. */
async function between(page: Page, deal: (most?: number) => string) {
  await page.route('**/v1/shops/jej/program', async (route) => {
    const answer = await route.fetch()
    const program = await answer.json()
    program.links = { signIn: deal(), signUp: deal(), contact: deal() }
    if (program.earning.follow) program.earning.follow.accounts = { x: deal(), [deal(40)]: deal() }
    program.money = { ...program.money, symbol: deal(20) }
    program.texts.ja = { navEarn: { dangerouslySetInnerHTML: { __html: deal() } } }
    await route.fulfill({ response: answer, json: program })
  })
}

/** Goes wherever something is shown. */
async function walk(page: Page) {
  await page.locator('muse-widget button').first().waitFor()
  await page.evaluate(async () => (window.Muse as unknown as { open(): Promise<void> }).open())
  await page.locator('muse-widget dialog h3').first().waitFor()
  const views = page.locator('muse-widget nav button')
  for (let view = (await views.count()) - 1; view >= 0; view--) {
    await views.nth(view).click({ timeout: 30_000 })
    await page.waitForTimeout(150)
  }
  const redeem = page.locator('muse-widget .redeem > .main:enabled')
  if (await redeem.count()) await redeem.click({ timeout: 30_000 })
  await page.waitForTimeout(150)
}

/** Runs in the page: whether anything ran, and what is in our roots that is none of ours. */
function judged(page: Page) {
  return page.evaluate(() => {
    const foreign: string[] = []
    const look = (root: ShadowRoot | Document) => {
      for (const element of root.querySelectorAll('*')) {
        if (element.shadowRoot) look(element.shadowRoot)
        if (root === document) continue
        if (/^(script|iframe|object|embed|base|meta|link|style|frameset|video|audio|marquee|math|foreignobject)$/i.test(element.localName))
          foreign.push(element.outerHTML.slice(0, 200))
        for (const { name, value } of element.attributes) {
          const isAddress = /^(href|src|action|formaction|xlink:href|srcdoc)$/i.test(name)
          if (/^on/i.test(name) || name === 'srcdoc') foreign.push(`${element.localName} ${name}=${value}`)
          else if (isAddress && !/^(https?:|blob:http|\/(?!\/))/.test(value)) foreign.push(`${element.localName} ${name}=${value}`)
        }
      }
    }
    look(document)
    return { ran: Reflect.get(window, 'ran') ?? null, moved: !/\/page-\d+$/.test(location.pathname), foreign }
  })
}
