// Builds the widget, the Worker and the theme bench where their sources are not those of the last build.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { quietly } from './quietly.js'

const stamp = 'dist/sources'
/** What the three builds leave, and the fingerprint of what they were made of. */
const made = ['dist/widget/muse.js', 'dist/edge/worker.js', 'dist/bench/worker.js', stamp]
const vite = ['node_modules/vite/bin/vite.js', 'build']

export function build() {
  const sources = fingerprint()
  if (made.every((file) => existsSync(file)) && readFileSync(stamp, 'utf8') === sources) return
  console.log('muse: building')
  // What is broken off is of no sources.
  rmSync(stamp, { force: true })
  // In this order: the bench takes the widget along.
  for (const mode of [[], ['--mode', 'edge'], ['--mode', 'designer']])
    quietly('node_modules/.bin/node', [...vite, ...mode], { NODE_ENV: 'production' })
  writeFileSync(stamp, sources)
}

/** By content, not by date: a checkout gives old files new dates. */
function fingerprint() {
  const hash = createHash('sha256')
  const sources = ['bin', 'widget', 'server', 'demo/bench', 'demo/catalogue', 'demo/pictures'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)),
  )
  // The bench draws the pieces of the house.
  const settings = ['demo/catalogue.ts', 'demo/pictures.ts', 'package.json', 'package-lock.json', 'tsconfig.json', 'vite.config.ts']
  for (const file of [...sources.filter((path) => statSync(path).isFile()).sort(), ...settings])
    hash.update(`${file}\n`).update(readFileSync(file))
  return hash.digest('hex')
}
