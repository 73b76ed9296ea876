// Opens the whole demonstration on one port: the Muse server, and the storefront as its site, both on the one clock.
import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { serve } from '../server/hosts/node.ts'
import type { Settings } from '../server/hosts/settings.ts'
import { settle } from './checkout.ts'
import { openClock } from './clock.ts'
import { openCustomers } from './customers.ts'
import { eraseLeaving } from './erasing.ts'
import { kept } from './kept.ts'
import { openShops } from './shops.ts'
import { storefront } from './storefront.ts'

type Options = Partial<Settings> & { port: number; data: string; operatorKey?: string | undefined }

export async function openDemo({ port, data, operatorKey, ...settings }: Options) {
  let site: { fetch: (request: Request) => Response | Promise<Response> } = { fetch: opening }
  const folder = join(data, 'storefront')
  mkdirSync(folder, { recursive: true })
  const clock = openClock(folder)
  const server = await serve({
    port,
    data,
    clock: clock.now,
    ...settings,
    ...(operatorKey && { operatorKey }),
    site: { fetch: (request: Request) => site.fetch(request) },
  })
  const cookies = kept(join(folder, 'keys.json'), { cookies: randomBytes(32).toString('base64url') })
  cookies.save()
  const shops = await openShops({ api: server.url, operatorKey: server.operatorKey, folder, clock })
  const customers = openCustomers(folder)
  await Promise.all(Object.values(shops).map(settle))
  await eraseLeaving({ shops, customers })
  site = storefront({ shops, clock, merchant: shops.jej.merchant, customers, secret: cookies.value.cookies })
  return server
}

/** The doors are not open before the shops exist. */
const opening = () =>
  new Response('Opening in a moment · まもなく開きます', {
    status: 503,
    // A page that was asked for too early comes by itself.
    headers: { 'content-type': 'text/plain; charset=utf-8', 'retry-after': '1', refresh: '1' },
  })
