// A theme as a Design Tokens file (DTCG Format Module 2025.10): `*.tokens.json`. Written out whole, defaults and all, because other
// tools know no defaults. The format has no modes, so a colour by day and by night is a group of two tokens.
import { hexIn } from '../theme/colour.ts'
import { warning } from '../theme/gate.ts'
import { aliasIn, type Layer, type Theme, themeOf, tokenOf, tokens, worth } from '../theme/tokens.ts'
import { fontsIn, fontText, joined, pairIn, type Shadow, shadowIn, shadowText } from '../theme/values.ts'
import type { Palette } from './palette.ts'
import type { Read } from './read.ts'

interface Design {
  $type?: string
  $value?: unknown
  [name: string]: unknown
}
const MINE = 'muse.widget'

export function designTokens(theme: Theme): string {
  const file: Design = {
    $schema: 'https://www.designtokens.org/schemas/2025.10/format.json',
    $description: `A theme of the Muse widget. ${warning(theme) || 'Every pair passes WCAG 2.2 AA contrast'}.`,
  }
  const choices: Record<string, string> = {}
  for (const { name, layer, kind } of tokens) {
    if (kind.type === 'choice') choices[name] = worth(theme, name)
    else file[layer] = { ...(file[layer] as object), [name]: design(theme, name) }
  }
  // What the format has no type for.
  file.$extensions = { [MINE]: choices }
  return `${JSON.stringify(file, null, 2)}\n`
}

function design(theme: Theme, name: string): Design {
  const { kind } = tokenOf(name)!
  const value = worth(theme, name)
  const alias = aliasIn(value)
  const target = alias && `${tokenOf(alias)!.layer}.${alias}`
  switch (kind.type) {
    case 'colour': {
      const pair = pairIn(value)
      const side = (at: 0 | 1) => ({ $value: pair ? colour(pair[at]) : `{${target}.${['day', 'night'][at]}}` })
      return { $type: 'color', day: side(0), night: side(1) }
    }
    case 'dye':
      return { $type: 'color', $value: colour(value) }
    case 'length':
      return {
        $type: kind.unit === 'ms' ? 'duration' : 'dimension',
        $value: target ? `{${target}}` : { value: Number.parseFloat(value), unit: kind.unit },
      }
    case 'weight':
      return { $type: 'fontWeight', $value: Number(value) }
    case 'font':
      return { $type: 'fontFamily', $value: fontsIn(value) }
    default: {
      const { x, y, blur, spread, colour: cast } = shadowIn(value)!
      const px = (value: number) => ({ value, unit: 'px' })
      return { $type: 'shadow', $value: { color: colour(cast), offsetX: px(x), offsetY: px(y), blur: px(blur), spread: px(spread) } }
    }
  }
}

function colour(hex: string) {
  const channel = (at: number) => Number((Number.parseInt(hex.slice(at, at + 2), 16) / 255).toFixed(5))
  const alpha = hex.length > 7 ? { alpha: channel(7) } : {}
  return { colorSpace: 'srgb', components: [channel(1), channel(3), channel(5)], ...alpha, hex: hex.slice(0, 7) }
}

/** The theme in a file of ours; of anybody else's, what is called as ours are, and all its colours as a palette. */
export function readDesignTokens(text: string): Read | undefined {
  let file: Design
  try {
    file = JSON.parse(text)
  } catch {
    return undefined
  }
  const found = typeof file === 'object' && file ? tokensIn(file) : new Map<string, Found>()
  if (!found.size) return undefined
  const given: Record<string, unknown> = Object.fromEntries(
    tokens.flatMap(({ name, layer }) => {
      const one = givenTo(found, name, layer)
      return one ? [[name, one.value]] : []
    }),
  )
  const { theme, unknown } = themeOf({ ...given, ...((file.$extensions as Record<string, object>)?.[MINE] ?? {}) })
  const palette = [...found.values()].flatMap(({ type, value }): Palette => {
    const hex = type === 'color' && cssColour(value)
    return hex ? [{ hex: hex.slice(0, 7), weight: 1 }] : []
  })
  return { kind: Object.keys(theme).length || file.$extensions ? 'theme' : 'palette', theme, unknown, palette: unique(palette) }
}

interface Found {
  type: string
  value: unknown
  /** The path of the token it was said to be, where it is an alias. */
  alias?: string
}

/** Every token by its path, with the type it has or inherits and its aliases followed. */
function tokensIn(file: Design): Map<string, Found> {
  const raw = new Map<string, { type: string; value: unknown }>()
  const walk = (group: Design, path: string[], inherited: string) => {
    const type = typeof group.$type === 'string' ? group.$type : inherited
    if ('$value' in group || '$ref' in group)
      raw.set(path.join('.'), { type, value: '$value' in group ? group.$value : reference(group.$ref) })
    for (const [name, inner] of Object.entries(group))
      if ((!name.startsWith('$') || name === '$root') && typeof inner === 'object' && inner && !Array.isArray(inner))
        walk(inner as Design, [...path, name], type)
  }
  walk(file, [], '')
  const follow = (path: string, seen: string[] = []): Found | undefined => {
    const found = raw.get(path)
    const next = found && typeof found.value === 'string' && /^\{([^}]+)\}$/.exec(found.value)?.[1]
    if (!found || !next) return found
    const end = seen.includes(path) ? undefined : follow(next, [...seen, path])
    return end && { ...end, type: found.type || end.type, alias: next }
  }
  // One that points nowhere, or in a circle, keeps what it says: that is no value of any kind.
  return new Map([...raw].map(([path, found]) => [path, follow(path) ?? found]))
}

/** `#/brand/wine/$value` says what `{brand.wine}` does. */
const reference = (pointer: unknown) =>
  `{${String(pointer)
    .replace(/^#\//, '')
    .replace(/\/\$value$/, '')
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join('.')}}`

/** What a file says of a token, as a theme would; as the file does where that is no value. Undefined where it says nothing. */
function givenTo(found: Map<string, Found>, name: string, layer: Layer): { value: unknown } | undefined {
  const { kind } = tokenOf(name)!
  const at = (...ends: string[]) => {
    const [first] = [`${layer}.${name}`, name].flatMap((path) => ends.map((end) => found.get(path + end))).filter((one) => !!one)
    return first ?? [...found].find(([path]) => ends.some((end) => path.endsWith(`.${name}${end}`)))?.[1]
  }
  const day = at('', '.day', '.light')
  const night = at('.night', '.dark') ?? day
  if (!day) return undefined
  const alias = day.alias
    ?.split('.')
    .filter((part) => !['day', 'night', 'light', 'dark', '$root'].includes(part))
    .at(-1)
  if (alias && tokenOf(alias)?.kind.type === kind.type && alias !== name) return { value: `var(--muse-${alias})` }
  if (kind.type !== 'colour') return { value: textOf(day.value) ?? day.value }
  const [light, dark] = [cssColour(day.value), cssColour(night?.value)]
  return { value: light && dark ? joined([light, dark]) : light ? night?.value : day.value }
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  if (Array.isArray(value)) return value.every((name) => typeof name === 'string') ? fontText(value) : undefined
  if (typeof value !== 'object' || !value) return undefined
  if ('unit' in value && 'value' in value) return `${value.value}${value.unit}`
  if ('offsetX' in value) return shadowOf(value as Record<string, unknown>)
  return cssColour(value)
}

function shadowOf({ color, offsetX, offsetY, blur, spread }: Record<string, unknown>): string | undefined {
  const length = (value: unknown) => Number.parseFloat(textOf(value) ?? '0')
  const hex = cssColour(color)
  const shadow: Shadow = { x: length(offsetX), y: length(offsetY), blur: length(blur), spread: length(spread), colour: hex ?? '' }
  return hex && shadowText(shadow)
}

/** A colour value of the format as hex, whatever space it is in; the older plain hex too. */
function cssColour(value: unknown): string | undefined {
  if (typeof value === 'string') return hexIn(value)
  if (typeof value !== 'object' || !value || !('components' in value) || !Array.isArray(value.components)) return undefined
  const { colorSpace, components, alpha = 1 } = value as { colorSpace: string; components: unknown[]; alpha?: number }
  const percents = /^(hsl|hwb)$/.test(colorSpace)
  const numbers = components.map((part, at) => (percents && at && part !== 'none' ? `${part}%` : String(part))).join(' ')
  const isFunction = /^(hsl|hwb|lab|lch|oklab|oklch)$/.test(colorSpace)
  return hexIn(isFunction ? `${colorSpace}(${numbers} / ${alpha})` : `color(${colorSpace} ${numbers} / ${alpha})`)
}

const unique = (palette: Palette) => [...new Map(palette.map((one) => [one.hex, one])).values()]
