// A merchant's site for the browser tests: any page under any policy, beside the real server, with members who have something to show.
import { decode } from '@cwasm/lodepng'
import { SignJWT } from 'jose'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { serve } from '../server/hosts/node.ts'
import type { Muse } from '../widget/muse.ts'

export interface Served {
  html: string
  headers?: Record<string, string>
}

export type Site = Awaited<ReturnType<typeof openSite>>

const program = {
  name: 'JeJ Muse',
  currency: 'JPY',
  timeZone: 'Asia/Tokyo',
  earning: { purchase: { percent: 1, delay: 'P7D' }, welcome: { points: 50 } },
  links: { signIn: '/login', signUp: '/register' },
}

/** A program with `more` in it, and members who have so many points beside those of their welcome. */
export async function openSite(more: object = {}, points: Record<string, number> = {}) {
  const pages = new Map<string, Served>()
  const site = {
    async fetch(request: Request) {
      const { html, headers } = pages.get(new URL(request.url).pathname) ?? { html: '' }
      return new Response(html || null, { status: html ? 200 : 204, headers: { 'content-type': 'text/html; charset=utf-8', ...headers } })
    },
  }
  const server = await serve({ port: 0, data: null, operatorKey: 'op_test', site })
  const ask = async (method: string, path: string, bearer: string, body: object) => {
    const headers = { authorization: `Bearer ${bearer}`, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }
    const sent =
      body instanceof FormData ? { authorization: headers.authorization, 'idempotency-key': headers['idempotency-key'] } : headers
    const whole = body instanceof FormData ? body : JSON.stringify(body)
    const answer = await fetch(`${server.url}/v1/shops/jej${path}`, { method, headers: sent, body: whole })
    if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`)
    return answer.json()
  }
  // The same server by another name is another origin.
  const other = server.url.replace('localhost', '127.0.0.1')
  const origins = [server.url, other]
  const { keys } = await ask('PUT', '', 'op_test', { program: { ...program, ...more }, origins })
  const token = (member: string, claims: object = {}) =>
    new SignJWT({ aud: 'jej', sub: member, ...claims })
      .setProtectedHeader({ alg: 'HS256', kid: keys.signing.kid })
      .setIssuedAt()
      .setExpirationTime('55m')
      .sign(new TextEncoder().encode(keys.signing.secret))
  const grant = (member: string, points: number) => ask('POST', `/members/${member}/grants`, keys.secret, { points, reason: 'gift' })
  for (const [member, count] of Object.entries(points)) await grant(member, count)
  let count = 0
  return {
    url: server.url,
    other,
    token,
    grant,
    merchant: (method: string, path: string, body: object) => ask(method, path, keys.secret, body),
    /** As the member of a token. */
    as: (token: string, method: string, path: string, body: object) => ask(method, path, token, body),
    redesign: (change: object) => ask('PUT', '', 'op_test', { program: { ...program, ...more, ...change }, origins }),
    /** Puts a page up; answers with its address. */
    put(served: Served) {
      const path = `/page-${++count}`
      pages.set(path, served)
      return server.url + path
    },
    close: () => server.close(),
  }
}

/** The tag as a merchant pastes it. */
export const tagOf = (attributes: Record<string, string> = {}, nonce = '', from = '') =>
  `<script async src="${from}/muse.js" data-shop="jej"${nonce && ` nonce="${nonce}"`}${Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`)
    .join('')}></script>`

/** What a page of the shop's has beside the tag. */
export interface Pasted {
  head?: string
  body?: string
  /** The tag's own. */
  attributes?: Record<string, string>
}

/** A page of the shop's with the tag at its end. */
export const pasted = ({ head = '', body = '', attributes = {} }: Pasted = {}) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title>${head}</head>
<body>${body}${tagOf(attributes)}</body></html>`

/** A page of its own context, and all it has to complain about. */
export async function visit(browser: Browser, url: string, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ viewport: { width: 1000, height: 800 }, reducedMotion: 'reduce', ...options })
  const page = await context.newPage()
  const troubles: string[] = []
  page.on('pageerror', (error) => troubles.push(String(error)))
  page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()))
  await page.goto(url)
  return { page, troubles, close: () => context.close() }
}

/** Of two pictures of one size, the part of the pixels that differ by more than a shade. */
export function difference(one: Buffer, other: Buffer): number {
  const [a, b] = [decode(one), decode(other)]
  if (a.width !== b.width || a.height !== b.height) return 1
  let count = 0
  for (let at = 0; at < a.data.length; at += 4) {
    const isOther = [0, 1, 2].some((channel) => Math.abs(a.data[at + channel]! - b.data[at + channel]!) > 8)
    if (isOther) count++
  }
  return count / (a.width * a.height)
}

export const launcherOf = (page: Page) => page.getByRole('button', { name: 'JeJ Muse', exact: true })
export const panelOf = (page: Page) => page.getByRole('dialog', { name: 'JeJ Muse' })

/** How long a browser may take for what it does at once where nobody else wants the machine. */
export const patient = { timeout: 20_000 }
/** Waits for the launcher, with a member's balance on it: `12,345`. */
export const shows = (page: Page, points: string) =>
  launcherOf(page)
    .and(page.locator(`[aria-description="${points} pt"]`))
    .waitFor(patient)
/** Waits until all is there that comes once there is time: the launcher can be carried. */
export const whole = (page: Page) =>
  page.waitForFunction(() => document.querySelector('muse-widget')!.shadowRoot!.querySelector('button')!.style.touchAction === 'none')
/** Does something with the page's own `Muse`. */
export const museOf = <T>(page: Page, act: (muse: Muse) => T) => page.evaluate(`(${act})(window.Muse)`)
