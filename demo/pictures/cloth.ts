// Cloth: gathered skirts with folds, ruffles, lace and bows, drawn on a surface that knows where its hem hangs.
import { darker, dot, fill, gradient, lighter, line, type Point, type Surface, steps, through } from './pen.ts'

export type Bell = { x: number; top: number; bottom: number; waist: number; hem: number; droop?: number }

/** A skirt over a petticoat: out quickly below the waist, then falling. */
export function bell({ x, top, bottom, waist, hem, droop = 26 }: Bell): Surface {
  return (u, t) => {
    const half = waist + (hem - waist) * Math.sin((Math.min(t, 1.2) * Math.PI) / 2) ** 0.92
    const flat = u * (1.12 - 0.12 * u * u)
    return [x + flat * half, top + (bottom - top) * t + droop * t * (1 - u * u) - 4 * (1 - t) * (1 - u * u)]
  }
}

/** Light from the left, as a gradient across a piece of this cloth. Used by id. */
export const volume = (id: string, cloth: string) =>
  gradient(id, [
    [0, darker(cloth, 0.5)],
    [0.13, darker(cloth, 0.14)],
    [0.36, lighter(cloth, 0.13)],
    [0.6, cloth],
    [0.88, darker(cloth, 0.36)],
    [1, darker(cloth, 0.62)],
  ])

/** The cloth itself between two heights, with so many folds. */
export function gathered(at: Surface, from: number, to: number, cloth: string, paint: string, folds: number, depth = 1) {
  const body = `${through(steps(-1, 1, 25).map((u) => at(u, from)))}${through(
    steps(from, to, 9).map((t) => at(1, t)),
    'L',
  )}${hemline(at, to, folds, 'L')}${through(
    steps(to, from, 9).map((t) => at(-1, t)),
    'L',
  )}Z`
  const creases = steps(-1, 1, folds + 1)
    .slice(1, -1)
    .map((u, i) => crease(at, u, from, to, cloth, 0.9 / folds, i, depth))
  return fill(body, paint) + creases.join('')
}

/** Right to left along the hem, dipping once per fold. */
function hemline(at: Surface, t: number, folds: number, start: string) {
  const points = steps(1, -1, folds * 4 + 1).map((u, i): Point => {
    const [x, y] = at(u, t)
    return [x, y + 3.2 * Math.sin((i * Math.PI) / 2)]
  })
  return through(points, start)
}

/** A fold: a shadow that opens towards the hem and the light that lies beside it. */
function crease(at: Surface, u: number, from: number, to: number, cloth: string, wide: number, i: number, depth: number) {
  const start = from + (to - from) * ([0, 0.1, 0.03, 0.22][i % 4] ?? 0) * depth
  const edge = (offset: number, width: number) => steps(start, to, 7).map((t, k): Point => at(u + (offset + width * (k / 6)) * wide, t))
  const wedge = (a: Point[], b: Point[]) => `${through(a)}${through(b.toReversed(), 'L')}Z`
  const shadow = fill(wedge(edge(0, -0.35), edge(0, 0.35)), darker(cloth, 0.7), `opacity="${i % 2 ? 0.34 : 0.46}"`)
  const light = fill(wedge(edge(0.02, 0.42), edge(0.05, 0.95)), lighter(cloth, 0.5), 'opacity=".15"')
  return shadow + light
}

/** A gathered band with a wavy lower edge. */
export function ruffle(at: Surface, from: number, to: number, colour: string, paint: string, waves: number) {
  const low = steps(1, -1, waves * 4 + 1).map((u, i): Point => {
    const [x, y] = at(u, to)
    return [x, y + 4 * Math.sin((i * Math.PI) / 2)]
  })
  const body = `${through(steps(-1, 1, 25).map((u) => at(u, from)))}${through(low, 'L')}Z`
  const pleats = steps(-0.98, 0.98, waves * 2).map((u, i) => {
    const [a, b] = [at(u, from), at(u * 1.005, from + (to - from) * (i % 2 ? 0.62 : 0.95))]
    return line(`M${dot(a)}L${dot(b)}`, darker(colour, 0.75), 1, `opacity="${i % 2 ? 0.3 : 0.42}"`)
  })
  const seam = line(through(steps(-1, 1, 25).map((u) => at(u, from))), darker(colour, 0.6), 1.2, 'opacity=".6"')
  return fill(body, paint) + pleats.join('') + seam
}

/** Lace along a line of the surface: a net, a row of eyelets, scallops with a flower each. */
export function lace(at: Surface, t: number, colour: string, scallops: number, deep = 15, from = -1, to = 1) {
  const us = steps(from, to, scallops + 1)
  const top = through(us.map((u) => at(u, t)))
  const along = (u: number, down: number): Point => {
    const [x, y] = at(u, t)
    return [x, y + down]
  }
  const arcs = us.slice(1).map((u, i) => {
    const half = ((us[i] ?? u) + u) / 2
    return `Q${dot(along((us[i] ?? u) * 0.75 + u * 0.25, deep * 1.25))} ${dot(along(half, deep))}Q${dot(along((us[i] ?? u) * 0.25 + u * 0.75, deep * 1.25))} ${dot(along(u, deep * 0.5))}`
  })
  const back = through(
    us.toReversed().map((u) => at(u, t)),
    'L',
  )
  const body = `M${dot(along(from, 0))}L${dot(along(from, deep * 0.5))}${arcs.join('')}${back}Z`
  const ink = darker(colour, 0.55)
  const holes = us.slice(1).map((u, i) => {
    const [x, y] = along(((us[i] ?? u) + u) / 2, deep * 0.58)
    const r = deep * 0.11
    return `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${r.toFixed(1)}"/><circle cx="${(x - r * 2.2).toFixed(1)}" cy="${(y - r).toFixed(1)}" r="${(r * 0.7).toFixed(1)}"/><circle cx="${(x + r * 2.2).toFixed(1)}" cy="${(y - r).toFixed(1)}" r="${(r * 0.7).toFixed(1)}"/>`
  })
  return (
    fill(body, colour, 'opacity=".96"') +
    `<g fill="${ink}" opacity=".42">${holes.join('')}</g>` +
    line(top, ink, 0.9, 'opacity=".45" stroke-dasharray="1.5 2.5"') +
    line(body, ink, 0.6, 'opacity=".35"')
  )
}

/** A ribbon bow, its knot at 0 0, about 60 wide. */
export function bow(colour: string) {
  const [dark, light] = [darker(colour, 0.45), lighter(colour, 0.22)]
  const tail =
    fill('M-3 4C-9 18 -16 32 -20 46L-12 43L-7 49C-4 34 0 18 2 6Z', colour) + line('M-3 8C-7 20 -11 32 -13 42', dark, 1, 'opacity=".5"')
  const loop =
    fill('M0 0C-8 -15 -26 -19 -32 -12C-36 -4 -34 8 -29 12C-20 14 -8 9 0 2Z', colour) +
    fill('M-3 0C-12 -7 -20 -10 -29 -8C-22 -4 -24 4 -28 9C-18 8 -10 5 -3 1Z', dark, 'opacity=".45"') +
    fill('M-6 -6C-13 -14 -22 -16 -29 -12C-22 -12 -13 -9 -6 -3Z', light, 'opacity=".6"')
  const flip = (content: string) => `${content}<g transform="scale(-1 1)">${content}</g>`
  return `${flip(tail)}${flip(loop)}<path d="M-5 -5C-2 -7 2 -7 5 -5C7 -1 7 3 5 6C2 8 -2 8 -5 6C-7 3 -7 -1 -5 -5Z" fill="${darker(colour, 0.15)}" stroke="${dark}" stroke-width=".8"/>`
}

/** A rose seen from the front, about 2 × 12 wide. */
export function rose(colour: string) {
  const ring = (r: number, shade: string, turn: number) =>
    steps(0, 4, 5)
      .map((i) => {
        const a = ((i * 72 + turn) * Math.PI) / 180
        return `<ellipse cx="${(Math.cos(a) * r * 0.55).toFixed(1)}" cy="${(Math.sin(a) * r * 0.55).toFixed(1)}" rx="${(r * 0.62).toFixed(1)}" ry="${(r * 0.5).toFixed(1)}" transform="rotate(${i * 72 + turn + 90} ${(Math.cos(a) * r * 0.55).toFixed(1)} ${(Math.sin(a) * r * 0.55).toFixed(1)})" fill="${shade}" stroke="${darker(colour, 0.5)}" stroke-width=".5" stroke-opacity=".5"/>`
      })
      .join('')
  return (
    ring(12, darker(colour, 0.22), 0) +
    ring(9, colour, 36) +
    ring(6, lighter(colour, 0.16), 10) +
    line('M-2.5 0C-2 -3 3 -3 2.6 0C2 3 -1.5 2.4 -.6 .6', darker(colour, 0.6), 1)
  )
}
