// The entrance, and the collection by department.
import { html } from 'hono/html'
import { type Department, products } from '../catalogue.ts'
import { earningOf, whenOf } from '../programmes/rules.ts'
import type { Visit } from '../visit.ts'
import { introduction } from './introduction.ts'
import { type Markup, page } from './layout.ts'
import { card } from './parts.ts'

const newest = [
  'moonmoth-jsk',
  'camellia-blouse',
  'belladonna-op',
  'hymnal-bag',
  'rosewindow-jsk',
  'vesper-cape',
  'dusk-parasol',
  'hawkmoth-brooch',
]

export function homePage(visit: Visit): Markup {
  const { t } = visit
  const document = visit.shop.document()
  const pieces = newest.flatMap((sku) => products.filter((product) => product.sku === sku))
  const main = html`<section class="hero">
<img class="scene" src="/pictures/dusk-house.svg" alt="" width="1600" height="900">
<div class="words">
  <p class="season">${t.home.season}</p>
  <h1>${t.home.title}</h1>
  <p>${t.home.lead}</p>
  <a class="button light" href="/collection">${t.home.look}</a>
</div>
</section>
<section class="column newest" aria-labelledby="newest">
<h2 id="newest" class="rule">${t.home.newest}</h2>
<ul class="grid">${pieces.map((product) => card(visit, product))}</ul>
<p class="centre"><a class="button" href="/collection">${t.home.everything}</a></p>
</section>
<section class="club">
<div class="column">
  <img class="coin" src="/pictures/coin.svg" alt="" width="150" height="150">
  <div class="why"><h2>${t.home.club}</h2><p>${[t.home.clubText(document.name), earningOf(document, t), whenOf(document, t)].join(t.rules.gap)}</p><a class="link" href="/points">${t.home.clubLink}</a></div>
</div>
</section>
<section class="column atelier"><img src="/pictures/ornament.svg" alt="" width="220" height="36"><h2>${t.home.atelier}</h2><p>${t.home.atelierText}</p></section>`
  return page(visit, t.house, main, { bare: true, before: introduction(visit) })
}

export function collectionPage(visit: Visit, department?: Department): Markup {
  const { t } = visit
  const title = department ? t.nav[department] : t.nav.all
  const shown = products.filter((product) => !department || product.categories.includes(department))
  return page(visit, title, html`<h1 class="rule">${title}</h1><ul class="grid">${shown.map((product) => card(visit, product))}</ul>`)
}
