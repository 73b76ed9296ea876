// Opens the whole demonstration on one port: the Muse server, and the storefront as its site.
import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { serve } from '../server/hosts/node.ts'
import type { Settings } from '../server/hosts/settings.ts'
import { openCustomers } from './customers.ts'
import { kept } from './kept.ts'
import { openShop } from './merchant.ts'
import { openOrders } from './orders.ts'
import { shopId } from './pages/layout.ts'
import { program } from './program.ts'
import { storefront } from './storefront.ts'

type Options = Partial<Settings> & { port: number; data: string; operatorKey?: string | undefined }

export async function openDemo({ port, data, operatorKey, ...settings }: Options) {
  let site: { fetch: (request: Request) => Response | Promise<Response> } = { fetch: opening }
  const server = await serve({
    port,
    data,
    ...settings,
    ...(operatorKey && { operatorKey }),
    site: { fetch: (request: Request) => site.fetch(request) },
  })
  const folder = join(data, 'storefront')
  mkdirSync(folder, { recursive: true })
  const keys = kept<Keys>(join(folder, 'keys.json'), { cookies: randomBytes(32).toString('base64url') })
  const { port: opened } = new URL(server.url)
  const origins = ['localhost', '127.0.0.1'].map((host) => `http://${host}:${opened}`)
  const merchant = await openShop(server.url, server.operatorKey, shopId, { program, origins }, keys)
  keys.save()
  site = storefront({ merchant, orders: openOrders(folder), customers: openCustomers(folder), secret: keys.value.cookies })
  return server
}

type Keys = { cookies: string; keys?: { secret: string; signing: { kid: string; secret: string } } }

/** The doors are not open before the shop exists. */
const opening = () => new Response('Opening in a moment', { status: 503, headers: { 'retry-after': '1' } })
