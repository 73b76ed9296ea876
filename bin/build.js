// Builds the widget where its sources are not those of the last build.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { quietly } from './quietly.js'

const stamp = 'dist/widget.sources'

export function build() {
  const sources = fingerprint()
  if (existsSync('dist/widget/muse.js') && existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return
  console.log('muse: building the widget')
  quietly('node_modules/.bin/node', ['node_modules/vite/bin/vite.js', 'build'], { NODE_ENV: 'production' })
  writeFileSync(stamp, sources)
}

/** By content, not by date: a checkout gives old files new dates. */
function fingerprint() {
  const hash = createHash('sha256')
  const widget = readdirSync('widget', { recursive: true, encoding: 'utf8' }).map((path) => join('widget', path))
  for (const file of [
    ...widget.filter((path) => statSync(path).isFile()).sort(),
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'vite.config.ts',
  ]) {
    hash.update(`${file}\n`).update(readFileSync(file))
  }
  return hash.digest('hex')
}
