// What a picture's first bytes say, and whether it is worth decoding: read by hand, before anything is made room for.
import { Refusal } from '../contract.ts'

/** What decoding needs to know. `memory`: the bytes that the decoder will ask for, `scale`: eighths of the size to decode a JPEG at. */
export interface Header {
  format: 'jpeg' | 'png' | 'webp'
  width: number
  height: number
  memory: number
  /** Exif's, 1 to 8. */
  orientation: number
  /** Whether it says colours as ink, and as Adobe does. */
  ink: false | 'cmyk' | 'cmyk-inverted'
  scale: number
  /** The parts of the file that make the picture; what is told beside it is left behind. */
  body: Uint8Array[]
  /** The bytes that a PNG's rows have once they are unpacked. */
  unpacked: number
}

// A progressive picture has about ten; each further one costs a walk over the whole of it.
const SCANS_MAX = 64

/** What `bytes` say they are, by content alone. A refusal where that is no JPEG, PNG or WebP, or one that is incomplete. */
export function readHeader(bytes: Uint8Array, side: number): Header {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    if (starts(bytes, 0, [0xff, 0xd8, 0xff])) return jpeg(bytes, view, side)
    if (starts(bytes, 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return png(bytes, view)
    if (text(bytes, 0, 'RIFF') && text(bytes, 8, 'WEBP')) return webp(bytes, view)
  } catch (error) {
    // Read past the end: a view says so by itself.
    if (error instanceof RangeError) throw broken()
    throw error
  }
  throw new Refusal('invalid-request', 'This is no picture that can be read here: it takes JPEG, PNG and WebP.')
}

export const broken = () => new Refusal('invalid-request', 'This picture is incomplete or damaged.')

const strange = (what: string) => new Refusal('invalid-request', `${what} cannot be read here; please send a plain JPEG, PNG or WebP.`)

const starts = (bytes: Uint8Array, at: number, expected: number[]) => expected.every((byte, index) => bytes[at + index] === byte)
const text = (bytes: Uint8Array, at: number, expected: string) => starts(bytes, at, [...new TextEncoder().encode(expected)])

// Source: ITU T.81, annex B. The markers that carry no length are those of a restart, the start and the end.
function jpeg(bytes: Uint8Array, view: DataView, side: number): Header {
  let frame: { progressive: boolean; width: number; height: number; samples: number; components: number } | undefined
  let [orientation, scans, adobe, at] = [1, 0, false, 2]
  for (;;) {
    if (view.getUint8(at) !== 0xff) throw broken()
    const marker = view.getUint8(at + 1)
    if (marker === 0xd9) break
    const from = at + 4
    at += 2
    if (marker === 0xff) at--
    if (marker === 0xff || marker === 0x01) continue
    const length = view.getUint16(at)
    if (length < 2) throw broken()
    at += length
    if (marker === 0xe1 && text(bytes, from, 'Exif\0\0')) orientation = exifOrientation(bytes.subarray(from + 6, at))
    if (marker === 0xee && text(bytes, from, 'Adobe')) adobe = true
    if (isFrame(marker)) {
      if (frame) throw broken()
      frame = { progressive: marker === 0xc2, ...jpegFrame(view, from, marker) }
    }
    if (marker !== 0xda) continue
    if (!frame || ++scans > SCANS_MAX) throw broken()
    at = scanEnd(bytes, at)
  }
  if (!frame || !scans) throw broken()
  const { width, height, samples, components } = frame
  const scale = Math.max(1, Math.min(8, Math.ceil((8 * side) / Math.max(width, height))))
  const shown = (components === 4 ? 4 : 3) * Math.ceil((width * scale) / 8) * Math.ceil((height * scale) / 8)
  // All coefficients of a progressive one, two bytes each, are kept until its last scan, and so are those of separate scans.
  const kept = frame.progressive || scans > 1 ? 2 * samples : 0
  const ink = components === 4 && (adobe ? 'cmyk-inverted' : 'cmyk')
  return { format: 'jpeg', width, height, memory: kept + shown, orientation, ink, scale, body: [bytes.subarray(0, at + 2)], unpacked: 0 }
}

// C4, C8 and CC are tables and such; all others from C0 to CF begin a frame, of which libjpeg decodes the first three.
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

function jpegFrame(view: DataView, from: number, marker: number) {
  const [height, width, components] = [view.getUint16(from + 1), view.getUint16(from + 3), view.getUint8(from + 5)]
  if (marker > 0xc2 || view.getUint8(from) !== 8) throw strange('A JPEG of this rare kind')
  if (!width || !height || ![1, 3, 4].includes(components)) throw broken()
  const factors = Array.from({ length: components }, (_, index) => view.getUint8(from + 7 + index * 3))
  const [across, down] = [Math.max(...factors.map((factor) => factor >> 4)), Math.max(...factors.map((factor) => factor & 15))]
  if (factors.some((factor) => !(factor >> 4) || !(factor & 15)) || across > 4 || down > 4) throw broken()
  const area = Math.ceil(width / (8 * across)) * 8 * Math.ceil(height / (8 * down)) * 8
  const samples = factors.reduce((sum, factor) => sum + area * (factor >> 4) * (factor & 15), 0)
  return { width, height, components, samples }
}

// Where the coded part of a scan ends: at the first marker that is neither a stuffed zero nor a restart.
function scanEnd(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 2)) {
    const next = bytes[at + 1]
    if (next === 0xff) at--
    else if (next !== 0 && !(next !== undefined && next >= 0xd0 && next <= 0xd7)) return at
  }
  throw broken()
}

/** The orientation of a TIFF block, 1 when it says none that there is. Source: TIFF 6.0, section 2. */
function exifOrientation(tiff: Uint8Array): number {
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength)
  try {
    const little = view.getUint16(0) === 0x4949
    const list = view.getUint32(4, little)
    for (let index = 0; index < view.getUint16(list, little); index++) {
      const entry = list + 2 + index * 12
      if (view.getUint16(entry, little) !== 0x0112) continue
      const value = view.getUint16(entry + 8, little)
      return value >= 1 && value <= 8 ? value : 1
    }
  } catch {
    // A block that is cut off tells nothing; the picture may be whole.
  }
  return 1
}

// Source: PNG, third edition, 11.2. Of its chunks only those are kept without which there is no picture.
function png(bytes: Uint8Array, view: DataView): Header {
  if (!text(bytes, 12, 'IHDR') || view.getUint32(8) !== 13) throw broken()
  const [width, height] = [view.getUint32(16), view.getUint32(20)]
  const [depth, colour, interlaced] = [view.getUint8(24), view.getUint8(25), view.getUint8(28)]
  const samples = [1, 0, 3, 1, 2, 0, 4][colour] ?? 0
  if (!width || !height || width > 2 ** 24 || height > 2 ** 24 || !samples || ![1, 2, 4, 8, 16].includes(depth)) throw broken()
  const body = [bytes.subarray(0, 8)]
  for (let at = 8; ; ) {
    const end = at + 12 + view.getUint32(at)
    if (end > bytes.length) throw broken()
    if (['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'].some((kind) => text(bytes, at + 4, kind))) body.push(bytes.subarray(at, end))
    if (text(bytes, at + 4, 'IEND')) break
    at = end
  }
  const row = (pixels: number) => (pixels ? 1 + Math.ceil((pixels * depth * samples) / 8) : 0)
  const passes = interlaced ? adam7 : [[0, 0, 1, 1] as const]
  const unpacked = passes.reduce(
    (sum, [x, y, dx, dy]) => sum + row(Math.ceil(Math.max(0, width - x) / dx)) * Math.ceil(Math.max(0, height - y) / dy),
    0,
  )
  // The rows twice, then once more beside the red, green, blue and opacity of each pixel.
  const memory = Math.max(2 * unpacked, unpacked + 4 * width * height)
  return { format: 'png', width, height, memory, orientation: 1, ink: false, scale: 8, body, unpacked }
}

// Where each pass begins and how far it steps: x, y, across, down.
const adam7 = [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2]] as const // biome-ignore format: a table

// Source: RFC 9649. The canvas, if there is one, and the picture on it have the same size.
function webp(bytes: Uint8Array, view: DataView): Header {
  for (let at = 12; ; ) {
    const size = view.getUint32(at + 4, true)
    const end = at + 8 + size
    if (end > bytes.length) throw broken()
    if (text(bytes, at, 'ANIM')) throw strange('A moving picture')
    const lossless = text(bytes, at, 'VP8L')
    if (lossless || text(bytes, at, 'VP8 ')) {
      const packed = view.getUint32(at + (lossless ? 9 : 14), true)
      const width = lossless ? (packed & 0x3fff) + 1 : packed & 0x3fff
      const height = lossless ? ((packed >> 14) & 0x3fff) + 1 : (packed >> 16) & 0x3fff
      if (!width || !height) throw broken()
      // Four bytes a pixel, and what it is worked out in: as many again, or one for opacity.
      const memory = width * height * (lossless ? 8 : 5)
      return { format: 'webp', width, height, memory, orientation: 1, ink: false, scale: 8, body: [bytes], unpacked: 0 }
    }
    at = end + (size & 1)
  }
}
