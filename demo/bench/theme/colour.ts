// Colours as the bench keeps them: eight bits a channel, as hex, since that is what every format can carry without loss. Culori does
// the arithmetic; nothing else of the bench knows it.
import { clampChroma, converter, formatHex, formatHex8, interpolate, parse, wcagLuminance } from 'culori'

/** `#rrggbb`, or `#rrggbbaa` where it lets something through. Lower case. */
export type Hex = string
export interface Oklch {
  /** 0 to 1. */
  l: number
  /** 0 to about 0.37. */
  c: number
  /** 0 to 360 degrees. */
  h: number
  /** 0 to 1. */
  alpha: number
}

const toOklch = converter('oklch')
const toRgb = converter('rgb')

/** Any colour that CSS can write, as hex; what a screen cannot show is brought inside sRGB. Undefined for anything else. */
export function hexIn(text: string): Hex | undefined {
  const quick = /^#[0-9a-f]{6}$/i.exec(text)
  if (quick) return text.toLowerCase()
  // Where a unit stands that colours have none of, as in `rgb(1px 2px 3px)`, culori throws.
  try {
    const colour = parse(text.trim())
    return colour && shownAs(colour)
  } catch {
    return undefined
  }
}

export function oklch(hex: Hex): Oklch {
  return oklchOf(parse(hex)!)
}

function oklchOf(colour: Parameters<typeof toOklch>[0]): Oklch {
  const { l = 0, c = 0, h = 0, alpha = 1 } = toOklch(colour) ?? {}
  // Of a grey the hue is noise.
  return { l, c: c < 1e-4 ? 0 : c, h: c < 1e-4 ? 0 : (h + 360) % 360, alpha }
}

/** The nearest colour sRGB has, of the same lightness and hue. */
export function hexOf({ l, c, h, alpha = 1 }: Omit<Oklch, 'alpha'> & { alpha?: number }): Hex {
  return shownAs({ mode: 'oklch', l: Math.min(1, Math.max(0, l)), c: Math.max(0, c), h, alpha })
}

function shownAs(colour: Parameters<typeof toRgb>[0]): Hex {
  const rgb = toRgb(colour)!
  // A hair outside is an error of the arithmetic, and rounding mends it.
  const isShown = [rgb.r, rgb.g, rgb.b].every((part) => part > -1e-4 && part < 1 + 1e-4)
  const shown = isShown ? rgb : clampChroma(toOklch(colour)!, 'oklch')
  const hex = formatHex8(shown)
  return hex.endsWith('ff') ? formatHex(shown) : hex
}

/** WCAG 2.2, from 1 to 21. What the text or the ground lets through is laid over `under`. */
export function contrast(text: Hex, ground: Hex, under: Hex = '#ffffff'): number {
  const solid = over(ground, under)
  const [one, other] = [luminance(over(text, solid)), luminance(solid)]
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
}

// While one colour is dragged, the other fifty stay as they are.
const known = new Map<Hex, number>()
function luminance(hex: Hex): number {
  const found = known.get(hex) ?? wcagLuminance(hex)
  if (known.size > 5_000) known.clear()
  known.set(hex, found)
  return found
}

/** A colour laid over another, which is solid. */
export function over(hex: Hex, ground: Hex): Hex {
  if (hex.length === 7) return hex
  const [top, below] = [toRgb(parse(hex)!), toRgb(parse(ground)!)]
  const alpha = top.alpha ?? 1
  const mix = (a: number, b: number) => a * alpha + b * (1 - alpha)
  return formatHex({ mode: 'rgb', r: mix(top.r, below.r), g: mix(top.g, below.g), b: mix(top.b, below.b) })
}

/** As `color-mix(in oklab, one share, other)` draws it. */
export function mix(one: Hex, share: number, other: Hex): Hex {
  return formatHex(interpolate([other, one], 'oklab')(share))
}

/** `oklch(52.1% 0.118 8.2)`, as one reads it. */
export function written(hex: Hex): string {
  const { l, c, h, alpha } = oklch(hex)
  const round = (value: number, digits: number) => String(Number(value.toFixed(digits)))
  return `oklch(${round(l * 100, 1)}% ${round(c, 3)} ${round(h, 1)}${alpha < 1 ? ` / ${round(alpha * 100, 0)}%` : ''})`
}
