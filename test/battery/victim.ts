// A server to be cruel to, on either host: killed, paused, started again, its clock moved.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serveEdge } from '../../server/hosts/workerd.ts'
import { buildWorker, freePort } from '../edge/build.ts'
import { OPERATOR, openShop } from '../story.ts'

export type HostName = 'node' | 'edge'
export type Victim = Awaited<ReturnType<typeof prepare>>

interface Preparing {
  /** The folder the books are kept in; one of its own when not given. */
  data?: string
  /** Whether its clock is to be moved, and its heap to be looked at. */
  clock?: boolean
  /** A command to run the embedded server under. */
  under?: string[]
}

/** A server that is not running yet, and a way to talk to whichever incarnation is running. */
export async function prepare(name: HostName, { data: given, clock: movable = false, under = [] }: Preparing = {}) {
  const own = mkdtempSync(join(tmpdir(), `muse-${name}-`))
  const data = given ?? join(own, 'data')
  // Budgets are another test's business.
  process.env.MUSE_LIMITS = 'off'
  const errors = openSync(join(own, 'errors'), 'a')
  const host = name === 'node' ? embedded(data, movable, under, errors) : await onWorkerd(data, movable, own, errors)
  let off = 0
  const clock = () => Date.now() + off
  const send = (request: Request) => {
    const { pathname, search } = new URL(request.url)
    if (name === 'edge' && movable) request.headers.set('Test-Now', String(clock()))
    return fetch(`${host.url()}${pathname}${search}`, request)
  }
  return {
    ...{ name, data, clock, send, url: host.url, pid: host.pid },
    /** Starts it; gives the milliseconds until it was ready. */
    async start() {
      const begin = performance.now()
      await host.start()
      if (!(await fetch(`${host.url()}/healthz`)).ok) throw new Error('not healthy')
      if (off !== 0) host.move(off)
      return performance.now() - begin
    },
    /** Ends it, if it still runs; gives the code and the signal it ended with. */
    async stop(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<unknown[]> {
      const ended = host.ended()
      if (host.pid() !== 0) process.kill(host.pid(), signal)
      return ended
    },
    running: () => host.pid() !== 0,
    /** Lets it free what it no longer needs; gives the bytes of its heap, where that can be known. */
    collect: () => host.collect(),
    signal: (signal: 'SIGSTOP' | 'SIGCONT') => process.kill(host.pid(), signal),
    /** Moves its clock and ours. */
    moveClock(milliseconds: number) {
      off = milliseconds
      host.move(off)
    },
    openShop: (shop: string, program: object = {}) => openShop({ shop, program, fetch: send, clock }),
    /** What it complained about. */
    errors: () => readFileSync(join(own, 'errors'), 'utf8'),
    /** Ends it and removes what it kept. */
    async remove() {
      await this.stop()
      closeSync(errors)
      rmSync(own, { recursive: true })
    },
  }
}

function embedded(data: string, movable: boolean, under: string[], errors: number) {
  const env = { ...process.env, PORT: '0', MUSE_DATA: data, MUSE_OPERATOR_KEY: OPERATOR }
  const script = movable ? 'test/battery/serve.ts' : 'server/hosts/serve.ts'
  const [command = '', ...rest] = [...under, process.execPath, '--expose-gc', '--disable-warning=ExperimentalWarning', script]
  let child: ChildProcess | undefined
  let url = ''
  const alive = () => (child && child.exitCode === null && child.signalCode === null ? child : undefined)
  return {
    url: () => url,
    pid: () => alive()?.pid ?? 0,
    async start() {
      const it = spawn(command, rest, { env, stdio: ['ignore', 'pipe', errors, ...(movable ? ['ipc' as const] : [])] })
      child = it
      url = await new Promise<string>((found, reject) => {
        let printed = ''
        // What it goes on printing is read too, for it would wait for us otherwise.
        it.stdout?.on('data', (chunk) => {
          if (printed.length < 10_000) printed += chunk
          const address = /(http:\S+)\/v1\s/.exec(printed)?.[1]
          if (address) found(address)
        })
        it.once('exit', (code) => reject(new Error(`The server ended with ${code} before it was ready.`)))
      })
    },
    ended: async (): Promise<unknown[]> => (alive() ? once(child as ChildProcess, 'exit') : []),
    move: (off: number) => void child?.send(off),
    async collect(): Promise<number | undefined> {
      const told = once(child as ChildProcess, 'message')
      child?.send('collect')
      return Number((await told)[0])
    },
  }
}

async function onWorkerd(data: string, movable: boolean, folder: string, output: number) {
  const config = await buildWorker(folder, movable ? 'test/edge/worker.ts' : undefined)
  const port = await freePort()
  let server: Awaited<ReturnType<typeof serveEdge>> | undefined
  return {
    url: () => `http://localhost:${port}`,
    pid: () => server?.pid ?? 0,
    async start() {
      const it = await serveEdge({ port, data, operatorKey: OPERATOR, config, output })
      server = it
      it.ended.then(() => {
        if (server === it) server = undefined
      })
    },
    ended: async (): Promise<unknown[]> => [await server?.ended],
    // Its requests tell it the time.
    move: () => {},
    collect: async () => undefined,
  }
}
