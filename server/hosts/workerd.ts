// `npm run edge`: the distributed host on this machine, on the real workerd with its books on disk.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type AddressInfo, createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { makeFolder } from './node/files.ts'
import { keep } from './node/keeper.ts'
import { operatorKey } from './operator.ts'
import { unready } from './settings.ts'

// The package has no types; its default export is the path of the binary.
const { default: binary } = createRequire(import.meta.url)('workerd') as { default: string }

export interface Options {
  /** 0 for any free one. */
  port: number
  /** The folder the books are kept in. */
  data: string
  operatorKey?: string | undefined
  /** Another worker than the one `npm run build` made. */
  config?: string
  /** The descriptor of a file for what workerd prints; to our own output when not given. */
  output?: number
  /** Aborted when nobody wants it any more: a start that is under way is broken off, and leaves nothing running. */
  ending?: AbortSignal
}

/**
 * How long it may take to finish what is in flight, in milliseconds. It waits for ever for whoever has stopped reading or sending; what
 * is on disk by then is whole however it ends.
 */
const LATE = 8_000

/** Starts workerd and waits until it answers. `close` lets it finish what is in flight. Throws while another server keeps these books. */
export async function serveEdge(options: Options) {
  const { data, config = join(import.meta.dirname, 'workerd.capnp'), output, ending } = options
  makeFolder(join(data, 'edge'))
  const books = realpathSync(join(data, 'edge'))
  const key = operatorKey(data, options.operatorKey)
  const folders = [`books=${books}`, `widget=${resolve(import.meta.dirname, '../../dist/widget')}`]
  const note = resolve(data, 'edge.pid')
  const keeper = keep(data, 'edge')
  const port = await takeOver(note, books)
    .then(() => freed(options.port))
    .then((port) => ending?.throwIfAborted() ?? port)
    .catch((error) => {
      keeper.letGo()
      throw error
    })
  const url = `http://localhost:${port}`
  const child = spawn(binary, ['serve', config, `--socket-addr=http=*:${port}`, ...folders.map((folder) => `--directory-path=${folder}`)], {
    stdio: ['ignore', output ?? 'inherit', output ?? 'inherit'],
    env: { ...process.env, MUSE_OPERATOR_KEY: key.value },
    // A signal meant for the whole group must not end it before it has been asked to finish.
    detached: true,
  })
  const ended = new Promise<number>((done) =>
    child.once('exit', (code) => {
      keeper.letGo()
      done(ending?.aborted ? 0 : (code ?? 1))
    }),
  )
  ending?.addEventListener('abort', () => child.kill('SIGTERM'), { once: true })
  leave(note, `${child.pid}`)
  await Promise.race([answering(`${url}/healthz`), ended.then((code) => ending?.throwIfAborted() ?? endedEarly(code))])
  return {
    url,
    operatorKey: key.value,
    operatorKeyIsNew: key.isNew,
    pid: child.pid as number,
    ended,
    async close() {
      child.kill('SIGTERM')
      const late = setTimeout(() => child.kill('SIGKILL'), LATE)
      await ended
      clearTimeout(late)
    },
  }
}

// What it ended of, it has said itself.
function endedEarly(code: number): never {
  throw unready(`workerd ended with ${code} before it answered.`)
}

// The number of a port that nobody has: this one, or any for 0. workerd would say that one is taken in words of its own, and of 0 not which one it took.
async function freed(wanted: number): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve, reject) => {
    probe.once('error', reject)
    probe.listen(wanted, resolve)
  })
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}

async function answering(address: string): Promise<void> {
  for (;;) {
    if (await isUp(address)) return
    await new Promise((later) => setTimeout(later, 25))
  }
}

const isUp = (address: string) =>
  fetch(address).then(
    (response) => response.ok,
    () => false,
  )

// On a disk that takes nothing the books can still be read.
function leave(note: string, pid: string): void {
  try {
    writeFileSync(note, pid)
  } catch (error) {
    console.error(`${note} could not be written: ${error instanceof Error ? error.message : error}`)
  }
}

// Whoever was killed without a chance to say goodbye has left its workerd with the books open. Only their keeper comes here, so that one
// which is still at work is nobody's.
async function takeOver(note: string, books: string): Promise<void> {
  const pid = existsSync(note) ? Number.parseInt(readFileSync(note, 'utf8'), 10) || 0 : 0
  const works = () => pid > 0 && isCalledWith(pid, `--directory-path=books=${books} `)
  if (!works()) return
  process.kill(pid, 'SIGTERM')
  for (const begun = Date.now(); works(); await new Promise((later) => setTimeout(later, 50)))
    if (Date.now() - begun > 10_000) process.kill(pid, 'SIGKILL')
}

// Whether there is (still) a process of this number that was called with this among its arguments.
function isCalledWith(pid: number, argument: string): boolean {
  const { stdout } = spawnSync('ps', ['-ww', '-o', 'args=', '-p', `${pid}`], { encoding: 'utf8' })
  return Boolean(stdout?.includes(argument))
}
