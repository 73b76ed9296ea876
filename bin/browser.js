// Finds a Chromium for the browser tests, and installs one where there is none.
import { accessSync, constants, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { quietly } from './quietly.js'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const macApps = ['Chromium', 'Google Chrome'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`)
/** Where the path of the last one that was seen to run is kept. */
const stamp = 'node_modules/.muse-chromium'

export async function browser() {
  if (await findChromium()) return
  console.log('muse: installing Chromium for the browser tests')
  const failures = []
  for (const [needs = '', ...commands] of ways()) {
    if (!onPath(needs)) continue
    try {
      for (const command of commands) quietly('env', ['DEBIAN_FRONTEND=noninteractive', ...command.split(' ')])
      if (await findChromium()) return
      failures.push(`\`${commands.at(-1)}\` brought no Chromium that runs`)
    } catch (failure) {
      failures.push(failure)
    }
  }
  throw new Error(`there is no Chromium, and none could be installed. MUSE_CHROMIUM may name one.\n${failures.join('\n')}`)
}

/**
 * What the environment names is taken at its word; anything else must run, since a `chromium-browser` can be a mere note that there is none.
 * @returns {Promise<string | undefined>} its path
 */
export async function findChromium() {
  const named = process.env.MUSE_CHROMIUM || process.env.CHROMIUM_PATH
  if (named && !existsSync(named)) throw new Error(`there is no Chromium at ${named}`)
  const known = named || (existsSync(stamp) && readFileSync(stamp, 'utf8'))
  if (known && existsSync(known)) return known
  const { chromium } = await import('playwright-core')
  const found = [...names.map(onPath), ...macApps, chromium.executablePath()].find(runs)
  if (found) writeFileSync(stamp, found)
  return found
}

/** @param {string | undefined} path */
function runs(path) {
  try {
    return !!path && existsSync(path) && /\d+\.\d+/.test(quietly(path, ['--version']))
  } catch {
    return false
  }
}

/** How Chromium is installed: what the way needs, then its commands. A platform's own comes first, as it brings the libraries along. */
function ways() {
  const root = process.getuid?.() === 0 ? '' : 'sudo -n '
  const playwright = 'node_modules/.bin/node node_modules/playwright-core/cli.js install'
  const asRoot = [
    ['apt-get', `${root}apt-get update`, `${root}apt-get install -y chromium fonts-noto-cjk`],
    ['dnf', `${root}dnf install -y chromium google-noto-sans-cjk-fonts`],
    ['pacman', `${root}pacman -Sy --noconfirm chromium noto-fonts-cjk`],
    ['apk', `${root}apk add chromium font-noto-cjk`],
    ['apt-get', `${playwright} --with-deps chromium`],
  ]
  return [...(root && !onPath('sudo') ? [] : asRoot), ['brew', 'brew install --cask chromium'], ['env', `${playwright} chromium`]]
}

/** @param {string} name */
function onPath(name) {
  const paths = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name))
  return paths.find((path) => {
    try {
      accessSync(path, constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
