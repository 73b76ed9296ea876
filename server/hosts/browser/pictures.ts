// The picture libraries' WebAssembly in a browser: fetched from beside the page, and compiled, when the first picture comes.
import jpeg from '@cwasm/jpeg-turbo/jpeg-turbo.wasm?url'
import png from '@cwasm/lodepng/lodepng.wasm?url'
import webp from '@cwasm/webp/webp.wasm?url'
import jpegEncoder from '@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm?url'
import type { Codecs } from '../../rules/codecs.ts'
import { type Picture, pictureReader } from '../../rules/picture.ts'

let reader: Promise<(bytes: Uint8Array<ArrayBuffer>) => Promise<Picture>> | undefined

/** Makes a picture of the bytes that somebody sent, or refuses them. */
export async function picture(bytes: Uint8Array<ArrayBuffer>): Promise<Picture> {
  reader ??= load().then((codecs) => pictureReader(codecs))
  return (await reader)(bytes)
}

async function load(): Promise<Codecs> {
  const files = Object.entries({ jpeg, png, webp, jpegEncoder })
  return Object.fromEntries(await Promise.all(files.map(async ([name, url]) => [name, await compiled(url)])))
}

// A plain file host may not know what a `.wasm` is, and compiling while it streams would insist on that.
const compiled = async (url: string) => WebAssembly.compile(await (await fetch(url)).arrayBuffer())
