// The tokens of a theme in their three layers: what the brand is, what things mean, and what the parts of the widget take from that.
// Values by default are those of the designer's own file; here is only what a control has to know besides.
import css from '../../../widget/theme/tokens.css?raw'
import partsCss from '../../../widget/theme/tokens-parts.css?raw'
import { canonical, type Kind } from './values.ts'

/** Token → value, only of tokens that differ from the widget's own. Values are canonical (`values.ts`), so equal themes are equal text. */
export type Theme = Record<string, string>
export type Layer = 'brand' | 'meaning' | 'component'
export interface Token {
  name: string
  layer: Layer
  kind: Kind
  /** The widget's own value, canonical. */
  initial: string
}

const px = (least: number, most: number): Kind => ({ type: 'length', unit: 'px', least, most })
const colour: Kind = { type: 'colour' }
const weight: Kind = { type: 'weight' }
const font: Kind = { type: 'font' }

/** Shapes of the emblem: the shadows that one small circle or square throws. */
export const emblems: Record<string, string> = {
  flower: '0 5px, 0 -5px, 5px 0, -5px 0',
  blossom: '0 -6px, 6px -2px, 4px 5px, -4px 5px, -6px -2px',
  star: '0 6px 0 -2px, 0 -6px 0 -2px, 6px 0 0 -2px, -6px 0 0 -2px, 0 9px 0 -4px, 0 -9px 0 -4px, 9px 0 0 -4px, -9px 0 0 -4px',
  cross: '0 7px 0 -1px, 0 -7px 0 -1px, 7px 0 0 -1px, -7px 0 0 -1px',
  clover: '4px 4px, 4px -4px, -4px 4px, -4px -4px',
  dot: '0 0 0 3px',
}

const layers: Record<Layer, Record<string, Kind>> = {
  brand: {
    brand: { type: 'dye' },
    font,
    'font-code': font,
    weight,
    'weight-strong': weight,
    space: px(4, 14),
    radius: px(0, 40),
    time: { type: 'length', unit: 'ms', least: 0, most: 600 },
  },
  meaning: {
    ...{ surface: colour, quiet: colour, ink: colour, 'ink-soft': colour, accent: colour, 'on-accent': colour },
    ...{ trouble: colour, edge: colour, line: colour, track: colour, scrim: colour },
    shadow: { type: 'shadow' },
    ...{ 'text-small': px(10, 18), text: px(12, 22), 'text-large': px(14, 32), 'text-figure': px(24, 80) },
    'radius-inner': px(0, 32),
    control: px(36, 64),
  },
  component: {
    ...{ launcher: colour, 'on-launcher': colour, 'launcher-emblem': colour },
    'launcher-radius': px(0, 32),
    'launcher-label': { type: 'choice', options: { shown: 'inline', hidden: 'none' } },
    emblem: { type: 'choice', options: emblems },
    'emblem-radius': px(0, 24),
    'button-radius': px(0, 32),
    ticket: colour,
  },
}

/** What the bench derives from where no other brand is given: the widget's own wine red. */
export const ownBrand = '#7d2c46'

const written = new Map([...`${css}${partsCss}`.matchAll(/^ {2}--muse-([\w-]+):\s*([^;]+);/gm)].map(([, name, value]) => [name!, value!]))

/** All of them, in the order in which they are shown. */
export const tokens: readonly Token[] = Object.entries(layers).flatMap(([layer, kinds]) =>
  Object.entries(kinds).map(([name, kind]) => {
    const initial = canonical(kind, name === 'brand' ? ownBrand : (written.get(name) ?? ''))
    if (initial === undefined) throw new Error(`tokens.css gives --muse-${name} no value of kind ${kind.type}`)
    return { name, layer: layer as Layer, kind, initial }
  }),
)

const byName = new Map(tokens.map((token) => [token.name, token]))
export const tokenOf = (name: string) => byName.get(name)

/** What a token is worth in a theme, as it is written: an alias stays one. */
export const worth = (theme: Theme, name: string): string => (Object.hasOwn(theme, name) ? theme[name]! : (byName.get(name)?.initial ?? ''))

/** The theme with one more value, or the same theme where the value is none of that token's. An alias in a circle is none. */
export function put(theme: Theme, name: string, text: string): Theme {
  const token = byName.get(name)
  const value = token && canonical(token.kind, text)
  if (!token || value === undefined) return theme
  const { [name]: _before, ...rest } = theme
  const next = value === token.initial ? rest : { ...rest, [name]: value }
  return isCircular(next, name) ? theme : inOrder(next)
}

/** What was given and could not be taken: no token's name, or no value of its token's kind. */
export interface Stray {
  name: string
  value: string
}

/** Every known token of `given` that has a value of its kind; and the rest. */
export function themeOf(given: Record<string, unknown>): { theme: Theme; unknown: Stray[] } {
  const entries = Object.entries(given).map(([name, value]) => [name, typeof value === 'number' ? String(value) : value] as const)
  let theme: Theme = {}
  const isTaken = ([name, text]: (typeof entries)[number]) => {
    const token = byName.get(name)
    const next = typeof text === 'string' ? put(theme, name, text) : theme
    // An alias in a circle is of its kind, and is not taken.
    if (!token || typeof text !== 'string' || worth(next, name) !== canonical(token.kind, text)) return false
    theme = next
    return true
  }
  let left = entries.filter((one) => !isTaken(one))
  // What went in a circle with another's own value does not once that has the given one, which may stand further down.
  for (let before = entries.length; left.length && left.length < before; ) {
    before = left.length
    left = left.filter((one) => !isTaken(one))
  }
  return { theme, unknown: left.map(([name, text]) => ({ name, value: typeof text === 'string' ? text : JSON.stringify(text) })) }
}

const inOrder = (theme: Theme): Theme =>
  Object.fromEntries(tokens.filter(({ name }) => Object.hasOwn(theme, name)).map(({ name }) => [name, theme[name]!]))

/**
 * The theme with what its aliases point at: before the panel comes the widget knows no tokens but the theme's, so a launcher that
 * takes the accent's colour needs the accent to be there. Read back, it is the same theme.
 */
export function worn(theme: Theme): Theme {
  const targets = Object.values(theme).flatMap((value) => aliasIn(value) ?? [])
  const missing = targets.filter((name) => !Object.hasOwn(theme, name))
  return missing.length ? worn({ ...theme, ...Object.fromEntries(missing.map((name) => [name, worth(theme, name)])) }) : theme
}

/** The token an alias names. */
export const aliasIn = (value: string) => /^var\(--muse-([\w-]+)\)$/.exec(value)?.[1]

function isCircular(theme: Theme, start: string): boolean {
  const seen = new Set([start])
  for (let next = aliasIn(worth(theme, start)); next; next = aliasIn(worth(theme, next))) {
    if (seen.has(next) || byName.get(next)?.kind.type !== byName.get(start)?.kind.type) return true
    seen.add(next)
  }
  return false
}

/** What a token comes to in the end: aliases followed. */
export function settled(theme: Theme, name: string): string {
  const value = worth(theme, name)
  const next = aliasIn(value)
  return next ? settled(theme, next) : value
}
