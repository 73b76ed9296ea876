// Installs the dependencies where they are missing or not those of package-lock.json; among them is the Node the project runs on.
import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { quietly } from './quietly.js'

export const oldestNode = 24

export function install() {
  const node = 'node_modules/.bin/node'
  if (existsSync(node) && isInstalled()) return
  console.log('muse: installing dependencies (npm ci)')
  // Whatever NODE_ENV and npm's settings leave out: building takes the development dependencies too, and what is optional to a platform.
  npm('ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund')
  if (!existsSync(node))
    throw new Error(`npm installed no ${node}: its setting ignore-scripts keeps packages from finishing. --ignore-scripts=false lets them.`)
  const version = quietly(node, ['--version']).trim()
  if (Number.parseInt(version.slice(1), 10) < oldestNode) throw new Error(`${node} is ${version}; Muse needs ${oldestNode} or later`)
}

/** Whether npm's own record of what it installed has every package of the lock file; optional ones belong to other platforms. */
function isInstalled() {
  const record = 'node_modules/.package-lock.json'
  if (!existsSync(record)) return false
  const installed = packagesOf(record)
  return Object.entries(packagesOf('package-lock.json')).every(
    ([path, { version, optional, peer }]) => path === '' || optional || peer || installed[path]?.version === version,
  )
}

/**
 * @param {string} file
 * @returns {Record<string, { version: string, optional?: boolean, peer?: boolean }>}
 */
function packagesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages
}

/**
 * The npm that runs us, on the Node it runs on: the `node` of the path is about to be replaced.
 * @param {string[]} args
 */
function npm(...args) {
  const { npm_execpath: cli = '', npm_node_execpath: node } = process.env
  if (node && basename(cli) === 'npm-cli.js') quietly(node, [cli, ...args])
  else quietly('npm', args)
}
