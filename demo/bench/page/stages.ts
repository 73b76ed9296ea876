// The previews: puts each state on its stage, paints it with the theme, and finds out what paints what.
import { type State, type Step, states } from '../shop/states.ts'
import type { World } from '../shop/world.ts'
import type { Setting } from '../stage.ts'
import { type Theme, tokenOf, worn } from '../theme/tokens.ts'

export interface Look {
  locale: string
  scheme: 'light' | 'dark'
  still: boolean
  forced: boolean
}
type Window = globalThis.Window & {
  Muse?: { ready?: Promise<unknown>; open?(view?: string): Promise<void> }
  CSSStyleSheet: typeof CSSStyleSheet
}

/** So many stages are set at the same time; each loads the widget and talks to the server. */
const HANDS = 2
let busy = 0
const waiting: (() => void)[] = []
let seated = 0

/** Sets a state on a stage; resolves when it is as it should be. `signal` calls it off. */
export async function stageState(frame: HTMLIFrameElement, state: State, look: Look, world: World, signal: AbortSignal): Promise<void> {
  if (busy >= HANDS) await new Promise<void>((turn) => waiting.push(turn))
  busy++
  try {
    if (!signal.aborted) await perform(frame, state, look, world, signal)
  } finally {
    busy--
    waiting.shift()?.()
  }
}

async function perform(frame: HTMLIFrameElement, state: State, look: Look, world: World, signal: AbortSignal) {
  seated++
  const id = `m-${seated}`
  const { shop, seat, steps, stale, offline = false } = state
  // Whoever opens a panel takes the focus into it, sooner or later. Not from the designer: a stage is awake once they come to it.
  frame.inert = true
  if (seat) await world.alone((at) => seat(world, id, shop, at))
  const token = seat ? await world.token(shop, id, stale ? 7_200_000 : 0) : ''
  const setting: Setting = { shop, token, locale: look.locale, scheme: look.scheme, position: 'bottom-left', theme: '', offline }
  const loaded = new Promise((done) => frame.addEventListener('load', done, { once: true }))
  frame.src = `stage.html?${seated}#${encodeURIComponent(JSON.stringify(setting))}`
  await loaded
  const host = await found(frame.contentDocument!, 'muse-widget', signal)
  if (!host || signal.aborted) return
  dress(frame, look)
  repaint(frame)
  const { Muse } = frame.contentWindow as Window
  await Promise.race([Muse?.ready?.catch(() => {}), pause(1_500)])
  for (const step of steps) if (!signal.aborted) await act(frame, step, { world, shop, id, signal })
  // The panel asks for the focus after its first frame.
  if (steps.length) await found(rootOf(frame)!, '.head', signal)
  await pause(400)
}

async function act(frame: HTMLIFrameElement, [what, value]: Step, at: { world: World; shop: string; id: string; signal: AbortSignal }) {
  const root = rootOf(frame)
  if (!root) return
  if (what === 'open') await Promise.race([(frame.contentWindow as Window).Muse?.open?.(value), pause(4_000)])
  else if (what === 'spend') await at.world.alone(() => at.world.member(at.shop, at.id, 'POST', '/coupons', { points: value }))
  else if (what === 'unfold') (await found(root, 'details', at.signal))?.setAttribute('open', '')
  else {
    const element = await found<HTMLElement>(root, value as string, at.signal)
    if (what === 'press') element?.click()
  }
}

/** What a selector finds, as soon as it does; undefined when it never comes. */
async function found<E extends Element>(root: ParentNode, selector: string, signal: AbortSignal): Promise<E | undefined> {
  for (let tries = 0; tries < 200 && !signal.aborted; tries++) {
    const element = root.querySelector<E>(selector)
    if (element) return element
    await pause(25)
  }
  return undefined
}

/** Day or night on a stage that is set. */
export function lit(frame: HTMLIFrameElement, scheme: string) {
  const host = hostOf(frame)
  if (!host) return
  host.style.setProperty('--muse-scheme', scheme)
  frame.contentDocument!.documentElement.dataset.scheme = scheme
}

const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms))
const hostOf = (frame: HTMLIFrameElement) => frame.contentDocument?.querySelector<HTMLElement>('muse-widget')
const rootOf = (frame: HTMLIFrameElement) => hostOf(frame)?.shadowRoot

/** What a page cannot ask of a browser is put on the stage as a last sheet: no motion, and a contrast theme's colours. */
function dress(frame: HTMLIFrameElement, { still, forced }: Look) {
  const css = [
    still ? ':host { --muse-time: 0ms !important } * { animation: none !important; transition: none !important }' : '',
    forced ? contrastTheme : '',
  ]
  const { CSSStyleSheet: Sheet } = frame.contentWindow as Window
  const sheet = new Sheet()
  sheet.replaceSync(css.join('\n'))
  const root = rootOf(frame)!
  // The panel brings its sheets later, and before them none of its own is to be lost.
  const lay = () => {
    if (root.adoptedStyleSheets.at(-1) !== sheet)
      root.adoptedStyleSheets = [...root.adoptedStyleSheets.filter((each) => each !== sheet), sheet]
  }
  if (!css.join('')) return
  lay()
  ;new (frame.contentWindow as Window & { MutationObserver: typeof MutationObserver }).MutationObserver(lay).observe(root, {
    childList: true,
    subtree: true,
  })
}

const contrastTheme = `
  * { background-color: #000 !important; color: #fff !important; border-color: #fff !important; box-shadow: none !important; }
  button, a, .main, .plain { color: #ffff00 !important; border-color: #ffff00 !important; }
  i { background-color: #fff !important; }
  :disabled { color: #3ff23f !important; opacity: 1 !important; border-color: #3ff23f !important; }
  :focus-visible { outline-color: #1aebff !important; }`

const nobody = () => {}

/** What each stage is painted with now. */
const painted = new WeakMap<HTMLElement, Theme>()
let now: Theme = {}
const stages = new Set<HTMLIFrameElement>()
const seen = new Set<HTMLIFrameElement>()

/** Keeps a stage painted from here on; `isSeen` says whether anybody looks. */
export function keep(frame: HTMLIFrameElement, isSeen: boolean) {
  stages.add(frame)
  if (isSeen) seen.add(frame)
  else seen.delete(frame)
  schedule()
}

export function drop(frame: HTMLIFrameElement) {
  stages.delete(frame)
  seen.delete(frame)
}

/** Paints every stage with this theme: those that are seen first, a few a frame, so that no frame takes long. `then` is called after. */
export function paint(theme: Theme, then: () => void) {
  now = worn(theme)
  told = then
  schedule()
}
let told = nobody
let toldAt = 0

/** Stages a frame may repaint; what is not seen waits until nothing else is to do. */
const SHARE = 2
/** However long a drag lasts, the rest of the page hears of it this often, in milliseconds. */
const PATIENCE = 150
let scheduled = false
let hasPainted = true
function schedule() {
  if (scheduled) return
  scheduled = true
  requestAnimationFrame(() => {
    scheduled = false
    const stale = (frames: Iterable<HTMLIFrameElement>) =>
      [...frames].filter((frame) => painted.get(hostOf(frame)!) !== now && hostOf(frame))
    const first = stale(seen)
    // Never twice without a stage between: a slow machine would else paint none while one drags.
    const isLate = hasPainted && performance.now() - toldAt > PATIENCE
    hasPainted = !(told !== nobody && (isLate || !first.length))
    if (!hasPainted) tell()
    else if (first.length) for (const frame of nextOf(first)) repaint(frame)
    else for (const frame of stale(stages).slice(0, 1)) repaint(frame)
    if (told !== nobody || stale(stages).length) schedule()
  })
}

function tell() {
  const then = told
  told = nobody
  toldAt = performance.now()
  then()
}

/** Whose turn it is: the one that has waited longest, even when each frame brings another theme. */
let turn = 0
function nextOf(frames: HTMLIFrameElement[]) {
  turn += SHARE
  return Array.from({ length: Math.min(SHARE, frames.length) }, (_, at) => frames[(turn + at) % frames.length]!)
}

function repaint(frame: HTMLIFrameElement) {
  const host = hostOf(frame)
  if (!host) return
  const before = painted.get(host) ?? {}
  for (const name of Object.keys(before)) if (!Object.hasOwn(now, name)) host.style.removeProperty(`--muse-${name}`)
  for (const [name, value] of Object.entries(now)) if (before[name] !== value) host.style.setProperty(`--muse-${name}`, value)
  painted.set(host, now)
}

/** The tokens that paint an element of the widget, the nearest first: read from the rules that match it and what it inherits from. */
export function tokensAt(target: Element, root: ShadowRoot): string[] {
  const names = new Set<string>()
  const inherits = /^(color|font|letter-spacing|line-height|stroke|fill)/
  // What lies behind it is as much part of what one sees, but no further than the first ground.
  let isCovered = false
  for (let element: Element | null = target; element; element = element.parentElement) {
    const rules = root.adoptedStyleSheets.flatMap((sheet) => matching([...sheet.cssRules], element!))
    // As it is written: a shorthand with a token in it has no longhands to be asked for.
    for (const { style } of rules.reverse())
      for (const [, property, value] of style.cssText.matchAll(/([\w-]+):\s*([^;]+)/g)) {
        const isHere = element === target || inherits.test(property!) || (!isCovered && /^(background|border-.*radius)/.test(property!))
        if (isHere) for (const [, name] of value!.matchAll(/var\(--muse-([\w-]+)/g)) if (tokenOf(name!)) names.add(name!)
      }
    isCovered ||= element !== target && getComputedStyle(element).backgroundColor !== 'rgba(0, 0, 0, 0)'
  }
  return [...names]
}

function matching(rules: CSSRule[], element: Element): CSSStyleRule[] {
  return rules.flatMap((rule) => {
    const { selectorText, conditionText, cssRules, media } = rule as CSSStyleRule & CSSMediaRule
    if (media) return element.ownerDocument.defaultView!.matchMedia(conditionText).matches ? matching([...cssRules], element) : []
    if (!selectorText || selectorText.startsWith(':host')) return []
    const bare = selectorText.replace(/::[\w-]+(\([^)]*\))?/g, '')
    return bare && element.matches(bare) ? [rule as CSSStyleRule] : []
  })
}

export { states }
