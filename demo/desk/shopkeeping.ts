// What the shopkeeper may do with an order, and the order after it. The document is whole each time, as Muse wants it.
import type { Order } from '../../server/contract.ts'
import { wholeIn } from '../number.ts'
import { amountBack, refundedOf, totalOf } from '../orders.ts'

export const payments = ['card', 'qr', 'konbini'] as const

export type Deed =
  | { act: 'ship' | 'hold' | 'resume' | 'cancel' }
  | { act: 'pay'; payment: (typeof payments)[number] }
  | { act: 'refund'; line: string }
  | { act: 'refund-amount'; amount: number }
export type Act = Deed['act']

/** What a form asks for, as a deed; undefined for anything a shopkeeper does not do. */
export function deedOf({ act, line = '', payment, amount }: Partial<Record<string, string>>): Deed | undefined {
  if (act === 'ship' || act === 'hold' || act === 'resume' || act === 'cancel') return { act }
  if (act === 'refund') return { act, line }
  if (act === 'refund-amount') return { act, amount: wholeIn(amount) ?? 0 }
  const method = payments.find((one) => one === payment)
  return act === 'pay' && method ? { act, payment: method } : undefined
}

export function actsFor(document: Order): Act[] {
  const { state } = document
  if (state === 'cancelled') return []
  const refunds: Act[] = [
    ...(refundable(document).length ? (['refund'] as const) : []),
    ...(amountLeft(document) ? (['refund-amount'] as const) : []),
  ]
  // What is refunded whole has no payment left to change.
  if (state === 'shipped') return refunds.length > 0 ? ['pay', ...refunds] : []
  return ['ship', state === 'on-hold' ? 'resume' : 'hold', 'cancel', 'pay', ...refunds]
}

/** The lines of which something is left to refund. */
export function refundable(document: Order) {
  const back = refundedOf(document)
  return document.lines.filter((line) => line.quantity > (back.get(line.id) ?? 0))
}

/** How much money may still go back as an amount. */
export function amountLeft(document: Order) {
  const back = refundedOf(document)
  const pieces = document.lines.reduce((sum, line) => sum + line.price * (back.get(line.id) ?? 0), 0)
  return Math.max(0, totalOf(document) - pieces - amountBack(document))
}

/** The same order after the deed, or undefined where it cannot be done. `now` in milliseconds. */
export function after(document: Order, deed: Deed, now: number): Order | undefined {
  if (!actsFor(document).includes(deed.act)) return undefined
  const at = new Date(now).toISOString()
  // A report no newer than the last one changes nothing, so two deeds in one millisecond are told apart.
  const updatedAt = new Date(Math.max(now, Date.parse(document.updatedAt) + 1)).toISOString()
  const changed = { ...document, updatedAt }
  const refunds = document.refunds ?? []
  const refund = { id: `refund-${refunds.length + 1}`, at }
  switch (deed.act) {
    case 'ship':
      return { ...changed, state: 'shipped', shippedAt: at }
    case 'hold':
      return { ...changed, state: 'on-hold' }
    case 'resume':
      return { ...changed, state: 'placed' }
    case 'cancel':
      return { ...changed, state: 'cancelled' }
    case 'pay':
      return { ...changed, payment: deed.payment }
    case 'refund':
      if (!refundable(document).some(({ id }) => id === deed.line)) return undefined
      return { ...changed, refunds: [...refunds, { ...refund, lines: [{ id: deed.line, quantity: 1 }] }] }
    case 'refund-amount':
      if (deed.amount < 1 || deed.amount > amountLeft(document)) return undefined
      return { ...changed, refunds: [...refunds, { ...refund, amount: deed.amount }] }
  }
}
