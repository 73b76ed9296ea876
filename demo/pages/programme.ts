// Which programme is on, what time it is in the shop, and the choice of another. It is no part of the shop and does not look like one.
import { html } from 'hono/html'
import { programmeIds } from '../programmes/documents.ts'
import type { Text } from '../text.ts'
import type { Visit } from '../visit.ts'
import type { Markup } from './layout.ts'

export function programmeBar(visit: Visit): Markup {
  const { t, shop, now, ahead } = visit
  return html`<aside class="running" aria-label="${t.desk.programme}">
${programmeChoice(visit)}
<p><span class="clock">${t.desk.shopTime} <time datetime="${new Date(now).toISOString()}">${t.moment(now)}</time>${
    aheadOf(t, ahead) ? html` <span class="ahead">+${aheadOf(t, ahead)}</span>` : ''
  }</span> <a href="/points#rules">${t.desk.rules}<span class="away"> (${shop.document().name})</span></a> <a href="/desk">${t.desk.open}</a></p>
</aside>`
}

/** One button a programme; the one that is on is pressed already. */
export function programmeChoice({ t, shop, path }: Visit): Markup {
  return html`<form method="post" action="/desk/programme"><input type="hidden" name="to" value="${path}">${programmeIds.map(
    (id) =>
      html`<button name="programme" value="${id}" aria-pressed="${id === shop.id ? 'true' : 'false'}">${t.desk.programmes[id]}</button>`,
  )}</form>`
}

/** How far the shop is ahead of the world, in words; empty when it is not. */
export const aheadOf = (t: Text, ahead: number) => (ahead < 60_000 ? '' : t.desk.days(ahead / 86_400_000))
