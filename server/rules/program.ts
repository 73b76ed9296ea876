// The program document: a shop's rules as data, parsed in full. An unknown key is refused with its path and the nearest known one.
import * as z from 'zod'
import { Amount, closed, Id, Instant, Percent, Points, SHOP } from '../contract.ts'
import { after, instant, isDuration, isTimeZone } from './calendar.ts'
import { PREFIX_MAX } from './code.ts'
import { Sentence, Texts, Theme, Token } from './dress.ts'

const Duration = z.string().max(50).refine(isDuration, 'is not an ISO 8601 duration such as "P7D", of a thousand years at most')
const Life = Duration.refine((text) => !isDuration(text) || after(0, text, 'UTC') > 0, 'ends before anybody can use anything')
const Names = z.array(Id).max(1_000)
/** Whom a campaign is for. An empty list would be for nobody, or for everybody: who knows. */
const Some = Names.min(1, 'names none; leave it out to mean all')
/** A factor with at most four decimals, so that rates are exact. */
const Factor = z
  .number()
  .positive()
  .max(1_000)
  .refine((factor) => Math.abs(factor * 1e4 - Math.round(factor * 1e4)) < 1e-6, 'has more than four decimals')
const Link = z
  .string()
  .max(2_000)
  .regex(/^(https?:\/\/[^\s]+|\/(?![/\\])[^\s]*|mailto:[^\s]+)$/, 'is neither an http(s) address nor a path such as "/login"')
/** Themes and texts as books have them from before anybody looked at their names. */
const AnyTheme = z.record(z.string().max(100), z.union([Token, z.record(z.string().max(100), Token)]))
const AnyTexts = z.record(z.string().max(35), z.record(z.string().max(100), Sentence))
const inOrder = ({ from, until }: { from?: string | undefined; until?: string | undefined }) =>
  from === undefined || until === undefined || instant(from) < instant(until)
const Window = closed({ from: Instant.optional(), until: Instant.optional() }).refine(inOrder, 'ends no later than it begins')
const unique = <Item extends { id: string }>(items: Item[]) => new Set(items.map(({ id }) => id)).size === items.length

const Purchase = closed({
  percent: Percent,
  rounding: z.enum(['floor', 'round', 'ceil']).default('floor'),
  award: z.enum(['shipped', 'placed']).default('shipped'),
  delay: Duration.default('PT0S'),
  exclude: closed({ tags: Names.default([]), categories: Names.default([]), skus: Names.default([]) }).prefault({}),
})

/** A network's name, as it stands in the address that rewards following there. */
const Network = z.string().regex(/^[a-z0-9-]{1,40}$/, 'is not 1 to 40 of a-z, 0-9 and "-"')

const Reward = Points.max(1_000_000).default(0)
/** When what a member posts brings its points: at once, or when the shop accepts it. */
const Award = z.enum(['posted', 'accepted']).default('posted')

const Earning = closed({
  purchase: Purchase,
  welcome: closed({ points: Points.max(1_000_000).default(0) }).prefault({}),
  review: closed({ points: Reward, award: Award }).prefault({}),
  photo: closed({ points: Reward, perDay: z.int().min(1).max(100).default(1), award: Award }).prefault({}),
  prizes: z.array(Points.max(1_000_000)).max(100).default([]),
  follow: closed({
    points: Reward,
    award: z.enum(['posted', 'shipped']).default('posted'),
    accounts: z.record(Network, Link).default({}),
  }).prefault({}),
})

const CouponRules = closed({
  min: z.int().min(1).max(100_000_000).default(1),
  max: z.int().min(1).max(100_000_000).default(5_000),
  step: z.int().min(1).max(100_000_000).default(1),
  life: Life.nullable().default(null),
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
    .refine(unique, 'has two gifts with the same id')
    .default([]),
})

const Campaign = closed({
  id: Id,
  title: z.string().max(200),
  multiply: Factor.optional(),
  percent: Percent.optional(),
  ordered: Window.optional(),
  shipped: Window.optional(),
  payment: Some.optional(),
  categories: Some.optional(),
  sellers: Some.refine((ids) => !ids.includes(SHOP), `has "${SHOP}", which no seller may be called`).optional(),
  cancelUnshipped: z.boolean().optional(),
})
  .refine(({ multiply, percent }) => multiply !== undefined || percent !== undefined, 'has neither multiply nor percent')
  .refine(({ cancelUnshipped, shipped }) => !cancelUnshipped || shipped?.until !== undefined, {
    path: ['cancelUnshipped'],
    message: 'needs shipped.until, the instant to cancel at',
  })

const Sellers = closed({
  percent: Percent,
  from: Instant,
  until: Instant.optional(),
  badge: closed({ label: z.string().max(100), businessDays: z.int().min(0).max(365).default(10) }).optional(),
}).refine(inOrder, { path: ['until'], message: 'is no later than from' })

const currencies = new Set(Intl.supportedValuesOf('currency'))

/** The document as a book may hold it: every key that there is, with its default. */
export const Document = closed({
  name: z.string().min(1).max(100),
  currency: z.string().refine((code) => currencies.has(code), 'is not an ISO 4217 code such as "JPY"'),
  timeZone: z.string().max(100).refine(isTimeZone, 'is not a time zone such as "Asia/Tokyo"').default('UTC'),
  startsAt: Instant.nullable().default(null),
  earning: Earning,
  redeeming: Redeeming.prefault({}),
  campaigns: z.array(Campaign).max(200).refine(unique, 'has two campaigns with the same id').default([]),
  sellers: Sellers.nullable().default(null),
  expiry: closed({ life: Life }).nullable().default(null),
  links: closed({
    signIn: Link.nullable().default(null),
    signUp: Link.nullable().default(null),
    contact: Link.nullable().default(null),
  }).prefault({}),
  theme: AnyTheme.default({}),
  texts: AnyTexts.default({}),
})
export type Program = z.infer<typeof Document>

const hasReachableStep = ({ redeeming: { coupon } }: Program) => coupon.min === coupon.max || coupon.step <= coupon.max - coupon.min

/**
 * The document as a new version is taken: everything but `name`, `currency` and `earning.purchase.percent` has a default. Refuses as
 * well what nobody can mean, and tokens and sentences that the widget does not have; what was taken before that was known is still
 * read, as a `Document`.
 */
export const Program = closed({ ...Document.shape, theme: Theme.default({}), texts: Texts.default({}) }).refine(hasReachableStep, {
  path: ['redeeming', 'coupon', 'step'],
  message: 'is more than there is between min and max',
})

/** A program with the version it is kept under. */
export interface Terms {
  version: number
  program: Program
}
