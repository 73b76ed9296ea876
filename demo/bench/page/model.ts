// What the bench knows, as signals, and what a designer does to it, as verbs.
import { batch, computed, effect, signal } from '@preact/signals'
import { themes } from '../../../widget/theme/themes.ts'
import type { World } from '../shop/world.ts'
import { en } from '../text/en.ts'
import { ja } from '../text/ja.ts'
import { derive } from '../theme/derive.ts'
import { judge, type Scheme } from '../theme/gate.ts'
import { change, type History, redo, undo } from '../theme/history.ts'
import { linked, themeIn } from '../theme/link.ts'
import { put, type Theme, themeOf } from '../theme/tokens.ts'
import { fitting, narrow } from './narrow.ts'
import { keepAs, layBy } from './saves.ts'
import { resume, retain } from './session.ts'

const asked = new URLSearchParams(location.search).get('lang') ?? navigator.language
export const text = /^ja/i.test(asked) ? ja : en
export const language = text === ja ? 'ja' : 'en'

/** The themes that ship, as the bench keeps themes. */
export const shipped: Record<string, Theme> = Object.fromEntries(Object.entries(themes).map(([name, worn]) => [name, themeOf(worn).theme]))

export const history = signal<History>(resume(location.hash, themeIn(location.hash)))
export const theme = computed(() => history.value.now)
/**
 * The theme as the lists and texts show it: it follows when the stages are painted, some times a second, since nobody reads while
 * dragging.
 */
export const calm = signal<Theme>(theme.value)
export const verdicts = computed(() => judge(calm.value))
export const shortfalls = computed(() => verdicts.value.filter(({ passes }) => !passes))

/** The colour under the wheel. */
export const chosen = signal<{ name: string; scheme: Scheme }>({ name: 'brand', scheme: 'light' })
/** What a colour was opened from: there one goes on when it is done. */
let opener: HTMLElement | undefined

/** Brings a colour under the wheel, and who opened it to the wheel. */
export function choose(name: string, scheme: Scheme) {
  opener = document.activeElement instanceof HTMLElement ? document.activeElement : undefined
  chosen.value = { name, scheme }
  const heading = document.querySelector<HTMLElement>('.brand .named')
  heading?.focus({ preventScroll: true })
  heading?.closest('section')?.scrollIntoView({ block: 'nearest' })
}

/** Back to the brand's colour, and to where one was. */
export function done() {
  chosen.value = { name: 'brand', scheme: 'light' }
  if (opener?.isConnected) opener.focus()
}

/** Tokens that paint what was clicked in a preview, the nearest first; undefined before anything was. */
export const inspected = signal<string[] | undefined>(undefined)
export const show = signal({ language: language as string, scheme: 'light', device: 'phone', still: false, forced: false, size: fitting() })
narrow.subscribe(() => (show.value = { ...show.value, size: fitting() }))
/** The server in this page, once it is open; false where it cannot be. */
export const world = signal<World | false | undefined>(undefined)
/** The last thing that was done, for who cannot see it. */
export const said = signal('')

/** Copies, and says so, or that the browser does not let it. Said again, it is heard again. */
export async function copy(what: string, success: string): Promise<boolean> {
  said.value = ''
  const isCopied = await Promise.resolve(navigator.clipboard?.writeText(what).then(() => true)).catch(() => false)
  said.value = isCopied ? success : text.notCopied
  return !!isCopied
}

export function wear(next: Theme, what: string) {
  history.value = change(history.value, next, what, Date.now())
}

/** Puts a whole theme on, and says that the one before is not lost. */
export function putOn(next: Theme, what: string, success: string) {
  const before = history.value
  wear(next, `${what} ${Date.now()}`)
  if (history.value !== before) said.value = `${success} ${text.undoes}`
}

/** Sets one token. A brand colour sets all colours. */
export function set(name: string, value: string) {
  const next = put(theme.value, name, value)
  wear(name === 'brand' && next.brand !== theme.value.brand ? derive(next.brand ?? value, theme.value) : next, name)
}

export const build = (hex: string) => putOn(derive(hex, theme.value), 'derive', text.built(hex))
export const back = () => {
  history.value = undo(history.value)
}
export const forth = () => {
  history.value = redo(history.value)
}

/** Brings the tokens of a clicked part to the fore. */
export function inspect(names: string[]) {
  batch(() => {
    inspected.value = names
    said.value = names.length ? `${text.inspected}: ${names.map((name) => text.names[name] ?? name).join(', ')}` : text.inspectedNone
  })
}

/** Keeps the theme under a name, and says what became of the one that had it. */
export function save(name: string) {
  const { isKept, isOver } = keepAs(name, theme.value)
  said.value = isKept ? (isOver ? text.savedOver(name) : text.saved) : text.notSaved
}

export function forget(name: string) {
  layBy(name)
  said.value = text.forgotten(name)
}

export const link = () => {
  const hash = linked(theme.value)
  return location.pathname + location.search + (hash && `#${hash}`)
}
/** Address and steps are kept when the hand rests, since browsers count how often an address is changed, and when one leaves. */
const settle = () => {
  clearTimeout(resting)
  const { hash } = location
  globalThis.history.replaceState(null, '', link())
  retain(history.value, hash)
}
let resting: ReturnType<typeof setTimeout>
effect(() => {
  void history.value
  clearTimeout(resting)
  resting = setTimeout(settle, 300)
})
addEventListener('pagehide', settle)

/** What another link brought into this address, or that it is none. */
const follow = () => {
  const found = themeIn(location.hash)
  if (found) putOn(found, 'link', text.followed)
  else if (/theme=/.test(location.hash)) said.value = text.brokenLink
  // A skip link leads on, and the address goes on saying the theme.
  else settle()
}
if (!location.hash && Object.keys(theme.value).length) said.value = text.resumed
addEventListener('hashchange', follow)
// What the address says has been heard already, unless it is what the tab was left at.
if (!themeIn(location.hash) && /theme=/.test(location.hash)) said.value = text.brokenLink
else settle()
