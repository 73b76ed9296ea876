// Servers to measure, each in a process of its own.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const OPERATOR = 'op_bench'
/** Everything is counted as usual, but one shop may ask for all there is. */
export const LIMITS = '{"shop":null}'

export interface Server {
  port: number
  /** Seconds of processor time it has used, where the system tells. */
  cpu(): number
  close(): Promise<void>
}

/** The product as `npm run serve` starts it, over books in a new folder. */
export const startMuse = (limits = LIMITS) => start('server/hosts/serve.ts', limits)

/** A bare Hono app: what a request costs when nothing is kept. */
export const startBare = () => start('test/bench/bare.ts')

/** The same over the bare statements of a redeem: what they cost once they are on disk. */
export const startFloor = () => start('test/bench/floor.ts')

async function start(file: string, limits = LIMITS): Promise<Server> {
  const data = mkdtempSync(join(tmpdir(), 'muse-bench-'))
  const env = { ...process.env, PORT: '0', MUSE_DATA: data, MUSE_OPERATOR_KEY: OPERATOR, MUSE_LIMITS: limits }
  const args = ['--disable-warning=ExperimentalWarning', ...(process.env.BENCH_NODE_ARGS?.split(' ') ?? []), file]
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  let printed = ''
  for await (const chunk of child.stdout) {
    printed += chunk
    const port = /http:\/\/localhost:(\d+)/.exec(printed)?.[1]
    if (port) {
      child.stdout.resume()
      const close = async () => {
        const ended = once(child, 'exit')
        child.kill('SIGTERM')
        await ended
        rmSync(data, { recursive: true, force: true })
      }
      return { port: Number(port), cpu: () => processorTime(child.pid), close }
    }
  }
  throw new Error(`${file} ended before it listened: ${printed}`)
}

// Of all its threads, from /proc; the tick is a hundredth of a second wherever Node runs.
export function processorTime(pid: number | undefined): number {
  try {
    const [user = 0, system = 0] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
      .slice(11, 13)
      .map(Number)
    return (user + system) / 100
  } catch {
    return Number.NaN
  }
}
