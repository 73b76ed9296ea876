// Picture files as they come from cameras, phones and people with bad intentions, byte by byte.
import { crc32, deflateSync } from 'node:zlib'
import type { Raster } from '../../server/rules/raster.ts'

export type Bytes = Uint8Array<ArrayBuffer>

const join = (...parts: (ArrayLike<number> | string)[]): Bytes =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...Buffer.from(part, 'latin1')] : Array.from(part))))
const u16 = (value: number) => [(value >> 8) & 255, value & 255]
const u32 = (value: number) => [...u16(value >>> 16), ...u16(value & 0xffff)]

interface Png {
  width: number
  height: number
  depth?: number
  /** As IHDR says it: 0 grey, 2 colours, 3 palette, 4 grey with opacity, 6 colours with opacity. */
  colour?: number
  interlaced?: boolean
  /** The rows, each behind its filter's number, not yet packed. */
  rows: Uint8Array
  chunks?: [kind: string, data: ArrayLike<number>][]
}

export function png({ width, height, depth = 8, colour = 2, interlaced = false, rows, chunks = [] }: Png): Bytes {
  const head = [...u32(width), ...u32(height), depth, colour, 0, 0, interlaced ? 1 : 0]
  const all: [string, ArrayLike<number>][] = [['IHDR', head], ...chunks, ['IDAT', deflateSync(rows, { level: 1 })], ['IEND', []]]
  const written = all.map(([kind, data]) => {
    const body = Buffer.concat([Buffer.from(kind, 'latin1'), Uint8Array.from(data)])
    return Buffer.concat([Uint8Array.from(u32(data.length)), body, Uint8Array.from(u32(crc32(body)))])
  })
  return new Uint8Array(Buffer.concat([Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), ...written]))
}

/** A raster as PNG; `of` says how a pixel is written, three bytes of colour if it is not given. */
export function pngOf(
  raster: Raster,
  more: Partial<Png> = {},
  of: (red: number, green: number, blue: number) => number[] = (...rgb) => rgb,
): Bytes {
  const { width, height } = raster
  return png({ width, height, rows: filtered(raster, of), ...more })
}

/** The seven passes of an interlaced PNG, one after the other. */
export function interlacedPng(raster: Raster): Bytes {
  const passes = ['0088', '4088', '0448', '2044', '0224', '1022', '0112'].map(
    (pass) => [...pass].map(Number) as [number, number, number, number],
  )
  const rows = passes.map(([left, top, across, down]) => {
    const size = { width: Math.ceil((raster.width - left) / across), height: Math.ceil((raster.height - top) / down) }
    const data = new Uint8Array(size.width * size.height * 3)
    for (let y = 0; y < size.height; y++)
      for (let x = 0; x < size.width; x++) {
        const from = ((y * down + top) * raster.width + x * across + left) * 3
        data.set(raster.data.subarray(from, from + 3), (y * size.width + x) * 3)
      }
    return filtered({ ...size, data }, (...rgb) => rgb)
  })
  return png({ width: raster.width, height: raster.height, interlaced: true, rows: Buffer.concat(rows) })
}

function filtered({ width, height, data }: Raster, of: (red: number, green: number, blue: number) => number[]): Uint8Array {
  const rows: number[] = []
  for (let y = 0; y < height; y++) {
    rows.push(0)
    for (let at = y * width * 3; at < (y + 1) * width * 3; at += 3) rows.push(...of(data[at]!, data[at + 1]!, data[at + 2]!))
  }
  return Uint8Array.from(rows)
}

/** Puts a segment behind a JPEG's first two bytes, as a camera does. */
export function withSegment(jpeg: Uint8Array, marker: number, payload: ArrayLike<number>): Bytes {
  return join(jpeg.subarray(0, 2), [0xff, marker, ...u16(payload.length + 2)], payload, jpeg.subarray(2))
}

/** Exif of a phone: how it was held, and where it was: GPS, 35° 39' north. */
export function exif(orientation: number): Bytes {
  const entry = (tag: number, type: number, count: number, value: number[]) => [...u16(tag), ...u16(type), ...u32(count), ...value]
  const main = [...u16(2), ...entry(0x0112, 3, 1, [...u16(orientation), 0, 0]), ...entry(0x8825, 4, 1, u32(38)), ...u32(0)]
  const place = [...u16(2), ...entry(1, 2, 2, [78, 0, 0, 0]), ...entry(2, 5, 3, u32(68)), ...u32(0)]
  return join(
    'Exif\0\0',
    'MM',
    u16(42),
    u32(8),
    main,
    place,
    [35, 39, 0].flatMap((part) => [...u32(part), ...u32(1)]),
  )
}

/** A JPEG in four inks, all of them at 128 throughout: the least that such a file can be. `adobe`: says that 255 is no ink. */
export function cmykJpeg(side: number, adobe: boolean): Bytes {
  const components = [1, 2, 3, 4]
  const segment = (marker: number, payload: number[]) => [0xff, marker, ...u16(payload.length + 2), ...payload]
  // One code in each Huffman table, the bit 0: no change in brightness, and nothing else in this block.
  const table = (id: number) => segment(0xc4, [id, 1, ...Array(15).fill(0), 0])
  const blocks = components.length * (side / 8) ** 2
  return join(
    [0xff, 0xd8],
    adobe ? segment(0xee, [...Buffer.from('Adobe'), 0, 100, 0, 0, 0, 0, 0]) : [],
    segment(0xdb, [0, ...Array(64).fill(1)]),
    segment(0xc0, [8, ...u16(side), ...u16(side), 4, ...components.flatMap((id) => [id, 0x11, 0])]),
    table(0x00),
    table(0x10),
    segment(0xda, [4, ...components.flatMap((id) => [id, 0]), 0, 63, 0]),
    Array(Math.ceil((blocks * 2) / 8)).fill(0),
    [0xff, 0xd9],
  )
}

/** The first bytes of a WebP: its chunks, empty but for what they begin with. */
export function webp(...chunks: [kind: string, data: number[]][]): Bytes {
  const little = (value: number) => u32(value).reverse()
  const body = join('WEBP', ...chunks.flatMap(([kind, data]) => [kind, little(data.length), data]))
  return join('RIFF', little(body.length), body)
}
