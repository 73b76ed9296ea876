// Photos: which files are read, and what is kept of them.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Refusal } from '../server/contract.ts'
import { decode } from '../server/rules/codecs.ts'
import { distance, SAME } from '../server/rules/fingerprint.ts'
import { LIMITS, type Picture } from '../server/rules/picture.ts'
import { readHeader } from '../server/rules/picture-header.ts'
import { type Raster, resample, upright } from '../server/rules/raster.ts'
import { type Bytes, cmykJpeg, exif, interlacedPng, png, pngOf, webp, withSegment } from './pictures/files.ts'
import { baseline, codecs, fixture, jpeg, photo, read, scaled } from './pictures/read.ts'

const refusalOf = (bytes: Bytes) => read(bytes).then(() => 'read', refusalCode)

function refusalCode(error: unknown): string {
  if (error instanceof Refusal) return error.code
  throw error
}

/** The picture as it is shown, decoded again. */
async function shown({ bytes }: Picture): Promise<Raster> {
  const pixels = await decode(codecs, readHeader(bytes, LIMITS.side))
  return resample(pixels, pixels.width, pixels.height)
}

/** How far two rasters of one size are apart, as the mean difference of a byte. */
function difference(a: Raster, b: Raster): number {
  expect([a.width, a.height]).toEqual([b.width, b.height])
  return a.data.reduce((sum, value, index) => sum + Math.abs(value - b.data[index]!), 0) / a.data.length
}

describe('a file is read by what is in it', () => {
  const grey = (...[, green]: number[]) => [green!]
  const files: [what: string, bytes: () => Bytes | Promise<Bytes>, apart: number][] = [
    ['a progressive JPEG', () => jpeg(photo), 4],
    ['a baseline JPEG', () => baseline(photo), 4],
    ['a PNG', () => pngOf(photo), 3],
    ['an interlaced PNG', () => interlacedPng(photo), 3],
    ['a PNG with 16 bits', () => pngOf(photo, { depth: 16 }, (...rgb) => rgb.flatMap((value) => [value, 99])), 3],
    ['a PNG with opacity', () => pngOf(photo, { colour: 6 }, (...rgb) => [...rgb, 255]), 3],
    ['a grey PNG', () => pngOf(photo, { colour: 0 }, grey), 60],
    ['a PNG with a palette', () => pngOf(photo, { colour: 3, chunks: [['PLTE', palette()]] }, grey), 60],
    ['a lossy WebP', () => fixture('lossy.webp'), 8],
  ]
  test.each(files)('%s', async (_what, bytes, apart) => {
    const picture = await read(await bytes())
    const { width, height } = picture
    expect(width / height).toBeCloseTo(3 / 4)
    expect(
      difference(resample({ ...(await shown(picture)), kind: 'rgb' }, 24, 32), resample({ ...photo, kind: 'rgb' }, 24, 32)),
    ).toBeLessThan(apart)
  })

  test('what shows through lies on white', async () => {
    const { data } = await shown(await read(pngOf(photo, { colour: 6 }, () => [0, 0, 0, 0])))
    expect(data.reduce((least, value) => Math.min(least, value), 255)).toBeGreaterThan(250)
    const half = await shown(await read(fixture('alpha.webp')))
    expect(half.width).toBe(360)
  })

  test('a lossless WebP', async () => expect(await read(fixture('lossless.webp'))).toMatchObject({ width: 90, height: 120 }))

  test.each([
    [true, 64],
    [false, 64],
  ])('a JPEG in four inks, as Adobe writes it: %s', async (adobe, value) => {
    const { data } = await shown(await read(cmykJpeg(64, adobe)))
    expect(Math.abs(data[3000]! - value)).toBeLessThan(3)
  })

  test('two at a time are read one after the other, and both', async () => {
    const both = await Promise.all([read(await jpeg(photo)), read(pngOf(photo))])
    expect(distance(both[0].fingerprint, both[1].fingerprint)).toBeLessThanOrEqual(SAME)
  })
})

describe('what is kept of it', () => {
  test('is at most 1,600 pixels long, and never larger than it came', async () => {
    const large = await read(await baseline(scaled(photo, 6)))
    expect([large.width, large.height]).toEqual([1200, 1600])
    expect(await read(await jpeg(photo))).toMatchObject({ width: 240, height: 320 })
  })

  test('has no place, camera, profile or comment in it', async () => {
    const told: [marker: number, payload: Bytes | Buffer][] = [
      [0xe1, exif(1)],
      [0xe1, Buffer.from('http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>GPSLatitude</x:xmpmeta>')],
      [0xe2, Buffer.from('ICC_PROFILE\0\x01\x01secret')],
      [0xed, Buffer.from('Photoshop 3.0\0secret')],
      [0xfe, Buffer.from('secret')],
    ]
    const sent = told.reduce((bytes, [marker, payload]) => withSegment(bytes, marker, payload), await jpeg(photo))
    const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')
    const secrets = /Exif|GPS|ns\.adobe|ICC_PROFILE|Photoshop|secret/
    expect(text(sent)).toMatch(secrets)
    const { bytes } = await read(sent)
    expect(text(bytes)).not.toMatch(secrets)
    expect(markers(bytes).filter((marker) => marker >= 0xe1 && marker !== 0xff)).toEqual([])
    const chunks: [string, Buffer][] = [
      ['tEXt', Buffer.from('Comment\0secret')],
      ['eXIf', Buffer.from(exif(1))],
    ]
    expect(text((await read(pngOf(photo, { chunks }))).bytes)).not.toMatch(secrets)
  })

  test('stands upright, however the camera was held', async () => {
    const asTaken = await jpeg(photo)
    const plain = await read(asTaken)
    for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const back = { 6: 8, 8: 6 }[orientation] ?? orientation
      const sent = withSegment(await jpeg(upright(photo, back)), 0xe1, exif(orientation))
      const { width, height, fingerprint } = await read(sent)
      expect({ orientation, width, height }).toEqual({ orientation, width: 240, height: 320 })
      expect(distance(fingerprint, plain.fingerprint)).toBeLessThanOrEqual(6)
    }
  })

  test('names the file it came in by its SHA-256', async () => {
    const { digest } = await read(await baseline(photo))
    expect(digest).toMatch(/^[0-9a-f]{64}$/)
    expect((await read(await baseline(photo))).digest).toBe(digest)
    expect((await read(await jpeg(photo, 89))).digest).not.toBe(digest)
  })
})

describe('refuses', () => {
  const named = { png: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], gif: [...Buffer.from('GIF89a')] }
  const files: [what: string, bytes: Bytes, code: string][] = [
    ['nothing', new Uint8Array(0), 'invalid-request'],
    [
      'a script in an SVG',
      new Uint8Array(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')),
      'invalid-request',
    ],
    ['a GIF', new Uint8Array([...named.gif, 10, 0, 10, 0, 0, 0, 0, 0x3b]), 'invalid-request'],
    ['HTML that begins like a PNG', new Uint8Array([...named.png, ...Buffer.from('<html><script>')]), 'invalid-request'],
    ['what is larger than 8 MiB', new Uint8Array(LIMITS.bytes + 1), 'too-large'],
    ['a PNG that says 50,000 × 50,000', png({ width: 50_000, height: 50_000, rows: new Uint8Array(1e6) }), 'too-large'],
    ['a PNG that says 4,294,967,295 × 1', png({ width: 2 ** 32 - 1, height: 1, rows: new Uint8Array(9) }), 'invalid-request'],
    ['a PNG with more in it than it says', png({ width: 64, height: 64, rows: new Uint8Array(100e6) }), 'invalid-request'],
    ['a PNG with less in it than it says', png({ width: 64, height: 64, rows: new Uint8Array(99) }), 'invalid-request'],
    ['a WebP that says 16,384 × 16,384', webp(['VP8L', [0x2f, 255, 255, 255, 15, 0]]), 'too-large'],
    ['a WebP that moves', webp(['VP8X', [2, 0, 0, 0, 63, 0, 0, 63, 0, 0]], ['ANIM', [0, 0, 0, 0, 0, 0]]), 'invalid-request'],
    ['a dot', pngOf({ width: 1, height: 1, data: new Uint8Array(3) }), 'invalid-request'],
  ]
  test.each(files)('%s', async (_what, bytes, code) => expect(await refusalOf(bytes)).toBe(code))

  test('a JPEG that says 65,535 × 65,535, or needs more room than there is', async () => {
    const sized = async (width: number, height: number) => {
      const bytes = await jpeg(photo)
      const frame = bytes.findIndex((byte, index) => byte === 0xff && bytes[index + 1] === 0xc2)
      new DataView(bytes.buffer).setUint32(frame + 5, height * 65_536 + width)
      return bytes
    }
    expect(await refusalOf(await sized(65_535, 65_535))).toBe('too-large')
    expect(await refusalOf(await sized(6_000, 8_000))).toBe('too-large')
  })

  test('a JPEG with a thousand scans', async () => {
    const bytes = await jpeg(photo)
    const from = bytes.findLastIndex((byte, index) => byte === 0xff && bytes[index + 1] === 0xda)
    const scan = bytes.slice(from, -2)
    const many = Buffer.concat([bytes.slice(0, from), ...Array.from({ length: 1000 }, () => scan), Buffer.from([0xff, 0xd9])])
    expect(await refusalOf(new Uint8Array(many))).toBe('invalid-request')
  })

  test('a picture cut off anywhere', async () => {
    for (const bytes of [
      await jpeg(photo),
      await baseline(photo),
      pngOf(scaled(photo, 0.3)),
      fixture('lossy.webp'),
      fixture('lossless.webp'),
    ])
      for (let cut = 1; cut <= 40; cut++) {
        const left = bytes.slice(0, Math.floor((bytes.length * cut) / 41))
        expect(await refusalOf(left)).toBe('invalid-request')
      }
  })

  test('or reads, but survives, whatever else it is given, within a second of work and 300 MB', async () => {
    const whole = [
      await jpeg(scaled(photo, 0.4)),
      await baseline(scaled(photo, 0.4)),
      pngOf(scaled(photo, 0.3)),
      fixture('lossy.webp'),
      cmykJpeg(64, true),
    ]
    const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 12 })
    const damaged = fc.tuple(fc.constantFrom(...whole), changes).map(([bytes, changes]) => {
      const copy = bytes.slice()
      for (const [at, byte] of changes) copy[at % copy.length] = byte
      return copy
    })
    const noise = fc.uint8Array({ maxLength: 500 }).map((bytes) => new Uint8Array(bytes))
    const outcomes = new Set<string>()
    let slowest = 0
    const before = process.memoryUsage().rss
    await fc.assert(
      fc.asyncProperty(fc.oneof({ weight: 4, arbitrary: damaged }, noise), async (bytes) => {
        const start = process.cpuUsage()
        outcomes.add(await refusalOf(bytes))
        slowest = Math.max(slowest, process.cpuUsage(start).user / 1_000)
      }),
      { numRuns: 400 },
    )
    expect([...outcomes].filter((outcome) => !['read', 'invalid-request', 'too-large'].includes(outcome))).toEqual([])
    expect(slowest).toBeLessThan(1_000)
    expect(process.memoryUsage().rss - before).toBeLessThan(300e6)
  })
})

const palette = () => Array.from({ length: 256 }, (_, index) => [index, index, index]).flat()

/** The markers of a JPEG before its first scan. */
function markers(bytes: Uint8Array): number[] {
  const found: number[] = []
  for (let at = 2; bytes[at + 1] !== 0xda; at += 2 + bytes[at + 2]! * 256 + bytes[at + 3]!) found.push(bytes[at + 1]!)
  return found
}
