// The drawing pen: points, soft curves, colour mixing. Everything drawn is plain numbers and SVG text.
export type Point = readonly [x: number, y: number]

/** A point of a surface: u from -1 (left edge) to 1 (right edge), t from 0 (top) to 1 (bottom). */
export type Surface = (u: number, t: number) => Point

const n = (value: number) => Math.round(value * 10) / 10

export const dot = ([x, y]: Point) => `${n(x)} ${n(y)}`

/** A curve that goes softly through all points. */
export function through(points: Point[], start = 'M') {
  const [first] = points
  if (!first) return ''
  const at = (i: number) => points[Math.max(0, Math.min(points.length - 1, i))] ?? first
  const bends = points.slice(1).map((to, i) => {
    const [from, before, next] = [at(i), at(i - 1), at(i + 2)]
    const a: Point = [from[0] + (to[0] - before[0]) / 6, from[1] + (to[1] - before[1]) / 6]
    const b: Point = [to[0] - (next[0] - from[0]) / 6, to[1] - (next[1] - from[1]) / 6]
    return `C${dot(a)} ${dot(b)} ${dot(to)}`
  })
  return `${start}${dot(first)}${bends.join('')}`
}

/** So many numbers from a to b, both included. */
export const steps = (a: number, b: number, count: number) => Array.from({ length: count }, (_, i) => a + ((b - a) * i) / (count - 1))

/** Between two colours: 0 is the first, 1 the second. */
export function mix(a: string, b: string, part: number) {
  const channels = (hex: string) => [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16))
  const [from, to] = [channels(a), channels(b)]
  return `#${from
    .map((value, i) =>
      Math.round(value + ((to[i] ?? 0) - value) * part)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`
}

// Shadows lean to plum, on pale cloth to amber, and lights to candle: never plain black or white.
export const darker = (hex: string, part: number) => mix(hex, pale(hex) ? '#5c4230' : '#140d18', pale(hex) ? part * 0.85 : part)
export const lighter = (hex: string, part: number) => mix(hex, '#fff3de', part)

const pale = (hex: string) => Number.parseInt(hex.slice(3, 5), 16) > 0xb4

export const fill = (d: string, colour: string, more = '') => `<path d="${d}" fill="${colour}" ${more}/>`
export const line = (d: string, colour: string, width = 1.5, more = '') =>
  `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round" ${more}/>`
export const group = (content: string, transform: string, more = '') => `<g transform="${transform}" ${more}>${content}</g>`

/** The same drawing again, as in a mirror standing at x. */
export const mirrored = (content: string, x = 300) => content + group(content, `translate(${2 * x} 0) scale(-1 1)`)

export function gradient(id: string, stops: [at: number, colour: string, opacity?: number][], box = 'x1="0" y1="0" x2="1" y2="0"') {
  const inner = stops.map(([at, colour, opacity = 1]) => `<stop offset="${at}" stop-color="${colour}" stop-opacity="${opacity}"/>`).join('')
  return `<linearGradient id="${id}" ${box}>${inner}</linearGradient>`
}

export function radial(id: string, stops: [at: number, colour: string, opacity?: number][], box = '') {
  const inner = stops.map(([at, colour, opacity = 1]) => `<stop offset="${at}" stop-color="${colour}" stop-opacity="${opacity}"/>`).join('')
  return `<radialGradient id="${id}" ${box}>${inner}</radialGradient>`
}
