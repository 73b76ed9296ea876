// `npm run designer`: the theme bench from its folder of files, as any file host would serve it. Nothing of it needs this server.
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { bench } from './bench.ts'

const app = new Hono()
app.route('/', bench())
app.get('/', (c) => c.redirect('/bench/'))
const port = Number(process.env.PORT || 8790)
const server = serve({ fetch: app.fetch, port }, () => {
  console.log(`Theme bench  http://localhost:${port}/bench/`)
  console.log('Its files    dist/bench (upload the folder to any file host that serves HTTPS, in any directory)')
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => server.close())
