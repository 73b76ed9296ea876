// WebAssembly for the Worker, which compiles nothing at run time.
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Plugin } from 'vite'

/** Lays it beside the Worker, as modules of their own. */
export function wasmModules(): Plugin {
  return {
    name: 'wasm-modules',
    enforce: 'pre',
    async resolveId(source, importer) {
      const found = source.endsWith('.wasm') ? await this.resolve(source, importer, { skipSelf: true }) : undefined
      if (!found) return
      const fileName = basename(found.id)
      this.emitFile({ type: 'asset', fileName, source: readFileSync(found.id) })
      return { id: `./${fileName}`, external: true }
    },
  }
}
