// What members ask the shop for: gifts, reviews and photos with the shop's decision, the month's prizes, and the sellers.
import { html } from 'hono/html'
import { titleFor } from '../../cart.ts'
import { find } from '../../catalogue.ts'
import type { Asked, Look, SellerStanding } from '../../desk/look.ts'
import type { Step } from '../../desk/timeline.ts'
import { titleIn } from '../../programmes/rules.ts'
import { sellers } from '../../programmes/stock.ts'
import type { Visit } from '../../visit.ts'
import type { Markup } from '../layout.ts'

export function requestsPanel(visit: Visit, { asked, gallery, steps }: Look, key: string): Markup {
  const { t, shop, now } = visit
  const { photo, prizes } = shop.document().earning
  if (!photo && asked.length === 0) return ''
  return html`<section class="desk" aria-labelledby="requests"><h2 id="requests">${t.desk.requests}</h2>
${asked.length ? html`<ul class="asked">${asked.map((one) => askedItem(visit, one))}</ul>` : html`<p>${t.desk.noRequests}</p>`}
${shopperForms(visit, key)}
${
  prizes?.length && gallery.length && !isAwarded(steps, monthOf(now))
    ? html`<form method="post" action="/desk/prizes"><button>${t.desk.prizes(monthOf(now))}</button><span class="small">${t.desk.prizesText}</span></form>`
    : ''
}</section>`
}

function askedItem({ t, shop }: Visit, { kind, id, title, sku = '', state, points }: Asked): Markup {
  const may = kind === 'gifts' ? (state === 'waiting' ? (['accepted', 'declined'] as const) : []) : (['accepted', 'declined'] as const)
  return html`<li><span class="actor">${t.desk.kinds[kind]}</span><span>${
    // A declined picture is shown to nobody any more.
    kind === 'photos' && state !== 'declined'
      ? html`<img class="posted" src="/v1/shops/${shop.id}/photos/${id}" alt="${title || t.desk.kinds[kind]}" width="72" height="72" loading="lazy">`
      : ''
  }${find(sku)?.name[t.language.is] ?? ''} ${kind === 'gifts' ? titleIn(title, t) : title}${points ? html` <span class="small">${t.points(points)}</span>` : ''}</span><span class="state ${state}">${t.desk.states[state]}</span>
<form method="post" action="/desk/decide"><input type="hidden" name="kind" value="${kind}"><input type="hidden" name="id" value="${id}">${may
    .filter((one) => one !== state)
    .map((one) => html`<button name="state" value="${one}">${t.desk.decide[one]}</button>`)}</form></li>`
}

/** What shoppers do in the widget, here as well, so that the desk has something to decide. */
function shopperForms({ t, shop, customer }: Visit, key: string): Markup {
  const { redeeming, earning } = shop.document()
  if (!customer) return ''
  const hidden = html`<input type="hidden" name="key" value="${key}">`
  const shipped = shop.orders.of(customer.id).filter(({ document }) => document.state === 'shipped')
  const pieces = shipped.flatMap(({ id, document }) =>
    document.lines.map((line) => ({ title: titleFor(line, t.language.is), value: `${id} ${line.sku}` })),
  )
  return html`<h3>${t.desk.asShopper}</h3>
${
  redeeming.gifts?.length
    ? html`<form method="post" action="/desk/shopper/gift">${hidden}<label>${t.desk.chooseGift} <select name="gift">${redeeming.gifts.map(
        ({ id, title, points }) => html`<option value="${id}">${t.desk.aside(titleIn(title, t), t.points(points))}</option>`,
      )}</select></label><button>${t.desk.askGift}</button></form>`
    : ''
}
${
  earning.review && pieces.length
    ? html`<form method="post" action="/desk/shopper/review">${hidden}<label>${t.desk.piece} <select name="piece">${pieces.map(
        ({ value, title }) => html`<option value="${value}">${title}</option>`,
      )}</select></label><label>${t.desk.rating} <input type="number" name="rating" min="1" max="5" value="5" required></label><label>${t.desk.words} <input name="text" value="${t.desk.firstWords}" maxlength="400"></label><button>${t.desk.review}</button></form>`
    : ''
}
${
  earning.photo
    ? html`<form method="post" action="/desk/shopper/photo" enctype="multipart/form-data">${hidden}<label>${t.desk.choosePhoto} <input type="file" name="photo" accept="image/jpeg,image/png,image/webp" required></label><button>${t.desk.photo}</button></form>`
    : ''
}`
}

export function sellersPanel({ t, language }: Visit, standings: SellerStanding[]): Markup {
  if (standings.length === 0) return ''
  const say = t.desk.seller
  return html`<section class="desk" aria-labelledby="sellers"><h2 id="sellers">${t.desk.sellers}</h2><ul class="asked">${standings.map(
    ({
      seller,
      name,
      percent,
      badge,
      leftAt,
    }) => html`<li><span>${sellers.find(({ id }) => id === seller)?.name[language] ?? name}${percent ? html` <span class="small">${percent} %</span>` : ''}</span>
<span class="small">${badge.shown ? say.shown : say.none(whyNot(t, badge))}${badge.blockedBy.map((sku) => html`<br>${say.blockedBy(find(sku)?.name[language] ?? sku)}`)}</span>
<form method="post" action="/desk/sellers/${seller}">${badge.blockedBy.slice(0, 1).map((sku) => html`<input type="hidden" name="sku" value="${sku}"><button name="act" value="raise">${say.raise}</button>`)}<button name="act" value="${leftAt ? 'rejoin' : 'leave'}">${leftAt ? say.rejoin : say.leave}</button></form></li>`,
  )}</ul></section>`
}

/** Why a seller has no badge, and from when it may have one. */
const whyNot = (t: Visit['t'], { why, from }: SellerStanding['badge']) =>
  why === 'too-early' && from ? t.desk.seller.tooEarly(t.moment(Date.parse(from))) : (t.desk.seller.why[why ?? ''] ?? '')

/** Whether the visitor has won one already: the same pictures once more would be paid nothing, and newer ones are refused. */
const isAwarded = (steps: Step[], month: string) => steps.some(({ moves }) => moves.some(({ note }) => note?.startsWith(`prize ${month} `)))

/** The month in Japan, as the prizes are named. */
export const monthOf = (now: number) => new Date(now + 9 * 3_600_000).toISOString().slice(0, 7)
