// The themes kept by name in this browser. None is lost: what is saved over or removed is laid by, the latest first, and can be taken back.
import { signal } from '@preact/signals'
import { type Theme, themeOf } from '../theme/tokens.ts'

export interface Shelf {
  saves: Record<string, Theme>
  /** Saved over, or removed. */
  earlier: Earlier[]
}
export interface Earlier {
  name: string
  theme: Theme
}

const KEY = 'muse-bench-themes'
const KEY_EARLIER = 'muse-bench-earlier'
const MOST = 12

let isKeeping = true
export const shelf = signal<Shelf>({ saves: {}, earlier: [] })
shelf.value = stored()
// Another tab has saved one.
addEventListener('storage', ({ key }) => {
  if (key === KEY || key === KEY_EARLIER) shelf.value = stored()
})

/** Keeps a theme under a name, and lays by the one that has it already. Says whether the browser keeps it, and whether there was one. */
export function keepAs(name: string, theme: Theme): { isKept: boolean; isOver: boolean } {
  const { saves, earlier } = stored()
  const before = called(name, saves)
  const isOver = !!before && !same(before, theme)
  return { isKept: put({ ...saves, [name]: theme }, isOver ? [{ name, theme: before }, ...earlier] : earlier), isOver }
}

/** Lays a theme by. */
export function layBy(name: string) {
  const { saves, earlier } = stored()
  const { [name]: theme, ...rest } = saves
  if (theme) put(rest, [{ name, theme }, ...earlier])
}

/** Takes one back under its name; whatever has the name by now is laid by in its place. */
export function takeBack({ name, theme }: Earlier) {
  const { saves, earlier } = stored()
  const others = earlier.filter((one) => one.name !== name || !same(one.theme, theme))
  const now = called(name, saves)
  put({ ...saves, [name]: theme }, now && !same(now, theme) ? [{ name, theme: now }, ...others] : others)
}

/** A theme may be called as something that every object has. */
const called = (name: string, saves: Shelf['saves']) => (Object.hasOwn(saves, name) ? saves[name] : undefined)
const same = (one: Theme, other: Theme) => JSON.stringify(one) === JSON.stringify(other)

function put(saves: Shelf['saves'], all: Earlier[]): boolean {
  const earlier = all.slice(0, MOST)
  shelf.value = { saves, earlier }
  try {
    localStorage.setItem(KEY, JSON.stringify(saves))
    localStorage.setItem(KEY_EARLIER, JSON.stringify(earlier))
    isKeeping = true
  } catch {
    isKeeping = false
  }
  return isKeeping
}

/** As the browser has it now, which another tab may have written; where it keeps nothing, as this page has it. */
function stored(): Shelf {
  if (!isKeeping) return shelf.value
  try {
    const saves: Record<string, Record<string, unknown>> = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    const earlier: { name: string; theme?: Record<string, unknown> }[] = JSON.parse(localStorage.getItem(KEY_EARLIER) ?? '[]')
    return {
      saves: Object.fromEntries(Object.entries(saves).map(([name, given]) => [name, themeOf(given).theme])),
      earlier: earlier.flatMap(({ name, theme }) => (theme ? [{ name, theme: themeOf(theme).theme }] : [])),
    }
  } catch {
    return shelf.value
  }
}
