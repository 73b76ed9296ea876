// How the widget is built (one classic script for the tag, ES chunks for all it fetches later), how the Worker is (`--mode edge`), and
// how the tests are run.
import { createHash } from 'node:crypto'
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { defineConfig, type Plugin, type ViteUserConfig } from 'vitest/config'
import { chunkOf, classicScript, readOnce, unmoved, withoutRuntime } from './bin/chunks.ts'
import { compressed } from './bin/compressed.ts'
import { withoutUnused } from './bin/unused.ts'

const minutes = 60_000
/** Stories of points at checkout, the report, erasing and importing, which are told on every host. */
const shops = ['test/34-points*', 'test/35-report*', 'test/36-*']
/** What is looked at in a real browser. */
const pages = ['test/75-*.test.ts', 'test/77-*.test.ts', 'test/8*.test.ts', 'test/9*.test.ts']

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
      { extends: true, test: { name: 'node', include: ['test/*.test.ts'], exclude: ['test/5*', 'test/64-objects*', ...pages] } },
      // A browser has a clock of its own, and a machine may starve it: what fails there is tried once more, and named.
      { extends: true, test: { name: 'chromium', include: pages, retry: 1 } },
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
