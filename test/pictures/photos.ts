// Photographs made by code: dresses, each in several poses, places and lights, with the grain of a camera. No file is kept.
import type { Raster } from '../../server/rules/raster.ts'
import { seeded } from '../seeded.ts'

type Colour = [red: number, green: number, blue: number]

/** A dress: how wide its skirt is, how long, its cloth, its trimming, and what is printed on it. */
interface Dress {
  skirt: number
  length: number
  waist: number
  cloth: Colour
  trim: Colour
  print: 'plain' | 'stripes' | 'checks' | 'dots' | 'frills'
}

/** How a dress was photographed. Places and sizes are shares of the picture's width. */
interface Shot {
  place: 'studio' | 'garden' | 'room' | 'street' | 'night'
  x: number
  y: number
  size: number
  lean: number
  /** Where the light comes from, in radians, and how bright and how warm it is. */
  light: number
  exposure: number
  warmth: number
}

export const dresses: Record<string, Dress> = {
  rose: { skirt: 0.34, length: 0.8, waist: 0.09, cloth: [190, 70, 90], trim: [250, 235, 230], print: 'frills' },
  night: { skirt: 0.28, length: 0.95, waist: 0.08, cloth: [40, 38, 60], trim: [150, 140, 90], print: 'dots' },
  mint: { skirt: 0.4, length: 0.65, waist: 0.1, cloth: [150, 205, 180], trim: [255, 255, 250], print: 'checks' },
  ivory: { skirt: 0.3, length: 0.9, waist: 0.085, cloth: [235, 225, 205], trim: [150, 110, 80], print: 'plain' },
  sailor: { skirt: 0.24, length: 0.7, waist: 0.1, cloth: [50, 70, 130], trim: [240, 240, 245], print: 'stripes' },
  plum: { skirt: 0.37, length: 0.75, waist: 0.08, cloth: [110, 60, 120], trim: [220, 190, 120], print: 'frills' },
}

export const shots: Record<string, Shot> = {
  'from the front in the studio': { place: 'studio', x: 0.5, y: 0.22, size: 0.8, lean: 0, light: 0.4, exposure: 1.05, warmth: 0 },
  'leaning in the garden': { place: 'garden', x: 0.36, y: 0.3, size: 0.7, lean: 0.22, light: 2.4, exposure: 1, warmth: 0.08 },
  'close, in a room': { place: 'room', x: 0.62, y: 0.08, size: 1.15, lean: -0.1, light: 3.6, exposure: 0.85, warmth: 0.15 },
  'far off in the street': { place: 'street', x: 0.68, y: 0.5, size: 0.48, lean: 0.04, light: 1.2, exposure: 0.95, warmth: -0.08 },
  'under lamps at night': { place: 'night', x: 0.45, y: 0.35, size: 0.62, lean: -0.2, light: 5, exposure: 0.7, warmth: 0.2 },
  'turned away in the studio': { place: 'studio', x: 0.4, y: 0.28, size: 0.68, lean: -0.16, light: 2.9, exposure: 0.9, warmth: 0.04 },
}

/** One photograph, 3:4. The same words and size give the same bytes. */
export function photograph(dress: Dress, shot: Shot, seed: number, width = 360): Raster {
  const height = Math.round((width * 4) / 3)
  const data = new Uint8Array(width * height * 3)
  const grain = seeded(seed)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [u, v] = [x / width, y / width]
      const colour = figure(dress, shot, u, v, seed) ?? behind(shot.place, u, v, seed)
      const lit = (0.78 + 0.3 * (Math.cos(shot.light) * (u - 0.5) + Math.sin(shot.light) * (v - 0.66)) * 2) * shot.exposure
      const vignette = 1 - 0.35 * ((u - 0.5) ** 2 + (v - 0.66) ** 2)
      const noise = (grain() - 0.5) * 14
      const warm = [1 + shot.warmth, 1, 1 - shot.warmth]
      for (let channel = 0; channel < 3; channel++)
        data[(y * width + x) * 3 + channel] = clamp(colour[channel]! * lit * vignette * warm[channel]! * 1.25 + noise)
    }
  return { width, height, data }
}

/** Every dress in every shot, by name. */
export function album(width?: number): Record<string, Raster> {
  const entries = Object.entries(dresses).flatMap(([dress, cut], row) =>
    Object.entries(shots).map(([shot, how], column) => [`${dress}, ${shot}`, photograph(cut, how, row * 100 + column + 1, width)] as const),
  )
  return Object.fromEntries(entries)
}

/** What is left when `share` of the width and of the height is cut away, `left` and `top` saying how much of it at those edges. */
export function crop({ width, height, data }: Raster, share: number, left = 0.5, top = 0.5): Raster {
  const size = { width: Math.round(width * (1 - share)), height: Math.round(height * (1 - share)) }
  const [x, y] = [Math.round((width - size.width) * left), Math.round((height - size.height) * top)]
  const result = new Uint8Array(size.width * size.height * 3)
  for (let row = 0; row < size.height; row++) {
    const from = ((row + y) * width + x) * 3
    result.set(data.subarray(from, from + size.width * 3), row * size.width * 3)
  }
  return { ...size, data: result }
}

// The one who wears it, from the crown of the head down; undefined beside it.
function figure(dress: Dress, shot: Shot, u: number, v: number, seed: number): Colour | undefined {
  const [dx, dy] = [(u - shot.x) / shot.size, (v - shot.y) / shot.size]
  const [x, y] = [dx * Math.cos(shot.lean) + dy * Math.sin(shot.lean), dy * Math.cos(shot.lean) - dx * Math.sin(shot.lean)]
  const fold = 0.9 + 0.15 * Math.sin(x * 60 + 3 * noise(x * 8, y * 3, seed))
  if ((x / 0.075) ** 2 + ((y - 0.08) / 0.1) ** 2 < 1) return y < 0.05 || Math.abs(x) > 0.055 ? [70, 48, 40] : [228, 190, 170]
  if (Math.abs(x) < 0.03 && y > 0.1 && y < 0.22) return [222, 184, 164]
  const down = (y - 0.2) / dress.length
  if (down < 0 || down > 1) return Math.abs(Math.abs(x) - 0.05) < 0.025 && down > 1 && down < 1.35 ? [215, 178, 158] : undefined
  const half = down < 0.3 ? dress.waist * (1.25 - down) : dress.waist + (dress.skirt - dress.waist) * Math.sqrt((down - 0.3) / 0.7)
  const sleeve = ((Math.abs(x) - 0.12) / 0.06) ** 2 + ((y - 0.27) / 0.08) ** 2 < 1
  if (Math.abs(x) > half && !sleeve) return Math.abs(Math.abs(x) - 0.15) < 0.022 && y > 0.3 && y < 0.55 ? [222, 184, 164] : undefined
  const trimmed = down > 0.94 || Math.abs(down - 0.3) < 0.02 || printed(dress.print, x, down)
  return (trimmed ? dress.trim : dress.cloth).map((value) => value * fold) as Colour
}

function printed(print: Dress['print'], x: number, down: number): boolean {
  if (print === 'stripes') return Math.sin(down * 75) > 0.7
  if (print === 'checks') return Math.sin(x * 70) > 0.6 !== Math.sin(down * 50) > 0.6
  if (print === 'dots') return Math.sin(x * 55) * Math.sin(down * 40) > 0.8
  return print === 'frills' && down > 0.35 && (down * 6) % 1 > 0.8
}

function behind(place: Shot['place'], u: number, v: number, seed: number): Colour {
  const soft = noise(u * 5, v * 5, seed)
  const fine = noise(u * 40, v * 40, seed + 7)
  if (place === 'studio')
    return v > 1.12 ? [205 - 30 * soft, 200 - 30 * soft, 196 - 30 * soft] : [226 + 14 * soft, 224 + 14 * soft, 222 + 14 * soft]
  if (place === 'garden') {
    if (v < 0.45 + 0.1 * soft) return [150 + 60 * soft, 185 + 40 * soft, 225]
    return fine > 0.86 ? [220, 90 + 120 * soft, 130] : [60 + 70 * fine, 105 + 70 * soft, 45 + 30 * fine]
  }
  if (place === 'room') {
    const frame = noise(seed, 1, 3)
    if (Math.abs(u - 0.2 - 0.1 * frame) < 0.13 && v > 0.15 && v < 0.6) return [235, 240, 250 - 60 * soft]
    return v > 1.05 ? [120 + 40 * noise(u * 3, v * 60, seed), 80, 55] : [188 - 25 * soft, 170 - 25 * soft, 148]
  }
  if (place === 'street') {
    if (v > 0.98) return [120 + 35 * fine, 118 + 35 * fine, 116 + 35 * fine]
    const house = Math.floor(u * 4 + noise(seed, 2, 5))
    const shade = 90 + 110 * noise(house * 7.3, 4, seed)
    return Math.sin(u * 45) > 0.3 && Math.sin(v * 30) > 0.2 ? [60, 70, 85] : [shade, shade * 0.92, shade * 0.8]
  }
  const lamp = [0, 1, 2, 3, 4].some((n) => (u - noise(n * 3.1, 0, seed)) ** 2 + (v - 1.2 * noise(n * 5.7, 9, seed)) ** 2 < 0.004)
  return lamp ? [255, 220, 150] : [28 + 40 * soft, 26 + 30 * soft, 48 + 50 * soft]
}

// Smooth noise, 0 to 1: random values at whole places and what lies between them.
function noise(x: number, y: number, seed: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)]
  const [fx, fy] = [smooth(x - left), smooth(y - top)]
  const above = hash(left, top, seed) * (1 - fx) + hash(left + 1, top, seed) * fx
  const below = hash(left, top + 1, seed) * (1 - fx) + hash(left + 1, top + 1, seed) * fx
  return above * (1 - fy) + below * fy
}

const smooth = (share: number) => share * share * (3 - 2 * share)

function hash(x: number, y: number, seed: number): number {
  let mixed = Math.imul(x, 374761393) ^ Math.imul(y, 668265263) ^ Math.imul(seed, 2246822519)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 1274126177)
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32
}

const clamp = (value: number) => Math.max(0, Math.min(255, Math.round(value)))
