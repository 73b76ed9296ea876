// What is served is what the sources say: a build is only left out where nothing it is made of has changed, and the last one came to its end.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeEach, expect, it } from 'vitest'
import { folder } from './folder.ts'

const results = { '': 'dist/widget/muse.js', edge: 'dist/edge/worker.js', designer: 'dist/bench/worker.js' }
let clone: string

// A clone in small, with a bundler that only copies: what it builds shows what it was built of.
beforeEach(() => {
  clone = folder()
  write('node_modules/vite/bin/vite.js', bundler)
  mkdirSync(join(clone, 'node_modules/.bin'))
  symlinkSync(process.execPath, join(clone, 'node_modules/.bin/node'))
  for (const file of ['bin/a.js', 'server/a.ts', 'demo/bench/a.ts', 'demo/catalogue/a.ts', 'demo/pictures/a.ts']) write(file, '')
  for (const file of ['demo/catalogue.ts', 'demo/pictures.ts', 'package.json', 'package-lock.json', 'tsconfig.json', 'vite.config.ts'])
    write(file, '')
  write('widget/a.ts', 'one')
})

it('builds once what stays as it is, and again what has changed', () => {
  expect(build()).toBe(true)
  expect(built()).toEqual(['one', 'one', 'one'])
  expect(build()).toBe(false)
  // The bench draws the pieces of the house.
  for (const file of [
    'widget/a.ts',
    'demo/bench/a.ts',
    'demo/catalogue/a.ts',
    'demo/pictures/a.ts',
    'demo/catalogue.ts',
    'demo/pictures.ts',
  ]) {
    write(file, 'two')
    expect(build(), file).toBe(true)
  }
  expect(built()).toEqual(['two', 'two', 'two'])
})

it('takes no half of a build for a whole one, though the sources are those of the last again', () => {
  build()
  write('widget/a.ts', 'two')
  expect(() => build('edge')).toThrow('broke off')
  write('widget/a.ts', 'one')
  expect(build()).toBe(true)
  expect(built()).toEqual(['one', 'one', 'one'])
})

const bundler = `
const { mkdirSync, readFileSync, writeFileSync } = require('node:fs')
const { dirname } = require('node:path')
const mode = process.argv[4] ?? ''
if (process.env.BREAKS === mode) throw new Error('broke off')
const result = ${JSON.stringify(results)}[mode]
mkdirSync(dirname(result), { recursive: true })
writeFileSync(result, readFileSync('widget/a.ts'))`

const built = () => Object.values(results).map((file) => readFileSync(join(clone, file), 'utf8'))

/** Whether anything was built. */
function build(breaks = 'nowhere'): boolean {
  const script = `import(${JSON.stringify(pathToFileURL(resolve('bin/build.js')).href)}).then(({ build }) => build())`
  const ran = spawnSync(process.execPath, ['-e', script], { cwd: clone, encoding: 'utf8', env: { ...process.env, BREAKS: breaks } })
  if (ran.status !== 0) throw new Error(ran.stderr)
  return ran.stdout.includes('building')
}

function write(file: string, text: string) {
  mkdirSync(dirname(join(clone, file)), { recursive: true })
  writeFileSync(join(clone, file), text)
}
