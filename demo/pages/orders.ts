// My orders, each with what it earns; and, set apart, the desk where a visitor may play the shopkeeper.
import { html } from 'hono/html'
import type { OrderLine, Receipt } from '../../server/contract.ts'
import { titleFor } from '../cart.ts'
import { find } from '../catalogue.ts'
import { amountBack, hasLapsed, type PlacedOrder, refundedOf, totalOf } from '../orders.ts'
import type { Visit } from '../visit.ts'
import { orderDesk } from './desk/orders.ts'
import { type Markup, page } from './layout.ts'
import { grouped, picture } from './parts.ts'

export type Told = { order: PlacedOrder; receipt: Receipt | undefined }

export function ordersPage(visit: Visit, told: Told[], giftKey: string): Markup {
  const { t, customer } = visit
  const list = told.length
    ? html`<ol class="orders">${told.map((one) => orderCard(visit, one))}</ol>`
    : html`<div class="empty"><img src="/pictures/ornament.svg" alt="" width="220" height="36"><p>${t.orders.none}</p><a class="button" href="/collection">${t.home.look}</a></div>`
  const main = html`<h1 class="rule">${t.orders.title}</h1>
${customer ? giftDesk(visit, giftKey) : ''}
${list}`
  return page(visit, t.orders.title, main)
}

function giftDesk({ t }: Visit, giftKey: string): Markup {
  return html`<section class="desk wide" aria-labelledby="desk"><h2 id="desk">${t.desk.title}</h2><p>${t.desk.lead} <a class="link" href="/desk">${t.desk.open}</a></p>
<form method="post" action="/desk/gift"><input type="hidden" name="key" value="${giftKey}"><button>${t.orders.gift}</button> <span class="small">${t.orders.giftText}</span></form></section>`
}

function orderCard(visit: Visit, { order, receipt }: Told): Markup {
  const { t } = visit
  const { document, coupon, points } = order
  return html`<li class="order"><article aria-labelledby="${order.id}">
<header><h2 id="${order.id}">${order.id}</h2><span class="state ${document.state}">${t.orders.state[document.state]}</span>
<p class="small">${t.orders.placed} ${t.date(document.placedAt)}${document.shippedAt ? ` · ${t.orders.shipped(t.date(document.shippedAt))}` : ''}</p></header>
<ul class="brief">${document.lines.map((line) => orderLine(visit, line, refundedOf(document).get(line.id) ?? 0))}</ul>
<p class="paid">${points ? html`<span class="small">${t.checkout.points}: −${t.yen(points)}</span>` : ''}${coupon ? html`<span class="small">${t.orders.coupon(grouped(coupon.code), t.yen(coupon.discount))}</span>` : ''}${amountBack(document) ? html`<span class="small bad">${t.orders.amountBack(t.yen(amountBack(document)))}</span>` : ''}<span>${t.orders.paid} <strong>${t.yen(totalOf(document))}</strong></span></p>
<p class="earn">${pointsOf(visit, { order, receipt })}</p>
${orderDesk(visit, order)}
</article></li>`
}

function orderLine(visit: Visit, line: OrderLine, refunded: number): Markup {
  const { t } = visit
  const product = find(line.sku)
  const colour = product?.colours.find((one) => one.id === line.id.split('.')[1])
  return html`<li><span class="thumb">${product && colour ? picture(visit, product, colour) : ''}</span><span>${titleFor(line, visit.language)}${
    line.quantity > 1 ? ` × ${line.quantity}` : ''
  }${refunded ? html`<span class="kind bad">${t.orders.refunded(refunded)}</span>` : ''}</span><span>${t.yen(line.price * line.quantity)}</span></li>`
}

function pointsOf({ t }: Visit, { order, receipt }: Told) {
  const say = t.orders.points
  if (!order.reported) return say.late
  if (order.document.guest) return say.guest
  if (!receipt) return say.late
  const points = t.points(receipt.points)
  if (hasLapsed(order.document, receipt)) return say.lapsed
  if (receipt.state === 'void' || receipt.points === 0) return say.void
  if (receipt.state === 'available') return say.available(points)
  if (receipt.state === 'pending' && receipt.availableAt) return say.pending(points, t.date(receipt.availableAt))
  return say.waiting(points)
}
