// Looking, choosing, ordering: the way from the entrance to the thank-you page.
import { type Context, Hono } from 'hono'
import { type Cart, linesOf, put, shippingOf } from '../cart.ts'
import { find, isDepartment } from '../catalogue.ts'
import { place, tryCoupon } from '../checkout.ts'
import { quote, Refused, receiptOf } from '../merchant.ts'
import { orderNumber } from '../orders.ts'
import { cartPage } from '../pages/cart.ts'
import { checkoutPage, placedPage } from '../pages/checkout.ts'
import { collectionPage, homePage } from '../pages/home.ts'
import { productPage } from '../pages/product.ts'
import type { Env, World } from '../storefront.ts'
import { becomeGuest, keepCart, keepCode } from '../visit.ts'

export function shopping() {
  const app = new Hono<Env>()
  app.get('/', (c) => c.html(homePage(c.get('visit'))))
  app.get('/collection', (c) => c.html(collectionPage(c.get('visit'))))
  app.get('/collection/:department', (c) => {
    const department = c.req.param('department')
    return isDepartment(department) ? c.html(collectionPage(c.get('visit'), department)) : c.notFound()
  })
  app.get('/pieces/:sku', showPiece)
  app.get('/cart', async (c) => c.html(cartPage(c.get('visit'), await earns(c.get('world'), c.get('visit').cart))))
  app.post('/cart', async (c) => {
    const { piece, size } = await form(c)
    keepCart(
      c,
      put(c.get('visit').cart, `${piece}.${size}`, (before) => before + 1),
    )
    return c.redirect('/cart?said=added', 303)
  })
  app.post('/cart/line', async (c) => {
    const { line = '', quantity, remove } = await form(c)
    keepCart(
      c,
      put(c.get('visit').cart, line, (before) => (remove ? 0 : Math.trunc(Number(quantity)) || (quantity === '0' ? 0 : before))),
    )
    return c.redirect('/cart', 303)
  })
  app.get('/checkout', showCheckout)
  app.post('/checkout/coupon', async (c) => {
    keepCode(c, ((await form(c)).code ?? '').trim().slice(0, 40))
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
  return c.html(productPage(c.get('visit'), product, colour, await earns(c.get('world'), one)))
}

async function showCheckout(c: At) {
  const { merchant } = c.get('world')
  const visit = c.get('visit')
  if (visit.cart.length === 0) return c.redirect('/cart', 303)
  const coupon = await tryCoupon(merchant, visit.code, visit.cart, visit.customer?.id, visit.language)
  return c.html(checkoutPage(visit, orderNumber(), coupon, await earns(c.get('world'), visit.cart, coupon.discount)))
}

async function placeOrder(c: At) {
  const { merchant, orders, secret } = c.get('world')
  const { customer, id, cart, code, language } = c.get('visit')
  const { order = '', name = '', postcode = '', address = '', payment = '' } = await form(c)
  // A second press of the button arrives with an empty cart and the number of an order that is there.
  if (orders.find(order)) return c.redirect(`/placed/${order}`, 303)
  if (cart.length === 0) return c.redirect('/cart', 303)
  if (!name.trim()) return c.redirect('/checkout?said=nameless', 303)
  const deliverTo = { name: name.trim().slice(0, 80), postcode: postcode.slice(0, 12), address: address.slice(0, 200) }
  const buyer = customer?.id ?? id ?? (await becomeGuest(c, secret))
  const wish = {
    id: /^MN-[0-9A-Z]{10}$/.test(order) ? order : orderNumber(),
    customer: buyer,
    guest: !customer,
    language,
    cart,
    code,
    payment,
    deliverTo,
  }
  const placed = await place(merchant, orders, wish, new Date())
  // The page says by itself why a coupon cannot be used; only the card's "no" has to be carried there.
  if (typeof placed === 'string') return c.redirect(placed === 'declined' ? '/checkout?said=declined' : '/checkout', 303)
  keepCart(c, [])
  keepCode(c, '')
  return c.redirect(`/placed/${placed.id}`, 303)
}

async function showPlaced(c: At) {
  const { merchant, orders } = c.get('world')
  const visit = c.get('visit')
  const order = orders.find(c.req.param('id') ?? '')
  if (!order || order.customer !== visit.id) return c.notFound()
  const receipt = visit.customer && order.reported ? await quietly(receiptOf(merchant, visit.customer, order.id)) : undefined
  return c.html(placedPage(visit, order, receipt?.points ?? 0))
}

/** What a member would earn with this cart, by the shop's rules as they are now; 0 when nobody answers. */
async function earns({ merchant }: World, cart: Cart, discount = 0) {
  // A quote knows no coupon, and the part that points pay for earns nothing: better silent than wrong.
  if (cart.length === 0 || discount) return 0
  const receipt = await quietly(quote(merchant, { lines: linesOf(cart, 'en'), shipping: shippingOf(cart) }))
  return receipt?.points ?? 0
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
