// The same redeem on workerd, against the answer of a Durable Object that does nothing, on the same workerd.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serveEdge } from '../../server/hosts/workerd.ts'
import { buildWorker, freePort } from '../edge/build.ts'
import { measured, opened } from './http.ts'
import { rounds, type Variant } from './rounds.ts'
import { LIMITS, OPERATOR, processorTime, type Server } from './servers.ts'
import type { Shop } from './shop.ts'

/** In how many objects the measured shops keep their members. */
const BOOKS = [1, 32] as const

export async function benchEdge(count: number) {
  const folder = mkdtempSync(join(tmpdir(), 'muse-bench-'))
  const config = await buildWorker(folder, 'test/bench/edge-worker.ts')
  const port = await freePort()
  process.env.MUSE_LIMITS = LIMITS
  const edge = await serveEdge({ port, data: folder, operatorKey: OPERATOR, config })
  const server: Server = { port, cpu: () => processorTime(edge.pid), close: edge.close }
  const shops = new Map<number, Shop>()
  const next = async () => {
    for (const books of BOOKS) shops.set(books, await opened(server, books))
  }
  const of = (books: number) => shops.get(books) as Shop
  try {
    const variants: Variant[] = [
      { name: 'empty object, 64', run: () => measured(server, 64, () => of(1).balance('/empty')) },
      ...BOOKS.flatMap((books): Variant[] => {
        const where = books === 1 ? '' : `, ${books} books`
        const against = 'empty object, 64'
        return [
          { name: `redeem, 64${where}`, against, run: () => measured(server, 64, () => of(books).redeem()) },
          { name: `balance, 64${where}`, against, run: () => measured(server, 64, () => of(books).balance()) },
        ]
      }),
    ]
    await next()
    await rounds(1, variants, next)
    return await rounds(count, variants, next)
  } finally {
    await server.close()
    rmSync(folder, { recursive: true })
  }
}
