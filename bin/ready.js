// Makes a clone ready for what is about to run: installs, then does what else it is asked to (`build`, `browser`), each only where it
// is still to do. Plain JavaScript for any Node from 20 on and without dependencies, because it runs before there are any.
import { fileURLToPath } from 'node:url'
import { browser } from './browser.js'
import { build } from './build.js'
import { install } from './install.js'

const steps = new Map(Object.entries({ install, build, browser }))

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
try {
  for (const step of ['install', ...process.argv.slice(2)]) await steps.get(step)?.()
} catch (failure) {
  console.error(`muse: ${failure instanceof Error ? failure.message : failure}`)
  process.exit(1)
}
