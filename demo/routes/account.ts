// Who is here, what they ordered, and the desk where a visitor plays the shopkeeper.
import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { report } from '../checkout.ts'
import { enrol, grant, Refused, receiptOf } from '../merchant.ts'
import { actsFor, after, shopkeeperActs } from '../orders.ts'
import { contactPage, pointsPage, signInPage } from '../pages/house.ts'
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
    if (!customers.find(customer)) return c.redirect('/login', 303)
    await signIn(c, secret, customer)
    return c.redirect(said(local(to), 'welcome'), 303)
  })
  app.post('/register', register)
  app.post('/logout', (c) => {
    signOut(c)
    return c.redirect('/?said=bye', 303)
  })
  app.get('/orders', showOrders)
  app.post('/desk/orders/:id', actOnOrder)
  app.post('/desk/gift', gift)
  app.get('/points', (c) => c.html(pointsPage(c.get('visit'))))
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
  const { customers, merchant, secret } = c.get('world')
  const { name = '', to } = await form(c)
  if (!name.trim()) return c.redirect('/register?said=nameless', 303)
  const customer = customers.signUp(name.trim().slice(0, 40))
  await signIn(c, secret, customer.id)
  // Enrolling early is a courtesy: the first signed visit makes the member anyway.
  await enrol(merchant, customer.id, customer.name).catch(tolerate)
  return c.redirect(said(local(to), 'welcome'), 303)
}

async function showOrders(c: At) {
  const { orders, merchant } = c.get('world')
  const visit = c.get('visit')
  if (!visit.id) return c.redirect('/login?to=/orders', 303)
  const told: Told[] = []
  for (const order of orders.of(visit.id)) {
    if (!order.reported) await report(merchant, orders, order)
    const receipt = visit.customer && order.reported ? await receiptOf(merchant, visit.customer, order.id).catch(tolerate) : undefined
    told.push({ order, receipt })
  }
  return c.html(ordersPage(visit, told, randomUUID()))
}

async function actOnOrder(c: At) {
  const { orders, merchant } = c.get('world')
  const order = orders.find(c.req.param('id') ?? '')
  if (!order || order.customer !== c.get('visit').id) return c.notFound()
  const { act: asked } = await form(c)
  const act = shopkeeperActs.find((one) => one === asked)
  if (!act || !actsFor(order.document).includes(act)) return c.redirect('/orders', 303)
  order.document = after(order.document, act, new Date())
  order.reported = false
  orders.save()
  const heard = await report(merchant, orders, order)
  return c.redirect(heard ? `/orders#${order.id}` : '/orders?said=unheard', 303)
}

async function gift(c: At) {
  const { customer, t } = c.get('visit')
  if (!customer) return c.redirect('/login?to=/orders', 303)
  const { key = '' } = await form(c)
  try {
    await grant(c.get('world').merchant, customer.id, 500, t.orders.giftReason, `gift-${key}`)
  } catch (error) {
    tolerate(error)
    return c.redirect('/orders?said=unheard', 303)
  }
  return c.redirect('/orders?said=gifted', 303)
}

/** A "no" from Muse is written down and the page goes on without; anything else is a bug. */
function tolerate(error: unknown): undefined {
  if (!(error instanceof Refused)) throw error
  console.error(error.message)
}

/** A path of this shop, never an address elsewhere. */
const local = (to: string | undefined) => (to && /^\/(?![/\\])[\w/-]*$/.test(to) ? to : '/')

const said = (to: string, what: keyof (typeof texts)['en']['said']) => `${to}?said=${what}`
