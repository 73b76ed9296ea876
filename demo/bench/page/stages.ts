// The previews: puts each state on its stage.
import type { State, Step } from '../shop/states.ts'
import type { World } from '../shop/world.ts'
import type { Setting } from '../stage.ts'
import { sleep } from './focus.ts'
import { isInSight, repaint } from './paint.ts'
import { areAlive, boxesIn, hostOf, rootsIn } from './roots.ts'

export interface Look {
  locale: string
  scheme: 'light' | 'dark'
  still: boolean
  forced: boolean
}
type Window = globalThis.Window & {
  Muse?: { ready?: Promise<unknown>; open?(view?: string): Promise<void> }
  CSSStyleSheet: typeof CSSStyleSheet
  MutationObserver: typeof MutationObserver
}

/** So many stages are set at the same time; each loads the widget and talks to the server. */
const HANDS = 2
let busy = 0
const waiting: { frame: HTMLIFrameElement; begin: () => void }[] = []
let seated = 0

/** Sets a state on a stage; resolves when it is as it should be. `signal` calls it off. */
export async function stageState(frame: HTMLIFrameElement, state: State, look: Look, world: World, signal: AbortSignal): Promise<void> {
  if (busy >= HANDS) await new Promise<void>((begin) => waiting.push({ frame, begin }))
  busy++
  try {
    if (!signal.aborted) await perform(frame, state, look, world, signal)
  } finally {
    busy--
    next()?.begin()
  }
  // What it has opened comes to rest while the next one is set.
  await pause(400)
}

/** Whose turn it is: what stands full size, then what is in sight, then whoever waits longest. */
function next() {
  const isFull = ({ frame }: { frame: HTMLIFrameElement }) => frame.closest('[data-full="true"]')
  const chosen = waiting.find(isFull) ?? waiting.find(({ frame }) => isInSight(frame)) ?? waiting[0]
  if (chosen) waiting.splice(waiting.indexOf(chosen), 1)
  return chosen
}

async function perform(frame: HTMLIFrameElement, state: State, look: Look, world: World, signal: AbortSignal) {
  seated++
  const id = `m-${seated}`
  const { shop, seat, steps, stale, offline = false, embed } = state
  // Whoever opens a panel takes the focus into it, sooner or later. Not from the designer: a stage is awake once they come to it.
  frame.inert = true
  if (seat) await world.alone((at) => seat(world, id, shop, at))
  if (signal.aborted) return
  const token = seat ? await world.token(shop, id, stale ? 7_200_000 : 0) : ''
  const { locale, scheme, forced } = look
  const setting: Setting = { shop, token, locale, scheme, position: embed ? 'none' : 'bottom-left', theme: '', offline, embed, forced }
  // A frame that is taken out never loads.
  const loaded = new Promise((done) => {
    frame.addEventListener('load', done, { once: true })
    signal.addEventListener('abort', done, { once: true })
  })
  frame.src = `stage.html?${seated}#${encodeURIComponent(JSON.stringify(setting))}`
  await loaded
  sleep(frame)
  if (!(await until(() => hostOf(frame), signal)) || signal.aborted) return
  dress(frame, look)
  repaint(frame)
  const { Muse } = frame.contentWindow as Window
  await Promise.race([Muse?.ready?.catch(() => {}), pause(1_500)])
  for (const step of steps) if (!signal.aborted) await act(frame, step, { world, shop, id, signal })
  if (signal.aborted) return
  if (embed) await until(() => areAlive(frame), signal)
  // The panel asks for the focus after its first frame.
  else if (steps.length) await found(frame, '.head', signal)
  if (signal.aborted) return
  dress(frame, look)
}

async function act(frame: HTMLIFrameElement, [what, value]: Step, at: { world: World; shop: string; id: string; signal: AbortSignal }) {
  if (what === 'open') await Promise.race([(frame.contentWindow as Window | null)?.Muse?.open?.(value), pause(4_000)])
  else if (what === 'spend') await at.world.alone(() => at.world.member(at.shop, at.id, 'POST', '/coupons', { points: value }))
  else if (what === 'unfold') (await found(frame, 'details', at.signal))?.setAttribute('open', '')
  else {
    const element = await found(frame, value as string, at.signal)
    if (what === 'press') element?.click()
  }
}

/** What a selector finds in the widget, as soon as it does. */
const found = (frame: HTMLIFrameElement, selector: string, signal: AbortSignal) =>
  until(() => rootsIn(frame).flatMap((root) => root.querySelector<HTMLElement>(selector) ?? [])[0], signal)

/** What `look` sees, as soon as it sees anything; undefined when that never comes. */
async function until<T>(look: () => T, signal: AbortSignal): Promise<T | undefined> {
  for (let tries = 0; tries < 200 && !signal.aborted; tries++) {
    const seen = look()
    if (seen) return seen
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
  for (const { style } of boxesIn(frame)) style.colorScheme = scheme
}

const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms))

/** What a page cannot ask of a browser is put on the stage as a last sheet: no motion, and a contrast theme's colours. */
function dress(frame: HTMLIFrameElement, { still, forced }: Look) {
  const css = `${still ? noMotion : ''}${forced ? contrastTheme : ''}`
  if (!css) return
  const { CSSStyleSheet: Sheet, MutationObserver: Observer } = frame.contentWindow as Window
  for (const root of rootsIn(frame).filter((root) => !dressed.has(root))) {
    dressed.add(root)
    const sheet = new Sheet()
    sheet.replaceSync(css)
    // The panel brings its sheets later, and before them none of its own is to be lost.
    const lay = () => {
      if (root.adoptedStyleSheets.at(-1) !== sheet)
        root.adoptedStyleSheets = [...root.adoptedStyleSheets.filter((each) => each !== sheet), sheet]
    }
    lay()
    new Observer(lay).observe(root, { childList: true, subtree: true })
  }
}
const dressed = new WeakSet<ShadowRoot>()

const noMotion = ':host { --muse-time: 0ms !important } * { animation: none !important; transition: none !important }'

// Held against Chromium's own forced colours: what is drawn with a shadow or a ground is gone, of the emblem the circle stays, sliders
// are the system's.
const contrastTheme = `
  *, ::before, ::after { background: #000 !important; color: #fff !important; border-color: #fff !important; box-shadow: none !important; }
  button, [type="number"] { border-style: solid !important; }
  a { color: #ffff00 !important; }
  [type="range"] { appearance: auto !important; accent-color: #1aebff; color-scheme: dark; }
  ::-webkit-slider-runnable-track { background: none !important; }
  :disabled { color: #3ff23f !important; opacity: 1 !important; border-color: #3ff23f !important; }
  :focus-visible { outline-color: #1aebff !important; }`
