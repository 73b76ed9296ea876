// A shop's page to tell the widget's stories on: the tag pasted in, answered by the real app over a book in memory. The network
// between the two is ours, so that answers can be lost, held back or counted.
import './50-window.ts'
import './50-drawn.ts'
import { configure, within } from '@testing-library/preact'
import userEvent from '@testing-library/user-event'
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, vi } from 'vitest'
import type { Muse } from '../widget/muse.ts'
import { openShop, type Story } from './story.ts'

configure({
  // A machine may starve a page for longer than the library's second.
  asyncUtilTimeout: 5_000,
  // The library cannot print a shadow root by itself.
  getElementError: (message) => new Error(`${message}\n${document.querySelector('muse-widget')?.shadowRoot?.innerHTML}`),
})

export const POINTS = 'https://points.example'
export type Page = Awaited<ReturnType<typeof paste>>

/** What becomes of one request on its way: answered (nothing), lost before it arrives, or answered with the answer lost or late. */
export type Fate = undefined | 'request lost' | 'answer lost' | { until: Promise<unknown> }

export interface Network {
  /** Every request that left the page, as `POST /me/coupons`. */
  sent: string[]
  keys: string[]
  /** Decides about each request, in the order they leave. */
  fate: (request: string) => Fate | Promise<Fate>
}

/** Counts pages shown and left: a request of an earlier one goes nowhere. */
let visits = 0

/** Opens the shop before the first test of a file, cleans the page after each, and closes after the last. */
export function onePage(opening: Parameters<typeof openShop>[0] = {}) {
  const network = { sent: [], keys: [], fate: () => undefined } as Network
  const world = { network } as { network: Network; shop: Story }
  const server = setupServer(
    http.all(`${POINTS}/v1/*`, async ({ request }) => {
      const path = new URL(request.url).pathname.replace('/v1/shops/jej', '')
      const name = `${request.method} ${path}`
      network.sent.push(name)
      const key = request.headers.get('idempotency-key')
      if (key) network.keys.push(key)
      const fate = await network.fate(name)
      if (fate === 'request lost') return HttpResponse.error()
      const answer = await world.shop.fetch(request)
      if (typeof fate === 'object') await fate.until
      return fate === 'answer lost' ? HttpResponse.error() : answer
    }),
  )
  beforeAll(async () => {
    world.shop = await openShop({ clock: Date.now, ...opening })
    server.listen({ onUnhandledRequest: 'error' })
  })
  afterEach(() => {
    leave()
    localStorage.clear()
    server.resetHandlers()
    Object.assign(network, { sent: [], keys: [], fate: () => undefined })
  })
  afterAll(() => {
    server.close()
    world.shop?.close()
  })
  const visit = async (member: string | undefined, attributes: Record<string, string> = {}) => {
    const token = member && (await world.shop.token(member))
    return paste({ ...(token && { 'data-token': token }), ...attributes })
  }
  /** A visit with the panel open. */
  const open = async (member: string | undefined, attributes: Record<string, string> = {}) => {
    const page = await visit(member, attributes)
    await page.user.click(await page.see.findByRole('button', { name: 'JeJ Muse' }))
    await page.see.findAllByRole('heading', { level: 3 })
    return page
  }
  let count = 0
  /** A member with so many points whom no other test knows, so that none finds what another did. */
  const somebody = async (points: number) => {
    const member = `member-${++count}`
    await world.shop.grant(member, points)
    return member
  }
  return Object.assign(world, { server, visit, open, somebody })
}

/** Pastes the tag, as a merchant would, and runs it. */
export async function paste(attributes: Record<string, string> = {}) {
  visits++
  const visit = visits
  const network = fetch
  vi.stubGlobal('fetch', (...request: Parameters<typeof fetch>) => (visit === visits ? network(...request) : new Promise(() => {})))
  const script = document.createElement('script')
  for (const [name, value] of Object.entries({ 'data-shop': 'jej', ...attributes })) script.setAttribute(name, value)
  Object.defineProperty(script, 'src', { value: `${POINTS}/muse.js` })
  Object.defineProperty(Document.prototype, 'currentScript', { value: script, configurable: true })
  vi.resetModules()
  await import('../widget/tag.ts')
  const host = document.querySelector('muse-widget') as HTMLElement
  const root = host?.shadowRoot as ShadowRoot
  const muse = window.Muse as Muse
  const see = root && within(root as unknown as HTMLElement)
  /** What one reads on the launcher: the balance, or the program's name. */
  const says = () => {
    const { ariaDescription, ariaLabel } = root.querySelector('button')!
    return ariaDescription ?? ariaLabel
  }
  return { host, root, muse, see, user: userEvent.setup(), says, balance: () => root.querySelector('.figure b')?.textContent }
}

/** Opens the amount form of a page whose panel is open. */
export async function amountForm({ see, user }: Page) {
  await user.click(see.getByRole('button', { name: 'Redeem' }))
  return {
    number: await see.findByRole<HTMLInputElement>('spinbutton', { name: 'Points to redeem' }),
    slider: see.getByRole<HTMLInputElement>('slider', { name: 'Points to redeem' }),
    confirm: see.getByRole('button', { name: 'Redeem' }),
  }
}

/** Types over what a field has. (user-event's own `clear` does not find the focus in a shadow root.) */
export async function type({ user }: Page, field: HTMLInputElement, value: string) {
  await user.tripleClick(field)
  await user.keyboard(`{Backspace}${value}`)
}

/** As when the page is left or loaded anew: nothing of it lives on but what is stored, and nothing it began is seen through. */
export function leave() {
  visits++
  vi.unstubAllGlobals()
  ;(window.Muse as Muse | undefined)?.remove?.()
  document.querySelector('muse-widget')?.remove()
  delete window.Muse
}
