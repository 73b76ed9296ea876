// What becomes of the widget's code on its way into files: one classic script and few chunks, for pages that are not ours.
import { join } from 'node:path'
import type { Plugin } from 'vite'

/**
 * The tag is `<script async>`, which is no module: its names would be the page's, and where it comes from another origin without
 * CORS, `import()` has no base. So it is a function, and its chunks are found from the address it was loaded from.
 */
export function classicScript(): Plugin {
  return {
    name: 'classic-script',
    apply: 'build',
    renderChunk(code, chunk) {
      if (!chunk.isEntry) return
      if (chunk.exports.length || chunk.imports.length) {
        this.error(`no chunk can import from a classic script, but ${chunk.fileName} shares code with ${chunk.imports.join(', ') || 'one'}`)
      }
      if (!/^(const|var|let) base = /m.test(code)) this.error('the tag no longer knows where it lies by that name')
      const late = code.replace(/\bimport\((["'`])\.\/(chunks\/[^)]+)\)/g, 'import(base + $1$2)')
      if (late.split('import(base + ').length - 1 !== chunk.dynamicImports.length)
        this.error('a dynamic import of the tag was not recognized')
      // In brackets V8 takes a function for one that is called at once, and reads it once, not twice.
      const read = late.replace(/^(const|var) start = (.*?^\});$/ms, '$1 start = ($2);')
      if (read === late) this.error('the tag no longer starts by a function of that name')
      return `(() => {
        ${read}
      })()`
    },
  }
}

/** All of the panel that `entry` imports at once is one chunk, though embeds import parts of it, too: else it would come in a dozen. */
export function chunkOf(name: string, entry: string) {
  return (id: string, modules: { getModuleInfo(id: string): { importedIds: readonly string[] } | null }) => {
    if (!/\/(widget\/(panel|theme)|node_modules\/@?preact)\//.test(id)) return null
    const found = new Set<string>()
    const visit = (id: string) => {
      if (found.has(id)) return
      found.add(id)
      modules.getModuleInfo(id)?.importedIds.forEach(visit)
    }
    visit(join(import.meta.dirname, '../widget/panel', entry))
    return found.has(id) ? name : null
  }
}

/**
 * Pages name forms like what a document does, and `<form name="createTextNode">` is what a document then answers with to preact.
 */
export function unmoved(): Plugin {
  const made = /\b(\w+)\.(createTextNode|createElementNS)\(/g
  return {
    name: 'unmoved',
    apply: 'build',
    transform(code, id) {
      if (!id.includes('node_modules/preact/dist/preact')) return
      if (code.match(made)?.length !== 2) this.error('preact no longer makes elements where pages name forms like its ways to do so')
      return code.replace(made, 'Document.prototype.$2.call($1,')
    },
  }
}

/**
 * The bundler makes a module's names for a chunk with a function in a file of its own: one more file to wait for, found out about only
 * when the panel is there, and one that walks the names with `for … in`, and so through whatever the page has put into
 * `Object.prototype`. The few names are written down in its place: of functions, or of what stands above them.
 */
export function withoutRuntime(): Plugin {
  return {
    name: 'without-runtime',
    apply: 'build',
    renderChunk(code) {
      if (!code.includes('__exportAll(')) return
      const plain = code
        .replace(/^import .*__exportAll.*\n/m, '')
        .replace(/\/\* @__PURE__ \*\/ __exportAll\((\{[^{}]+\})\)/g, (_, names) => names.replaceAll('() => ', ''))
      if (plain.includes('__exportAll')) this.error('the bundler writes down the names of a module in another way than before')
      return plain
    },
    generateBundle: {
      order: 'pre',
      handler(_, bundle) {
        for (const [file, part] of Object.entries(bundle))
          if (part.type === 'chunk' && part.name === 'rolldown-runtime') delete bundle[file]
      },
    },
  }
}

/** V8 is told that all functions of the desk are called as soon as they are there: it reads each once, not twice, which somebody who has
 * pressed the launcher would wait for. */
export function readOnce(): Plugin {
  return {
    name: 'read-once',
    apply: 'build',
    generateBundle(_, bundle) {
      for (const part of Object.values(bundle))
        if (part.type === 'chunk' && part.name === 'desk') part.code = `//# allFunctionsCalledOnLoad\n${part.code}`
    },
  }
}
