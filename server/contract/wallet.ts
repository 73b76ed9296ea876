// The wallet on the wire: what a member sees of the books.
import * as z from 'zod'
import { Amount, Points } from './values.ts'

export const Coupon = z.object({
  code: z.string(),
  points: Points,
  value: Amount,
  currency: z.string(),
  state: z.enum(['open', 'used', 'returned', 'expired']),
  issuedAt: z.string(),
  expiresAt: z.string().nullable(),
  order: z.string().nullable(),
  discount: Amount.nullable(),
})
export type Coupon = z.infer<typeof Coupon>

/** What else earns points: `open` can be done, `waiting` is done and waits (for the shop, or for a first shipped order), `done` brought its points. */
export const Activity = z.object({
  kind: z.enum(['purchase', 'welcome', 'review', 'photo', 'follow']),
  network: z.string().optional(),
  points: Points,
  state: z.enum(['open', 'waiting', 'done']),
})
export type Activity = z.infer<typeof Activity>

/** A gift a member asked for: its points are held until the shop decides. */
export const Gift = z.object({
  id: z.string(),
  gift: z.string(),
  title: z.string(),
  points: Points,
  state: z.enum(['waiting', 'accepted', 'declined']),
  at: z.string(),
})
export type Gift = z.infer<typeof Gift>

/** What a member sees of the books. `coupons` are newest first: the latest 20, and the latest 100 open ones. */
export const Wallet = z.object({
  member: z.object({ id: z.string(), name: z.string().optional() }),
  points: z.object({ available: Points, pending: Points, held: Points, debt: Points }),
  pending: z.array(
    z.object({ order: z.string(), points: Points, availableAt: z.string().nullable(), waitsFor: z.enum(['shipment']).nullable() }),
  ),
  coupons: z.array(Coupon),
  activities: z.array(Activity),
  gifts: z.array(Gift),
  expiring: z.array(z.object({ points: Points, at: z.string() })),
})
export type Wallet = z.infer<typeof Wallet>

/** A page of a member's coupons, newest first. `next` is asked for as `before`; null where there are no older ones. */
export const Coupons = z.object({ coupons: z.array(Coupon), next: z.string().nullable() })
export type Coupons = z.infer<typeof Coupons>

export const History = z.object({
  entries: z.array(
    z.object({
      at: z.string(),
      kind: z.string(),
      points: Points,
      order: z.string().optional(),
      coupon: z.string().optional(),
      note: z.string().optional(),
    }),
  ),
  next: z.string().nullable(),
})
export type History = z.infer<typeof History>
