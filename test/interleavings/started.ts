// Interleavings as a process of their own, since they lay a page's window over Node's.
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

export interface Told {
  interleavings: number
  /** Coupons asked for, and those made. */
  intents: number
  coupons: number
  /** Coupons taken back. */
  returned: number
  /** How often one without an answer was asked for again by hand. */
  askedAgain: number
  /** Requests that did not end as they should. */
  troubles: number
  /** Intents that a page took along before they were kept, and clicks that a busy page did not take. */
  cut: number
  ignored: number
  failed: number
}

/** Tells `count` interleavings of a seed. Throws, with the stories of those that failed, when one did. */
export async function interleave(count: number, seed: number): Promise<Told> {
  const program = join(import.meta.dirname, 'run.ts')
  const options = ['--disable-warning=ExperimentalWarning', program, `--count=${count}`, `--seed=${seed}`]
  const { stdout } = await promisify(execFile)(process.execPath, options, { maxBuffer: 2 ** 26 })
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
}
