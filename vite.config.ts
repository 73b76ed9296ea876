// How the widget is built (one classic script for the tag, ES chunks for all it fetches later), how the Worker (`--mode edge`) and the
// theme bench (`--mode designer`) are, and how the tests are run.
import { defineConfig, type ViteUserConfig } from 'vitest/config'
import { besideTheBench } from './bin/bench.ts'
import { chunkOf, classicScript, readOnce, unmoved, withoutRuntime } from './bin/chunks.ts'
import { compressed } from './bin/compressed.ts'
import { withoutUnused } from './bin/unused.ts'
import { wasmModules } from './bin/wasm.ts'

const minute = 60_000
/** What is told on every host: stories of all that earns points beside buying, of points at checkout, the report, erasing and importing. */
const stories = ['test/32*.test.ts', 'test/33*.test.ts', 'test/34-points*', 'test/35-past*', 'test/35-report*', 'test/36-*']
/** All that speaks HTTP, but for what is about one host alone. */
const wire = ['test/4*.test.ts', 'test/60-limits.test.ts', 'test/61-metrics.test.ts']
const oneHost = ['test/44*', 'test/45*', 'test/48-readme*']
/** Of that, what a shop of several books could get wrong. */
const divided = ['test/41*.test.ts', 'test/43*.test.ts']
/** What is looked at in a real browser. */
const pages = ['test/75-*.test.ts', 'test/77-*.test.ts', 'test/78-*.test.ts', 'test/8*.test.ts', 'test/9*.test.ts']

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
    testTimeout: minute,
    hookTimeout: minute,
    maxWorkers: 2,
    css: true,
    execArgv: ['--disable-warning=ExperimentalWarning'],
    projects: [
      { extends: true, test: { name: 'node', include: ['test/*.test.ts'], exclude: ['test/5*', 'test/64-objects*', ...pages] } },
      // A browser has a clock of its own, and a machine may starve it: what is waited for has its time, and what fails there is tried once
      // more, and named.
      { extends: true, test: { name: 'chromium', include: pages, retry: 1, expect: { poll: { timeout: minute / 3 } } } },
      // The same stories on the other host: workerd with Durable Objects.
      {
        extends: true,
        test: {
          name: 'edge',
          include: [...stories, ...wire],
          exclude: oneHost,
          globalSetup: 'test/edge/setup.ts',
          env: { MUSE_HOST: 'edge' },
        },
      },
      // And by the short way in, which the embedded server takes where it can.
      { extends: true, test: { name: 'short', include: wire, exclude: oneHost, env: { MUSE_HOST: 'short' } } },
      // And of a shop that keeps its members in 32 books.
      {
        extends: true,
        test: { name: 'books', include: [...stories, ...divided, 'test/49*.test.ts'], env: { MUSE_BOOKS: '32' } },
      },
      // And both: 32 Durable Objects a shop.
      {
        extends: true,
        test: {
          name: 'objects',
          include: [...stories, ...divided, 'test/64-objects*'],
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
