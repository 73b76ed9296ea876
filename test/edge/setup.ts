// Builds the test's Worker, starts one workerd for all files that run on it, and says where it is.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import type { TestProject } from 'vitest/node'
import { serveEdge } from '../../server/hosts/workerd.ts'
import { OPERATOR } from '../story.ts'

export default async function setup(project: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), 'muse-edge-'))
  process.env.MUSE_WORKER = 'test/edge/worker.ts'
  await build({ mode: 'edge', logLevel: 'error', build: { outDir: folder, emptyOutDir: false } })
  delete process.env.MUSE_WORKER
  const config = join(folder, 'workerd.capnp')
  writeFileSync(config, readFileSync('server/hosts/workerd.capnp', 'utf8').replace('../../dist/edge/', ''))
  const server = await serveEdge({ port: await freePort(), data: folder, operatorKey: OPERATOR, config })
  project.provide('edge', server.url)
  return async () => {
    await server.close()
    rmSync(folder, { recursive: true })
  }
}

async function freePort(): Promise<number> {
  const socket = createServer()
  await new Promise<void>((listening) => socket.listen(0, listening))
  const address = socket.address()
  await new Promise((closed) => socket.close(closed))
  return typeof address === 'object' && address ? address.port : 0
}
