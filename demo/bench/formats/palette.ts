// The colours of something that is not ours: a stylesheet, a shop's page, the pixels of a logo. Most telling first.
import { type Hex, hexIn, oklch } from '../theme/colour.ts'

/** Colours with how much they matter there, as shares of 1. */
export type Palette = { hex: string; weight: number }[]

/** The colours written in CSS, HTML or JSON, weighed by how often and where: a variable called "brand" says more than a border. */
export function paletteOfText(text: string): Palette {
  const weights = new Map<string, number>()
  const bare = text.replace(/\/\*[\s\S]*?\*\//g, '')
  let name = ''
  for (const [part, said, colour, bits, word] of bare.matchAll(written)) {
    // What a name says holds to the end of its declaration, for both sides of a light-dark() too.
    if (said !== undefined) name = said
    else if (/^[;{}<>]$/.test(part)) name = ''
    else add(weights, colour ?? (bits === undefined ? wordIn(word!) : ofParts(name, bits)), weightOf(name))
  }
  for (const [tag] of bare.matchAll(/<meta\b[^>]*theme-color[^>]*>/gi)) add(weights, /content=["']([^"']+)/i.exec(tag)?.[1] ?? '', 12)
  return ranked(weights)
}

/** Of colours that each have a name. */
export function paletteOfNamed(colours: (readonly [name: string, colour: string])[]): Palette {
  const weights = new Map<string, number>()
  for (const [name, colour] of colours) add(weights, colour, weightOf(name))
  return ranked(weights)
}

/** The one colour that is all of a text: a value as CSS writes it or as a stylesheet keeps it, or a declaration of one. */
export function colourIn(text: string): Hex | undefined {
  const value = text
    .trim()
    .replace(/^[\w-]+\s*:/, '')
    .replace(/;$/, '')
    .trim()
  return hexIn(value) ?? hexIn(ofParts('--color', value))
}

/** A name with its colon, what ends a declaration, a colour, the three parts of one, or a word that is all of a value. */
const written = new RegExp(
  [
    /(?<![\w-])([\w-]+)["']?\s*[:=]/,
    /[;{}<>]/,
    /((?<![\w&-])#[\da-f]{3,8}\b|\b(?:rgba?|hsla?|oklch|oklab|lch|lab|hwb|color)\([^()]*\))/,
    /(?<=:\s{0,9})((?:[\d.]+(?:deg|%)?(?:\s*,\s*|\s+)){2}[\d.]+%?)(?=\s*(?:[;}/]|$))/,
    /(?<=:\s{0,9})([a-z]{3,20})(?=\s*(?:[;}!]|$))/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'gi',
)

/** A colour as a stylesheet keeps it for `rgb(var(--ink) / 50%)`: bare parts, of which the units tell the space. */
function ofParts(name: string, bits: string): string {
  if (!name.startsWith('--')) return ''
  const parts = bits.split(/[,\s]+/).filter(Boolean)
  const percents = parts.map((part) => (part.endsWith('%') ? '%' : '.')).join('')
  if (percents === '.%%') return `hsl(${parts.join(' ')})`
  if (percents === '%..') return `oklch(${parts.join(' ')})`
  // Three plain numbers may be anything, so the name has to say that they are a colour.
  return percents === '...' && /colou?r|rgb|text|ink|ground|surface|border|button|link/i.test(name + (weightOf(name) > 1 ? ' color' : ''))
    ? `rgb(${parts.join(' ')})`
    : ''
}

/** `navy` is a colour; `fade`, which could be hex, is a word. */
const wordIn = (word: string) => (/^[a-f]+$/i.test(word) ? '' : word)

const weightOf = (name: string) =>
  /brand|primary|accent|theme|main|logo/i.test(name) ? 8 : /background|^bg|fill|button|btn|link/i.test(name) ? 2 : 1

function add(weights: Map<string, number>, colour: string, weight: number) {
  const hex = hexIn(colour)
  // What lets through more than half is a shade of something else.
  if (hex && (hex.length === 7 || Number.parseInt(hex.slice(7), 16) > 127))
    weights.set(hex.slice(0, 7), (weights.get(hex.slice(0, 7)) ?? 0) + weight)
}

/** The colours of an image, from its RGBA bytes: gathered in cubes of 16 steps a side, each answered for by the mean of what fell in. */
export function paletteOfPixels(bytes: ArrayLike<number>): Palette {
  const cubes = new Map<number, { red: number; green: number; blue: number; count: number }>()
  for (let at = 0; at + 3 < bytes.length; at += 4) {
    const [red, green, blue, alpha] = [bytes[at]!, bytes[at + 1]!, bytes[at + 2]!, bytes[at + 3]!]
    if (alpha < 128) continue
    const key = ((red >> 4) << 8) | ((green >> 4) << 4) | (blue >> 4)
    const cube = cubes.get(key) ?? { red: 0, green: 0, blue: 0, count: 0 }
    cubes.set(key, { red: cube.red + red, green: cube.green + green, blue: cube.blue + blue, count: cube.count + 1 })
  }
  const weights = new Map<string, number>()
  for (const { red, green, blue, count } of cubes.values()) {
    const [r, g, b] = [red, green, blue].map((sum) =>
      Math.round(sum / count)
        .toString(16)
        .padStart(2, '0'),
    )
    weights.set(`#${r}${g}${b}`, (weights.get(`#${r}${g}${b}`) ?? 0) + count)
  }
  return ranked(weights)
}

/** At most twelve that differ, by weight and by how much colour there is in them: paper and ink are seldom the brand. */
function ranked(weights: Map<string, number>): Palette {
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0) || 1
  const all = [...weights].map(([hex, weight]) => ({ hex, weight: weight / total, ...oklch(hex) }))
  const telling = ({ weight, c }: (typeof all)[number]) => weight ** 0.5 * (0.02 + Math.min(c, 0.2))
  const chosen: typeof all = []
  for (const one of all.sort((a, b) => telling(b) - telling(a))) {
    const same = chosen.find((other) => distance(one, other) < 0.07)
    if (same) same.weight += one.weight
    else if (chosen.length < 12) chosen.push(one)
  }
  return chosen.map(({ hex, weight }) => ({ hex, weight }))
}

function distance(one: { l: number; c: number; h: number }, other: { l: number; c: number; h: number }) {
  const [a, b] = [one, other].map(({ l, c, h }) => [l, c * Math.cos((h * Math.PI) / 180), c * Math.sin((h * Math.PI) / 180)])
  return Math.hypot(...a!.map((part, at) => part - b![at]!))
}
