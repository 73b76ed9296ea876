// Pixels in memory: made smaller by averaging, turned as the camera was held, laid on white.

/** A picture as bytes of red, green, blue, row by row from the top left. */
export interface Raster {
  width: number
  height: number
  data: Uint8Array
}

/** Pixels as a decoder leaves them. `cmyk-inverted` is how Adobe writes it: 255 is no ink. */
export interface Pixels {
  width: number
  height: number
  kind: 'rgb' | 'rgba' | 'cmyk' | 'cmyk-inverted'
  data: Uint8Array
}

/** `width` × `height` fitted into a square of `side`, in proportion; never larger than it was, never below one pixel. */
export function fitted(width: number, height: number, side: number) {
  const scale = Math.min(1, side / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

/**
 * The same picture at another size. Each new pixel is the average of the area it covers, so that the size it came in leaves no
 * trace; a larger one repeats what is there. One row of the source is in work at a time.
 */
export function resample({ data, kind, ...source }: Pixels, width: number, height: number): Raster {
  const result = new Uint8Array(width * height * 3)
  const row = new Uint8Array(source.width * 3)
  const columns = spans(source.width, width)
  const rows = spans(source.height, height)
  const thin = new Float64Array(width * 3)
  const sum = new Float64Array(width * 3)
  let read = -1
  for (let y = 0; y < height; y++) {
    sum.fill(0)
    for (let at = rows.first[y]!; at <= rows.last[y]!; at++) {
      if (at !== read) {
        readRow(row, data, kind, at, source.width)
        shorten(thin, row, columns)
        read = at
      }
      const weight = Math.min(at + 1, (y + 1) * rows.step) - Math.max(at, y * rows.step)
      for (let index = 0; index < sum.length; index++) sum[index]! += thin[index]! * weight
    }
    const start = y * width * 3
    const area = rows.step * columns.step
    for (let index = 0; index < sum.length; index++) result[start + index] = sum[index]! / area + 0.5
  }
  return { width, height, data: result }
}

/**
 * Turned and mirrored as Exif's orientation says, 1 to 8, so that the picture stands upright.
 * Source: Exif 2.32, 4.6.4 A, tag 0x0112.
 */
export function upright({ width, height, data }: Raster, orientation: number): Raster {
  if (orientation < 2 || orientation > 8) return { width, height, data }
  const turned = orientation > 4
  const size = turned ? { width: height, height: width } : { width, height }
  const result = new Uint8Array(data.length)
  const fromRight = [2, 3, 7, 8].includes(orientation)
  const fromBelow = [3, 4, 6, 7].includes(orientation)
  for (let y = 0; y < size.height; y++)
    for (let x = 0; x < size.width; x++) {
      const [along, down] = turned ? [y, x] : [x, y]
      const from = ((fromBelow ? height - 1 - down : down) * width + (fromRight ? width - 1 - along : along)) * 3
      const to = (y * size.width + x) * 3
      result[to] = data[from]!
      result[to + 1] = data[from + 1]!
      result[to + 2] = data[from + 2]!
    }
  return { ...size, data: result }
}

// Which pixels of `from` each of `to` pixels covers, the first and the last of them in part.
function spans(from: number, to: number) {
  const step = from / to
  const first = Int32Array.from({ length: to }, (_, index) => Math.floor(index * step))
  const last = Int32Array.from({ length: to }, (_, index) => Math.min(from - 1, Math.ceil((index + 1) * step) - 1))
  return { step, first, last }
}

function shorten(thin: Float64Array, row: Uint8Array, { step, first, last }: ReturnType<typeof spans>) {
  for (let x = 0; x < first.length; x++) {
    let [red, green, blue] = [0, 0, 0]
    const begin = x * step
    const end = begin + step
    for (let at = first[x]!; at <= last[x]!; at++) {
      const weight = (at + 1 < end ? at + 1 : end) - (at > begin ? at : begin)
      red += row[at * 3]! * weight
      green += row[at * 3 + 1]! * weight
      blue += row[at * 3 + 2]! * weight
    }
    thin[x * 3] = red
    thin[x * 3 + 1] = green
    thin[x * 3 + 2] = blue
  }
}

// What shows through a picture is the white of the page it lies on.
function readRow(row: Uint8Array, data: Uint8Array, kind: Pixels['kind'], y: number, width: number) {
  if (kind === 'rgb') return row.set(data.subarray(y * width * 3, (y + 1) * width * 3))
  const invert = kind === 'cmyk' ? 255 : 0
  const white = kind === 'rgba' ? 255 : 0
  for (let from = y * width * 4, to = 0; to < row.length; from += 4, to += 3) {
    const fourth = data[from + 3]! ^ invert
    const under = white && white - fourth
    // Nearly every pixel is opaque, and is spared the division.
    const share = fourth === 255 ? 1 : fourth / 255
    row[to] = (data[from]! ^ invert) * share + under
    row[to + 1] = (data[from + 1]! ^ invert) * share + under
    row[to + 2] = (data[from + 2]! ^ invert) * share + under
  }
}
