// Each file of the widget as it is sent: packed once, when it is built, in as few bytes as can be.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

/** Lays `.br` and `.gz` beside each file, so that the server compresses nothing by itself. */
export function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    writeBundle({ dir = '' }, bundle) {
      for (const { fileName, type } of Object.values(bundle)) {
        if (type !== 'chunk') continue
        const file = join(dir, fileName)
        const content = readFileSync(file)
        writeFileSync(`${file}.br`, smallest(content))
        writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }))
      }
    },
  }
}

/** The same file in the fewest bytes: how the encoder is set is worth some dozens of them. */
function smallest(content: Buffer): Buffer {
  const { BROTLI_PARAM_DISABLE_LITERAL_CONTEXT_MODELING, BROTLI_PARAM_LGWIN, BROTLI_PARAM_MODE, BROTLI_PARAM_SIZE_HINT } = constants
  const { BROTLI_PARAM_NDIRECT, BROTLI_PARAM_NPOSTFIX } = constants
  const both = [0, 1]
  const ways = both.flatMap((mode) =>
    [14, 16, 18, 22].flatMap((window) =>
      both.flatMap((plain) => both.flatMap((direct) => both.map((postfix) => ({ mode, window, plain, direct, postfix })))),
    ),
  )
  const packed = ways.map(({ mode, window, plain, direct, postfix }) =>
    brotliCompressSync(content, {
      params: {
        ...{ [BROTLI_PARAM_MODE]: mode, [BROTLI_PARAM_LGWIN]: window, [BROTLI_PARAM_SIZE_HINT]: content.length },
        ...{ [BROTLI_PARAM_NPOSTFIX]: postfix, [BROTLI_PARAM_NDIRECT]: direct << postfix },
        [BROTLI_PARAM_DISABLE_LITERAL_CONTEXT_MODELING]: plain,
      },
    }),
  )
  return packed.reduce((least, one) => (one.length < least.length ? one : least))
}
