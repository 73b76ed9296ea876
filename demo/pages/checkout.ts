// The confirmation: where to, how paid, the coupon code, the sum. And the page that says thank you.
import { html } from 'hono/html'
import type { Receipt } from '../../server/contract.ts'
import { goods, linesOf, shippingOf } from '../cart.ts'
import { type CouponInCart, type PointsInCart, totalWith } from '../checkout.ts'
import { goodsOf, type PlacedOrder, totalOf } from '../orders.ts'
import { whenOf } from '../programmes/rules.ts'
import { type Visit, whoOf } from '../visit.ts'
import { type Markup, page } from './layout.ts'
import { type Earning, earnLine, grouped, picture, row, wrong } from './parts.ts'

type Paying = { coupon: CouponInCart; points: PointsInCart | null; typed: string | undefined }

const methods = ['card', 'qr', 'konbini', 'declined'] as const

export function checkoutPage(visit: Visit, orderId: string, paying: Paying, earning: Earning): Markup {
  const { t, customer } = visit
  const { coupon, points, typed } = paying
  const chosen = methods.find((one) => one === visit.typed.payment) ?? 'card'
  const main = html`<h1 class="rule">${t.checkout.title}</h1>
<div class="beside">
<div>
${customer ? '' : html`<p class="hint">${t.checkout.guest} <a class="link" href="/login?to=/checkout">${t.account.signIn}</a></p>`}
${points ? pointsForm(visit, points, typed) : ''}
${couponForm(visit, coupon)}
<form method="post" action="/checkout" id="order">
  <input type="hidden" name="order" value="${orderId}"><input type="hidden" name="who" value="${whoOf(visit)}"><input type="hidden" name="total" value="${totalWith(visit.cart, coupon, points)}">
  ${deliver(visit)}
  <fieldset class="payment"><legend>${t.checkout.payment}</legend>
    ${methods.map(
      (one) =>
        html`<label${one === 'declined' ? html` class="small"` : ''}><input type="radio" name="payment" value="${one}"${one === chosen ? html` checked` : ''}> ${t.checkout[one]}</label>`,
    )}
  </fieldset>
</form>
</div>
${summary(visit, paying, earning)}
</div>`
  return page(visit, t.checkout.title, main)
}

function couponForm({ t, shop }: Visit, coupon: CouponInCart): Markup {
  const applied = coupon.code && !coupon.refused
  return html`<section class="coupon" aria-labelledby="coupon"><h2 id="coupon">${t.checkout.coupon}</h2>
${
  applied
    ? html`<form method="post" action="/checkout/coupon"><p class="good" role="status">${t.checkout.applied(grouped(coupon.code))}</p>
${coupon.change ? html`<p>${t.checkout.change(t.points(coupon.change))}</p>` : ''}<button class="plain" name="code" value="">${t.checkout.takeOff}</button></form>`
    : html`<form method="post" action="/checkout/coupon"><label class="label" for="code">${t.checkout.couponLabel}</label>
<div class="entry"><input id="code" name="code" value="${coupon.code}" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="40"${
        coupon.refused ? wrong('refused') : ''
      }><button class="button quiet">${t.checkout.apply}</button></div>
${
  coupon.refused
    ? html`<p class="bad" id="refused" role="alert">${t.refused[coupon.refused] ?? t.refused.other}</p>`
    : html`<p class="small">${t.checkout.couponHint(shop.document().name)}</p>`
}</form>`
}</section>`
}

function pointsForm({ t, cart, language, shop }: Visit, { points, max, available }: PointsInCart, typed: string | undefined): Markup {
  return html`<section class="coupon" aria-labelledby="points"><h2 id="points">${t.checkout.points}</h2>
<form method="post" action="/checkout/points"><label class="label" for="use">${t.checkout.pointsLabel(t.points(available))}</label>
<div class="entry"><muse-checkout name="points" total="${goods(cart)}" lines="${JSON.stringify(linesOf(cart, language, shop.id))}"><input id="use" name="points" type="number" inputmode="numeric" min="0" max="${max}" value="${points || ''}" autocomplete="off"${typed === undefined ? '' : wrong('unread')}></muse-checkout><button class="button quiet">${t.checkout.apply}</button></div>
${typed === undefined ? '' : html`<p class="bad" id="unread" role="alert">${t.checkout.pointsUnread(typed)}</p>`}
${points ? html`<p class="good" role="status">${t.checkout.pointsUsed(t.points(points))}</p>` : html`<p class="small">${t.checkout.pointsHint(t.points(max))}</p>`}</form></section>`
}

function deliver({ t, customer, typed, no }: Visit): Markup {
  const nameless = no === 'name'
  return html`<fieldset class="deliver"><legend>${t.checkout.deliver}</legend>
<label><span class="label">${t.checkout.name}</span><input id="name" name="name" required maxlength="80" autocomplete="name" value="${typed.name?.trim() || customer?.name || ''}"${nameless ? wrong('unnamed') : ''}>${
    nameless ? html`<span class="bad" id="unnamed" role="alert">${t.said.nameless}</span>` : ''
  }</label>
<label class="short"><span class="label">${t.checkout.postcode}</span><input name="postcode" required maxlength="12" autocomplete="postal-code" value="${typed.postcode || '602-0000'}"></label>
<label><span class="label">${t.checkout.address}</span><input name="address" required maxlength="200" autocomplete="street-address" value="${typed.address || t.checkout.address0}"></label>
</fieldset>`
}

function summary(visit: Visit, { coupon, points }: Paying, earning: Earning): Markup {
  const { t, language, cart } = visit
  const shipping = shippingOf(cart)
  return html`<section class="summary" aria-labelledby="yours"><h2 id="yours">${t.checkout.order}</h2>
<ul class="brief">${cart.map(
    (line) =>
      html`<li><span class="thumb">${picture(visit, line.product, line.colour)}</span><span>${line.product.name[language]}${
        line.quantity > 1 ? ` × ${line.quantity}` : ''
      }<span class="kind">${line.colour.name[language]}</span></span><span>${t.yen(line.product.price * line.quantity)}</span></li>`,
  )}</ul>
<dl>
  ${row(t.cart.goods, t.yen(goods(cart)))}
  ${row(t.cart.shipping, shipping ? t.yen(shipping) : t.cart.free)}
  ${coupon.discount ? row(t.checkout.discount, `−${t.yen(coupon.discount)}`, 'good') : ''}
  ${points?.points ? row(t.checkout.points, `−${t.yen(points.points)}`, 'good') : ''}
  ${row(t.cart.total, t.yen(totalWith(cart, coupon, points)), 'total')}
</dl>
${earnLine(visit, earning)}
<button class="button wide" form="order">${t.checkout.place}</button>
<p class="small">${t.checkout.demo}</p>
</section>`
}

export function placedPage(visit: Visit, order: PlacedOrder, receipt: Receipt | undefined): Markup {
  const { t, customer } = visit
  const { document, coupon, points } = order
  const main = html`<div class="thanks"><img src="/pictures/ornament.svg" alt="" width="220" height="36">
<h1>${t.placed.title}</h1>
<p>${t.placed.text(order.id)}</p>
<p class="earn">${document.guest ? t.placed.guest : receipt?.points ? earnsOf(visit, receipt) : ''}</p>
<dl class="slip">
  ${row(t.cart.goods, t.yen(goodsOf(document)))}
  ${row(t.cart.shipping, document.shipping ? t.yen(document.shipping) : t.cart.free)}
  ${coupon ? row(t.checkout.discount, `−${t.yen(coupon.discount)}`, 'good') : ''}
  ${points ? row(t.checkout.points, `−${t.yen(points)}`, 'good') : ''}
  ${row(t.orders.paid, t.yen(totalOf(document)), 'total')}
</dl>
${coupon?.change ? html`<p class="small">${t.checkout.change(t.points(coupon.change))}</p>` : ''}
<p class="centre"><a class="button" href="${customer || document.guest ? '/orders' : '/login'}">${t.placed.toOrders}</a> <a class="button quiet" href="/collection">${t.placed.more}</a></p>
</div>`
  return page(visit, t.placed.title, main)
}

/** How many points, and when: of this order, where the programme gives some at once and others with the parcel. */
function earnsOf({ t, shop }: Visit, { points, state, waitsFor }: Receipt): string {
  const { placed, rules } = t
  if (state === 'available') return placed.earned(t.points(points))
  const atOnce = shop.document().earning.purchase.award === 'placed'
  return placed.earn(t.points(points)) + rules.gap + (atOnce && waitsFor ? placed.withParcel : whenOf(shop.document(), t))
}
