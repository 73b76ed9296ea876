// The same redeem on workerd, against the answer of a Durable Object that does nothing, on the same workerd.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serveEdge } from '../../server/hosts/workerd.ts'
import { buildWorker, freePort } from '../edge/build.ts'
import { measured, opened } from './http.ts'
import { rounds } from './rounds.ts'
import { LIMITS, OPERATOR, processorTime, type Server } from './servers.ts'

export async function benchEdge(count: number) {
  const folder = mkdtempSync(join(tmpdir(), 'muse-bench-'))
  const config = await buildWorker(folder, 'test/bench/edge-worker.ts')
  const port = await freePort()
  process.env.MUSE_LIMITS = LIMITS
  const edge = await serveEdge({ port, data: folder, operatorKey: OPERATOR, config })
  const server: Server = { port, cpu: () => processorTime(edge.pid), close: edge.close }
  try {
    let shop = await opened(server)
    const next = async () => {
      shop = await opened(server)
    }
    const variants = [
      { name: 'empty object, 64', run: () => measured(server, 64, () => shop.balance('/empty')) },
      { name: 'redeem, 64', against: 'empty object, 64', run: () => measured(server, 64, () => shop.redeem()) },
      { name: 'balance, 64', against: 'empty object, 64', run: () => measured(server, 64, () => shop.balance()) },
    ]
    await rounds(1, variants, next)
    return await rounds(count, variants, next)
  } finally {
    await server.close()
    rmSync(folder, { recursive: true })
  }
}
