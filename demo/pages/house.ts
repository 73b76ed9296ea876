// The quieter pages: signing in, Point & Reward, contact, and the two that nobody wants to see.
import { html } from 'hono/html'
import type { Customer } from '../customers.ts'
import type { Purchase } from '../orders.ts'
import { couponOf, earningOf, type Rule, rulesOf, whenOf } from '../programmes/rules.ts'
import type { Visit } from '../visit.ts'
import { type Markup, page } from './layout.ts'
import { wrong } from './parts.ts'

export function signInPage(visit: Visit, customers: Customer[], to: string): Markup {
  const { t, no } = visit
  const main = html`<div class="narrow"><h1 class="rule">${t.signIn.title}</h1><p class="centre">${t.signIn.lead}</p>
${
  customers.length
    ? html`<form method="post" action="/login" class="regulars"><input type="hidden" name="to" value="${to}"><h2>${t.signIn.regulars}</h2>
${customers.map((customer) => html`<button class="button quiet wide" name="customer" value="${customer.id}">${t.signIn.as(customer.name)}</button>`)}</form>`
    : ''
}
<form method="post" action="/register" class="newcomer"><input type="hidden" name="to" value="${to}"><h2>${t.signIn.newcomer}</h2>
<label><span class="label">${t.signIn.name}</span><input name="name" required maxlength="40" autocomplete="name"${no === 'name' ? wrong('unnamed') : ''}>${
    no === 'name' ? html`<span class="bad" id="unnamed" role="alert">${t.said.nameless}</span>` : ''
  }</label>
<button class="button wide">${t.signIn.signUp}</button></form>
<p class="small centre">${t.signIn.benefits}</p></div>`
  return page(visit, t.signIn.title, main)
}

/** What stands inside <muse-page> is what a visitor reads until, and unless, the element comes alive. */
export function pointsPage(visit: Visit, purchases: Purchase[] = []): Markup {
  const { t, customer, shop } = visit
  const document = shop.document()
  const main = html`<div class="reward"><h1 class="rule">${t.reward.title}</h1><p class="centre lead">${t.reward.lead}</p>
<ol class="steps">${stepsOf(visit).map(({ term, text }) => html`<li><h2>${term}</h2><p>${text}</p></li>`)}</ol>
<section class="yours" aria-labelledby="yours"><h2 id="yours">${t.reward.yours}</h2>
<muse-page${purchases.length ? html` purchases="${JSON.stringify(purchases)}"` : ''}><p>${customer ? t.reward.open(document.name) : t.reward.join}</p>${customer ? '' : html`<a class="button" href="/login?to=/points">${t.account.signIn}</a>`}</muse-page></section>
<section class="answers" id="rules" aria-labelledby="rules-title"><h2 id="rules-title">${t.rules.title}</h2><p class="centre">${t.rules.lead(document.name)}</p>
<dl>${rulesOf(document, t, shop.shift()).map(({ term, text }) => html`<div class="answer"><dt>${term}</dt><dd>${text}</dd></div>`)}</dl></section>
<section class="answers" aria-labelledby="questions"><h2 id="questions">${t.reward.questions}</h2>
<dl>${t.reward.answers.map(([question, answer]) => html`<div class="answer"><dt>${question}</dt><dd>${answer}</dd></div>`)}</dl></section></div>`
  return page(visit, t.reward.title, main)
}

function stepsOf({ t, shop }: Visit): Rule[] {
  const document = shop.document()
  const { steps, use } = t.rules
  return [
    { term: steps.buy, text: earningOf(document, t) },
    { term: steps.wait, text: whenOf(document, t) },
    { term: steps.redeem, text: couponOf(document, t) },
    { term: steps.use, text: use },
  ]
}

/** Members' photos of what they bought; what stands inside <muse-gallery> is there until the photos are. */
export function galleryPage(visit: Visit): Markup {
  const { t } = visit
  const main = html`<h1 class="rule">${t.gallery.title}</h1><p class="centre lead">${t.gallery.lead}</p>
<muse-gallery><p class="centre">${t.gallery.without}</p></muse-gallery>`
  return page(visit, t.gallery.title, main)
}

export const contactPage = (visit: Visit): Markup => plainPage(visit, visit.t.contact.title, visit.t.contact.text)
export const lostPage = (visit: Visit): Markup => plainPage(visit, visit.t.lost.title, visit.t.lost.text)
export const brokenPage = (visit: Visit): Markup => plainPage(visit, visit.t.broken.title, visit.t.broken.text)

function plainPage(visit: Visit, title: string, text: string): Markup {
  const main = html`<div class="thanks"><img src="/pictures/ornament.svg" alt="" width="220" height="36"><h1>${title}</h1><p>${text}</p>
<p class="centre"><a class="button quiet" href="/">${visit.t.lost.home}</a></p></div>`
  return page(visit, title, main)
}
