// What the tests of the rules share: whole program documents, orders of a few lines, and their receipts.
import { Order } from '../server/contract.ts'
import amazon from '../server/programs/amazon.json' with { type: 'json' }
import jej from '../server/programs/jej.json' with { type: 'json' }
import solaris from '../server/programs/solaris.json' with { type: 'json' }
import { Document, type Program } from '../server/rules/program.ts'
import { type Facts, receipt } from '../server/rules/receipt.ts'

export const documents = { jej, solaris, amazon }
export const programs = { jej: Document.parse(jej), solaris: Document.parse(solaris), amazon: Document.parse(amazon) }

/** A program with everything default but what the test says, whether or not the server can run all of it. */
export const rules = (more: object = {}, purchase: object = {}): Program =>
  Document.parse({ name: 'Test', currency: 'JPY', timeZone: 'Asia/Tokyo', earning: { purchase: { percent: 1, ...purchase } }, ...more })

/** A line of an order; its sku is `sku-{id}`. */
export const line = (id: string, price: number, more: object = {}) => ({ id, sku: `sku-${id}`, price, quantity: 1, ...more })

/** An instant of Japan's clocks, such as '2020-06-30T23:59:59.999', as the wire writes it, and in milliseconds. */
export const japan = (clock: string) => `${clock}+09:00`
export const millis = (clock: string) => Date.parse(japan(clock))

/** An order of ¥10,000 placed on the given clock of Japan, valid on the wire. */
export const ordered = (clock: string, more: object = {}): Order =>
  Order.parse({ placedAt: japan(clock), updatedAt: japan(clock), state: 'placed', lines: [line('a', 10_000)], ...more })

/** The receipt of an order, judged at the instant it was placed unless the facts say otherwise. */
export const judged = (order: Order, program: Program, facts: Partial<Facts> = {}) =>
  receipt(order, { version: 1, program }, { id: 'o', paidWithPoints: 0, now: Date.parse(order.placedAt), ...facts })
