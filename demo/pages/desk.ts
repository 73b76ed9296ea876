// The desk, on which a visitor plays the shop's staff and its clock, and sees what it does to the points.
import { html } from 'hono/html'
import type { Receipt } from '../../server/contract.ts'
import type { Look } from '../desk/look.ts'
import { hasLapsed, type PlacedOrder, totalOf } from '../orders.ts'
import type { Visit } from '../visit.ts'
import { erasePanel } from './desk/erasing.ts'
import { orderDesk } from './desk/orders.ts'
import { requestsPanel, sellersPanel } from './desk/requests.ts'
import { programmePanel, timePanel } from './desk/time.ts'
import { stepList, walletPanel } from './desk/wallet.ts'
import { type Markup, page } from './layout.ts'

export type Told = { order: PlacedOrder; receipt: Receipt | undefined }

export function deskPage(visit: Visit, look: Look, told: Told[], key: string): Markup {
  const { t, customer } = visit
  const main = html`<h1 class="rule">${t.desk.title}</h1><p class="centre lead">${t.desk.lead}</p>
<div class="bureau">
<div>${timePanel(visit, look.coming)}${programmePanel(visit)}${sellersPanel(visit, look.sellers)}</div>
<div>${walletPanel(visit, look, key)}
${ordersPanel(visit, told)}${customer ? requestsPanel(visit, look, key) : ''}</div>
</div>
${
  customer
    ? html`<section class="desk" aria-labelledby="history"><h2 id="history">${t.desk.history}</h2>${stepList(visit, look.steps)}</section>
<section class="desk" aria-labelledby="story"><h2 id="story">${t.desk.story}</h2><p>${t.desk.storyText}</p><p><a class="link" href="/desk/story.test.ts" download>${t.desk.download}</a></p></section>
${erasePanel(visit, customer)}`
    : ''
}`
  return page(visit, t.desk.title, main)
}

function ordersPanel(visit: Visit, told: Told[]): Markup {
  const { t } = visit
  return html`<section class="desk" aria-labelledby="orders"><h2 id="orders">${t.desk.orders}</h2>
${told.length ? '' : html`<p>${t.desk.noOrders} <a class="link" href="/collection">${t.home.look}</a></p>`}
${told.map(({ order, receipt }) => {
  const { id, document } = order
  const earns = receipt
    ? html` · ${t.desk.aside(t.points(receipt.points), hasLapsed(document, receipt) ? t.desk.receipt.lapsed : (t.desk.receipt.state[receipt.state] ?? ''))}`
    : ''
  return html`<article id="${id}" class="one"><h3>${id} <span class="state ${document.state}">${t.orders.state[document.state]}</span></h3>
<p>${t.yen(totalOf(document))} · ${t.desk.paidBy(t.desk.methods[document.payment ?? ''] ?? '')}${earns}</p>${orderDesk(visit, order)}</article>`
})}</section>`
}
