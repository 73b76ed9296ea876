// Orders and carts on the wire, and the receipt that explains what they earn.
import * as z from 'zod'
import { Amount, Count, closed, Id, Instant, Points, Tags } from './values.ts'

export const OrderLine = closed({
  id: Id,
  sku: Id,
  title: z.string().max(500).optional(),
  price: Amount.meta({ description: 'Of one, tax included, in the currency’s minor unit' }),
  quantity: Count,
  tags: Tags.optional(),
  categories: Tags.optional(),
  seller: Id.optional(),
})
export type OrderLine = z.infer<typeof OrderLine>

export const Lines = z
  .array(OrderLine)
  .max(1_000)
  .refine((lines) => new Set(lines.map((line) => line.id)).size === lines.length, 'two lines have the same id')
  .refine(
    (lines) => lines.reduce((sum, line) => sum + line.price * line.quantity, 0) <= 1e12,
    'the lines cost more than 1,000,000,000,000 together',
  )
/** Coupon codes as a cart or an order names them. */
export const Codes = z
  .array(z.string().max(100))
  .max(100)
  .meta({ description: 'All coupon codes that it uses: Muse’s, and the shop’s other ones' })
export const Shipping = Amount

const Refund = z.union([
  closed({ id: Id, at: Instant, lines: z.array(closed({ id: Id, quantity: Count })).max(1_000) }),
  closed({ id: Id, at: Instant, amount: Amount }),
])

/** An order as it now stands: the whole document, each time. */
export const Order = closed({
  placedAt: Instant.meta({ description: 'It earns by the program of this instant, for ever' }),
  updatedAt: Instant.meta({
    description:
      'What decides which report is newer: one that is older than another changes nothing. After one from a clock that was ahead, report with a later instant',
  }),
  state: z.enum(['placed', 'on-hold', 'shipped', 'cancelled']),
  shippedAt: Instant.nullish(),
  guest: z
    .boolean()
    .optional()
    .meta({ description: 'Ordered without an account: it earns nothing, also when a later report no longer says so' }),
  payment: z.string().max(100).optional(),
  lines: Lines,
  shipping: Shipping.optional(),
  codes: Codes.optional(),
  discounts: z
    .array(closed({ code: z.string().max(100).optional(), amount: Amount }))
    .max(100)
    .optional()
    .meta({ description: 'What was taken off, by which code if by one' }),
  refunds: z
    .array(Refund)
    .max(1_000)
    .refine((refunds) => new Set(refunds.map((refund) => refund.id)).size === refunds.length, 'two refunds have the same id')
    .optional()
    .meta({ description: 'All there have been by now: of lines, or of an amount' }),
})
  .refine((order) => order.state !== 'shipped' || order.shippedAt, { path: ['shippedAt'], message: 'a shipped order says when' })
  .refine(refundsFit, { path: ['refunds'], message: 'refunds name a line the order lacks, or more than it has' })
export type Order = z.infer<typeof Order>

function refundsFit(order: { lines: OrderLine[]; refunds?: z.infer<typeof Refund>[] | undefined }) {
  const left = new Map(order.lines.map((line) => [line.id, line.quantity]))
  for (const refund of order.refunds ?? [])
    for (const { id, quantity } of 'lines' in refund ? refund.lines : []) left.set(id, (left.get(id) ?? 0) - quantity)
  return [...left.values()].every((quantity) => quantity >= 0)
}

/** A cart or an order not yet placed. */
export const Quote = closed({
  lines: Lines,
  shipping: Shipping.optional(),
  payment: z.string().max(100).optional(),
  placedAt: Instant.optional(),
})
export type Quote = z.infer<typeof Quote>

/** Why a line earns nothing. */
export const Why = z.enum(['excluded', 'paid-with-points', 'before-start', 'guest', 'refunded', 'cancelled'])
export type Why = z.infer<typeof Why>

/**
 * What an order earns and why. Of what a line `paid`, `percent` times `multiply` comes back; `shares` says who funds its points:
 * `funder` the base, the shop what a campaign adds.
 */
export const Receipt = z.object({
  order: z.string().nullable(),
  program: z.int(),
  points: Points,
  state: z.enum(['waiting', 'pending', 'available', 'void']),
  availableAt: z.string().nullable(),
  waitsFor: z.enum(['shipment']).nullable(),
  lines: z.array(
    z.object({
      id: z.string(),
      paid: Amount,
      percent: z.number(),
      multiply: z.number(),
      campaign: z.string().nullable(),
      campaignTitle: z.string().nullable(),
      points: Points,
      why: Why.nullable(),
      funder: z.string(),
      shares: z.array(z.object({ funder: z.string(), points: Points })),
    }),
  ),
})
export type Receipt = z.infer<typeof Receipt>
