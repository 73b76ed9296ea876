// A page of the shop with the widget as it is built, in this process: happy-dom's document, the clock's timers, and the network's fetch.
// To load it anew is to run the tag again; its chunks are there already, but may come late.
import '../50-window.ts'
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { constants, Script } from 'node:vm'
import type { Muse } from '../../widget/muse.ts'
import type { Clock } from './clock.ts'
import type { Network } from './network.ts'

export type Page = ReturnType<typeof pageOf>

const POINTS = 'https://points.example/'
/** Every dynamic import goes by way of `museLate`, which is told its address. */
const lateChunk = (code: string) => code.replaceAll(/\bimport\(([^()]*(?:\([^()]*\))?)\)/g, 'museLate(String($1), () => import($1))')

/** `built` is the folder the widget was built into. */
export function pageOf(clock: Clock, network: Network, built: string) {
  const tag = tagOf(built)
  /** The chunks this visit has asked for: each comes once, and some take their time. */
  let chunks = new Map<string, Promise<unknown>>()
  const late = (name: string, fetched: () => Promise<unknown>) => {
    const { visit, dice } = network
    const after = dice.chance(0.2) ? dice.between(1, 400) : 0
    const known = chunks.get(name)
    const chunk =
      known ?? clock.meanwhile(fetched()).then((found) => new Promise((resolve) => clock.set(() => resolve(found), after, visit)))
    chunks.set(name, chunk)
    return chunk
  }
  const later = (act: (...rest: unknown[]) => unknown, milliseconds?: number, ...rest: unknown[]) =>
    clock.set(() => act(...rest), milliseconds, network.visit)
  let frames = new Set<number>()
  const frame = (act: () => unknown) => {
    const name = later(act, 16)
    frames.add(name)
    return name
  }
  const locks = locksOf()
  Object.defineProperty(navigator, 'locks', { value: { request: locks.request }, configurable: true })
  Object.assign(globalThis, {
    ...{ museLate: late, fetch: network.fetch, setTimeout: later, clearTimeout: clock.clear },
    requestAnimationFrame: frame,
    cancelAnimationFrame: clock.clear,
  })
  Date.now = clock.now
  let said: Said = { member: undefined, redeemed: [] }
  addEventListener('muse:wallet', (event) => {
    said.member = (event as CustomEvent).detail.wallet?.member.id
  })
  addEventListener('muse:redeem', (event) => said.redeemed.push((event as CustomEvent).detail.coupon.points))
  const root = () => document.querySelector('muse-widget')?.shadowRoot as ShadowRoot
  return {
    /** What the page has been told by events since it was loaded. */
    said: () => said,
    muse: () => window.Muse as Muse,
    visit(token: string | undefined) {
      network.visit++
      network.open = 0
      chunks = new Map()
      locks.renew()
      said = { member: undefined, redeemed: said.redeemed }
      const script = document.createElement('script')
      script.setAttribute('data-shop', 'jej')
      if (token) script.setAttribute('data-token', token)
      Object.defineProperty(script, 'src', { value: `${POINTS}muse.js` })
      Object.defineProperty(Document.prototype, 'currentScript', { value: script, configurable: true })
      tag.runInThisContext()
    },
    async leave() {
      const { visit } = network
      // The code stays for the next visit, and Preact's would wait for ever for a frame that a page took along.
      while (frames.size > 0) {
        const drawn = frames
        frames = new Set()
        clock.draw(drawn)
        await clock.rest()
      }
      network.visit++
      clock.leave(visit)
      ;(window.Muse as Muse | undefined)?.remove?.()
      clock.leave(visit)
    },
    launcher: () => root().querySelector('button')!,
    dialog: () => root().querySelector('dialog'),
    all: <E extends Element>(selector: string) => Array.from(root().querySelectorAll<E>(`dialog ${selector}`)),
    one: <E extends Element>(selector: string) => root().querySelector<E>(`dialog ${selector}`),
  }
}

// The tag as one script, whose chunks come from the folder it was built into.
function tagOf(built: string): Script {
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier.startsWith(POINTS)
        ? { url: pathToFileURL(join(built, specifier.slice(POINTS.length))).href, format: 'module', shortCircuit: true }
        : next(specifier, context),
    load: (url, context, next) =>
      url.includes('/widget/chunks/')
        ? { format: 'module', source: lateChunk(readFileSync(new URL(url), 'utf8')), shortCircuit: true }
        : next(url, context),
  })
  return new Script(lateChunk(readFileSync(join(built, 'muse.js'), 'utf8')), {
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  })
}

// The locks of this visit: those of a page that is left are free. In the clock's time, which the language's own know nothing of.
function locksOf() {
  let held = new Map<string, Promise<unknown>>()
  return {
    renew: () => {
      held = new Map()
    },
    async request(name: string, ...rest: unknown[]) {
      const here = held
      const act = rest.at(-1) as (lock: object | null) => Promise<unknown>
      if (here.has(name) && rest.length > 1) return act(null)
      while (here.has(name)) await here.get(name)
      const done = Promise.resolve(act({ name })).finally(() => here.delete(name))
      here.set(name, done)
      return done
    },
  }
}

interface Said {
  /** Whose wallet was shown last. */
  member: string | undefined
  /** The points of coupons that were made, in the whole interleaving. */
  redeemed: number[]
}
