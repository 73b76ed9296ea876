// Builds the widget, the Worker and the theme bench where their sources are not those of the last build.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { quietly } from './quietly.js'

const stamp = 'dist/sources'
const vite = ['node_modules/vite/bin/vite.js', 'build']

export function build() {
  const sources = fingerprint()
  if (
    existsSync('dist/widget/muse.js') &&
    existsSync('dist/edge/worker.js') &&
    existsSync('dist/bench/worker.js') &&
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8') === sources
  )
    return
  console.log('muse: building')
  quietly('node_modules/.bin/node', vite, { NODE_ENV: 'production' })
  quietly('node_modules/.bin/node', [...vite, '--mode', 'edge'], { NODE_ENV: 'production' })
  quietly('node_modules/.bin/node', [...vite, '--mode', 'designer'], { NODE_ENV: 'production' })
  writeFileSync(stamp, sources)
}

/** By content, not by date: a checkout gives old files new dates. */
function fingerprint() {
  const hash = createHash('sha256')
  const sources = ['bin', 'widget', 'server', 'demo/bench'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)),
  )
  for (const file of [
    ...sources.filter((path) => statSync(path).isFile()).sort(),
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'vite.config.ts',
  ]) {
    hash.update(`${file}\n`).update(readFileSync(file))
  }
  return hash.digest('hex')
}
