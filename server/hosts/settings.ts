// What the environment says about the port, limits and logs, for the commands that run a server.
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
    return end(error instanceof Error ? error.message : error)
  }
}

/** Reads `PORT`; 8787 where it says nothing, 0 for any free one. What is no port ends the process with a sentence. */
export function port({ PORT } = process.env): number {
  if (!PORT) return 8787
  const number = /^\d{1,5}$/.test(PORT) ? Number(PORT) : Number.NaN
  return number <= 65_535 ? number : end(`PORT is a number from 0 to 65535; it is not "${PORT}".`)
}

/** Waits for a server to listen. A port, books, a key or a folder that it does not get end the process with a sentence. */
export async function listening<Server>(start: Promise<Server>): Promise<Server> {
  try {
    return await start
  } catch (error) {
    const { code, port, syscall, message } = error as { code?: string; port?: number; syscall?: string; message: string }
    if (code === UNREADY) return end(message)
    if (syscall === 'mkdir') return end(`MUSE_DATA is no folder to keep books in: ${message}`)
    if (syscall === 'listen' && code === 'EADDRINUSE') return end(`Port ${port} is in use. PORT=… names another.`)
    if (syscall === 'listen' && code === 'EACCES') return end(`Port ${port} is not for this user. PORT=… names another.`)
    throw error
  }
}

const UNREADY = 'EUNREADY'

/** An error for a server that cannot start as things are, whose message is all there is to say to whoever starts it. */
export const unready = (sentence: string, cause?: unknown) => Object.assign(new Error(sentence, { cause }), { code: UNREADY })

function end(sentence: unknown): never {
  console.error(sentence)
  process.exit(1)
}

/** Whether `MUSE_LOG` asks for a line for each request. */
export function wantsRequests(text: string | null | undefined): boolean {
  if (!text) return false
  if (text === 'requests') return true
  throw new Error(`MUSE_LOG is "requests" or is not set; it is not "${text}".`)
}
