// The picture libraries' WebAssembly on Node: read from where npm put it, and compiled when the first picture comes.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Codecs } from '../../rules/codecs.ts'

const { resolve } = createRequire(import.meta.url)

export function loadCodecs(): Codecs {
  const compile = (path: string) => new WebAssembly.Module(readFileSync(resolve(path)))
  return {
    jpeg: compile('@cwasm/jpeg-turbo/jpeg-turbo.wasm'),
    png: compile('@cwasm/lodepng/lodepng.wasm'),
    webp: compile('@cwasm/webp/webp.wasm'),
    jpegEncoder: compile('@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm'),
  }
}
