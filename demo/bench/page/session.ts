// What a designer was at, kept while they are away: each step in the tab, the latest theme in the browser.
import { begin, change, type History } from '../theme/history.ts'
import { type Theme, themeOf } from '../theme/tokens.ts'

const STEPS = 'muse-bench-steps'
const LAST = 'muse-bench-last'
const TAG = 'muse-bench-tag'

/**
 * The steps as they were when this tab was left; in a new tab, the theme that was last at work anywhere. A link's theme is one more step,
 * so that undo brings back what it covers. `address` is what stands behind the page's own.
 */
export function resume(address: string, linked: Theme | undefined): History {
  const steps = read(sessionStorageOf, STEPS) as { addresses?: string[] } | undefined
  const before = historyIn(steps) ?? begin(themeIn(read(localStorageOf, LAST)))
  // Left in a hurry, the tab's address is a step behind, or two: it may still have been changed once the browser was on its way.
  return linked && !steps?.addresses?.includes(address) ? change(before, linked, 'link', Date.now()) : before
}

let addresses: string[] = []

/** Keeps the steps in this tab with the last two addresses they were reached at, and their theme for the next one. Where the browser keeps nothing, the address still has the theme. */
export function retain(history: History, address: string) {
  const { past, now, future } = history
  addresses = [...addresses.filter((known) => known !== address), address].slice(-2)
  try {
    localStorage.setItem(LAST, JSON.stringify(now))
    sessionStorage.setItem(STEPS, JSON.stringify({ past, now, future, addresses }))
  } catch {}
}

/** What the exported tag says besides the theme: as this tab has it, in a new one as it was last anywhere. Texts by name, or nothing. */
export function resumeTag(): Record<string, string> {
  const kept = read(sessionStorageOf, TAG) ?? read(localStorageOf, TAG)
  return Object.fromEntries(Object.entries(kept ?? {}).filter(([, value]) => typeof value === 'string'))
}

export function retainTag(settings: Record<string, string>) {
  try {
    for (const storage of [localStorage, sessionStorage]) storage.setItem(TAG, JSON.stringify(settings))
  } catch {}
}

const sessionStorageOf = () => sessionStorage
const localStorageOf = () => localStorage

function read(from: () => Storage, key: string): unknown {
  try {
    return JSON.parse(from().getItem(key) ?? 'null')
  } catch {
    return undefined
  }
}

function historyIn(kept: unknown): History | undefined {
  const { past, now, future } = (kept ?? {}) as Partial<Record<'past' | 'now' | 'future', unknown>>
  if (!now || !Array.isArray(past) || !Array.isArray(future)) return undefined
  return { past: past.map(themeIn), now: themeIn(now), future: future.map(themeIn), last: { what: '', at: 0 } }
}

const themeIn = (given: unknown): Theme => themeOf(given && typeof given === 'object' ? (given as Record<string, unknown>) : {}).theme
