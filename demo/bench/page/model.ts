// What the bench knows, as signals, and what a designer does to it, as verbs.
import { batch, computed, effect, signal } from '@preact/signals'
import { themes } from '../../../widget/theme/themes.ts'
import type { World } from '../shop/world.ts'
import { en } from '../text/en.ts'
import { ja } from '../text/ja.ts'
import { derive } from '../theme/derive.ts'
import { judge, type Scheme } from '../theme/gate.ts'
import { begin, change, type History, redo, undo } from '../theme/history.ts'
import { linked, themeIn } from '../theme/link.ts'
import { put, type Theme, themeOf } from '../theme/tokens.ts'

const asked = new URLSearchParams(location.search).get('lang') ?? navigator.language
export const text = /^ja/i.test(asked) ? ja : en
export const language = text === ja ? 'ja' : 'en'

/** The themes that ship, as the bench keeps themes. */
export const shipped: Record<string, Theme> = Object.fromEntries(Object.entries(themes).map(([name, worn]) => [name, themeOf(worn).theme]))

export const history = signal<History>(begin(themeIn(location.hash) ?? {}))
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
export const show = signal({ language: language as string, scheme: 'light', device: 'phone', still: false, forced: false, size: 54 })
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

/** Sets one token. A brand colour sets all colours. */
export function set(name: string, value: string) {
  const next = put(theme.value, name, value)
  wear(name === 'brand' && next.brand !== theme.value.brand ? derive(next.brand ?? value, theme.value) : next, name)
}

export const build = (hex: string) => wear(derive(hex, theme.value), 'derive')
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

const KEPT = 'muse-bench-themes'
export const saves = signal<Record<string, Theme>>(stored())

export function save(name: string) {
  saves.value = { ...saves.value, [name]: theme.value }
  said.value = text.saved
}

export function forget(name: string) {
  const { [name]: _gone, ...rest } = saves.value
  saves.value = rest
}

function stored(): Record<string, Theme> {
  try {
    const kept: Record<string, Record<string, unknown>> = JSON.parse(localStorage.getItem(KEPT) ?? '{}')
    return Object.fromEntries(Object.entries(kept).map(([name, given]) => [name, themeOf(given).theme]))
  } catch {
    return {}
  }
}

effect(() => {
  try {
    localStorage.setItem(KEPT, JSON.stringify(saves.value))
  } catch {}
})

// The address follows when the hand rests: browsers count how often it is changed.
export const link = () => {
  const hash = linked(theme.value)
  return location.pathname + location.search + (hash && `#${hash}`)
}
let resting: ReturnType<typeof setTimeout>
effect(() => {
  const address = link()
  clearTimeout(resting)
  resting = setTimeout(() => globalThis.history.replaceState(null, '', address), 300)
})

/** What another link brought into this address, or that it is none. */
const follow = () => {
  const found = themeIn(location.hash)
  if (found) wear(found, 'link')
  else if (/theme=/.test(location.hash)) said.value = text.brokenLink
}
addEventListener('hashchange', follow)
follow()
