// A photo as the files that people send: written by our own encoder, and read by the reader under test.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import encodeJpeg from '@jsquash/jpeg/encode.js'
import { loadCodecs } from '../../server/hosts/node/codecs.ts'
import { decode, encode } from '../../server/rules/codecs.ts'
import { pictureReader } from '../../server/rules/picture.ts'
import { readHeader } from '../../server/rules/picture-header.ts'
import { type Raster, resample } from '../../server/rules/raster.ts'
import type { Bytes } from './files.ts'
import { dresses, photograph, shots } from './photos.ts'

export const codecs = loadCodecs()
export const read = pictureReader(codecs)

/** 240 by 320 pixels. */
export const photo = photograph(dresses.rose!, shots['from the front in the studio']!, 1, 240)

/** One of the files beside this one. */
export const fixture = (name: string) => new Uint8Array(readFileSync(join(import.meta.dirname, name)))

/** The raster as a progressive JPEG. */
export const jpeg = (raster: Raster, quality = 90) => encode(codecs, raster, quality)

/** The raster as a baseline JPEG, which ours never are. */
export async function baseline(raster: Raster): Promise<Bytes> {
  // Ours makes the encoder ready.
  await jpeg(raster)
  const data = new Uint8ClampedArray(raster.width * raster.height * 4).map((_, at) =>
    at % 4 === 3 ? 255 : raster.data[(at >> 2) * 3 + (at % 4)]!,
  )
  const { width, height } = raster
  return new Uint8Array(await encodeJpeg({ data, width, height, colorSpace: 'srgb' } as ImageData, { quality: 90, progressive: false }))
}

/** The raster that many times as large. */
export const scaled = (raster: Raster, by: number) =>
  resample({ ...raster, kind: 'rgb' }, Math.round(raster.width * by), Math.round(raster.height * by))

/** The raster as it comes back out of a JPEG. */
export async function through(raster: Raster, quality: number): Promise<Raster> {
  const pixels = await decode(codecs, readHeader(await jpeg(raster, quality), 4_000))
  return resample(pixels, pixels.width, pixels.height)
}
