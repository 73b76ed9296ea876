// The desk's clock and programme: where the shop is in time, what is to come, and which rules hold.
import { html } from 'hono/html'
import type { Coming } from '../../programmes/events.ts'
import { titleIn } from '../../programmes/rules.ts'
import { isOver } from '../../programmes/shift.ts'
import type { Visit } from '../../visit.ts'
import type { Markup } from '../layout.ts'
import { grouped } from '../parts.ts'
import { aheadOf, programmeChoice } from '../programme.ts'

export function timePanel({ t, now, ahead }: Visit, coming: Coming[]): Markup {
  const [next] = coming
  return html`<section class="desk" aria-labelledby="time"><h2 id="time">${t.desk.time}</h2>
<p class="hour"><time datetime="${new Date(now).toISOString()}">${t.moment(now)}</time> <span class="small">${t.desk.ahead(aheadOf(t, ahead))}</span></p>
<form method="post" action="/desk/time"><button name="to" value="day">${t.desk.jumps.day}</button><button name="to" value="week">${t.desk.jumps.week}</button>${
    next ? html`<button name="to" value="event" class="main">${t.desk.jumps.event}</button>` : ''
  }</form>
<h3>${t.desk.coming}</h3>
${
  coming.length
    ? html`<form method="post" action="/desk/time"><ol class="coming">${coming
        .slice(0, 8)
        .map(
          ({ at, kind, about, points }) =>
            html`<li><time datetime="${new Date(at).toISOString()}">${t.moment(at)}</time><span>${t.desk.events[kind]?.(kind === 'coupon-expires' ? grouped(about) : titleIn(about, t), t.points(points ?? 0))}</span><button name="to" value="${at}">${t.desk.goThere}</button></li>`,
        )}</ol></form>`
    : html`<p>${t.desk.nothingComing}</p>`
}
<p class="small">${t.desk.onlyForward}</p></section>`
}

export function programmePanel(visit: Visit): Markup {
  const { t, shop, now } = visit
  const { name, campaigns = [] } = shop.document()
  const running = campaigns.filter(
    ({ ordered }) => ordered?.until && Date.parse(ordered.until) > now && Date.parse(ordered.from ?? '') < now,
  )
  const over = isOver(shop.document(), now)
  const days = Math.round(shop.shift() / 86_400_000)
  return html`<section class="desk" aria-labelledby="programme"><h2 id="programme">${t.desk.programme}</h2>
<p>${t.desk.running(name)} <a class="link" href="/points#rules">${t.desk.rules}</a></p>
<div class="running inside">${programmeChoice(visit)}</div>
<p class="small">${days ? t.rules.dates(days) : t.rules.noDates}</p>
${running.map(
  ({ id, title }) =>
    html`<form method="post" action="/desk/campaign"><button name="campaign" value="${id}">${t.desk.endCampaign(titleIn(title, t))}</button><span class="small">${t.desk.endText}</span></form>`,
)}${over ? html`<form method="post" action="/desk/renew"><button>${t.desk.renew}</button><span class="small">${t.desk.renewText}</span></form>` : ''}</section>`
}
