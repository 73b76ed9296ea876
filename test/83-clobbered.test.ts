// Pages whose forms and pictures are named like what a document does (`<form name="querySelector">`), which is then what it answers with: the
// widget opens, redeems and copies by all that it asks of a document, and its embeds are drawn.
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { launcherOf, openSite, panelOf, tagOf, visit } from './80-site.ts'
import { opened } from './opened.ts'

const here = opened({ site: () => openSite({ redeeming: { coupon: { max: 5_000 }, checkout: { max: null } } }, { hana: 100_000 }) })
const patient = { timeout: 20_000 }
const built = ['dist/widget/muse.js', ...readdirSync('dist/widget/chunks').map((file) => `dist/widget/chunks/${file}`)]
const code = built.filter((file) => file.endsWith('.js')).map((file) => readFileSync(file, 'utf8'))
/** Every word that is asked for as a name, or of a document's prototype: the names of elements are among them, too. */
const words = code.flatMap((text) => Array.from(text.matchAll(/(?:\(|prototype,)`([a-z]\w+)`|\.prototype\.(\w+)/gi), ([, a, b]) => a ?? b!))
/** Of those, what a document has; and what the browser, Preact or the next version may ask it for. */
const known = ['createElement', 'createElementNS', 'createTextNode', 'currentScript', 'documentElement', 'activeElement', 'execCommand']
const asked = [...known, 'querySelector', 'querySelectorAll', 'elementsFromPoint', 'addEventListener', 'visibilityState']
const others = ['body', 'head', 'cookie', 'fonts', 'baseURI', 'location', 'defaultView', 'ownerDocument', 'nodeType', 'getElementById']

const clobbered = (names: string[]) => names.map((name) => `<form name="${name}"></form><img name="${name}" alt="">`).join('')
const put = async (body: string, token?: string) =>
  here.site.put({
    html: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title></head>
<body>${body}${tagOf(token ? { 'data-token': token } : {})}</body></html>`,
  })

it('the widget asks no document for anything by name', () => {
  expect(code.join('\n').match(/\bdocument(\?\.|\.|\[)\w+/g) ?? []).toEqual([])
})

it('what it asks a document’s prototype for is what is told of here', async () => {
  const { page, close } = await visit(here.browser, 'about:blank')
  const has = await page.evaluate((words) => words.filter((word) => word in Document.prototype), [...new Set(words)])
  const ours = has.filter(
    (word) =>
      !['remove', 'append', 'contains', 'constructor', 'title', 'links', 'images', 'forms', 'location', 'open', 'close'].includes(word),
  )
  expect(ours.filter((word) => !asked.includes(word))).toEqual([])
  await close()
})

describe('a page may name a form, and a picture,', () => {
  it.each(asked.map((name): [string, string[]] => [name, [name]]).concat([['all of these and more', [...asked, ...others]]]))(
    '%s',
    async (name, names) => {
      // Somebody without coupons: the one that is copied is the one that was made.
      const member = `hana of ${name}`.replaceAll(' ', '-')
      await here.site.grant(member, 1_000)
      const { page, troubles, close } = await visit(here.browser, await put(clobbered(names), await here.site.token(member)))
      // As on pages without TLS, so that copying has to ask the document.
      await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }))
      await launcherOf(page).and(page.locator('[aria-description]')).click(patient)
      await panelOf(page).locator('.redeem > .main').click(patient)
      await panelOf(page).getByRole('spinbutton', { name: 'Points to redeem' }).fill('10', patient)
      await panelOf(page).getByRole('button', { name: 'Redeem' }).click()
      await panelOf(page).getByText('¥10 off').first().waitFor(patient)
      await panelOf(page).getByRole('button', { name: 'Copy' }).first().click(patient)
      await panelOf(page).getByText('Copied', { exact: true }).first().waitFor(patient)
      await page.keyboard.press('Escape')
      await expect.poll(() => panelOf(page).isVisible(), patient).toBe(false)
      expect(troubles).toEqual([])
      await close()
    },
  )
})

describe('with all of them', () => {
  const all = clobbered([...asked, ...others])

  it('the embeds are drawn', async () => {
    const embeds = ['<muse-points price="10000"></muse-points>', '<muse-checkout total="5000"></muse-checkout>', '<muse-page></muse-page>']
    const { page, troubles, close } = await visit(here.browser, await put(all + embeds.join(''), await here.site.token('hana')))
    await page.getByText('Earn 100 points').waitFor(patient)
    await page.locator('muse-checkout').getByRole('slider').waitFor(patient)
    await page.locator('muse-page').getByRole('heading', { name: 'Discount coupons' }).waitFor(patient)
    expect(troubles).toEqual([])
    await close()
  })

  it('a guest is led to the shop’s own pages', async () => {
    const { page, troubles, close } = await visit(here.browser, await put(all))
    await launcherOf(page).click(patient)
    expect(
      await panelOf(page)
        .getByRole('link', { name: /sign in/i })
        .first()
        .getAttribute('href', patient),
    ).toBe(`${here.site.url}/login`)
    expect(troubles).toEqual([])
    await close()
  })
})
