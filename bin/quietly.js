// Runs a command that is heard only when it fails.
import { spawnSync } from 'node:child_process'

/**
 * @param {string} command
 * @param {string[]} args
 * @param {Record<string, string>} [env] beside what this process has
 * @returns {string} what it printed; throws with that when it did not end well
 */
export function quietly(command, args, env = {}) {
  const ran = spawnSync(command, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 2 ** 28,
    env: { ...process.env, ...env },
  })
  if (ran.error) throw ran.error
  if (ran.status !== 0) throw new Error(`\`${[command, ...args].join(' ')}\` failed:\n${ran.stdout}${ran.stderr}`)
  return ran.stdout
}
