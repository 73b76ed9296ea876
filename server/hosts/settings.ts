// What the environment says about limits and logs, for the commands that run a server in this process.
import { type Limits, readLimits } from '../http/limits.ts'

export interface Settings {
  /** How much may be asked; null for as much as anyone likes. */
  limits: Limits | null
  /** Told of every request, of the start and of the stop. */
  log?: ((line: object) => void) | undefined
}

/** Reads `MUSE_LIMITS` and `MUSE_LOG`. What cannot be read ends the process with a sentence that says why. */
export function settings({ MUSE_LIMITS, MUSE_LOG } = process.env): Settings {
  try {
    return { limits: readLimits(MUSE_LIMITS), log: wantsRequests(MUSE_LOG) ? (line) => console.log(JSON.stringify(line)) : undefined }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  }
}

/** Whether `MUSE_LOG` asks for a line for each request. */
export function wantsRequests(text: string | null | undefined): boolean {
  if (!text) return false
  if (text === 'requests') return true
  throw new Error(`MUSE_LOG is "requests" or is not set; it is not "${text}".`)
}
