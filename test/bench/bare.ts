// The server's measures: a bare Hono app without a database, in the same kind of process.
import { serve } from '@hono/node-server'
import { Hono } from 'hono'

const app = new Hono()
app.get('/hello', (context) => context.json({ hello: 'world' }))
app.post('/redeem', async (context) => {
  const { points } = await context.req.json()
  return context.json({ coupon: { code: '0123456789ABCDEF', points, value: points, state: 'open' } }, 201)
})

const server = serve({ fetch: app.fetch, port: 0 }, ({ port }) => console.log(`http://localhost:${port}`))
process.once('SIGTERM', () => server.close())
