// Builds a Worker into a folder of its own with the configuration that runs it, and finds it a port.
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { build } from 'vite'

/** The Worker as it is deployed, or another; gives the path of its configuration. */
export async function buildWorker(folder: string, worker?: string): Promise<string> {
  if (worker) process.env.MUSE_WORKER = worker
  await build({ mode: 'edge', logLevel: 'error', build: { outDir: folder, emptyOutDir: false } })
  delete process.env.MUSE_WORKER
  const config = join(folder, 'workerd.capnp')
  writeFileSync(config, readFileSync('server/hosts/workerd.capnp', 'utf8').replaceAll('../../dist/edge/', ''))
  return config
}

export async function freePort(): Promise<number> {
  const socket = createServer()
  await new Promise<void>((listening) => socket.listen(0, listening))
  const address = socket.address()
  await new Promise((closed) => socket.close(closed))
  return typeof address === 'object' && address ? address.port : 0
}
