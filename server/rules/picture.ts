// A member's photo: from the bytes that were sent to what is kept of them, which is a plain JPEG and what it is recognised by.
import { Refusal } from '../contract.ts'
import { type Codecs, decode, encode } from './codecs.ts'
import { appearances } from './fingerprint.ts'
import { broken, readHeader } from './picture-header.ts'
import { fitted, resample, upright } from './raster.ts'

/** What a picture may be. A Worker has 128 MB in all: what was sent, twice, and what decoding needs must fit with room to spare. */
interface PictureLimits {
  bytes: number
  pixels: number
  /** The bytes that the decoder may need, as the header foretells them. */
  memory: number
  /** The shorter side, in pixels, below which nothing can be told apart. */
  sideMin: number
  /** The longer side of what is kept. */
  side: number
  /** The JPEG quality of what is kept, 1 to 100. */
  quality: number
}

export const LIMITS: PictureLimits = { bytes: 8 * 2 ** 20, pixels: 50e6, memory: 80 * 2 ** 20, sideMin: 64, side: 1_600, quality: 80 }

/** What is kept of a picture. Where it was taken, by what and whose, is not in it. */
export interface Picture {
  /** A JPEG, upright. */
  bytes: Uint8Array<ArrayBuffer>
  width: number
  height: number
  /** SHA-256 of the bytes that were sent, in hexadecimal: the same file. */
  digest: string
  /** What the same picture is found by, whatever file it is in (rules/fingerprint). */
  fingerprint: string
  /** What to look for among the fingerprints kept: the same, and what it would be had one of the two been trimmed. */
  appearances: string[]
}

/**
 * Makes the one function that reads pictures. It decodes one at a time, whoever asks, so that the memory needed is one picture's.
 * Refuses with `too-large` and with `invalid-request` (no picture, none we read, incomplete, damaged, too small).
 */
export function pictureReader(codecs: Codecs, limits: PictureLimits = LIMITS): (bytes: Uint8Array<ArrayBuffer>) => Promise<Picture> {
  let last: Promise<unknown> = Promise.resolve()
  return (bytes) => {
    const next = last.then(() => readPicture(bytes, codecs, limits))
    last = next.catch(() => {})
    return next
  }
}

async function readPicture(bytes: Uint8Array<ArrayBuffer>, codecs: Codecs, limits: PictureLimits): Promise<Picture> {
  if (bytes.length > limits.bytes) throw tooLarge(`A picture may have at most ${limits.bytes / 2 ** 20} MiB.`)
  if (!bytes.length) throw broken()
  const header = readHeader(bytes, limits.side)
  const { width, height, format, memory, orientation } = header
  if (width * height > limits.pixels) throw tooLarge(`A picture may have at most ${limits.pixels / 1e6} million pixels.`)
  if (memory > limits.memory) throw tooLarge(`This ${format} has too many pixels for its kind; a smaller one, or a plain JPEG, will do.`)
  if (Math.min(width, height) < limits.sideMin) {
    throw new Refusal('invalid-request', `A picture is at least ${limits.sideMin} pixels wide and high.`)
  }
  const pixels = await decode(codecs, header)
  const size = fitted(width, height, limits.side)
  const shown = upright(resample(pixels, size.width, size.height), orientation)
  const looks = appearances(shown)
  return {
    bytes: await encode(codecs, shown, limits.quality),
    width: shown.width,
    height: shown.height,
    digest: hex(await crypto.subtle.digest('SHA-256', bytes)),
    fingerprint: looks[0]!,
    appearances: looks,
  }
}

const tooLarge = (detail: string) => new Refusal('too-large', detail)

const hex = (buffer: ArrayBuffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('')
