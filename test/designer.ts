// The theme bench as a designer has it: a folder of files on a file host as plain as can be, opened in a real Chromium.
import { createReadStream, existsSync, mkdirSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { build } from '../bin/build.js'
import { launch } from './chromium.ts'

export const shots = 'test-results/bench'
const folder = 'dist/bench'
const types = { js: 'text/javascript', css: 'text/css', html: 'text/html', svg: 'image/svg+xml', wasm: 'application/wasm' }

/** A page of the bench, and what went wrong in it by now. */
export interface Bench {
  page: Page
  troubles: string[]
  context: BrowserContext
}

/** Hosts the bench and launches a browser: `visit` opens the page in a profile of its own, `cut` takes the host's connections. */
export async function openDesigner() {
  build()
  mkdirSync(shots, { recursive: true })
  const browser = await launch()
  // The bench is in a folder of the host.
  const host = createServer(({ url = '' }, answer) => {
    const path = new URL(url, 'http://host').pathname.replace(/^\/brand\/tools\//, '') || 'index.html'
    const file = join(folder, path)
    if (!url.startsWith('/brand/tools/') || !existsSync(file)) return answer.writeHead(404).end()
    answer.writeHead(200, { 'content-type': types[file.split('.').at(-1) as keyof typeof types] ?? 'application/octet-stream' })
    return createReadStream(file).pipe(answer)
  })
  await new Promise<void>((open) => host.listen(0, open))
  const address = `http://localhost:${(host.address() as AddressInfo).port}/brand/tools/`
  const visit = async (options: BrowserContextOptions, more = '?lang=en'): Promise<Bench> => {
    const context = await browser.newContext(options)
    const page = await context.newPage()
    const troubles: string[] = []
    page.on('pageerror', (error) => troubles.push(error.message))
    // What a preview of a refusal or of a lost connection writes to the console belongs to it.
    page.on(
      'console',
      (message) => message.type() === 'error' && !/Failed to load resource/.test(message.text()) && troubles.push(message.text()),
    )
    await page.goto(address + more)
    await page.locator('.cell').first().waitFor()
    return { page, troubles, context }
  }
  const close = async () => {
    await browser.close()
    host.closeAllConnections()
    host.close()
  }
  return { browser, address, visit, close, cut: () => host.closeAllConnections() }
}

/** Keeps what the page looked like where a test fails. */
export async function keep({ page, troubles }: Bench) {
  console.error(troubles)
  await page.screenshot({ path: `${shots}/failed.png` }).catch(() => {})
}

/** A state once it is on its stage. */
export const set = async (page: Page, state: string) => {
  const cell = page.locator(`.cell[data-state="${state}"]`).first()
  await cell.scrollIntoViewIfNeeded()
  await page.locator(`.cell[data-state="${state}"][data-set="true"]`).first().waitFor()
  return { cell, frame: cell.frameLocator('iframe') }
}
export const staged = async (page: Page, state: string) => {
  const found = await set(page, state)
  // A stage takes no focus before one comes to it.
  await found.cell.locator('figcaption').hover()
  return found
}
export const rgb = (hex: string) => `rgb(${[1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join(', ')})`
export const colourOf = (page: Page, state: string, selector: string) =>
  page
    .locator(`.cell[data-state="${state}"] iframe`)
    .first()
    .evaluate((frame, selector) => {
      const page = (frame as HTMLIFrameElement).contentDocument!
      const root = page.querySelector('muse-page, muse-gallery, muse-widget')!.shadowRoot!
      return getComputedStyle(root.querySelector(selector)!).backgroundColor
    }, selector)

/**
 * All that the widget says in a state; and of every piece of text in sight, as `rgb(…) on rgb(…)`, its colour and the ground it stands
 * on. Not of disabled controls, nor beside a price, where the text is the page's own.
 */
export const textsIn = (page: Page, state: string): Promise<{ said: string; pairs: string[] }> =>
  page
    .locator(`.cell[data-state="${state}"] iframe`)
    .first()
    .evaluate((frame) => {
      const { contentDocument, contentWindow } = frame as HTMLIFrameElement
      const elements = [...contentDocument!.querySelectorAll('*')].filter(
        ({ shadowRoot, localName }) => shadowRoot && /^muse-/.test(localName),
      )
      const pairs = new Set<string>()
      const groundOf = (element: Element | null): string => {
        const ground = element ? contentWindow!.getComputedStyle(element).backgroundColor : ''
        return !element || ground !== 'rgba(0, 0, 0, 0)' ? ground : groundOf(element.parentElement)
      }
      for (const { shadowRoot, localName } of elements) {
        if (/points|badge/.test(localName)) continue
        const walker = contentDocument!.createTreeWalker(shadowRoot!, NodeFilter.SHOW_TEXT)
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          const element = node.parentElement
          if (!element || !node.textContent?.trim() || element.closest('style, :disabled, [aria-disabled="true"]')) continue
          if (!element.checkVisibility() || element.getBoundingClientRect().width < 2) continue
          pairs.add(`${contentWindow!.getComputedStyle(element).color} on ${groundOf(element)}`)
        }
      }
      // The launcher draws its balance from its description.
      const words = elements.map(({ shadowRoot }) => {
        const root = shadowRoot!
        return root.textContent + (root.querySelector('[aria-description]')?.getAttribute('aria-description') ?? '')
      })
      return { said: words.join(' ').trim(), pairs: [...pairs] }
    })
