// Builds the test's Worker, starts one workerd for all files that run on it, and says where it is.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { serveEdge } from '../../server/hosts/workerd.ts'
import { OPERATOR } from '../story.ts'
import { buildWorker, freePort } from './build.ts'

export default async function setup(project: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), 'muse-edge-'))
  const config = await buildWorker(folder, 'test/edge/worker.ts')
  const server = await serveEdge({ port: await freePort(), data: folder, operatorKey: OPERATOR, config })
  project.provide('edge', server.url)
  return async () => {
    await server.close()
    rmSync(folder, { recursive: true })
  }
}
