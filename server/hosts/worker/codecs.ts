// The picture libraries' WebAssembly on Workers, which compile nothing at run time: each is a module that the Worker is deployed with.

import jpeg from '@cwasm/jpeg-turbo/jpeg-turbo.wasm'
import png from '@cwasm/lodepng/lodepng.wasm'
import webp from '@cwasm/webp/webp.wasm'
import jpegEncoder from '@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm'
import type { Codecs } from '../../rules/codecs.ts'

export const codecs: Codecs = { jpeg, png, webp, jpegEncoder }
