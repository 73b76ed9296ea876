// What every page has around it: the head, the house's header and footer, and the one-line tag.
import { html } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import { goods, pieces } from '../cart.ts'
import { departments } from '../catalogue.ts'
import type { Visit } from '../visit.ts'
import { programmeBar } from './programme.ts'

export type Markup = HtmlEscapedString | Promise<HtmlEscapedString> | ''

export function page(visit: Visit, title: string, main: Markup, { bare = false, before = '' as Markup } = {}): Markup {
  const { t } = visit
  return html`<!doctype html>
<html lang="${visit.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title === t.house ? t.house : `${title} · ${t.house}`}</title>
<meta name="description" content="${t.home.lead}">
<link rel="icon" href="/pictures/emblem.svg" type="image/svg+xml">
<link rel="preload" href="/fonts/display.woff2" as="font" type="font/woff2" crossorigin>
<link rel="stylesheet" href="/storefront.css">
${tag(visit)}
</head>
<body>
<a class="skip" href="#main">${t.skip}</a>
${programmeBar(visit)}${before}
${header(visit)}
${visit.said ? html`<p class="said" role="status">${visit.said}</p>` : ''}
<main id="main"${bare ? '' : html` class="column"`}>
${main}
</main>
${footer(visit)}
</body>
</html>`
}

/** The tag as a merchant pastes it; the launcher it draws is the whole integration of a page. */
function tag({ token, cart, shop }: Visit): Markup {
  const member = token ? html` data-token="${token}" data-token-url="/muse-token"` : ''
  // Who has chosen nothing yet may make a coupon for later.
  const total = cart.length ? html` data-cart-total="${goods(cart)}"` : ''
  return html`<script async src="/muse.js" data-shop="${shop.id}"${member}${total}></script>`
}

function header(visit: Visit): Markup {
  const { t, customer, cart } = visit
  return html`<header class="top">
<div class="rail">
  <a class="plain" href="${visit.inOther}" lang="${t.language.to}" hreflang="${t.language.to}">${t.language.label}</a>
  <nav class="own" aria-label="${t.account.orders}">
    ${
      customer
        ? html`<a class="plain" href="/orders">${t.account.orders}</a><form method="post" action="/logout"><span class="who">${t.account.greeting(customer.name)}</span><button class="plain">${t.account.signOut}</button></form>`
        : html`<a class="plain" href="/login">${t.account.signIn}</a>`
    }
    <a class="plain" href="/cart">${t.account.cart} <span class="count">${pieces(cart)}</span></a>
  </nav>
</div>
<a class="brand" href="/"><img src="/pictures/emblem.svg" alt="" width="58" height="40"><span class="wordmark" lang="fr">Maison Noctuelle</span>${
    visit.language === 'ja' ? html`<span class="reading">${t.house}</span>` : ''
  }</a>
<nav class="departments" aria-label="${t.menu}">
  <a href="/collection"${here(visit, '/collection')}>${t.nav.all}</a>
  ${departments.map((one) => html`<a href="/collection/${one}"${here(visit, `/collection/${one}`)}>${t.nav[one]}</a>`)}
  <a href="/points"${here(visit, '/points')}>${t.nav.points}</a>
</nav>
</header>`
}

const here = (visit: Visit, path: string) => (visit.path === path ? html` aria-current="page"` : '')

function footer({ t, customer }: Visit): Markup {
  return html`<footer class="foot">
<div class="column">
  <p class="wordmark" lang="fr">Maison Noctuelle</p>
  <p>${t.tagline}</p>
  <nav class="ways" aria-label="${t.house}">
    <a href="/points">${t.nav.points}</a><a href="/gallery">${t.gallery.title}</a><a href="${customer ? '/orders' : '/login'}">${customer ? t.account.orders : t.account.signIn}</a><a href="/contact">${t.foot.contact}</a><a href="/desk">${t.desk.open}</a><a href="/bench">${t.foot.bench}</a>
  </nav>
  <p class="small">${t.foot.demo}</p>
</div>
</footer>`
}
