// Gets the peers when they are not there yet: into `dist/`, so that no `npm ci` of the project pays for them.
import { cpSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { quietly } from '../../../bin/quietly.js'

const SOURCE = 'test/bench/peers'
const FOLDER = 'dist/peers'
const LOCK = 'package-lock.json'

/** Installs and bundles what is missing. Answers with the folder that has their `node_modules` and `bundled/`. */
export async function installPeers(): Promise<string> {
  const isHere = existsSync(join(FOLDER, 'bundled')) && read(join(FOLDER, LOCK)) === read(join(SOURCE, LOCK))
  if (isHere) return FOLDER
  console.log('muse: installing the peers (npm ci)')
  cpSync(SOURCE, FOLDER, { recursive: true })
  // None of their own scripts is run: what is measured are files.
  quietly('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', FOLDER])
  await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    build: {
      outDir: join(FOLDER, 'bundled'),
      target: 'es2022',
      minify: true,
      lib: { entry: join(FOLDER, 'sentry.js'), formats: ['es'], fileName: 'sentry' },
    },
  })
  return FOLDER
}

const read = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8') : '')
