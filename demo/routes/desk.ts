// The desk: the programme, the clock, and what the shop's staff do with orders. Each form comes back to the page it stands on.
import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { report } from '../checkout.ts'
import { lookAt, receiptFor, stepsOf } from '../desk/look.ts'
import { after, deedOf } from '../desk/shopkeeping.ts'
import { canonical, type Step } from '../desk/timeline.ts'
import { exported, grant, Refused, walletFor } from '../merchant.ts'
import type { PlacedOrder } from '../orders.ts'
import { receiptPage } from '../pages/desk/receipt.ts'
import { deskPage, type Told } from '../pages/desk.ts'
import { isProgramme } from '../programmes/documents.ts'
import { isOver, withoutCampaign } from '../programmes/shift.ts'
import type { Env } from '../storefront.ts'
import { storyOf } from '../story/story.ts'
import { keepProgramme } from '../visit.ts'
import { local } from './account.ts'
import { form } from './shopping.ts'

export function desk() {
  const app = new Hono<Env>()
  app.get('/desk', showDesk)
  app.get('/desk/story.test.ts', tellStory)
  app.get('/desk/orders/:id', showReceipt)
  app.post('/desk/programme', chooseProgramme)
  app.post('/desk/time', travel)
  app.post('/desk/campaign', endCampaign)
  app.post('/desk/renew', async (c) => {
    const { shop, now } = c.get('visit')
    if (isOver(shop.document(), now)) await shop.renew()
    return c.redirect('/desk?said=done', 303)
  })
  app.post('/desk/orders/:id', actOnOrder)
  app.post('/desk/gift', gift)
  return app
}

type At = Context<Env>

async function showDesk(c: At) {
  const { clock } = c.get('world')
  const visit = c.get('visit')
  const { shop, customer, id } = visit
  const [look, told] = await Promise.all([
    lookAt(shop, customer, clock.now(), visit.language),
    Promise.all(id ? shop.orders.of(id).map(tell) : []),
  ])
  return c.html(deskPage(visit, look, told, randomUUID()))

  async function tell(order: PlacedOrder): Promise<Told> {
    if (!order.reported) await report(shop, order)
    return { order, receipt: customer && order.reported ? await receiptFor(shop, customer, order.id) : undefined }
  }
}

async function showReceipt(c: At) {
  const visit = c.get('visit')
  const { shop, customer, id } = visit
  const order = shop.orders.find(c.req.param('id') ?? '')
  if (!order || order.customer !== id) return c.notFound()
  const receipt = customer && (await receiptFor(shop, customer, order.id))
  const steps = customer ? await stepsOf(shop, customer) : []
  return c.html(
    receiptPage(
      visit,
      { order, receipt },
      steps.filter((step) => isAbout(step, order)),
    ),
  )
}

/** A step that moved points of this order, or reported it. */
const isAbout = ({ by, moves }: Step, { id, coupon }: PlacedOrder) =>
  moves.some((move) => move.order === id || (coupon && move.coupon === canonical(coupon.code))) ||
  (typeof by === 'object' && by.what === 'call' && by.path.includes(`/orders/${id}`))

/** What the visitor has done in this shop, as a test that anybody can run. */
async function tellStory(c: At) {
  const { clock } = c.get('world')
  const { shop, customer } = c.get('visit')
  if (!customer) return c.redirect('/login?to=/desk', 303)
  const { merchant, orders, journal } = shop
  const member = customer.id
  // Time's own doing comes into the books when somebody looks: look first, then export.
  const wallet = await walletFor(merchant, customer)
  const now = clock.now()
  const receipts = await Promise.all(orders.of(member).map(({ id }) => receiptFor(shop, customer, id)))
  const session = { title: `A session with ${shop.document().name}`, member, journal: journal.all(), wallet, now }
  const story = storyOf({ ...session, receipts: receipts.filter((receipt) => receipt !== undefined), exported: await exported(merchant) })
  c.header('content-disposition', `attachment; filename="demo-${shop.id}.test.ts"`)
  return c.body(story, 200, { 'content-type': 'text/plain; charset=utf-8' })
}

const DAY = 86_400_000
/** Further than this nobody needs to go at once. */
const FAR = 800 * DAY

async function travel(c: At) {
  const { clock, shops } = c.get('world')
  const { shop, customer } = c.get('visit')
  const { to = '' } = await form(c)
  const now = clock.now()
  const jumps: Record<string, () => Promise<number | undefined>> = {
    day: async () => now + DAY,
    week: async () => now + 7 * DAY,
    event: async () => (await lookAt(shop, customer, now)).coming[0]?.at,
  }
  const at = Object.hasOwn(jumps, to) ? await jumps[to]?.() : Number(to)
  if (!at || !(at > now && at < now + FAR)) return c.redirect('/desk', 303)
  for (const { journal } of Object.values(shops)) journal.write({ what: 'jump', at: now, to: at })
  clock.moveTo(at)
  return c.redirect('/desk?said=travelled', 303)
}

/** From now on: a new version of the programme, in which the campaign is over. */
async function endCampaign(c: At) {
  const { clock } = c.get('world')
  const { shop } = c.get('visit')
  const { campaign = '' } = await form(c)
  const document = shop.document()
  const ended = withoutCampaign(document, campaign, clock.now())
  // Pressed twice, it is one version of the programme.
  if (JSON.stringify(ended) !== JSON.stringify(document)) await shop.change(ended)
  return c.redirect('/desk?said=done', 303)
}

async function chooseProgramme(c: At) {
  const { programme, to } = await form(c)
  if (isProgramme(programme)) keepProgramme(c, programme)
  // An order belongs to the shop it was placed in, so its page is left.
  const back = local(to)
  return c.redirect(`${/^\/(placed|desk\/)/.test(back) ? '/desk' : back}?said=chosen`, 303)
}

async function actOnOrder(c: At) {
  const { shop, id, now } = c.get('visit')
  const order = shop.orders.find(c.req.param('id') ?? '')
  if (!order || order.customer !== id) return c.notFound()
  const { to = '/orders', as = order.document.updatedAt, ...asked } = await form(c)
  // Pressed twice, or on a page from before: money does not go back twice.
  if (as !== order.document.updatedAt) return c.redirect(`${local(to)}?said=stale#${order.id}`, 303)
  const deed = deedOf(asked)
  const document = deed && after(order.document, deed, now)
  if (!document) {
    const said = deed?.act === 'refund-amount' ? 'unread' : 'unchanged'
    return c.redirect(`${local(to)}?said=${said}#${order.id}`, 303)
  }
  order.document = document
  order.reported = false
  shop.orders.save()
  const heard = await report(shop, order)
  return c.redirect(`${local(to)}?said=${heard ? 'done' : 'unheard'}#${order.id}`, 303)
}

async function gift(c: At) {
  const { customer, t, shop } = c.get('visit')
  const { key = '', to = '/orders' } = await form(c)
  if (!customer) return c.redirect('/login?to=/orders', 303)
  try {
    await grant(shop.merchant, customer.id, 500, t.orders.giftReason, `gift-${key}`)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return c.redirect(`${local(to)}?said=refused&no=${error.code}`, 303)
  }
  return c.redirect(`${local(to)}?said=gifted`, 303)
}
