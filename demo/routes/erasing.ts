// A customer is forgotten: first asked about on a page of its own, then done, then shown in the books.
import { type Context, Hono } from 'hono'
import { erase } from '../erasing.ts'
import { audit, walletOf } from '../merchant.ts'
import { erasedPage, erasePage } from '../pages/desk/erasing.ts'
import { programmeIds } from '../programmes/documents.ts'
import type { Env } from '../storefront.ts'
import { erasedHere, keepErased, signOut } from '../visit.ts'
import { tolerate } from './account.ts'
import { form } from './shopping.ts'

export function erasing() {
  const app = new Hono<Env>()
  app.get('/desk/erase', askWhether)
  app.post('/desk/erase', forget)
  app.get('/desk/erased', showBooks)
  return app
}

type At = Context<Env>

async function askWhether(c: At) {
  const { customer } = c.get('visit')
  if (!customer) return c.redirect('/login?to=/desk', 303)
  // Only looked at: who has never been to one of the shops is not made its member for this.
  const stakes = await eachShop(c, async (merchant) => ({ wallet: await walletOf(merchant, customer.id).catch(tolerate) }))
  return c.html(erasePage(c.get('visit'), customer, stakes))
}

async function forget(c: At) {
  const { customer } = c.get('visit')
  const asked = (await form(c)).customer
  // Another tab may have signed somebody else in since it was asked.
  if (!customer || customer.id !== asked) return c.redirect('/desk/erase', 303)
  const isWhole = await erase(c.get('world'), customer.id)
  signOut(c)
  keepErased(c, isWhole ? 'whole' : 'begun')
  return c.redirect('/desk/erased', 303)
}

async function showBooks(c: At) {
  const visit = c.get('visit')
  const how = erasedHere(c)
  // Nobody is told that somebody was erased who was not.
  if (!how) return c.redirect('/desk', 303)
  const books = await eachShop(c, async (merchant) => ({ audit: await audit(merchant).catch(tolerate) }))
  return c.html(erasedPage(visit, how === 'whole', books))
}

/** The same of all three shops, each under its name. */
function eachShop<Answer extends object>(c: At, ask: (merchant: Parameters<typeof audit>[0]) => Promise<Answer>) {
  const { shops } = c.get('world')
  const { t } = c.get('visit')
  return Promise.all(programmeIds.map(async (id) => ({ shop: t.desk.programmes[id] ?? id, ...(await ask(shops[id].merchant)) })))
}
