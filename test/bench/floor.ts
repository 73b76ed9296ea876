// The floor of a redeem: a bare Hono route over the bare statements of one, committed and synced as the product does it. What lies between
// it and the product is the product: who is asking, what they may, what they have, the answer that is kept, and the wallet that is given.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { createCommit } from '../../server/acts/commit.ts'
import { openSql } from '../../server/hosts/node/sql.ts'
import { makeBook } from './books.ts'
import { write } from './sql.ts'

const folder = mkdtempSync(join(tmpdir(), 'muse-bench-'))
const file = join(folder, 'book.sqlite')
makeBook(file, 50_000)
const sql = openSql(file)
const commit = createCommit(sql, setImmediate)
let turn = 0

const app = new Hono()
app.post('/redeem', async (context) => {
  const { points } = await context.req.json()
  const id = 1 + (turn++ % 5_000)
  const code = await commit(() => write(sql, id))
  return context.json({ coupon: { code, points, value: points, state: 'open' } }, 201)
})

const server = serve({ fetch: app.fetch, port: 0 }, ({ port }) => console.log(`http://localhost:${port}`))
process.once('SIGTERM', () =>
  server.close(() => {
    sql.close()
    rmSync(folder, { recursive: true })
  }),
)
