// For somebody who has just started the demonstration: what this is, how to try it, and the line that a merchant pastes.
import { html } from 'hono/html'
import type { Visit } from '../visit.ts'
import type { Markup } from './layout.ts'

/** Above the entrance, in the plain blue of what is no part of the shop. */
export function introduction({ t, shop, customer }: Visit): Markup {
  const say = t.introduction
  return html`<aside class="introduction" aria-label="Muse">
<div><p class="what">${say.what}</p><p>${say.more}</p></div>
<ol>
<li>${customer ? say.signedIn(customer.name) : html`<a href="/login?to=/desk">${say.signIn}</a>${t.rules.gap}${say.noPassword}`}</li>
<li>${say.widget}</li>
<li>${say.order}${t.rules.gap}<a href="/desk">${say.desk}</a></li>
</ol>
<div><p>${say.tag}</p><pre><code>${`<script async src="/muse.js" data-shop="${shop.id}"></script>`}</code></pre></div>
</aside>`
}
