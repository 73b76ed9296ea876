// Looking, choosing, ordering: the way from the entrance to the thank-you page.
import { type Context, Hono } from 'hono'
import { type Cart, lineId, linesOf, pieces, put, shippingOf } from '../cart.ts'
import { find, isDepartment } from '../catalogue.ts'
import { place, totalWith, tryCoupon, tryPoints } from '../checkout.ts'
import { payments } from '../desk/shopkeeping.ts'
import { badgesOf, quote, Refused, receiptOf } from '../merchant.ts'
import { wholeIn } from '../number.ts'
import { orderNumber } from '../orders.ts'
import { cartPage } from '../pages/cart.ts'
import { checkoutPage, placedPage } from '../pages/checkout.ts'
import { collectionPage, homePage } from '../pages/home.ts'
import type { Earning } from '../pages/parts.ts'
import { type Earns, productPage } from '../pages/product.ts'
import type { Shop } from '../shops.ts'
import type { Env } from '../storefront.ts'
import { becomeGuest, clearCheckout, keepCart, keepCode, keepPoints, keepTyped, whoOf } from '../visit.ts'

export function shopping() {
  const app = new Hono<Env>()
  app.get('/', (c) => c.html(homePage(c.get('visit'))))
  app.get('/collection', (c) => c.html(collectionPage(c.get('visit'))))
  app.get('/collection/:department', (c) => {
    const department = c.req.param('department')
    return isDepartment(department) ? c.html(collectionPage(c.get('visit'), department)) : c.notFound()
  })
  app.get('/pieces/:sku', showPiece)
  app.get('/cart', async (c) => c.html(cartPage(c.get('visit'), await earns(c.get('visit').shop, c.get('visit').cart))))
  app.post('/cart', async (c) => {
    const { piece, size } = await form(c)
    const id = `${piece}.${size}`
    const { cart: before } = c.get('visit')
    const cart = put(before, id, (count) => count + 1)
    keepCart(c, cart)
    const said = pieces(cart) > pieces(before) ? '?said=added' : cart.some((line) => lineId(line) === id) ? '?said=full' : ''
    return c.redirect(`/cart${said}`, 303)
  })
  app.post('/cart/line', async (c) => {
    const { line = '', quantity, remove } = await form(c)
    const count = wholeIn(quantity) ?? -1
    const isCount = count >= 0
    keepCart(
      c,
      put(c.get('visit').cart, line, (before) => (remove ? 0 : isCount ? count : before)),
    )
    return c.redirect(remove || isCount ? '/cart' : '/cart?said=uncounted', 303)
  })
  app.get('/checkout', showCheckout)
  app.post('/checkout/coupon', async (c) => {
    keepCode(c, ((await form(c)).code ?? '').normalize('NFKC').trim().slice(0, 40).toWellFormed())
    return c.redirect('/checkout', 303)
  })
  app.post('/checkout/points', async (c) => {
    const { points = '' } = await form(c)
    const count = wholeIn(points || '0') ?? -1
    if (count < 0) return c.redirect(`/checkout?points=${encodeURIComponent(points.slice(0, 20).toWellFormed())}`, 303)
    keepPoints(c, count)
    return c.redirect('/checkout', 303)
  })
  app.post('/checkout', placeOrder)
  app.get('/placed/:id', showPlaced)
  return app
}

type At = Context<Env>

async function showPiece(c: At) {
  const product = find(c.req.param('sku') ?? '')
  const colour = product?.colours.find((one) => one.id === c.req.query('colour')) ?? product?.colours[0]
  if (!product || !colour) return c.notFound()
  const one = [{ product, colour, size: product.sizes[0] ?? 'free', quantity: 1 }]
  return c.html(productPage(c.get('visit'), product, colour, await shows(c.get('visit').shop, one)))
}

async function showCheckout(c: At) {
  const visit = c.get('visit')
  const { shop, cart, customer } = visit
  if (cart.length === 0) return c.redirect('/cart', 303)
  const coupon = await tryCoupon(shop, visit.code, cart, customer?.id, visit.language)
  const points = await tryPoints(shop, visit.points, cart, customer?.id, coupon)
  const earned = await earns(shop, cart, coupon.discount + (points?.points ?? 0))
  return c.html(checkoutPage(visit, orderNumber(), { coupon, points, typed: c.req.query('points') }, earned))
}

async function placeOrder(c: At) {
  const { secret } = c.get('world')
  const { shop, customer, id, cart, code, language, ...visit } = c.get('visit')
  const { order = '', name = '', postcode = '', address = '', payment = '', ...seen } = await form(c)
  // A second press of the button arrives with an empty cart and the number of an order that is there.
  if (shop.orders.find(order)) return c.redirect(`/placed/${order}`, 303)
  if (cart.length === 0) return c.redirect('/cart', 303)
  const changed = '/checkout?said=changed'
  if ((seen.who ?? whoOf({ shop, customer })) !== whoOf({ shop, customer })) return c.redirect(changed, 303)
  // Whatever the answer is, nobody types their address twice.
  keepTyped(c, { name, postcode, address, payment })
  if (!name.trim()) return c.redirect('/checkout?no=name#name', 303)
  const deliverTo = { name: name.trim().slice(0, 80), postcode: postcode.slice(0, 12), address: address.slice(0, 200) }
  const buyer = customer?.id ?? id ?? (await becomeGuest(c, secret))
  const coupon = await tryCoupon(shop, code, cart, customer?.id, language)
  const paying = await tryPoints(shop, visit.points, cart, customer?.id, coupon)
  // Nobody pays another sum than the one they were shown.
  if (Number(seen.total ?? totalWith(cart, coupon, paying)) !== totalWith(cart, coupon, paying)) return c.redirect(changed, 303)
  const points = paying?.points ?? 0
  const wish = {
    id: /^MN-[0-9A-Z]{10}$/.test(order) ? order : orderNumber(),
    customer: buyer,
    guest: !customer,
    language,
    cart,
    code,
    points,
    payment,
    deliverTo,
  }
  const placed = await place(shop, wish)
  // The page says by itself why a coupon cannot be used; only the card's "no", and that of the points, has to be carried there.
  if (typeof placed === 'string') {
    const said = placed === 'declined' ? '?said=declined' : points ? '?said=pointless' : ''
    return c.redirect(`/checkout${said}`, 303)
  }
  clearCheckout(c)
  keepCart(c, [])
  return c.redirect(`/placed/${placed.id}`, 303)
}

async function showPlaced(c: At) {
  const visit = c.get('visit')
  const { merchant, orders } = visit.shop
  const order = orders.find(c.req.param('id') ?? '')
  if (!order || order.customer !== visit.id) return c.notFound()
  const receipt = visit.customer && order.reported ? await quietly(receiptOf(merchant, visit.customer, order.id)) : undefined
  return c.html(placedPage(visit, order, receipt))
}

/** What a piece earns, why, and its seller's badge. */
async function shows({ id, merchant, ...shop }: Shop, one: Cart): Promise<Earns> {
  const sku = one[0]?.product.sku ?? ''
  const [receipt, badges] = await Promise.all([
    quietly(quote(merchant, { lines: linesOf(one, 'en', id), payment: 'card' })),
    shop.document().sellers ? quietly(badgesOf(merchant, [sku])) : undefined,
  ])
  return { earns: receipt?.points ?? 0, campaign: receipt?.lines[0]?.campaignTitle ?? null, badge: badges?.[sku]?.badge ?? null }
}

/** What a member would earn with this cart, by the shop's rules as they are now: paid by card, and paid in whichever way gives least. */
async function earns(shop: Shop, cart: Cart, discount = 0): Promise<Earning> {
  // A quote knows no coupon, and the part that points pay for earns nothing: better silent than wrong.
  if (cart.length === 0 || discount) return { points: 0, ways: [] }
  const { id, merchant } = shop
  const order = { lines: linesOf(cart, 'en', id), shipping: shippingOf(cart) }
  const told = await Promise.all(payments.map(async (payment) => ({ payment, ...(await quietly(quote(merchant, { ...order, payment }))) })))
  const points = told[0]?.points ?? 0
  const ways = told.filter((one) => one.points === points).map(({ payment }) => payment)
  return { points, ways: ways.length < payments.length ? ways : [] }
}

const quietly = <A>(answer: Promise<A>) =>
  answer.catch((error) => {
    if (error instanceof Refused) return undefined
    throw error
  })

export async function form(c: Context): Promise<Partial<Record<string, string>>> {
  const body = await c.req.parseBody()
  return Object.fromEntries(Object.entries(body).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])))
}
