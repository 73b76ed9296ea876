// One piece: its picture in the chosen colour, a close-up, what it is made of, and what it earns.
import { html } from 'hono/html'
import { besides, type Colour, type Product } from '../catalogue.ts'
import { titleIn } from '../programmes/rules.ts'
import { standingOf } from '../programmes/stock.ts'
import type { Visit } from '../visit.ts'
import { type Markup, page } from './layout.ts'
import { card, picture, pictureOf, sizeOf, standing } from './parts.ts'

/** What the piece earns now, and through which campaign; the badge of its seller. */
export type Earns = { earns: number; campaign: string | null; badge: string | null }

export function productPage(visit: Visit, product: Product, colour: Colour, { earns, campaign, badge }: Earns): Markup {
  const { language, t } = visit
  const { tags, categories, seller } = standingOf(visit.shop.id, product)
  const main = html`<article class="piece">
<div class="views">
  ${picture(visit, product, colour, 'eager')}
  <img class="close" src="${pictureOf(product, colour)}?view=close" alt="${t.product.closeUp}" width="600" height="450" loading="lazy">
</div>
<div class="about">
  <p class="kind">${product.kind[language]}</p>
  <h1>${product.name[language]}</h1>
  <p class="price">${t.yen(product.price)} <span class="small">${t.taxIncluded}</span></p>
  ${standing(visit, product)}<muse-badge sku="${product.sku}">${badge ? html`<span class="standing badge">${titleIn(badge, t)}</span>` : ''}</muse-badge>
  <p class="earn"><muse-points price="${product.price}" sku="${product.sku}" tags="${(tags ?? []).join()}" categories="${(categories ?? []).join()}"${
    seller ? html` seller="${seller}"` : ''
  }>${earns ? html`${t.product.earn(t.points(earns))}${campaign ? html` · ${titleIn(campaign, t)}` : ''}` : ''}</muse-points></p>
  ${tags?.includes('early-bird') ? html`<p class="small">${t.rules.excluded}</p>` : ''}
  <p class="story">${product.story[language]}</p>
  ${colours(visit, product, colour)}
  <form method="post" action="/cart" class="buy">
    <input type="hidden" name="piece" value="${product.sku}.${colour.id}">
    ${sizes(visit, product)}
    <button class="button">${t.product.add}</button>
  </form>
  <h2>${t.product.details}</h2>
  <ul class="details">${product.details[language].map((detail) => html`<li>${detail}</li>`)}</ul>
</div>
</article>
<section aria-labelledby="besides"><h2 id="besides" class="rule">${t.product.besides}</h2>
<ul class="grid">${besides(product).map((other) => card(visit, other))}</ul></section>`
  return page(visit, product.name[language], main)
}

/** Colours are links, so that every colour has an address and needs no script. */
function colours({ language, t }: Visit, product: Product, chosen: Colour): Markup {
  return html`<nav class="colours" aria-label="${t.product.colour}"><span class="label">${t.product.colour}</span>
${product.colours.map(
  (colour) => html`<a href="/pieces/${product.sku}?colour=${colour.id}"${colour === chosen ? html` aria-current="true"` : ''}>
<img src="/pictures/dye-${colour.id}.svg" alt="" width="22" height="22">${colour.name[language]}</a>`,
)}</nav>`
}

function sizes({ t }: Visit, product: Product): Markup {
  const [only] = product.sizes
  if (product.sizes.length === 1) return html`<input type="hidden" name="size" value="${only}">`
  const middle = product.sizes[Math.floor(product.sizes.length / 2)]
  return html`<fieldset class="sizes"><legend class="label">${t.product.size}</legend>
${product.sizes.map(
  (size) =>
    html`<label><input type="radio" name="size" value="${size}"${size === middle ? html` checked` : ''}><span>${sizeOf(t, size)}</span></label>`,
)}</fieldset>`
}
