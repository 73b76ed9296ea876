// `npm run designer`: the theme bench from its folder of files, as any file host would serve it. Nothing of it needs this server.
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { listening, port } from '../server/hosts/settings.ts'
import { bench } from './bench.ts'

const app = new Hono()
app.route('/', bench())
app.get('/', (c) => c.redirect('/bench/'))
const wanted = port({ PORT: process.env.PORT || '8790' })
const server = await listening(
  new Promise<ReturnType<typeof serve>>((listens, fails) => {
    const it = serve({ fetch: app.fetch, port: wanted }, () => listens(it)).once('error', fails)
  }),
)
console.log(`Theme bench  http://localhost:${(server.address() as AddressInfo).port}/bench/`)
console.log('Its files    dist/bench (upload the folder to any file host that serves HTTPS, in any directory)')
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => server.close())
