// The colours of something that is not ours: a stylesheet, a shop's page, the pixels of a logo. Most telling first.
import { hexIn, oklch } from '../theme/colour.ts'

/** Colours with how much they matter there, as shares of 1. */
export type Palette = { hex: string; weight: number }[]

/** The colours written in CSS or HTML, weighed by how often and where: a variable called "brand" says more than a border. */
export function paletteOfText(text: string): Palette {
  const weights = new Map<string, number>()
  const bare = text.replace(/\/\*[\s\S]*?\*\//g, '')
  const written = /([\w-]*)(?:["']?\s*[:=]\s*["']?|content=["'])?(#[0-9a-f]{3,8}\b|(?:rgba?|hsla?|oklch|oklab|lch|lab|hwb)\([^()]*\))/gi
  for (const [, name = '', colour = ''] of bare.matchAll(written)) add(weights, colour, weightOf(name))
  for (const [tag] of bare.matchAll(/<meta\b[^>]*theme-color[^>]*>/gi)) add(weights, /content=["']([^"']+)/i.exec(tag)?.[1] ?? '', 12)
  return ranked(weights)
}

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
