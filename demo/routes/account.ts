// Who is here, what they ordered, and the desk where a visitor plays the shopkeeper.
import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { report } from '../checkout.ts'
import { enrol, Refused, receiptOf } from '../merchant.ts'
import { purchasesOf } from '../orders.ts'
import { contactPage, galleryPage, pointsPage, signInPage } from '../pages/house.ts'
import { ordersPage, type Told } from '../pages/orders.ts'
import type { Env } from '../storefront.ts'
import type { texts } from '../text.ts'
import { signIn, signOut } from '../visit.ts'
import { form } from './shopping.ts'

export function account() {
  const app = new Hono<Env>()
  app.on('GET', ['/login', '/register'], (c) =>
    c.html(signInPage(c.get('visit'), c.get('world').customers.some(), local(c.req.query('to')))),
  )
  app.post('/login', async (c) => {
    const { customers, secret } = c.get('world')
    const { customer = '', to } = await form(c)
    if (!customers.find(customer)) return c.redirect(`/login?said=unknown&to=${encodeURIComponent(local(to))}`, 303)
    becomes(c, customer)
    await signIn(c, secret, customer)
    return c.redirect(said(local(to), 'welcome'), 303)
  })
  app.post('/register', register)
  app.post('/logout', (c) => {
    signOut(c)
    return c.redirect('/?said=bye', 303)
  })
  app.get('/orders', showOrders)
  app.get('/points', (c) => {
    const { id, shop, language } = c.get('visit')
    return c.html(pointsPage(c.get('visit'), id ? purchasesOf(shop.orders.of(id), language) : []))
  })
  app.get('/gallery', (c) => c.html(galleryPage(c.get('visit'))))
  app.get('/contact', (c) => c.html(contactPage(c.get('visit'))))
  // Asked by the tag before its token runs out, so that a page may stay open all evening.
  app.get('/muse-token', (c) => {
    const { token } = c.get('visit')
    return token ? c.json({ token }) : c.body(null, 204)
  })
  return app
}

type At = Context<Env>

async function register(c: At) {
  const { customers, secret } = c.get('world')
  const { name = '', to } = await form(c)
  if (!name.trim()) return c.redirect(`/register?no=name&to=${encodeURIComponent(local(to))}`, 303)
  const customer = customers.signUp(name.trim().slice(0, 40))
  becomes(c, customer.id)
  await signIn(c, secret, customer.id)
  // Enrolling early is a courtesy: the first signed visit makes the member anyway.
  await enrol(c.get('visit').shop.merchant, customer.id, customer.name).catch(tolerate)
  return c.redirect(said(local(to), 'welcome'), 303)
}

/** What a guest has typed is theirs once they sign in; what another customer has typed is not. */
function becomes(c: At, id: string) {
  const { customer } = c.get('visit')
  if (customer && customer.id !== id) signOut(c)
}

async function showOrders(c: At) {
  const visit = c.get('visit')
  const { orders, merchant } = visit.shop
  if (!visit.id) return c.redirect('/login?to=/orders', 303)
  const told: Told[] = []
  for (const order of orders.of(visit.id)) {
    if (!order.reported) await report(visit.shop, order)
    const receipt = visit.customer && order.reported ? await receiptOf(merchant, visit.customer, order.id).catch(tolerate) : undefined
    told.push({ order, receipt })
  }
  return c.html(ordersPage(visit, told, randomUUID()))
}

/** A "no" from Muse is written down and the page goes on without; anything else is a bug. */
export function tolerate(error: unknown): undefined {
  if (!(error instanceof Refused)) throw error
  console.error(error.message)
}

/** A path of this shop, never an address elsewhere. */
export const local = (to: string | undefined) => (to && /^\/(?![/\\])[\w/-]*$/.test(to) ? to : '/')

const said = (to: string, what: keyof (typeof texts)['en']['said']) => `${to}?said=${what}`
