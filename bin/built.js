// Says what to do where the files that are named are not there yet: `npm run serve` and `npm run edge` run what is built, and build nothing.
import { existsSync } from 'node:fs'

const missing = ['node_modules', ...process.argv.slice(2)].find((file) => !existsSync(file))
if (missing) {
  console.error(`muse: ${missing} is not there yet: npm run build makes it.`)
  process.exit(1)
}
