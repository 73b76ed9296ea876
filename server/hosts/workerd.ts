// `npm run edge`: the distributed host on this machine, on the real workerd with its books on disk.
import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { operatorKey } from './operator.ts'

// The package has no types; its default export is the path of the binary.
const { default: binary } = createRequire(import.meta.url)('workerd') as { default: string }

export interface Options {
  port: number
  /** The folder the books are kept in. */
  data: string
  operatorKey?: string | undefined
  /** Another worker than the one `npm run build` made. */
  config?: string
  /** The descriptor of a file for what workerd prints; to our own output when not given. */
  output?: number
}

/** Starts workerd and waits until it answers. `close` lets it finish what is in flight. */
export async function serveEdge({ port, data, config = join(import.meta.dirname, 'workerd.capnp'), output, ...given }: Options) {
  const books = resolve(data, 'edge')
  mkdirSync(books, { recursive: true })
  const key = operatorKey(data, given.operatorKey)
  const folders = [`books=${books}`, `widget=${resolve(import.meta.dirname, '../../dist/widget')}`]
  const child = spawn(binary, ['serve', config, `--socket-addr=http=*:${port}`, ...folders.map((folder) => `--directory-path=${folder}`)], {
    stdio: ['ignore', output ?? 'inherit', output ?? 'inherit'],
    env: { ...process.env, MUSE_OPERATOR_KEY: key.value },
    // A signal meant for the whole group must not end it before it has been asked to finish.
    detached: true,
  })
  const ended = new Promise<number>((done) => child.once('exit', (code) => done(code ?? 1)))
  const url = `http://localhost:${port}`
  await Promise.race([answering(`${url}/healthz`), ended.then((code) => Promise.reject(new Error(`workerd ended with ${code}`)))])
  return {
    url,
    operatorKey: key.value,
    operatorKeyIsNew: key.isNew,
    pid: child.pid as number,
    ended,
    async close() {
      child.kill('SIGTERM')
      await ended
    },
  }
}

async function answering(address: string): Promise<void> {
  for (;;) {
    const up = await fetch(address).then(
      (response) => response.ok,
      () => false,
    )
    if (up) return
    await new Promise((later) => setTimeout(later, 25))
  }
}
