// Says what to do where the files that are named are not there yet: the commands that run what is built, or only installed, build nothing.
import { existsSync } from 'node:fs'

const missing = ['node_modules', ...process.argv.slice(2)].find((file) => !existsSync(file))
if (missing) {
  console.error(`muse: ${missing} is not there yet: npm run build makes it.`)
  process.exit(1)
}
