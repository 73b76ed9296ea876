// Sellers and products on the wire, and the badges that stand beside them.
import * as z from 'zod'
import { Amount, closed, Id, Instant, Points, Tags } from './values.ts'

/** Percent with at most four decimals, so that rates are exact. */
export const Percent = z
  .number()
  .min(0)
  .max(100)
  .refine((percent) => Math.abs(percent * 1e4 - Math.round(percent * 1e4)) < 1e-6, 'has more than four decimals')

export const Seller = closed({
  name: z.string().min(1).max(200),
  joinedAt: Instant.nullish(),
  leftAt: Instant.nullish(),
  percent: Percent.nullish(),
})
export type Seller = z.infer<typeof Seller>

/** A seller with its badge: since or from when, or what keeps it away. `blockedBy` are products with less than the programme asks. */
export const SellerStanding = z.object({
  seller: z.string(),
  name: z.string(),
  joinedAt: z.string().nullable(),
  leftAt: z.string().nullable(),
  percent: z.number().nullable(),
  badge: z.object({ shown: z.boolean(), from: z.string().nullable(), why: z.string().nullable(), blockedBy: z.array(z.string()) }),
})

export const Product = closed({
  title: z.string().max(500),
  price: Amount,
  seller: Id.nullish(),
  percent: Percent.nullish(),
  tags: Tags.optional(),
  categories: Tags.optional(),
  condition: z.enum(['new', 'used']).optional(),
  buyBox: z.boolean().optional(),
})
export type Product = z.infer<typeof Product>
export const KnownProduct = z.object({ sku: z.string(), ...Product.shape })

/** What a product earns now: points for one, the rate, the campaign that counts, and the seller's badge. */
export const Badge = z.object({
  points: Points,
  percent: z.number(),
  campaign: z.string().nullable(),
  badge: z.string().nullable(),
})
export type Badge = z.infer<typeof Badge>
export const Badges = z.record(z.string(), Badge)
