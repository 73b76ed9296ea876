// Books for people, on the wire: points at checkout, the report, an import, erasing a member.
import * as z from 'zod'
import { Codes, Lines, Shipping } from './orders.ts'
import { Amount, Asked, closed, Points } from './values.ts'

/** Points that pay for an order at its checkout. */
export const Pay = closed({ points: Asked, lines: Lines, shipping: Shipping.optional(), codes: Codes.optional() })
export type Pay = z.infer<typeof Pay>
export const Paid = z.object({ discount: Amount, points: Points })

const Moved = z.object({ issued: Points, spent: z.int(), expired: Points, clawedBack: z.int() })
export const Report = Moved.extend({
  from: z.string().nullable(),
  to: z.string().nullable(),
  currency: z.string(),
  available: Points,
  pending: Points,
  held: Points,
  debt: Points,
  liability: z.int(),
  members: z.int(),
  funders: z.record(z.string(), Moved.extend({ liability: z.int() })),
  /** Of the shop's time zone, those in which anything moved. */
  months: z.array(Moved.extend({ month: z.string() })),
}).meta({
  description:
    'What moved from `from` until `to`, and what the shop owes at `to`. `liability` is what members hold or will hold, less what they owe: available + pending + held − debt, in points, each worth one minor unit of `currency`. It changes by issued − clawedBack − spent − expired and by nothing else. `spent` is below zero where more was given back than used.',
})
export type Report = z.infer<typeof Report>

export const Erased = z.object({ erased: z.literal(true) })

/** A piece of an import: an export's rows from row `from` on, at most some thousands. */
export const Import = closed({
  from: z.int().min(0),
  lines: z.array(z.looseObject({ table: z.string().max(40) })).max(20_000),
})
export type Import = z.infer<typeof Import>
/** How many rows are taken in, and whether more are awaited. */
export const Imported = z.object({ rows: z.int(), open: z.boolean() })
export type Imported = z.infer<typeof Imported>
