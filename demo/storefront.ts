// The storefront as one web application: what every answer carries, and which room answers what.
import { Hono } from 'hono'
import { csrf } from 'hono/csrf'
import { secureHeaders } from 'hono/secure-headers'
import { bench } from './bench.ts'
import type { Clock } from './clock.ts'
import type { Customers } from './customers.ts'
import { type Merchant, memberToken } from './muse.ts'
import { brokenPage, lostPage } from './pages/house.ts'
import { account } from './routes/account.ts'
import { desk } from './routes/desk.ts'
import { erasing } from './routes/erasing.ts'
import { files } from './routes/files.ts'
import { requests } from './routes/requests.ts'
import { shopping } from './routes/shopping.ts'
import type { Shops } from './shops.ts'
import { readVisit, type Visit } from './visit.ts'

export type World = {
  shops: Shops
  /** The shop whose widget the theme bench shows. */
  merchant: Merchant
  clock: Clock
  customers: Customers
  /** Signs the shop's own cookies. */
  secret: string
}
export type Env = { Variables: { world: World; visit: Visit } }

export function storefront(world: World) {
  const app = new Hono<Env>()
  app.route('/', bench())
  app.use(secureHeaders({ contentSecurityPolicy, strictTransportSecurity: false }), csrf())
  app.route('/', files())
  app.use(async (c, next) => {
    const visit = await readVisit(c, world)
    if (visit.customer) visit.token = await memberToken(visit.shop.merchant, visit.customer)
    c.set('world', world)
    c.set('visit', visit)
    // Pages carry the visitor's token, so nobody else may be given them.
    c.header('cache-control', 'private, no-store')
    await next()
  })
  app.route('/', desk())
  app.route('/', erasing())
  app.route('/', requests())
  app.route('/', shopping())
  app.route('/', account())
  app.notFound((c) => (c.get('visit') ? c.html(lostPage(c.get('visit')), 404) : c.text('Not found', 404)))
  app.onError((error, c) => {
    if ('getResponse' in error) return error.getResponse()
    console.error(error)
    return c.get('visit') ? c.html(brokenPage(c.get('visit')), 500) : c.text('Something fell over', 500)
  })
  return app
}

/** As strict as a careful shop's: no inline script or style anywhere, and Muse lives with it. */
const contentSecurityPolicy = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  frameAncestors: ["'self'"],
  formAction: ["'self'"],
  objectSrc: ["'none'"],
  baseUri: ["'none'"],
}
