// One order's receipt with every number explained, and what the order has moved in the ledger.
import { html } from 'hono/html'
import type { Receipt } from '../../../server/contract.ts'
import { titleFor } from '../../cart.ts'
import { actsFor } from '../../desk/shopkeeping.ts'
import type { Step } from '../../desk/timeline.ts'
import { hasLapsed, type PlacedOrder } from '../../orders.ts'
import { missedBy } from '../../programmes/missed.ts'
import { titleIn } from '../../programmes/rules.ts'
import { sellers } from '../../programmes/stock.ts'
import type { Visit } from '../../visit.ts'
import type { Told } from '../desk.ts'
import { type Markup, page } from '../layout.ts'
import { grouped } from '../parts.ts'
import { orderDesk } from './orders.ts'
import { stepList } from './wallet.ts'

export function receiptPage(visit: Visit, { order, receipt }: Told, steps: Step[]): Markup {
  const { t } = visit
  const say = t.desk.receipt
  const main = html`<h1 class="rule">${say.title(order.id)}</h1>
${receipt ? html`<p class="centre lead">${say.lead(receipt.program)}</p>${lineTable(visit, order, receipt)}` : html`<p class="centre">${say.none}</p>`}
${actsFor(order.document).length ? orderDesk(visit, order) : ''}
<section class="desk" aria-labelledby="ledger"><h2 id="ledger">${say.ledger}</h2>${stepList(visit, steps)}</section>
<details class="desk"><summary>${say.document}</summary><pre>${JSON.stringify(order.document, null, 2)}</pre></details>
<p class="centre"><a class="button quiet" href="/desk">${say.back}</a></p>`
  return page(visit, say.title(order.id), main)
}

function lineTable({ t, shop }: Visit, { document }: PlacedOrder, receipt: Receipt): Markup {
  const say = t.desk.receipt
  const titles = new Map(document.lines.map((line) => [line.id, titleFor(line, t.language.is)]))
  const lapsed = hasLapsed(document, receipt)
  // Another version of the programme would give another version's reasons.
  const programme = receipt.program === shop.version() ? shop.document() : undefined
  const whyOf = ({ id, why, percent }: ReceiptLine) => {
    if (why) return why === 'cancelled' && lapsed ? say.lapsed : say.why[why]
    const line = percent === 0 && document.lines.find((one) => one.id === id)
    const missed = programme && line ? missedBy(programme, document, line) : undefined
    return missed && say.missed[missed.by]?.(titleIn(missed.title, t))
  }
  const when = receipt.availableAt && receipt.state !== 'void' ? ` ${say.on(t.moment(Date.parse(receipt.availableAt)))}` : ''
  return html`<div class="receipt"><table><thead><tr>${say.columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>${receipt.lines.map((line) => html`<tr><th scope="row">${titles.get(line.id) ?? line.id}</th>${cells(t, line, whyOf(line))}</tr>`)}</tbody>
<tfoot><tr><th scope="row" colspan="4">${say.total}</th><td><strong>${receipt.points.toLocaleString('en')}</strong></td><td colspan="2">${say.state[receipt.state]}${when}</td></tr></tfoot></table>
<p class="small">${say.rounded}${(document.discounts ?? []).map(({ code, amount }) => say.discount(code ? grouped(code) : '', t.yen(amount)))}</p></div>`
}

type ReceiptLine = Receipt['lines'][number]

/** What was paid, at which rate, through which campaign: and so many points, for this reason, paid for by these. */
function cells(
  t: Visit['t'],
  { paid, percent, multiply, campaign, campaignTitle, points, shares }: ReceiptLine,
  why: string | undefined,
): Markup[] {
  const say = t.desk.receipt
  const times = multiply > 1 ? String(multiply) : ''
  const exactly = ((paid * percent * multiply) / 100).toLocaleString('en', { maximumFractionDigits: 2 })
  const told: Markup[] = [
    html`${t.yen(paid)}`,
    html`${percent}%${times && ` × ${times}`}`,
    html`${campaign ? titleIn(campaignTitle ?? campaign, t) : say.noCampaign}`,
    html`<strong>${points.toLocaleString('en')}</strong>`,
    html`${why ?? say.formula(t.yen(paid), String(percent), times, exactly)}`,
    html`${shares.map(({ funder, points }) => html`<span>${funderIn(t, funder)} ${points.toLocaleString('en')}</span> `)}`,
  ]
  return told.map((content, index) => html`<td data-label="${say.columns[index + 1]}">${content}</td>`)
}

const funderIn = (t: Visit['t'], funder: string) =>
  funder === 'shop' ? t.desk.receipt.shop : (sellers.find(({ id }) => id === funder)?.name[t.language.is] ?? funder)
