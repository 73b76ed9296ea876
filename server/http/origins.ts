// Which pages may read an answer: those of the shop's own origins. Every answer says so, a no as well.
import type { Shop } from '../acts/shop.ts'

type Headers = Record<string, string>

/** What an answer about `shop` says to the browser of a page on `origin`, if a page asked. */
export const crossOrigin = (shop: Shop | undefined, origin: string | undefined): Headers =>
  origin !== undefined && shop?.origins.includes(origin) ? { ...shared, 'Access-Control-Allow-Origin': origin } : shared

/** The same of a no. That there is no such shop any page may read, so that its developer is told and its shoppers are shown nothing. */
export const crossOriginNo = (shop: Shop | undefined, origin: string | undefined): Headers =>
  shop ? crossOrigin(shop, origin) : { ...shared, 'Access-Control-Allow-Origin': '*' }

/** The answer to a browser that asks beforehand what a page may send. */
export const preflight = (shop: Shop | undefined, origin: string | undefined): Response =>
  new Response(null, { status: 204, headers: { ...crossOriginNo(shop, origin), ...allowed } })

/** The headers of a whole answer that a page must also find on its 304. */
export const retained = ['access-control-allow-origin', 'access-control-expose-headers']

const shared: Headers = { Vary: 'Origin', 'Access-Control-Expose-Headers': 'ETag,Retry-After' }

const allowed: Headers = {
  Vary: 'Origin, Access-Control-Request-Headers',
  'Access-Control-Max-Age': '7200',
  'Access-Control-Allow-Methods': 'GET,POST,PUT,DELETE,PATCH',
  'Access-Control-Allow-Headers': 'Authorization,Content-Type,Idempotency-Key,If-None-Match',
}
