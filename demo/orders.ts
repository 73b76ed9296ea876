// The shop's own order book, and what its shopkeeper may do with an order. The document is what Muse is told, each time whole.
import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import type { Order, Receipt } from '../server/contract.ts'
import { titleFor } from './cart.ts'
import type { Language } from './catalogue.ts'
import { kept } from './kept.ts'

export type PlacedOrder = {
  id: string
  /** The customer's id, or a guest's. */
  customer: string
  deliverTo: { name: string; postcode: string; address: string }
  /** The points coupon it was paid with: what it took off, and the points it gave back. */
  coupon: { code: string; discount: number; change: number } | null
  /** The points given at its checkout. */
  points: number
  document: Order
  /** False while Muse has not heard of the latest change; it is told again at the next look. */
  reported: boolean
}

/** Something that was bought and has been sent: what a customer may write about. */
export type Purchase = { order: string; sku: string; title: string }

export const purchasesOf = (orders: PlacedOrder[], language: Language): Purchase[] =>
  orders
    .filter(({ document }) => document.state === 'shipped' && !document.guest)
    .flatMap(({ id, document }) => document.lines.map((line) => ({ order: id, sku: line.sku, title: titleFor(line, language) })))

/** A checkout that has begun to use a coupon or points, and is no order yet. */
export type Begun = { id: string; customer: string; code: string; points: number }

export type OrderBook = ReturnType<typeof openOrders>

export function openOrders(folder: string) {
  const file = kept<{ orders: PlacedOrder[]; begun?: Begun[] }>(join(folder, 'orders.json'), { orders: [] })
  const without = (id: string) => (file.value.begun ?? []).filter((one) => one.id !== id)
  return {
    /** Written down before anything is used: what a crash leaves half done can be undone at the next start. */
    begin(one: Begun) {
      file.value.begun = [...without(one.id), one]
      file.save()
    },
    /** It came to nothing, and nothing is used. */
    end(id: string) {
      file.value.begun = without(id)
      file.save()
    },
    begun: () => file.value.begun ?? [],
    unreported: () => file.value.orders.filter(({ reported }) => !reported),
    of: (customer: string) => file.value.orders.filter((order) => order.customer === customer).toReversed(),
    find: (id: string) => file.value.orders.find((order) => order.id === id),
    add(order: PlacedOrder) {
      file.value.orders.push(order)
      file.value.begun = without(order.id)
      file.save()
    },
    /** The orders stay for the shop's accounts, under another name and of nobody's address; Muse is told of none of them again. */
    forget(customer: string, name: string) {
      const nobody = { name: '', postcode: '', address: '' }
      for (const order of file.value.orders.filter((one) => one.customer === customer))
        Object.assign(order, { customer: name, deliverTo: nobody, reported: true })
      for (const one of (file.value.begun ?? []).filter((one) => one.customer === customer)) one.customer = name
      file.save()
    },
    save: () => file.save(),
  }
}

/** An order number short enough to say on the telephone, from an alphabet without look-alikes. */
export function orderNumber() {
  const alphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
  return `MN-${Array.from({ length: 10 }, () => alphabet[randomInt(alphabet.length)]).join('')}`
}

/** Whether the order counts as cancelled though nobody has cancelled it: its parcel was late for the campaign. */
export const hasLapsed = ({ state }: Order, receipt: Receipt | undefined) =>
  state !== 'cancelled' && receipt?.lines.some(({ why }) => why === 'cancelled') === true

/** What the lines cost together, before discounts and shipping. */
export const goodsOf = (document: Order) => document.lines.reduce((sum, line) => sum + line.price * line.quantity, 0)

export function totalOf(document: Order) {
  const discounts = (document.discounts ?? []).reduce((sum, discount) => sum + discount.amount, 0)
  return goodsOf(document) + (document.shipping ?? 0) - discounts
}

/** How many of each line have been refunded. */
export function refundedOf(document: Order) {
  const back = new Map<string, number>()
  for (const refund of document.refunds ?? [])
    for (const { id, quantity } of 'lines' in refund ? refund.lines : []) back.set(id, (back.get(id) ?? 0) + quantity)
  return back
}

/** What was refunded as an amount, of no line in particular. */
export const amountBack = (document: Order) =>
  (document.refunds ?? []).reduce((sum, refund) => sum + ('amount' in refund ? refund.amount : 0), 0)
