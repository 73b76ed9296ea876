// The C libraries that know the formats, as WebAssembly: each picture in an instance of its own, which ends with it.
import encodeJpeg, { init } from '@jsquash/jpeg/encode.js'
import { broken, type Header } from './picture-header.ts'
import type { Pixels, Raster } from './raster.ts'

/** Compiled by the host, which alone knows where they lie: three of `@cwasm`, and the encoder of `@jsquash/jpeg`. */
export interface Codecs {
  jpeg: WebAssembly.Module
  png: WebAssembly.Module
  webp: WebAssembly.Module
  jpegEncoder: WebAssembly.Module
}

interface Exports {
  memory: WebAssembly.Memory
  malloc(size: number): number
  _initialize?(): void
  tjInitDecompress(): number
  tjDecompress2(
    handle: number,
    from: number,
    size: number,
    to: number,
    width: number,
    pitch: number,
    height: number,
    kind: number,
    flags: number,
  ): number
  lodepng_decode32(to: number, width: number, height: number, from: number, size: number): number
  WebPDecodeRGBA(from: number, size: number, width: number, height: number): number
}

// As turbojpeg.h numbers them.
const TJPF_RGB = 0
const TJPF_CMYK = 11

/** Decodes; the pixels lie in the instance's own memory. A refusal where the picture is damaged. */
export async function decode(codecs: Codecs, header: Header): Promise<Pixels> {
  if (header.format === 'png') await checkUnpacked(header)
  const decoders = { jpeg: decodeJpeg, png: decodePng, webp: decodeWebp }
  let pixels: Pixels | undefined
  try {
    pixels = decoders[header.format](open(codecs[header.format]), header)
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError || error instanceof Stopped) throw broken()
    throw error
  }
  if (!pixels) throw broken()
  return pixels
}

/** A JPEG with nothing in it but the picture. */
export async function encode(codecs: Codecs, { width, height, data }: Raster, quality: number): Promise<Uint8Array<ArrayBuffer>> {
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255)
  for (let from = 0, to = 0; from < data.length; from += 3, to += 4) {
    rgba[to] = data[from]!
    rgba[to + 1] = data[from + 1]!
    rgba[to + 2] = data[from + 2]!
  }
  ready ??= init({
    instantiateWasm(imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void) {
      const instance = new WebAssembly.Instance(codecs.jpegEncoder, imports)
      done(instance)
      return instance.exports
    },
  })
  await ready
  return new Uint8Array(await encodeJpeg({ data: rgba, width, height, colorSpace: 'srgb' } as ImageData, { quality }))
}

let ready: Promise<void> | undefined

// How a library says that it cannot go on.
class Stopped extends Error {}

function stop(): never {
  throw new Stopped()
}

function open(module: WebAssembly.Module): Exports {
  // Of all that C might want of an operating system there is nothing; an error is a long jump, and ends the instance.
  const harmless = ['setjmp', 'environ_sizes_get']
  const imports: Record<string, Record<string, () => number>> = {}
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    imports[from] = { ...imports[from], [name]: harmless.includes(name) ? () => 0 : stop }
  }
  const exports = new WebAssembly.Instance(module, imports).exports as unknown as Exports
  exports._initialize?.()
  return exports
}

function place(wasm: Exports, parts: Uint8Array[]) {
  const size = parts.reduce((sum, part) => sum + part.length, 0)
  const from = allocate(wasm, size)
  let at = from
  for (const part of parts) {
    new Uint8Array(wasm.memory.buffer, at, part.length).set(part)
    at += part.length
  }
  return { from, size }
}

function allocate(wasm: Exports, size: number): number {
  return wasm.malloc(size) || stop()
}

function decodeJpeg(wasm: Exports, header: Header): Pixels | undefined {
  const { from, size } = place(wasm, header.body)
  const [width, height] = [Math.ceil((header.width * header.scale) / 8), Math.ceil((header.height * header.scale) / 8)]
  const channels = header.ink ? 4 : 3
  const to = allocate(wasm, width * height * channels)
  const status = wasm.tjDecompress2(
    wasm.tjInitDecompress(),
    from,
    size,
    to,
    width,
    width * channels,
    height,
    header.ink ? TJPF_CMYK : TJPF_RGB,
    0,
  )
  return status
    ? undefined
    : { width, height, kind: header.ink || 'rgb', data: new Uint8Array(wasm.memory.buffer, to, width * height * channels) }
}

function decodePng(wasm: Exports, header: Header): Pixels | undefined {
  const { from, size } = place(wasm, header.body)
  const told = allocate(wasm, 12)
  return wasm.lodepng_decode32(told, told + 4, told + 8, from, size)
    ? undefined
    : rgba(wasm, header, new Uint32Array(wasm.memory.buffer, told, 3))
}

function decodeWebp(wasm: Exports, header: Header): Pixels | undefined {
  const { from, size } = place(wasm, header.body)
  const told = allocate(wasm, 8)
  const at = wasm.WebPDecodeRGBA(from, size, told, told + 4)
  return at ? rgba(wasm, header, [at, ...new Uint32Array(wasm.memory.buffer, told, 2)]) : undefined
}

function rgba(wasm: Exports, header: Header, [at = 0, width = 0, height = 0]: Iterable<number> & ArrayLike<number>): Pixels | undefined {
  if (width !== header.width || height !== header.height) return undefined
  return { width, height, kind: 'rgba', data: new Uint8Array(wasm.memory.buffer, at >>> 0, width * height * 4) }
}

/** A few KB of PNG can unpack to gigabytes, whatever its header says: unpacked once for the count alone, and no further than due. */
async function checkUnpacked({ body, unpacked }: Header): Promise<void> {
  const isData = (chunk: Uint8Array) => chunk[4] === 0x49 && chunk[5] === 0x44
  const packed = new Blob(
    body
      .slice(1)
      .filter(isData)
      .map((chunk) => chunk.slice(8, -4)),
  )
  const reader = packed.stream().pipeThrough(new DecompressionStream('deflate')).getReader()
  let count = 0
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw broken()
    })
    if (done) break
    count += value.length
    if (count > unpacked) {
      reader.cancel().catch(() => {})
      throw broken()
    }
  }
  if (count < unpacked) throw broken()
}
