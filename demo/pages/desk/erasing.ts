// Forgetting a customer: what it would mean, before it is done; and what the books say afterwards.
import { html } from 'hono/html'
import type { Wallet } from '../../../server/contract.ts'
import type { Customer } from '../../customers.ts'
import type { Body } from '../../merchant.ts'
import type { Text } from '../../text.ts'
import type { Visit } from '../../visit.ts'
import { type Markup, page } from '../layout.ts'

/** On the desk only the way there: nothing that cannot be undone is one press away. */
export const erasePanel = ({ t }: Visit, { name }: Customer): Markup =>
  html`<section class="desk" aria-labelledby="erase"><h2 id="erase">${t.erasing.title(name)}</h2><p>${t.erasing.text}</p><p><a class="link" href="/desk/erase">${t.erasing.open}</a></p></section>`

/** A shop of the three by its name, and what the customer has there; nothing where they were never a member. */
export type Stake = { shop: string; wallet: Wallet | undefined }

export function erasePage(visit: Visit, { id, name }: Customer, stakes: Stake[]): Markup {
  const { t } = visit
  const say = t.erasing
  const main = html`<h1 class="rule">${say.question(name)}</h1><p class="centre lead">${say.lead}</p>
<section class="desk" aria-labelledby="goes"><h2 id="goes">${say.goes}</h2>
<ul class="told-off"><li>${say.account}</li>${stakes.map((stake) => html`<li>${stakeOf(t, stake)}</li>`)}<li>${say.said}</li></ul></section>
<section class="desk" aria-labelledby="stays"><h2 id="stays">${say.stays}</h2><ul class="told-off"><li>${say.books}</li><li>${say.orders}</li></ul></section>
<form method="post" action="/desk/erase" class="either"><input type="hidden" name="customer" value="${id}"><button class="button">${say.erase}</button><a class="button quiet" href="/desk">${say.keep}</a></form>`
  return page(visit, say.question(name), main)
}

function stakeOf(t: Text, { shop, wallet }: Stake): string {
  const say = t.erasing
  const parts = (['available', 'pending', 'held', 'debt'] as const).flatMap((account) => {
    const points = wallet?.points[account] ?? 0
    return points ? say[account](t.points(points)) : []
  })
  return say.points(shop, parts.length ? t.desk.list(parts) : say.nothing)
}

/** A shop's books, counted anew; undefined where nobody answers. */
export type Books = { shop: string; audit: Body<'Audit'> | undefined }

export function erasedPage(visit: Visit, isWhole: boolean, books: Books[]): Markup {
  const { t } = visit
  const say = t.erasing
  const title = isWhole ? say.done : say.begun
  const counted = books.flatMap(({ shop, audit }) =>
    audit
      ? html`<li>${audit.ok ? say.balanced(shop, say.transfers(audit.transfers), say.members(audit.members)) : say.unbalanced(shop)}</li>`
      : [],
  )
  const main = html`<h1 class="rule">${title}</h1><p class="centre lead" role="status">${isWhole ? say.doneText : say.begunText}</p>
${counted.length ? html`<section class="desk" aria-labelledby="after"><h2 id="after">${say.after}</h2><ul class="told-off">${counted}</ul></section>` : ''}
<p class="either"><a class="button" href="/">${t.lost.home}</a><a class="button quiet" href="/desk">${t.desk.receipt.back}</a></p>`
  return page(visit, title, main)
}
