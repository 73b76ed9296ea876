// An order on the desk: what the shopkeeper can do with it as it stands.
import { html } from 'hono/html'
import { titleFor } from '../../cart.ts'
import { actsFor, amountLeft, payments, refundable } from '../../desk/shopkeeping.ts'
import type { PlacedOrder } from '../../orders.ts'
import type { Visit } from '../../visit.ts'
import type { Markup } from '../layout.ts'

/** The forms of one order. What is done comes back to the page it was done on. */
export function orderDesk({ t, path }: Visit, { id, document }: PlacedOrder): Markup {
  const acts = actsFor(document)
  const plain = acts.filter((act) => act === 'ship' || act === 'hold' || act === 'resume' || act === 'cancel')
  const form = (content: Markup) =>
    html`<form method="post" action="/desk/orders/${id}"><input type="hidden" name="to" value="${path}"><input type="hidden" name="as" value="${document.updatedAt}">${content}</form>`
  return html`<div class="desk" role="group" aria-label="${t.desk.title} ${id}">
${plain.length ? form(html`${plain.map((act) => html`<button name="act" value="${act}">${t.desk.act[act]}</button>`)}`) : ''}
${
  acts.includes('pay')
    ? form(
        html`<label>${t.desk.payment} <select name="payment">${payments.map(
          (one) => html`<option value="${one}"${one === document.payment ? html` selected` : ''}>${t.desk.methods[one]}</option>`,
        )}</select></label><button name="act" value="pay">${t.desk.act.pay}</button>`,
      )
    : ''
}
${
  acts.includes('refund')
    ? form(
        html`<label>${t.desk.piece} <select name="line">${refundable(document).map(
          (line) => html`<option value="${line.id}">${titleFor(line, t.language.is)}</option>`,
        )}</select></label><button name="act" value="refund">${t.desk.act.refund}</button>`,
      )
    : ''
}
${
  acts.includes('refund-amount')
    ? form(
        html`<label>${t.desk.amount} <input type="number" name="amount" min="1" max="${amountLeft(document)}" value="${Math.min(
          1000,
          amountLeft(document),
        )}" inputmode="numeric" required></label><button name="act" value="refund-amount">${t.desk.act['refund-amount']}</button>`,
      )
    : ''
}
${path === `/desk/orders/${id}` ? '' : html`<p><a class="link" href="/desk/orders/${id}">${t.desk.look}</a></p>`}</div>`
}
