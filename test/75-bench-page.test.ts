// The bench as a designer has it: a folder of files on any file host, in a real Chromium, from a colour to a finished theme, and all of
// it again with the network off.
import { createReadStream, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from 'vitest'
import { build } from '../bin/build.js'
import { read } from '../demo/bench/formats/read.ts'
import { failures, sideOf } from '../demo/bench/theme/gate.ts'
import { themeOf } from '../demo/bench/theme/tokens.ts'
import { themes } from '../widget/theme/themes.ts'
import { launch } from './chromium.ts'

const folder = 'dist/bench'
const shots = 'test-results/bench'
const types = { js: 'text/javascript', css: 'text/css', html: 'text/html', svg: 'image/svg+xml', wasm: 'application/wasm' }
let browser: Browser
let host: Server
let address: string

beforeAll(async () => {
  build()
  mkdirSync(shots, { recursive: true })
  browser = await launch()
  // As plain as a file host can be, and the bench is in a folder of it.
  host = createServer(({ url = '' }, answer) => {
    const path = new URL(url, 'http://host').pathname.replace(/^\/brand\/tools\//, '') || 'index.html'
    const file = join(folder, path)
    if (!url.startsWith('/brand/tools/') || !existsSync(file)) return answer.writeHead(404).end()
    answer.writeHead(200, { 'content-type': types[file.split('.').at(-1) as keyof typeof types] ?? 'application/octet-stream' })
    return createReadStream(file).pipe(answer)
  })
  await new Promise<void>((open) => host.listen(0, open))
  address = `http://localhost:${(host.address() as AddressInfo).port}/brand/tools/`
})
afterAll(async () => {
  await browser?.close()
  host?.closeAllConnections()
  host?.close()
})

async function openBench(context: BrowserContext, more = '?lang=en') {
  const page = await context.newPage()
  const troubles: string[] = []
  page.on('pageerror', (error) => troubles.push(error.message))
  // What a preview of a refusal or of a lost connection writes to the console belongs to it.
  page.on(
    'console',
    (message) => message.type() === 'error' && !/Failed to load resource/.test(message.text()) && troubles.push(message.text()),
  )
  onTestFailed(async () => {
    console.error(troubles)
    await page.screenshot({ path: `${shots}/failed.png` }).catch(() => {})
  })
  await page.goto(address + more)
  await page.locator('.cell').first().waitFor()
  return { page, troubles }
}

const staged = async (page: Page, state: string) => {
  const cell = page.locator(`.cell[data-state="${state}"]`).first()
  await cell.scrollIntoViewIfNeeded()
  await page.locator(`.cell[data-state="${state}"][data-set="true"]`).first().waitFor()
  // A stage takes no focus before one comes to it.
  await cell.locator('figcaption').hover()
  return { cell, frame: cell.frameLocator('iframe') }
}
const rgb = (hex: string) => `rgb(${[1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join(', ')})`
const colourOf = (page: Page, state: string, selector: string) =>
  page
    .locator(`.cell[data-state="${state}"] iframe`)
    .first()
    .evaluate((frame, selector) => {
      const root = (frame as HTMLIFrameElement).contentDocument!.querySelector('muse-widget')!.shadowRoot!
      return getComputedStyle(root.querySelector(selector)!).backgroundColor
    }, selector)

describe('from a brand’s colour to a pasted theme', () => {
  it('works, and works again with the network off', async () => {
    const context = await browser.newContext({ viewport: { width: 1600, height: 1000 } })
    const { page, troubles } = await openBench(context)
    await staged(page, 'rich')

    // One colour, and every state wears it.
    await page.getByLabel('As text').fill('oklch(44% 0.09 215)')
    await page.getByLabel('As text').press('Enter')
    await page.getByText('All 54 pairs pass WCAG 2.2 AA').waitFor()
    const tag = page.locator('.out textarea')
    await expect.poll(() => tag.inputValue()).toContain('"accent"')
    const { theme } = read(await tag.inputValue())
    const [, day] = /light-dark\((#\w+)/.exec(theme.accent!)!
    await expect.poll(() => colourOf(page, 'rich', '.main')).toBe(rgb(day!))
    expect(failures(theme)).toEqual([])

    // A click tells what paints that part, and does what it does.
    const { frame } = await staged(page, 'rich')
    await frame.getByRole('button', { name: 'Redeem' }).click()
    await frame.getByRole('spinbutton', { name: 'Points to redeem' }).waitFor()
    const painted = page.locator('.inspected [data-token]')
    expect(await painted.evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset.token))).toEqual(
      expect.arrayContaining(['accent', 'on-accent', 'button-radius', 'control', 'weight-strong', 'font', 'text']),
    )

    // The gate: a colour that cannot be read, mended with one click, and undone.
    await page.locator('.layer [data-token="ink-soft"] .dye').first().click()
    await page.getByLabel('As text').fill('#d0d8dc')
    await page.getByLabel('As text').press('Enter')
    await page.getByText(/pairs fail WCAG 2.2 AA/).waitFor()
    await expect.poll(() => tag.inputValue()).toContain('fall short of WCAG 2.2 AA')
    await page.locator('.gate .mend').first().click()
    await page.getByText('All 54 pairs pass WCAG 2.2 AA').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText(/pairs fail WCAG 2.2 AA/).waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('All 54 pairs pass WCAG 2.2 AA').waitFor()
    expect(read(await tag.inputValue()).theme).toEqual(theme)

    // Kept by name, and in the address.
    await page.getByLabel('Save as').fill('Lagoon')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect.poll(() => page.url()).toContain('#theme=')
    await page.screenshot({ path: `${shots}/journey.png` })

    // The network is gone, host and all: the page opens again with its theme, and the shop in it still makes coupons.
    await context.setOffline(true)
    host.closeAllConnections()
    await page.reload()
    const again = await staged(page, 'amount')
    await expect.poll(() => colourOf(page, 'amount', '.main')).toBe(rgb(day!))
    await again.frame.getByRole('button', { name: 'Redeem' }).click()
    await again.frame.getByText('¥1,000 off').waitFor()
    await page.getByRole('button', { name: 'Start over' }).click()
    await page.getByRole('button', { name: 'Load Lagoon' }).click()
    for (const format of ['data-theme', 'Stylesheet', 'tokens.json']) {
      await page.getByRole('radio', { name: format }).check()
      const written = await tag.inputValue()
      await page.getByRole('button', { name: 'Start over' }).click()
      await page.getByLabel('Paste here').fill(written)
      await page.getByRole('button', { name: 'Read it' }).click()
      await expect.poll(() => tag.inputValue()).toBe(written)
      expect(read(written).theme).toEqual(theme)
    }
    expect(troubles).toEqual([])
    await context.close()
  })

  it('begins with a picture of a logo as well', async () => {
    const { page } = await openBench(browser.contexts()[0] ?? (await browser.newContext()))
    const picture =
      '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"><rect width="90" height="90" fill="#fff"/><circle cx="45" cy="45" r="30" fill="#0a7d55"/></svg>'
    await page
      .locator('.in input[type="file"]')
      .setInputFiles({ name: 'logo.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(picture) })
    await page.getByRole('button', { name: 'Build a theme on #0a7d55' }).click()
    await expect.poll(() => page.locator('.out textarea').inputValue()).toContain('"brand":"#0a7d55"')
    await page.close()
  })
})

it('sets every state as it should be, in both languages and in every theme', async () => {
  const context = await browser.newContext({ viewport: { width: 1800, height: 3400 } })
  const { page, troubles } = await openBench(context)
  const says: Record<string, RegExp> = {
    ...{
      guest: /Points with every order/,
      zero: /You can redeem from 1 point/,
      pending: /On the way/,
      rich: /45,210/,
      amount: /¥1,000 off/,
    },
    ...{ made: /¥1,000 off/, used: /Used/, expired: /Expired/, expiring: /expire on/, debt: /Owed/, long: /987,649,321/, earn: /1% back/ },
    ...{ history: /Coupon used/, refused: /You do not have enough points/, unanswered: /No answer came/, signedOut: /sign-in has run out/ },
    ...{ offline: /You are offline/, loading: /^(Muse)?$/, launcher: /2,480 pt/, campaign: /10× points/ },
  }
  const shown = await page.locator('.cell').evaluateAll((cells) => cells.map((cell) => (cell as HTMLElement).dataset.state!))
  expect(shown.length).toBeGreaterThanOrEqual(19)
  for (const state of shown) {
    await staged(page, state)
    const text = () =>
      page
        .locator(`.cell[data-state="${state}"] iframe`)
        .first()
        .evaluate((frame) => {
          const { shadowRoot } = (frame as HTMLIFrameElement).contentDocument!.querySelector('muse-widget')!
          // The launcher draws its balance from its description.
          return shadowRoot!.textContent + (shadowRoot!.querySelector('[aria-description]')?.getAttribute('aria-description') ?? '')
        })
    await expect.poll(text, { timeout: 20_000, message: state }).toMatch(says[state]!)
  }
  for (const [scheme, label] of [
    ['light', 'Light'],
    ['dark', 'Dark'],
  ] as const) {
    await page.getByRole('radio', { name: label }).first().check()
    for (const [name, worn] of Object.entries(themes)) {
      await page.getByRole('button', { name, exact: true }).click()
      const accent = rgb(sideOf(themeOf(worn).theme, 'accent', scheme))
      for (const state of ['rich', 'amount', 'made', 'offline'])
        await expect.poll(() => colourOf(page, state, '.main'), { timeout: 10_000, message: `${name} ${scheme} ${state}` }).toBe(accent)
      await page.locator('.gallery').screenshot({ path: `${shots}/${name}-${scheme}.png` })
    }
  }
  await page.getByRole('radio', { name: 'Light' }).first().check()
  await page.getByRole('radio', { name: '日本語' }).check()
  const { frame } = await staged(page, 'pending')
  await frame.getByRole('heading', { name: '割引クーポン' }).waitFor()
  expect(troubles).toEqual([])
  await context.close()
}, 120_000)

describe('everybody can use it', () => {
  it.each(['en', 'ja'])('axe finds nothing, in %s', async (language) => {
    const context = await browser.newContext({ viewport: { width: 1600, height: 1000 } })
    const { page } = await openBench(context, `?lang=${language}`)
    await staged(page, 'guest')
    await page.locator('.layer [data-token="launcher"] .dye').first().click()
    await page.locator('.layer [data-token="ink"] .dye').nth(1).click()
    await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'))
    const { violations, passes } = (await page.evaluate('axe.run(document, { iframes: false })')) as {
      violations: { id: string; nodes: { html: string }[] }[]
      passes: unknown[]
    }
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
    expect(passes.length).toBeGreaterThan(20)
    await context.close()
  })

  it('the keyboard alone reaches everything, and one state full size and back', async () => {
    const context = await browser.newContext({ viewport: { width: 1800, height: 3400 } })
    const { page } = await openBench(context)
    const shown = await page.locator('.cell').evaluateAll((cells) => cells.map((cell) => (cell as HTMLElement).dataset.state!))
    for (const state of shown) await staged(page, state)
    await page.locator('.cast summary').click()
    // Each thing to use, a group of radio buttons being one.
    const missed = await page.evaluate(() => {
      const usable = [
        ...document.querySelectorAll<HTMLElement>('a[href], button:not(:disabled), input:not(:disabled), select, textarea, summary'),
      ]
      const groups = usable.filter((part) => !(part instanceof HTMLInputElement && part.type === 'radio' && !part.checked))
      Object.assign(window, { groups: new Set(groups) })
      document.addEventListener('focusin', ({ target }) => (window as unknown as { groups: Set<unknown> }).groups.delete(target))
      return groups.length
    })
    expect(missed).toBeGreaterThan(60)
    const left = () =>
      page.evaluate(() =>
        [...(window as unknown as { groups: Set<HTMLElement> }).groups]
          .filter((part) => part.isConnected)
          .map((part) => part.outerHTML.slice(0, 120)),
      )
    for (let presses = 0; presses < 600 && (presses % 40 || (await left()).length); presses++) await page.keyboard.press('Tab')
    expect(await left()).toEqual([])

    const open = page.getByRole('button', { name: 'Open full size: Guest, English, Light' })
    await open.focus()
    await page.keyboard.press('Enter')
    const box = await page.locator('.cell[data-full="true"] iframe').boundingBox()
    expect(box!.width).toBe(390)
    await page.keyboard.press('Escape')
    await expect.poll(() => page.locator('.cell[data-full="true"]').count(), { timeout: 10_000 }).toBe(0)
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200)), { timeout: 10_000 })
      .toContain('Open full size: Guest, English, Light')
    await context.close()
  })
})

it('dragging a colour keeps the page’s thread free: no task takes more than 50 ms of it', async () => {
  const context = await browser.newContext({ viewport: { width: 1600, height: 1000 } })
  const { page } = await openBench(context)
  for (const state of ['launcher', 'guest', 'zero', 'pending', 'rich', 'amount', 'made', 'used']) await staged(page, state)
  const wheel = (await page.locator('.wheel').boundingBox())!
  const at = (turn: number) => [wheel.x + wheel.width / 2 + Math.sin(turn) * 70, wheel.y + wheel.height / 2 - Math.cos(turn) * 70] as const
  // Once round, for the compiler to have seen it.
  const round = async (steps: number) => {
    await page.mouse.move(...at(0))
    await page.mouse.down()
    for (let step = 1; step <= steps; step++) await page.mouse.move(...at((step / steps) * Math.PI * 2))
    await page.mouse.up()
  }
  await round(20)
  await browser.startTracing(page, { categories: ['toplevel', 'disabled-by-default-devtools.timeline'] })
  await round(60)
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] }
  const main = new Set(traceEvents.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(threadOf))
  // Time on the processor, not on the wall: other programs run here as well.
  const tasks = traceEvents.filter((event) => event.ph === 'X' && /RunTask$/.test(event.name) && main.has(threadOf(event)))
  const longest = tasks.map(({ tdur = 0 }) => tdur / 1000).toSorted((a, b) => b - a)
  expect(tasks.length).toBeGreaterThan(100)
  expect(longest[0]).toBeLessThan(50)
  console.log(
    `longest tasks of a drag, in ms of processor time: ${longest
      .slice(0, 5)
      .map((ms) => ms.toFixed(0))
      .join(', ')}`,
  )
  await context.close()
})

interface TraceEvent {
  name: string
  ph: string
  pid: number
  tid: number
  tdur?: number
  args: { name?: string }
}
const threadOf = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`
