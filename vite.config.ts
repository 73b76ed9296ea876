// How the widget is built (one classic script for the tag, ES chunks for all it fetches later), how the Worker is (`--mode edge`), and
// how the tests are run.
import { createHash } from 'node:crypto'
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { defineConfig, type Plugin, type ViteUserConfig } from 'vitest/config'
import { withoutUnused } from './bin/unused.ts'

const minutes = 60_000
/** Stories of points at checkout, the report, erasing and importing, which are told on every host. */
const shops = ['test/34-points*', 'test/35-report*', 'test/36-*']

const widget: ViteUserConfig = {
  plugins: [unmoved(), withoutUnused(), withoutRuntime(), classicScript(), readOnce(), compressed()],
  publicDir: false,
  // No shop's page has their developers' tools.
  define: { 'window.__PREACT_SIGNALS_DEVTOOLS__': 'false' },
  build: {
    outDir: 'dist/widget',
    target: 'es2022',
    // The first of each that know light-dark(), which would otherwise be spelled out, at some hundred bytes.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    manifest: true,
    // As a library, since that is the one way in which Vite wraps no preload helper around a dynamic import.
    lib: { entry: 'widget/tag.ts', formats: ['es'] },
    rolldownOptions: {
      output: {
        entryFileNames: 'muse.js',
        chunkFileNames: 'chunks/[hash:6].js',
        minify: true,
        comments: false,
        codeSplitting: {
          groups: [
            { name: chunkOf('panel', 'mount.tsx'), priority: 2 },
            { name: chunkOf('member', 'Member.tsx'), priority: 1 },
            // Few bytes, and more of them as a file of their own.
            { name: 'writing', test: /\/panel\/(writing|claims|intent|again)\.ts$/ },
          ],
        },
      },
    },
  },
  test: {
    testTimeout: minutes,
    hookTimeout: minutes,
    maxWorkers: 2,
    css: true,
    execArgv: ['--disable-warning=ExperimentalWarning'],
    projects: [
      { extends: true, test: { name: 'node', include: ['test/*.test.ts'], exclude: ['test/5*', 'test/64-objects*'] } },
      // The same stories on the other host: workerd with Durable Objects.
      {
        extends: true,
        test: {
          name: 'edge',
          include: [
            'test/32*.test.ts',
            'test/33*.test.ts',
            ...shops,
            'test/4*.test.ts',
            'test/60-limits.test.ts',
            'test/61-metrics.test.ts',
          ],
          exclude: ['test/44*', 'test/45*', 'test/48-readme*'],
          globalSetup: 'test/edge/setup.ts',
          env: { MUSE_HOST: 'edge' },
        },
      },
      // And by the short way in, which the embedded server takes where it can.
      {
        extends: true,
        test: {
          name: 'short',
          include: ['test/4*.test.ts', 'test/60-limits.test.ts', 'test/61-metrics.test.ts'],
          exclude: ['test/44*', 'test/45*', 'test/48-readme*'],
          env: { MUSE_HOST: 'short' },
        },
      },
      // And of a shop that keeps its members in 32 books.
      {
        extends: true,
        test: {
          name: 'books',
          include: ['test/32*.test.ts', 'test/33*.test.ts', ...shops, 'test/41*.test.ts', 'test/43*.test.ts', 'test/49*.test.ts'],
          env: { MUSE_BOOKS: '32' },
        },
      },
      // And both: 32 Durable Objects a shop.
      {
        extends: true,
        test: {
          name: 'objects',
          include: ['test/32*.test.ts', 'test/33*.test.ts', ...shops, 'test/41*.test.ts', 'test/43*.test.ts', 'test/64-objects*'],
          globalSetup: 'test/edge/setup.ts',
          env: { MUSE_HOST: 'edge', MUSE_BOOKS: '32' },
        },
      },
      { extends: true, test: { name: 'widget', include: ['test/5*.test.ts', 'test/5*.test.tsx'], environment: 'happy-dom' } },
    ],
  },
}

/** The Worker with all it needs in one file, for workerd. Deploying needs none of this: Wrangler builds by itself. */
const edge: ViteUserConfig = {
  plugins: [wasmModules()],
  publicDir: false,
  ssr: { target: 'webworker', noExternal: true, resolve: { conditions: ['workerd', 'worker', 'module', 'import'] } },
  build: {
    outDir: 'dist/edge',
    target: 'esnext',
    ssr: process.env.MUSE_WORKER || 'server/hosts/worker.ts',
    emitAssets: true,
    rolldownOptions: { external: /^cloudflare:/, output: { entryFileNames: 'worker.js', codeSplitting: false } },
  },
}

/** The theme bench, for any file host: its pages, the widget as it is built, and the worker that answers for it. */
const designer: ViteUserConfig = {
  root: 'demo/bench',
  base: './',
  publicDir: false,
  plugins: [besideTheBench('dist/bench')],
  build: {
    outDir: '../../dist/bench',
    emptyOutDir: true,
    target: 'es2022',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1_000,
    rolldownOptions: { input: ['demo/bench/index.html', 'demo/bench/stage.html'] },
  },
}

export default defineConfig(({ mode }) => ({ edge, designer })[mode] ?? widget)

/** Lays the widget and the service worker beside the pages, with the names of all files for it to keep. */
function besideTheBench(folder: string): Plugin {
  return {
    name: 'beside-the-bench',
    apply: 'build',
    closeBundle() {
      const isPacked = (path: string) => /\.(br|gz)$|\.vite/.test(path)
      cpSync('dist/widget', folder, { recursive: true, filter: (path) => !isPacked(path) })
      cpSync('node_modules/msw/lib/mockServiceWorker.js', join(folder, 'msw.js'))
      // SQLite's ways to a disk, which a database in memory never takes.
      for (const file of readdirSync(join(folder, 'assets'))) if (/^sqlite3-(opfs|worker)/.test(file)) rmSync(join(folder, 'assets', file))
      const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => /\.\w+$/.test(path) && path !== 'worker.js')
      const stamp = createHash('sha256')
      for (const file of files.sort()) stamp.update(readFileSync(join(folder, file)))
      const worker = readFileSync('demo/bench/worker.js', 'utf8')
        .replace('STAMP', stamp.digest('hex').slice(0, 12))
        .replace('/* FILES */ []', JSON.stringify(['./', ...files.map((file) => file.replaceAll('\\', '/'))]))
      writeFileSync(join(folder, 'worker.js'), worker)
    },
  }
}

/**
 * The tag is `<script async>`, which is no module: its names would be the page's, and where it comes from another origin without
 * CORS, `import()` has no base. So it is a function, and its chunks are found from the address it was loaded from.
 */
function classicScript(): Plugin {
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

/** Lays WebAssembly beside the Worker, as modules of their own: a Worker compiles nothing at run time. */
function wasmModules(): Plugin {
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

/** All of the panel that `entry` imports at once is one chunk, though embeds import parts of it, too: else it would come in a dozen. */
function chunkOf(name: string, entry: string) {
  return (id: string, modules: { getModuleInfo(id: string): { importedIds: readonly string[] } | null }) => {
    if (!/\/(widget\/(panel|theme)|node_modules\/@?preact)\//.test(id)) return null
    const found = new Set<string>()
    const visit = (id: string) => {
      if (found.has(id)) return
      found.add(id)
      modules.getModuleInfo(id)?.importedIds.forEach(visit)
    }
    visit(join(import.meta.dirname, 'widget/panel', entry))
    return found.has(id) ? name : null
  }
}

/**
 * Pages extend and freeze what the language comes with. Of the code that is not ours: signals assign `valueOf` and the like, which on
 * a frozen `Object.prototype` cannot be assigned to what inherits it. And `<form name="createTextNode">` is what a document then answers
 * with to preact.
 */
function unmoved(): Plugin {
  const assigned = /(\w+)\.prototype\.(valueOf|toString)\s*=/g
  const made = /\b(\w+)\.(createTextNode|createElementNS)\(/g
  return {
    name: 'unmoved',
    apply: 'build',
    transform(code, id) {
      if (id.includes('node_modules/preact/dist/preact')) {
        if (code.match(made)?.length !== 2) this.error('preact no longer makes elements where pages name forms like its ways to do so')
        return code.replace(made, 'Document.prototype.$2.call($1,')
      }
      if (!id.includes('signals-core')) return
      if (!assigned.test(code)) this.error('signals no longer assign what pages freeze')
      return code.replace(assigned, 'Object.defineProperty($1.prototype,"$2",{writable:true,configurable:true}).$2=')
    },
  }
}

/**
 * The bundler makes a module's names for a chunk with a function in a file of its own: one more file to wait for, found out about only
 * when the panel is there, and one that walks the names with `for … in`, and so through whatever the page has put into
 * `Object.prototype`. The few names are written down in its place: of functions, or of what stands above them.
 */
function withoutRuntime(): Plugin {
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
function readOnce(): Plugin {
  return {
    name: 'read-once',
    apply: 'build',
    generateBundle(_, bundle) {
      for (const part of Object.values(bundle))
        if (part.type === 'chunk' && part.name === 'desk') part.code = `//# allFunctionsCalledOnLoad\n${part.code}`
    },
  }
}

/** Lays `.br` and `.gz` beside each file, so that the server compresses nothing by itself. */
function compressed(): Plugin {
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
