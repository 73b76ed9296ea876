// A theme as a stylesheet: linked or pasted into the shop's page it dresses the widget there, and in the project it is a theme by name.
import { warning } from '../theme/gate.ts'
import { settled, type Theme, themeOf, tokenOf, worn } from '../theme/tokens.ts'
import { joined, pairIn } from '../theme/values.ts'
import type { Read } from './read.ts'

export function stylesheet(theme: Theme): string {
  const fails = warning(theme)
  return [
    `/* A theme of the Muse widget. ${fails ? `NOT READY: ${fails}.` : 'Every pair passes WCAG 2.2 AA contrast.'} */`,
    'muse-widget {',
    ...Object.entries(worn(theme)).map(([name, value]) => `  --muse-${name}: ${value};`),
    '}',
    '',
  ].join('\n')
}

/** The theme in a stylesheet that has ours or is empty of others; undefined where nothing in it is the widget's. */
export function readStylesheet(css: string): Read | undefined {
  const bare = css.replace(/\/\*[\s\S]*?\*\//g, '')
  const { day, night } = declarationsIn(bare)
  const ours = (said: Said, all: Said) =>
    new Map([...said].flatMap(([name, value]) => (name.startsWith('muse-') ? [[name.slice(5), plain(value, all)] as const] : [])))
  const [byDay, byNight] = [ours(day, day), ours(night, new Map([...day, ...night]))]
  const given = new Map([...byNight, ...byDay])
  for (const [name, value] of byNight) {
    const both = tokenOf(name)?.kind.type === 'colour' && bySides(byDay.get(name) ?? settled({}, name), value)
    if (both) given.set(name, both)
  }
  if (!given.size && !/\bmuse-widget\b/.test(bare)) return undefined
  return { kind: 'theme', ...themeOf(Object.fromEntries(given)) }
}

type Said = Map<string, string>

/** The custom properties as they are declared, the last of each: wherever, and where it is dark. */
function declarationsIn(css: string): { day: Said; night: Said } {
  const said = { day: new Map<string, string>(), night: new Map<string, string>() }
  const open: string[] = []
  for (const [part, prelude, declaration = ''] of css.matchAll(/([^{};]*)\{|\}|([^{};]+)/g)) {
    if (prelude !== undefined) open.push(prelude)
    else if (part === '}') open.pop()
    const [, name, value] = /--([\w-]+)\s*:\s*(.+)$/s.exec(declaration) ?? []
    if (!name || !value) continue
    const side = open.some((prelude) => /prefers-color-scheme:\s*dark|(?<!:not\()\.dark\b|=["']?dark\b/.test(prelude))
      ? said.night
      : said.day
    side.set(name, value.replace(/\s*!\s*important\s*$/i, '').trim())
  }
  return said
}

/** A value with what it takes from properties of the shop's own. */
function plain(value: string, said: Said, deep = 0): string {
  if (deep > 8) return value
  return value.replace(/var\(\s*--(?!muse-)([\w-]+)\s*(?:,([^()]*))?\)/g, (whole, name, otherwise) => {
    const own = said.get(name) ?? otherwise?.trim()
    return own === undefined ? whole : plain(own, said, deep + 1)
  })
}

/** By day the one, by night the other; undefined where either is no colour. */
function bySides(day: string, night: string): string | undefined {
  const [one, other] = [pairIn(day), pairIn(night)]
  return one && other && joined([one[0], other[1]])
}
