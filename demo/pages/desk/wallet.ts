// The desk's view of one member's points: the four figures with what they are made of, and everything that ever moved them.
import { html } from 'hono/html'
import type { Wallet } from '../../../server/contract.ts'
import type { Look } from '../../desk/look.ts'
import type { Balance, Move, Step } from '../../desk/timeline.ts'
import { titleIn } from '../../programmes/rules.ts'
import type { Text } from '../../text.ts'
import type { Visit } from '../../visit.ts'
import type { Markup } from '../layout.ts'
import { grouped } from '../parts.ts'
import { noteIn } from './notes.ts'

const accounts = ['available', 'pending', 'held', 'debt'] as const

export function walletPanel({ t, customer }: Visit, { wallet, steps }: Look, key: string): Markup {
  if (!customer || !wallet)
    return html`<section class="desk"><p>${t.desk.signIn} <a class="link" href="/login?to=/desk">${t.account.signIn}</a></p></section>`
  return html`<section class="desk" aria-labelledby="wallet"><h2 id="wallet">${t.desk.wallet(customer.name)}</h2>
<dl class="figures">${accounts.map(
    (account) =>
      html`<div class="${account === 'debt' && wallet.points.debt > 0 ? 'owed' : account}"><dt>${t.desk.accounts[account]}</dt><dd><strong>${wallet.points[account].toLocaleString('en')}</strong>${reasonsFor(
        t,
        wallet,
        account,
      ).map((reason) => html`<span>${reason}</span>`)}<span class="sum">${sumOf(t, steps, account)}</span></dd></div>`,
  )}</dl>
<form method="post" action="/desk/gift"><input type="hidden" name="to" value="/desk"><input type="hidden" name="key" value="${key}"><button>${t.orders.gift}</button><span class="small">${t.orders.giftText}</span></form>
${wallet.coupons
  .filter(({ state }) => state === 'open')
  .map(
    ({ code }) =>
      html`<form method="post" action="/desk/void"><button name="code" value="${code}">${t.desk.voidCoupon(grouped(code))}</button></form>`,
  )}</section>`
}

/** The figure as the sum of all that ever moved it, a line for each kind: +500 granted, −400 held. */
function sumOf(t: Text, steps: Step[], account: keyof Balance): Markup[] {
  const sums = new Map<string, number>()
  for (const { kind, change } of steps.flatMap(({ moves }) => moves))
    if (change[account] !== 0) sums.set(kind, (sums.get(kind) ?? 0) + change[account])
  const earlier = steps[0]?.before[account] ?? 0
  return [...sums, ['earlier', earlier] as const]
    .filter(([, sum]) => sum !== 0)
    .map(([kind, sum]) => html`<span>${signed(sum)} ${t.desk.moved[kind] ?? kind}</span>`)
}

function reasonsFor(t: Text, { points, pending, coupons, gifts }: Wallet, account: keyof Balance): string[] {
  const say = t.desk.because
  if (points[account] === 0) return [say.none]
  if (account === 'available') return [say.available]
  if (account === 'debt') return [say.debt]
  if (account === 'pending')
    return pending.map(({ order, points, availableAt }) =>
      say.pending(order, t.points(points), availableAt ? say.from(t.moment(Date.parse(availableAt))) : say.waits),
    )
  return [
    ...coupons.filter(({ state }) => state === 'open').map(({ code, points }) => say.coupon(grouped(code), t.points(points))),
    ...gifts.filter(({ state }) => state === 'waiting').map(({ title, points }) => say.gift(titleIn(title, t), t.points(points))),
  ]
}

/** The steps, newest first, each with the entries it caused and the wallet before and after. */
export function stepList(visit: Visit, steps: Step[]): Markup {
  const { t } = visit
  if (steps.length === 0) return html`<p>${t.desk.nothingMoved}</p>`
  return html`<ol class="steps-told">${steps.toReversed().map((step) => stepItem(visit, step))}</ol>`
}

function stepItem({ t }: Visit, { at, by, moves, before, after }: Step): Markup {
  const who = typeof by === 'string' ? by : by.what === 'jump' ? 'clock' : 'shop'
  return html`<li class="${who}"><p class="told"><time datetime="${new Date(at).toISOString()}">${t.moment(at)}</time><span class="actor">${t.desk.by[who]}</span><span>${titleOf(t, by)}</span></p>
${
  moves.length
    ? html`<ul>${moves.map((move) => moveItem(t, move))}</ul>
<p class="balance"><span>${t.desk.before} ${balanceOf(t, before)}</span><span>${t.desk.after} ${balanceOf(t, after)}</span></p>`
    : html`<p class="small">${t.desk.movedNothing}</p>`
}</li>`
}

function moveItem(t: Text, { kind, points, order, coupon, note, change }: Move): Markup {
  const numbers = [order, coupon && grouped(coupon)].filter((text) => text).map((text) => html`<span class="whole">${text}</span> `)
  return html`<li><strong>${t.desk.moved[kind] ?? kind}</strong> ${t.desk.told(t.points(points), t.desk.why[kind] ?? kind)}${numbers.length || note ? html` <span class="small">${numbers}${noteIn(t, note)}</span>` : ''} <span class="change">${t.desk.list(
    accounts.filter((account) => change[account] !== 0).map((account) => `${t.desk.accounts[account]} ${signed(change[account])}`),
  )}</span></li>`
}

const signed = (points: number) => `${points > 0 ? '+' : '−'}${Math.abs(points).toLocaleString('en')}`

const balanceOf = (t: Text, balance: Balance): Markup =>
  html`${accounts
    .filter((account) => account === 'available' || account === 'pending' || balance[account] !== 0)
    .map((account) => html`<span class="${account}">${t.desk.accounts[account]} <b>${balance[account].toLocaleString('en')}</b></span>`)}`

/** What was done, in words. */
function titleOf(t: Text, by: Step['by']): string {
  const say = t.desk.steps
  if (by === 'shopper') return say.shopper
  if (by === 'time') return say.time
  if (by.what === 'jump') return t.desk.jumped(t.moment(by.to))
  const done = deedOf(t, by)
  return by.status >= 400 ? t.desk.aside(done, say.refused(by.code ?? '')) : done
}

function deedOf(t: Text, { method, path, body }: Exclude<Step['by'], string | { what: 'jump' }>): string {
  const say = t.desk.steps
  const [, noun = '', id = '', what = '', order = '', points] = path.split('/').map(decodeURIComponent)
  const told = (body ?? {}) as { state?: string; points?: number; payment?: string; refunds?: unknown[] }
  if (noun === '') return say.program
  if (noun === 'prizes') return say.prizes(id)
  if (noun === 'coupons') {
    const deed = method === 'PUT' ? say.useCoupon : what ? say.releaseCoupon : say.voidCoupon
    return deed(grouped(id))
  }
  if (method === 'PATCH') return say.decided(t.desk.kinds[noun] ?? noun, t.desk.states[told.state ?? ''] ?? '')
  if (what === 'grants') return say.grant
  if (points) return method === 'PUT' ? say.points(order, t.points(told.points ?? 0)) : say.pointsBack(order)
  if (what === 'orders') {
    const paid = t.desk.methods[told.payment ?? '']
    const refunds = told.refunds?.length
    const stands = [
      t.orders.state[told.state ?? ''] ?? '',
      ...(paid ? [t.desk.paidBy(paid)] : []),
      ...(refunds ? [say.refunds(refunds)] : []),
    ]
    return say.order(order, t.desk.list(stands))
  }
  return say.member
}
