// Says what to do where what is named is not there yet, or Node is too old: for the commands that run what is built, or only installed,
// and build nothing.
import { existsSync } from 'node:fs'
import { oldestNode } from './install.js'

const missing = ['node_modules', ...process.argv.slice(2)].find((file) => !existsSync(file))
if (missing) end(`${missing} is not there yet: npm run build makes it.`)
if (Number.parseInt(process.versions.node, 10) < oldestNode)
  end(`node is ${process.version}; Muse runs on ${oldestNode} or later. npm ci brings one along.`)

/** @param {string} sentence */
function end(sentence) {
  console.error(`muse: ${sentence}`)
  process.exit(1)
}
