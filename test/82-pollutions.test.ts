// Two hundred ways to reach `Object.prototype`, each through the tag's theme, an embed's attributes, queued commands and calls, the claims
// of a token, the server's own answers and what is kept in the browser: it stays as it was.
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { openSite, tagOf, visit } from './80-site.ts'
import { pollutions } from './82-payloads.ts'
import { opened } from './opened.ts'

const AT_ONCE = 17
const rounds = Array.from({ length: Math.ceil(pollutions.length / AT_ONCE) }, (_, round) =>
  pollutions.slice(round * AT_ONCE, (round + 1) * AT_ONCE),
)

const generous = { redeeming: { checkout: { max: null } }, earning: { purchase: { percent: 1 }, photo: { points: 1 } } }
const here = opened({ site: () => openSite(generous, { hana: 5_000 }) })

it('are two hundred', () => {
  expect(new Set(pollutions).size).toBeGreaterThanOrEqual(200)
})

describe.each(rounds.map((round) => [round[0]!, round] as const))('%s and its like', (_, round) => {
  it('change no prototype', { timeout: 60_000 }, async () => {
    const { page, troubles, close } = await visit(here.browser, 'about:blank')
    await answeredWith(page, round)
    const url = here.site.put({ html: pageWith(round, await here.site.token('hana')) })
    await page.addInitScript((round) => {
      for (const name of ['shop', 'token', 'place', 'hana']) {
        try {
          localStorage.setItem('muse', '1')
          localStorage.setItem(`muse:${name}`, round[name.length % round.length]!)
        } catch {}
      }
    }, round)
    await page.goto(url)
    await page.locator('muse-widget button').first().waitFor()
    await page.evaluate(async () => (window.Muse as unknown as { open(): Promise<void> }).open())
    await page.locator('muse-widget dialog h3, muse-widget dialog [role=alert]').first().waitFor()
    // One after the other, as members come and go.
    await page.evaluate(async (round) => {
      const muse = window.Muse as unknown as Record<string, (...rest: unknown[]) => Promise<unknown>>
      for (const json of round) {
        const claims = btoa(json).replaceAll('+', '-').replaceAll('/', '_')
        await Promise.race([muse.identify!(`x.${claims}.x`), new Promise((done) => setTimeout(done, 300))])
        muse.setCart!(JSON.parse(json))
        muse.open!(JSON.parse(json))
      }
    }, round)
    await page.waitForTimeout(100)
    expect(await page.evaluate(reached)).toEqual({ own: [], polluted: [], ran: true })
    // What the server refuses says so in the console, and a total that cannot be a number is its caller's error. Any other would be ours.
    expect(troubles.filter((trouble) => !/Failed to load resource|object to primitive value/.test(trouble))).toEqual([])
    await page.unrouteAll({ behavior: 'ignoreErrors' })
    await close()
  })
})

function pageWith(round: readonly string[], token: string): string {
  const escaped = (value: string) => value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
  const embeds = round.map(
    (json) => `<muse-checkout total="9000" lines="${escaped(json)}"></muse-checkout>
<muse-points price="100" sku="${escaped(json)}" tags="${escaped(json)}"></muse-points><muse-badge sku="__proto__"></muse-badge>`,
  )
  const commands = round.flatMap((json) => [
    `["setCart",${json}]`,
    `["open",${json}]`,
    json.startsWith('[') ? json : `["__proto__",${json}]`,
  ])
  // As JSON the page itself has read: \`__proto__\` is then a name like any other.
  const queue = `window.before = snapshot(); window.Muse = JSON.parse(${JSON.stringify(`[${commands.join()}]`).replaceAll('<', '\\u003c')})`
  const tag = tagOf({
    'data-token': token,
    'data-theme': round[4 % round.length]!,
    'data-cart-total': round[1]!,
    'data-__proto__': 'polluted',
  })
  return `<!doctype html><html lang="en"><title>Shop</title><body><script>${snapshot};${queue}</script>${embeds.join('\n')}${tag}`
}

/** Whatever the server says begins as it does, and ends with what reaches for a prototype. */
async function answeredWith(page: Page, round: readonly string[]) {
  let next = 0
  await page.route('**/v1/shops/jej/**', async (route) => {
    const answer = await route.fetch()
    const body = await answer.text()
    const bad = round.filter((json) => json.startsWith('{'))[next++ % 16] ?? round[0]!
    const whole = body.startsWith('{') && body.length > 2 && bad.startsWith('{') ? `${body.slice(0, -1)},${bad.slice(1)}` : body
    // A name that is expected must stay what it was, or there is nothing to show.
    const isSame =
      answer.ok() &&
      Object.keys(JSON.parse(body || '{}')).some((key) => JSON.stringify(JSON.parse(whole)[key]) !== JSON.stringify(JSON.parse(body)[key]))
    await route.fulfill({ response: answer, body: isSame ? body : whole })
  })
}

/** Defined in the page before anything of ours is there. */
function snapshot() {
  const prototypes = [Object, Array, Function, String, Number, Promise, Map, Element, HTMLElement, Event].map(({ prototype }) => prototype)
  return prototypes.map((prototype) => Reflect.ownKeys(prototype).map(String).sort().join())
}

function reached() {
  const page = window as unknown as { before: string[]; snapshot(): string[] }
  const after = page.snapshot()
  const things: object[] = [{}, [], () => {}, document.body, Promise.resolve()]
  return {
    own: after.filter((names, index) => names !== page.before[index]),
    polluted: things.filter((thing) => 'polluted' in thing || Reflect.get(thing, 'accent') !== undefined).map(String),
    ran: page.before.length > 0,
  }
}
