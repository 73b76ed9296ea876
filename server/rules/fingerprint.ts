// A picture's fingerprint: what stays the same when it is compressed again, resized or trimmed, and differs in another photo.
import { type Raster, resample } from './raster.ts'

/** Two pictures are the same when their fingerprints are at most this far apart. */
export const SAME = 26
const BITS = 256
const DIGITS = BITS / 4
// Of two fingerprints at most SAME apart, at least one of this many pieces differs in no more than one bit.
const PIECES = Math.floor(SAME / 2) + 1
const GRID = 128
const CELLS = 3
const MARGIN = 0.03
// Which shares of a picture's width and height may be missing, and how much of that before rather than behind.
const trims = [
  { share: 0.01, sides: [0, 1] },
  { share: 0.02, sides: [0, 0.25, 0.5, 0.75, 1] },
]

interface Span {
  from: number
  to: number
}

// What is compared is the inside, a little away from the edges: in a picture that has been trimmed it lies elsewhere.
const inside: Span = { from: MARGIN, to: 1 - MARGIN }
const places: Span[] = [
  inside,
  ...trims.flatMap(({ share, sides }) => sides.flatMap((side) => [trimmedAway(share, share * side), putBack(share, share * side)])),
]

// The waves with the fewest crests, which is what compressing keeps longest: as (across, down), without the one that has none.
const waves = Array.from({ length: 32 * 32 }, (_, index) => [index % 32, index >> 5] as const)
  .slice(1)
  .sort(([a, b], [c, d]) => a * a + b * b - c * c - d * d || a - c)
  .slice(0, BITS)
const CRESTS = 1 + Math.max(...waves.map(([across]) => across))
const bases = places.map(basis)

/**
 * What is kept of a picture, as 100 hexadecimal digits: 256 bits, each telling whether one wave of light is stronger than the
 * middle one, then the blue and the red of nine fields, a byte each.
 */
export function fingerprint(picture: Raster): string {
  const grid = resample({ ...picture, kind: 'rgb' }, GRID, GRID)
  const light = lightOf(grid)
  const rows = bases[0]!.map((down) => project(light, down))
  return bitsOf(rows, bases[0]!) + coloursOf(grid)
}

/**
 * What a picture is looked up by: its fingerprint first, then what the kept one would be if either picture was trimmed, by up to
 * 2 % of its width and of its height on any side.
 */
export function appearances(picture: Raster): string[] {
  const grid = resample({ ...picture, kind: 'rgb' }, GRID, GRID)
  const light = lightOf(grid)
  const colours = coloursOf(grid)
  const all = bases.flatMap((downs) => {
    const rows = downs.map((down) => project(light, down))
    return bases.map((across) => bitsOf(rows, across) + colours)
  })
  return [...new Set(all)]
}

/**
 * How far two fingerprints are apart: the bits that differ (about 128 in two pictures that have nothing to do with each other),
 * and the colour, out of 255, by which the field that differs most does.
 */
export const distance = (a: string, b: string) => recogniser([a])(b)

/** How far a kept fingerprint is from the nearest of `appearances`, which are read once for however many are compared. */
export function recogniser(appearances: string[]): (kept: string) => number {
  const looks = appearances.map(wordsOf)
  const colours = bytesOf(appearances[0] ?? '')
  return (kept) => {
    const [words, bytes] = [wordsOf(kept), bytesOf(kept)]
    const colour = colours.reduce((most, byte, index) => Math.max(most, Math.abs(byte - (bytes[index] ?? 0))), 0)
    return colour + looks.reduce((least, look) => Math.min(least, differing(look, words)), BITS)
  }
}

/** A kept fingerprint in 14 numbers, to be kept beside it in an index: what `piecesNear` is looked for among. */
export function pieces(fingerprint: string): number[] {
  const bits = BigInt(`0x${fingerprint.slice(0, DIGITS)}`)
  return cuts.map(({ from, length }, place) => place * 2 ** 20 + Number((bits >> BigInt(from)) & BigInt(2 ** length - 1)))
}

/**
 * All numbers by which a picture of these appearances can be found, some thousands: whatever is the same has one of them among
 * its `pieces`. Of others one in some thirty has, so that each that is found is still to be compared.
 */
export function piecesNear(appearances: string[]): number[] {
  const exact = new Set(appearances.flatMap(pieces))
  const near = new Set(exact)
  for (const piece of exact) for (let bit = 0; bit < cuts[piece >> 20]!.length; bit++) near.add(piece ^ (1 << bit))
  return [...near]
}

const cuts = Array.from({ length: PIECES }, (_, place) => {
  const from = Math.floor((place * BITS) / PIECES)
  return { from, length: Math.floor(((place + 1) * BITS) / PIECES) - from }
})

const wordsOf = (fingerprint: string) =>
  Array.from({ length: BITS / 32 }, (_, index) => Number.parseInt(fingerprint.slice(index * 8, index * 8 + 8), 16))

const bytesOf = (fingerprint: string) =>
  Array.from({ length: (fingerprint.length - DIGITS) / 2 }, (_, index) =>
    Number.parseInt(fingerprint.slice(DIGITS + index * 2, DIGITS + index * 2 + 2), 16),
  )

// Bits set, eight words' worth: pairs are counted, then fours, then bytes.
function differing(a: number[], b: number[]): number {
  let count = 0
  for (let index = 0; index < a.length; index++) {
    let word = a[index]! ^ b[index]!
    word -= (word >>> 1) & 0x55555555
    word = (word & 0x33333333) + ((word >>> 2) & 0x33333333)
    count += Math.imul((word + (word >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
  }
  return count
}

function trimmedAway(share: number, before: number): Span {
  return { from: (inside.from - before) / (1 - share), to: (inside.to - before) / (1 - share) }
}

function putBack(share: number, before: number): Span {
  return { from: before + inside.from * (1 - share), to: before + inside.to * (1 - share) }
}

function lightOf({ data }: Raster): Float64Array {
  return Float64Array.from(
    { length: GRID * GRID },
    (_, at) => 0.299 * data[at * 3]! + 0.587 * data[at * 3 + 1]! + 0.114 * data[at * 3 + 2]!,
  )
}

function coloursOf(grid: Raster): string {
  const { data } = resample({ ...grid, kind: 'rgb' }, CELLS, CELLS)
  const byte = (value: number) =>
    Math.max(0, Math.min(255, Math.round(value)))
      .toString(16)
      .padStart(2, '0')
  return Array.from({ length: CELLS * CELLS }, (_, cell) => {
    const [red, green, blue] = [data[cell * 3]!, data[cell * 3 + 1]!, data[cell * 3 + 2]!]
    return byte(128 - 0.169 * red - 0.331 * green + 0.5 * blue) + byte(128 + 0.5 * red - 0.419 * green - 0.081 * blue)
  }).join('')
}

// Each wave over a span of the picture, as a weight for each line of the grid; one that lies partly outside counts in part.
function basis({ from, to }: Span): Float64Array[] {
  const [first, last] = [from * GRID, to * GRID]
  return Array.from({ length: CRESTS }, (_, crests) =>
    Float64Array.from({ length: GRID }, (_, line) => {
      const [begin, end] = [Math.max(line, first), Math.min(line + 1, last)]
      if (end <= begin) return 0
      const middle = ((begin + end) / 2 - first) / (last - first)
      return Math.cos(Math.PI * crests * middle) * (end - begin)
    }),
  )
}

function project(light: Float64Array, down: Float64Array): Float64Array {
  const columns = new Float64Array(GRID)
  for (let y = 0; y < GRID; y++) {
    const weight = down[y]!
    if (weight) for (let x = 0; x < GRID; x++) columns[x]! += light[y * GRID + x]! * weight
  }
  return columns
}

function bitsOf(rows: Float64Array[], across: Float64Array[]): string {
  const strengths = waves.map(([crests, down]) => {
    const [row, wave] = [rows[down]!, across[crests]!]
    let sum = 0
    for (let x = 0; x < GRID; x++) sum += row[x]! * wave[x]!
    return sum
  })
  const sorted = strengths.toSorted((a, b) => a - b)
  const middle = (sorted[BITS / 2 - 1]! + sorted[BITS / 2]!) / 2
  let text = ''
  for (let index = 0; index < BITS; index += 4)
    text += strengths
      .slice(index, index + 4)
      .reduce((digit, strength) => digit * 2 + (strength > middle ? 1 : 0), 0)
      .toString(16)
  return text
}
