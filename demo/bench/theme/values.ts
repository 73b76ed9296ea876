// The values a token can have, by its kind, each in one canonical writing: whatever comes in is brought into it or refused, so that
// what goes out by any format comes back as the same text.
import { type Hex, hexIn } from './colour.ts'

export type Kind =
  /** By day and by night, or another token's. */
  | { type: 'colour' }
  /** One colour for both. */
  | { type: 'dye' }
  /** A size or a time, or another token's. */
  | { type: 'length'; unit: 'px' | 'ms'; least: number; most: number }
  | { type: 'weight' }
  | { type: 'font' }
  | { type: 'shadow' }
  | { type: 'choice'; options: Record<string, string> }

export type Pair = [day: Hex, night: Hex]
export interface Shadow {
  x: number
  y: number
  blur: number
  spread: number
  colour: Hex
}

/** The one way this value is written, or undefined when it is none of this kind. */
export function canonical(kind: Kind, text: string): string | undefined {
  const value = text.trim().replace(/\s+/g, ' ')
  if ((kind.type === 'colour' || kind.type === 'length') && /^var\(--muse-[\w-]+\)$/.test(value)) return value
  switch (kind.type) {
    case 'colour':
      return joined(pairIn(value))
    case 'dye':
      return hexIn(value)
    case 'length':
      return lengthIn(value, kind)
    case 'weight':
      return /^[1-9]\d{0,2}$/.test(value) ? value : named({ normal: '400', bold: '700' }, value)
    case 'font':
      return fontsIn(value)?.map(quoted).join(', ')
    case 'shadow': {
      const shadow = shadowIn(value)
      return shadow && shadowText(shadow)
    }
    case 'choice': {
      const bare = value.replace(/\b0px\b/g, '0')
      return Object.values(kind.options).includes(bare) ? bare : named(kind.options, value)
    }
  }
}

const named = (values: Record<string, string>, name: string) => (Object.hasOwn(values, name) ? values[name] : undefined)

/** Both sides of a colour; one that is written once serves for both. */
export function pairIn(value: string): Pair | undefined {
  const inside = /^light-dark\((.*)\)$/.exec(value)?.[1]
  const sides = inside === undefined ? [value, value] : parted(inside)
  const [day, night] = sides.map(hexIn)
  return sides.length === 2 && day && night ? [day, night] : undefined
}

export const joined = (pair: Pair | undefined) => pair && (pair[0] === pair[1] ? pair[0] : `light-dark(${pair[0]}, ${pair[1]})`)

/** A size or a time within what its control can show. `0.16s` is `160ms`, and `1.25rem` is `20px`. */
function lengthIn(value: string, { unit, least, most }: { unit: string; least: number; most: number }) {
  const found = /^(-?\d*\.?\d+)(px|rem|ms|s)?$/.exec(value)
  if (!found || (!found[2] && Number(found[1]) !== 0)) return undefined
  const scale: Record<string, number> = unit === 'px' ? { px: 1, rem: 16 } : { ms: 1, s: 1000 }
  const amount = Number(found[1]) * (scale[found[2] ?? unit] ?? Number.NaN)
  if (Number.isNaN(amount)) return undefined
  return `${Math.min(most, Math.max(least, Math.round(amount * 100) / 100))}${unit}`
}

/** The families of a font list, bare; undefined when one cannot be a family's name. */
export function fontsIn(value: string): string[] | undefined {
  const names = parted(value).map((name) => name.replace(/^(["'])(.*)\1$/, '$2').trim())
  return names.length && names.every((name) => /^[\p{L}\p{N} ._+-]{1,80}$/u.test(name)) ? names : undefined
}

const quoted = (name: string) => (/^-?[a-z_][\w-]*$/i.test(name) ? name : `"${name}"`)
export const fontText = (names: string[]) => names.map(quoted).join(', ')

/** One outer shadow: two to four lengths and a colour, in either order; `none` is one that cannot be seen. */
export function shadowIn(value: string): Shadow | undefined {
  if (value === 'none') return { x: 0, y: 0, blur: 0, spread: 0, colour: '#00000000' }
  const found =
    /^((?:-?[\d.]+(?:px)?(?: |$)){2,4})(.+)$/.exec(value) ?? /^(\S.*?\)|#\w+|[a-z]+) ((?:-?[\d.]+(?:px)?(?: |$)){2,4})$/.exec(value)
  if (!found) return undefined
  const [lengths, colour] = /^-?[\d.]/.test(found[1]!) ? [found[1]!, found[2]!] : [found[2]!, found[1]!]
  const [x = 0, y = 0, blur = 0, spread = 0] = lengths.trim().split(' ').map(Number.parseFloat)
  const hex = hexIn(colour)
  return hex && [x, y, blur, spread].every(Number.isFinite) && blur >= 0 ? { x, y, blur, spread, colour: hex } : undefined
}

export const shadowText = ({ x, y, blur, spread, colour }: Shadow) => `${x}px ${y}px ${blur}px ${spread}px ${colour}`

/** Parted at the commas that stand in no bracket and in no quotes. */
function parted(text: string): string[] {
  const parts = ['']
  let depth = 0
  let quote = ''
  for (const letter of text) {
    if (quote) quote = letter === quote ? '' : quote
    else if (letter === '"' || letter === "'") quote = letter
    else if (letter === '(') depth++
    else if (letter === ')') depth--
    if (letter === ',' && !depth && !quote) parts.push('')
    else parts[parts.length - 1] += letter
  }
  return parts.map((part) => part.trim())
}
