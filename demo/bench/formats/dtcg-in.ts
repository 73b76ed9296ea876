// Design tokens as a designer's tools write them: the DTCG format in full, Style Dictionary's and Tokens Studio's older one, Figma's
// variables. Of ours it is the theme; of anybody else's what is called as ours are, and all its colours as a palette.
import { hexIn } from '../theme/colour.ts'
import { type Layer, themeOf, tokenOf, tokens } from '../theme/tokens.ts'
import { fontText, joined, type Shadow, shadowText } from '../theme/values.ts'
import { MINE } from './dtcg.ts'
import { extended, pathIn } from './extended.ts'
import { type Design, ofFigma } from './figma.ts'
import { paletteOfNamed } from './palette.ts'
import type { Read } from './read.ts'

/** Undefined where the text is no JSON with tokens in it. */
export function readDesignTokens(text: string): Read | undefined {
  let file: Design
  try {
    file = JSON.parse(text)
  } catch {
    return undefined
  }
  const found = typeof file === 'object' && file ? tokensIn(ofFigma(file) ?? file) : new Map<string, Found>()
  if (!found.size) return undefined
  const given: Record<string, unknown> = Object.fromEntries(
    tokens.flatMap(({ name, layer }) => {
      const one = givenTo(found, name, layer)
      return one ? [[name, one.value]] : []
    }),
  )
  // Other tools leave extensions of their own there.
  const ours = (file.$extensions as Record<string, object> | undefined)?.[MINE]
  const { theme, unknown } = themeOf({ ...given, ...ours })
  const palette = paletteOfNamed(
    [...found.values()].flatMap(({ type, value, called }) => {
      const hex = /^(color)?$/.test(type) && cssColour(value)
      return hex ? [[called, hex] as const] : []
    }),
  )
  const kind = Object.keys(theme).length || ours ? 'theme' : palette.length ? 'palette' : 'nothing'
  return { kind, theme, unknown, palette }
}

interface Value {
  type: string
  value: unknown
}
interface Found extends Value {
  /** The path of the token it was said to be, where it is an alias. */
  alias?: string
  /** The path as ours are written, and of which side of a colour it is where it says so. */
  called: string
  side: Side | undefined
}
type Side = 'day' | 'night'

/** Every token by its path, with the type it has or inherits and its aliases followed. */
function tokensIn(file: Design): Map<string, Found> {
  const raw = new Map<string, Found>()
  const walk = (given: Design, path: string[], inherited: string, above: Design[]) => {
    const { group, through } = extended(file, given, above)
    const type = typeof group.$type === 'string' ? group.$type : inherited
    const own = path.length ? saidBy(group, type) : undefined
    const put = (path: string[], found: Value) => raw.set(path.join('.'), { ...found, ...calledBy(path) })
    if (own) put(path, own)
    for (const [mode, value] of own ? modesOf(group) : []) put([...path, mode], { ...own!, value })
    for (const [name, inner] of Object.entries(group))
      if ((!name.startsWith('$') || name === '$root') && typeof inner === 'object' && inner && !Array.isArray(inner))
        walk(inner as Design, [...path, name], type, through)
  }
  walk(file, [], '', [])
  const followed = new Map<string, Found | undefined>()
  const follow = (path: string): Found | undefined => {
    // In a circle one comes by again before there is an answer.
    if (!followed.has(path)) followed.set(path, undefined).set(path, ended(path))
    return followed.get(path)
  }
  const ended = (path: string): Found | undefined => {
    const found = raw.get(path)
    const next = found && aliasIn(found.value)
    if (!found || !next) return found && { ...found, value: whole(found.value) }
    // By night an alias means what its token is by night.
    const there = [`${next}.${path.split('.').at(-1)}`, next].find((one) => raw.has(one)) ?? next
    const end = follow(there)
    return end && { ...found, type: found.type || end.type, value: end.value, alias: next }
  }
  /** A value of several parts, of which any may be an alias: the colour of a shadow, one family of a list. */
  const whole = (value: unknown): unknown => {
    const next = aliasIn(value)
    if (next) return follow(next)?.value ?? value
    if (Array.isArray(value)) return value.flatMap(whole)
    if (typeof value !== 'object' || !value) return value
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, whole(part)]))
  }
  // One that points nowhere, or in a circle, keeps what it says: that is no value of any kind.
  return new Map([...raw].map(([path, found]) => [path, follow(path) ?? found]))
}

/** The path of the token that a value only names: `{brand.wine}`, or `#/brand/wine/$value` as a reference. */
function aliasIn(value: unknown): string | undefined {
  if (typeof value === 'string') return /^\{([^}]+?)(?:\.value)?\}$/.exec(value)?.[1]
  return typeof value === 'object' && value && '$ref' in value ? pathIn(value.$ref)?.join('.') : undefined
}

/** What a token says, as the format has it or as Style Dictionary and Tokens Studio had it before. */
function saidBy(group: Design, type: string): Value | undefined {
  if ('$value' in group) return { type, value: group.$value }
  if ('$ref' in group) return { type, value: { $ref: group.$ref } }
  const isOld = 'value' in group && (typeof group.type === 'string' || typeof group.value !== 'object')
  return isOld ? { type: typeof group.type === 'string' ? group.type : type, value: group.value } : undefined
}

/** What a token is in other modes, which the format has none of: several tools write them as this extension. */
function modesOf({ $extensions }: Design): [string, unknown][] {
  const { mode, modes = mode } = ($extensions ?? {}) as { mode?: unknown; modes?: unknown }
  return typeof modes === 'object' && modes ? Object.entries(modes).filter(([name]) => sideIn(name)) : []
}

/** What a file says of a token, as a theme would; as the file does where that is no value. Undefined where it says nothing. */
function givenTo(found: Map<string, Found>, name: string, layer: Layer): { value: unknown } | undefined {
  const { kind } = tokenOf(name)!
  const names = [`${layer}.${name}`, name]
  const place = ({ called }: Found) => (names.includes(called) ? names.indexOf(called) : called.endsWith(`.${name}`) ? 2 : 3)
  // Theirs may have our name for something else: `color.text`.
  const isColour = kind.type === 'colour' || kind.type === 'dye'
  const all = [...found.values()].filter((one) => place(one) < 3 && (!one.type || (one.type === 'color') === isColour))
  const at = (side: Side) =>
    all.filter((one) => one.side === side || !one.side).sort((a, b) => place(a) - place(b) || Number(!a.side) - Number(!b.side))[0]
  const day = at('day') ?? at('night')
  const night = at('night') ?? day
  if (!day) return undefined
  const alias = day.alias && calledBy(day.alias.split('.')).called.split('.').at(-1)
  if (alias && tokenOf(alias)?.kind.type === kind.type && alias !== name) return { value: `var(--muse-${alias})` }
  if (kind.type === 'length' && /^\d+(\.\d+)?$/.test(String(day.value))) return { value: `${day.value}${kind.unit}` }
  if (kind.type !== 'colour') return { value: textOf(day.value) ?? day.value }
  const [light, dark] = [cssColour(day.value), cssColour(night?.value)]
  return { value: light && dark ? joined([light, dark]) : light ? night?.value : day.value }
}

/** What a path is called among ours, where `On Accent` and `onAccent` are `on-accent`, and the side it is of. */
function calledBy(path: string[]): Pick<Found, 'called' | 'side'> {
  const called = path
    .filter((part) => part !== '$root' && !sideIn(part))
    .map((part) =>
      part
        .trim()
        .replace(/([a-z\d])([A-Z])/g, '$1-$2')
        .replace(/[\s_]+/g, '-')
        .toLowerCase(),
    )
  return { called: called.join('.'), side: path.map(sideIn).findLast((side) => !!side) }
}

const sideIn = (part: string): Side | undefined =>
  /^(day|light)$/i.test(part) ? 'day' : /^(night|dark)$/i.test(part) ? 'night' : undefined

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  if (Array.isArray(value)) {
    if (value.length === 1 && typeof value[0] === 'object') return textOf(value[0])
    return value.every((name) => typeof name === 'string') ? fontText(value) : undefined
  }
  if (typeof value !== 'object' || !value) return undefined
  if ('unit' in value && 'value' in value) return `${value.value}${value.unit}`
  if ('offsetX' in value) return shadowOf(value as Record<string, unknown>)
  return cssColour(value)
}

/** An inner shadow is none that the widget has. */
function shadowOf({ color, offsetX, offsetY, blur, spread, inset }: Record<string, unknown>): string | undefined {
  const hex = cssColour(color)
  const [x, y, far, wide] = [offsetX, offsetY, blur, spread].map(pixelsOf)
  const shadow: Shadow = { x: x!, y: y!, blur: far!, spread: wide!, colour: hex ?? '' }
  return hex && inset !== true && [x, y, far, wide].every(Number.isFinite) ? shadowText(shadow) : undefined
}

function pixelsOf(value: unknown = 0): number {
  const [, amount, unit] = /^(-?[\d.]+)(px|rem)?$/.exec(textOf(value) ?? '') ?? []
  return Number(amount) * (unit === 'rem' ? 16 : 1)
}

/** A colour value of the format as hex, whatever space it is in; the older plain hex too. */
function cssColour(value: unknown): string | undefined {
  if (typeof value === 'string') return hexIn(value)
  if (typeof value !== 'object' || !value) return undefined
  if ('r' in value && 'g' in value && 'b' in value)
    return cssColour({ colorSpace: 'srgb', components: [value.r, value.g, value.b], ...('a' in value && { alpha: value.a }) })
  if (!('components' in value) || !Array.isArray(value.components)) return undefined
  const { colorSpace, components, alpha = 1 } = value as { colorSpace: string; components: unknown[]; alpha?: number }
  const percents = /^(hsl|hwb)$/.test(colorSpace)
  const numbers = components.map((part, at) => (percents && at && part !== 'none' ? `${part}%` : String(part))).join(' ')
  const isFunction = /^(hsl|hwb|lab|lch|oklab|oklch)$/.test(colorSpace)
  return hexIn(isFunction ? `${colorSpace}(${numbers} / ${alpha})` : `color(${colorSpace} ${numbers} / ${alpha})`)
}
