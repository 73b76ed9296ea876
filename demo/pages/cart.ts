// The cart: its lines, what shipping costs, and what the order would earn.
import { html } from 'hono/html'
import { type CartLine, freeShippingFrom, goods, lineId, shippingOf } from '../cart.ts'
import type { Visit } from '../visit.ts'
import { type Markup, page } from './layout.ts'
import { type Earning, earnLine, picture, row, sizeOf } from './parts.ts'

export function cartPage(visit: Visit, earning: Earning): Markup {
  const { t, cart, customer } = visit
  if (cart.length === 0)
    return page(
      visit,
      t.cart.title,
      html`<h1 class="rule">${t.cart.title}</h1><div class="empty"><img src="/pictures/ornament.svg" alt="" width="220" height="36"><p>${t.cart.empty}</p><a class="button" href="/collection">${t.cart.back}</a></div>`,
    )
  const shipping = shippingOf(cart)
  const left = freeShippingFrom - goods(cart)
  const main = html`<h1 class="rule">${t.cart.title}</h1>
<div class="beside">
<ul class="lines">${cart.map((line) => cartLine(visit, line))}</ul>
<section class="summary" aria-labelledby="yours"><h2 id="yours">${t.checkout.order}</h2>
  <dl>
    ${row(t.cart.goods, t.yen(goods(cart)))}
    ${row(t.cart.shipping, shipping ? t.yen(shipping) : t.cart.free)}
    ${row(t.cart.total, t.yen(goods(cart) + shipping), 'total')}
  </dl>
  ${shipping ? html`<p class="small">${t.cart.untilFree(t.yen(left))}</p>` : ''}
  ${earnLine(visit, earning)}
  <a class="button wide" href="/checkout">${t.cart.checkout}</a>
  <p class="small">${t.cart.couponLater}</p>
  ${customer ? html`<muse-coupons></muse-coupons>` : ''}
</section>
</div>`
  return page(visit, t.cart.title, main)
}

function cartLine(visit: Visit, line: CartLine): Markup {
  const { language, t } = visit
  const { product, colour, size, quantity } = line
  return html`<li class="line">
<a class="thumb" href="/pieces/${product.sku}?colour=${colour.id}" aria-hidden="true" tabindex="-1">${picture(visit, product, colour)}</a>
<div>
  <a class="name" href="/pieces/${product.sku}?colour=${colour.id}">${product.name[language]}</a>
  <p class="kind">${product.kind[language]} · ${colour.name[language]} · ${sizeOf(t, size)}</p>
  <form method="post" action="/cart/line" class="quantity">
    <input type="hidden" name="line" value="${lineId(line)}">
    <label><span class="label">${t.cart.quantity}</span><input type="number" name="quantity" value="${quantity}" min="0" max="9" inputmode="numeric" required></label>
    <button class="plain">${t.cart.update}</button><button class="plain" name="remove" value="1">${t.cart.remove}</button>
  </form>
</div>
<p class="price">${t.yen(product.price * quantity)}</p>
</li>`
}
