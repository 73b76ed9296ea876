// Pieces of page that several pages share: a product's card, its picture, the rows of an order.
import { html } from 'hono/html'
import type { Colour, Product } from '../catalogue.ts'
import { canonical } from '../desk/timeline.ts'
import { sellerOf, standingOf } from '../programmes/stock.ts'
import type { Text } from '../text.ts'
import type { Visit } from '../visit.ts'
import type { Markup } from './layout.ts'

/** A coupon's code in fours, as the panel writes it, however it was typed. */
export const grouped = (code: string) => canonical(code).replace(/.{4}(?=.)/g, '$&-')

export const pictureOf = (product: Product, colour: Colour) => `/pictures/${product.sku}/${colour.id}.svg`

export function picture({ t, language }: Visit, product: Product, colour: Colour, loading: 'lazy' | 'eager' = 'lazy'): Markup {
  const alt = t.product.picture(product.name[language], product.kind[language], colour.name[language])
  return html`<img src="${pictureOf(product, colour)}" alt="${alt}" width="600" height="750" loading="${loading}">`
}

export function card(visit: Visit, product: Product): Markup {
  const { language, t } = visit
  const [first] = product.colours
  if (!first) return ''
  return html`<li class="card"><a href="/pieces/${product.sku}">
${picture(visit, product, first)}
<span class="name">${product.name[language]}</span>${standing(visit, product)}
<span class="kind">${product.kind[language]}</span>
<span class="price">${t.yen(product.price)}</span>
<span class="dyes">${product.colours.map((colour) => html`<img src="/pictures/dye-${colour.id}.svg" alt="${colour.name[language]}" width="12" height="12">`)}</span>
</a></li>`
}

/** What this programme says of a piece: that it is early bird, or who sells it. */
export function standing({ t, language, shop }: Visit, product: Product): Markup {
  const seller = sellerOf(shop.id, product)
  if (standingOf(shop.id, product).tags?.includes('early-bird')) return html`<span class="standing early">${t.product.earlyBird}</span>`
  return seller ? html`<span class="standing">${t.product.soldBy(seller.name[language])}</span>` : ''
}

/** What a cart earns, and the ways to pay for which that holds where it does not hold for all. */
export type Earning = { points: number; ways: string[] }

export function earnLine({ t, customer }: Visit, { points, ways }: Earning): Markup {
  if (!points) return ''
  const told = customer ? t.cart.earn(t.points(points)) : t.cart.guestEarn(t.points(points))
  const paid = ways.length ? t.rules.gap + t.cart.ifPaid(t.rules.or(ways.map((way) => t.desk.methods[way] ?? way))) : ''
  return html`<p class="earn">${told}${paid}</p>`
}

/** One row of a sum: what it is, and how much. */
export const row = (label: string, amount: string, kind = ''): Markup =>
  html`<div class="sum ${kind}"><dt>${label}</dt><dd>${amount}</dd></div>`

export const sizeOf = (t: Text, size: string) => (size === 'free' ? t.product.free : size)

/** What a field bears whose content was refused: the sentence of this id says why, and whoever filled it in goes on here. */
export const wrong = (because: string): Markup => html` aria-invalid="true" aria-describedby="${because}" autofocus`
