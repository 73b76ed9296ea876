// The program document: a shop's rules as data. Parsed in full; what the rules do not act on yet is refused by name.
import * as z from 'zod'
import { Amount, closed, Id, Instant, Points } from '../contract.ts'
import { isDuration, isTimeZone } from './calendar.ts'
import { PREFIX_MAX } from './code.ts'

const Duration = z.string().max(50).refine(isDuration, 'is not an ISO 8601 duration such as "P7D"')
/** Percent with at most four decimals, so that rates are exact. */
const Percent = z
  .number()
  .min(0)
  .max(100)
  .refine((percent) => Math.abs(percent * 1e4 - Math.round(percent * 1e4)) < 1e-6, 'has more than four decimals')
const Names = z.array(Id).max(1_000)
const Link = z
  .string()
  .max(2_000)
  .regex(/^(https?:\/\/[^\s]+|\/(?![/\\])[^\s]*|mailto:[^\s]+)$/, 'is neither an http(s) address nor a path such as "/login"')
/** A token's value, or a layer of tokens. */
const Token = z.union([z.string().max(500), z.number(), z.boolean()])
const ThemeValue = z.union([Token, z.record(z.string().max(100), Token)])
const Window = closed({ from: Instant.optional(), until: Instant.optional() })

const Purchase = closed({
  percent: Percent,
  rounding: z.enum(['floor', 'round', 'ceil']).default('floor'),
  award: z.enum(['shipped', 'placed']).default('shipped'),
  delay: Duration.default('PT0S'),
  exclude: closed({ tags: Names.default([]), categories: Names.default([]), skus: Names.default([]) }).prefault({}),
})

const Earning = closed({
  purchase: Purchase,
  welcome: closed({ points: Points.max(1_000_000).default(0) }).prefault({}),
  review: closed({ points: Points.default(0) }).prefault({}),
  photo: closed({ points: Points.default(0), perDay: z.int().min(1).max(100).default(1) }).prefault({}),
  prizes: z.array(Points).max(100).default([]),
  follow: closed({ points: Points.default(0), accounts: z.record(z.string().max(40), Link).default({}) }).prefault({}),
})

const CouponRules = closed({
  min: z.int().min(1).max(100_000_000).default(1),
  max: z.int().min(1).max(100_000_000).default(5_000),
  step: z.int().min(1).max(100_000_000).default(1),
  life: Duration.nullable().default(null),
  prefix: z
    .string()
    .max(PREFIX_MAX)
    .regex(/^[0-9A-Z]*$/, 'has a character other than 0-9 and A-Z')
    .default(''),
}).refine((coupon) => coupon.min <= coupon.max, 'has a min above its max')

const Redeeming = closed({
  coupon: CouponRules.prefault({}),
  checkout: closed({ max: Amount.nullable().default(null) })
    .nullable()
    .default(null),
  exclude: closed({ tags: Names.default([]) }).prefault({}),
  shipping: z.boolean().default(false),
  withOtherCodes: z.boolean().default(false),
  change: z.enum(['return']).default('return'),
  gifts: z
    .array(closed({ id: Id, title: z.string().max(200), points: Points.min(1) }))
    .max(200)
    .default([]),
})

const Campaign = closed({
  id: Id,
  title: z.string().max(200),
  multiply: z.number().positive().max(1_000).optional(),
  percent: Percent.optional(),
  ordered: Window.optional(),
  shipped: Window.optional(),
  payment: Names.optional(),
  categories: Names.optional(),
  sellers: Names.optional(),
  cancelUnshipped: z.boolean().optional(),
})

const Sellers = closed({
  percent: Percent,
  from: Instant,
  until: Instant.optional(),
  badge: closed({ label: z.string().max(100), businessDays: z.int().min(0).max(365).default(10) }).optional(),
})

const Document = closed({
  name: z.string().min(1).max(100),
  currency: z.string().regex(/^[A-Z]{3}$/, 'is not an ISO 4217 code such as "JPY"'),
  timeZone: z.string().max(100).refine(isTimeZone, 'is not a time zone such as "Asia/Tokyo"').default('UTC'),
  startsAt: Instant.nullable().default(null),
  earning: Earning,
  redeeming: Redeeming.prefault({}),
  campaigns: z.array(Campaign).max(200).default([]),
  sellers: Sellers.nullable().default(null),
  expiry: closed({ life: Duration }).nullable().default(null),
  links: closed({
    signIn: Link.nullable().default(null),
    signUp: Link.nullable().default(null),
    contact: Link.nullable().default(null),
  }).prefault({}),
  theme: z.record(z.string().max(100), ThemeValue).default({}),
  texts: z.record(z.string().max(35), z.record(z.string().max(100), z.string().max(1_000))).default({}),
})
export type Program = z.infer<typeof Document>

/** The whole document. Everything but `name`, `currency` and `earning.purchase.percent` has a default. */
export const Program = Document.superRefine((program, context) => {
  for (const [path, used, what] of notYet(program))
    if (used)
      context.addIssue({ code: 'custom', path: path.split('.'), message: `${what} cannot be run by this server yet, so they are refused` })
})

/** A program with the version it is kept under. */
export interface Terms {
  version: number
  program: Program
}

// Rules that parse but that nothing acts on yet: where, whether this document uses it, what it is.
const notYet = ({ earning, redeeming, campaigns, sellers }: Program): [path: string, used: boolean, what: string][] => [
  ['earning.review', earning.review.points > 0, 'rewarded reviews'],
  ['earning.photo', earning.photo.points > 0, 'rewarded photos'],
  ['earning.prizes', earning.prizes.length > 0, 'monthly prizes'],
  ['earning.follow', earning.follow.points > 0, 'rewarded follows'],
  ['redeeming.checkout', redeeming.checkout !== null, 'points at checkout'],
  ['redeeming.gifts', redeeming.gifts.length > 0, 'gifts'],
  ['campaigns', campaigns.length > 0, 'campaigns'],
  ['sellers', sellers !== null, 'seller programmes'],
]
