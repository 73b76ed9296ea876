// Every body and every code on the wire, as schemas that validate, document and type at once.
// The widget imports the types of this file and nothing else of the server's.
import { distance } from 'fastest-levenshtein'
import * as z from 'zod'

/** Codes of a "no". Each has one status (http/problems) and one sentence per language (widget/text). */
export const refusalCodes = [
  'invalid-request',
  'idempotency-key-missing',
  'unauthenticated',
  'forbidden',
  'not-found',
  'too-large',
  'out-of-range',
  'idempotency-key-reused',
  'insufficient-points',
  'coupon-not-open',
  'coupon-not-usable',
  'already-done',
  'not-eligible',
  'too-many-requests',
  'storefront-unavailable',
] as const
export type RefusalCode = (typeof refusalCodes)[number]

/** A "no" that the asker can act on: thrown by an act, it rolls the act back. Anything else thrown is a bug. */
export class Refusal extends Error {
  readonly code: RefusalCode
  /** Machine-readable extras that join the problem document, such as `{ path: ['earning'] }`. */
  readonly more: Record<string, unknown>
  constructor(code: RefusalCode, detail: string, more: Record<string, unknown> = {}) {
    super(detail)
    this.code = code
    this.more = more
  }
}

/** An object that refuses keys it does not know, naming the nearest one it does. */
export function closed<S extends z.ZodRawShape>(shape: S) {
  const known = Object.keys(shape)
  const nearest = (key: string) => known.toSorted((a, b) => distance(a, key) - distance(b, key))[0]
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys
            .slice(0, 3)
            .map((key) => `unknown key "${key.slice(0, 60)}"; the nearest known one is "${nearest(key)}"`)
            .join('; ')
        : undefined,
  })
}

/** An instant: ISO 8601 with an offset or Z. */
export const Instant = z.iso
  .datetime({ offset: true })
  .max(40)
  .regex(/^(?!.*\.\d{10})/, 'has more than nine decimals of a second')
/** "No such instant": the largest time a Date can carry, so that it sorts after every real one. */
export const NEVER = 8_640_000_000_000_000
/** An instant in milliseconds as the wire writes it, or null for NEVER. */
export const iso = (at: number) => (at === NEVER ? null : new Date(at).toISOString())
/** A name given by the storefront: a customer, an order, a line, a product. Up to 200 characters, none of them a control. */
export const Id = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'has a control character')
/** Whole minor units of the shop's currency (JPY: yen), never negative. */
export const Amount = z.int().min(0).max(1_000_000_000_000)
/** Whole points as an answer gives them. */
export const Points = z.int().min(0)
/** Points as a request names them: any whole number; the act judges the range. */
const Asked = z.int()
const Count = z.int().min(1).max(100_000)
const Tags = z.array(Id).max(100)

export const Problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.enum(refusalCodes),
})
export type Problem = z.infer<typeof Problem>

// ── Orders ──────────────────────────────────────────────────────────────────────────────────────────────────────

export const OrderLine = closed({
  id: Id,
  sku: Id,
  title: z.string().max(500).optional(),
  price: Amount,
  quantity: Count,
  tags: Tags.optional(),
  categories: Tags.optional(),
  seller: Id.optional(),
})
export type OrderLine = z.infer<typeof OrderLine>

const Lines = z
  .array(OrderLine)
  .max(1_000)
  .refine((lines) => new Set(lines.map((line) => line.id)).size === lines.length, 'two lines have the same id')
  .refine(
    (lines) => lines.reduce((sum, line) => sum + line.price * line.quantity, 0) <= 1e12,
    'the lines cost more than 1,000,000,000,000 together',
  )
const Codes = z.array(z.string().max(100)).max(100)
const Shipping = Amount

const Refund = z.union([
  closed({ id: Id, at: Instant, lines: z.array(closed({ id: Id, quantity: Count })).max(1_000) }),
  closed({ id: Id, at: Instant, amount: Amount }),
])

/** An order as it now stands: the whole document, each time. */
export const Order = closed({
  placedAt: Instant,
  updatedAt: Instant,
  state: z.enum(['placed', 'on-hold', 'shipped', 'cancelled']),
  shippedAt: Instant.nullish(),
  guest: z.boolean().optional(),
  payment: z.string().max(100).optional(),
  lines: Lines,
  shipping: Shipping.optional(),
  codes: Codes.optional(),
  discounts: z
    .array(closed({ code: z.string().max(100).optional(), amount: Amount }))
    .max(100)
    .optional(),
  refunds: z
    .array(Refund)
    .max(1_000)
    .refine((refunds) => new Set(refunds.map((refund) => refund.id)).size === refunds.length, 'two refunds have the same id')
    .optional(),
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
      points: Points,
      why: Why.nullable(),
      funder: z.string(),
    }),
  ),
})
export type Receipt = z.infer<typeof Receipt>

// ── The wallet ──────────────────────────────────────────────────────────────────────────────────────────────────

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

export const Activity = z.object({
  kind: z.enum(['purchase', 'welcome', 'review', 'photo', 'follow']),
  network: z.string().optional(),
  points: Points,
  state: z.enum(['open', 'waiting', 'done']),
})

export type Activity = z.infer<typeof Activity>

/** What a member sees of the books. `coupons` are newest first: the latest 100 open ones, and the latest others. */
export const Wallet = z.object({
  member: z.object({ id: z.string(), name: z.string().optional() }),
  points: z.object({ available: Points, pending: Points, held: Points, debt: Points }),
  pending: z.array(
    z.object({ order: z.string(), points: Points, availableAt: z.string().nullable(), waitsFor: z.enum(['shipment']).nullable() }),
  ),
  coupons: z.array(Coupon),
  activities: z.array(Activity),
  gifts: z.array(z.object({ id: z.string(), gift: z.string(), points: Points, state: z.enum(['waiting', 'accepted', 'declined']) })),
  expiring: z.array(z.object({ points: Points, at: z.string() })),
})
export type Wallet = z.infer<typeof Wallet>

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

// ── What members and merchants ask for ──────────────────────────────────────────────────────────────────────────

export const Redeem = closed({ points: Asked })
export const Redeemed = z.object({ coupon: Coupon, wallet: Wallet })
export const Walleted = z.object({ wallet: Wallet })

export const Enrol = closed({ name: z.string().max(200).optional() })
export const Grant = closed({ points: Asked, reason: z.string().min(1).max(200), expiresAt: Instant.nullish() })
export const Granted = z.object({ granted: z.int(), wallet: Wallet })
export const Grants = closed({ points: Asked, reason: z.string().min(1).max(200), members: z.array(Id).min(1).max(10_000) })
export const GrantedAll = z.object({ granted: z.int() })

/** Where a coupon is to be used. `codes` are the other codes in the cart; the coupon's own is ignored there. */
const Cart = { member: Id.optional(), lines: Lines, shipping: Shipping.optional(), codes: Codes.optional() }
export const Check = closed(Cart)
export const Checked = z.object({ usable: z.boolean(), discount: Amount, change: Points, reasons: z.array(z.enum(refusalCodes)) })
export const Use = closed({ order: Id, ...Cart })
export const Used = z.object({ discount: Amount, change: Points })
export const HeldCoupon = Coupon.extend({ member: z.string() })

// ── The shop ────────────────────────────────────────────────────────────────────────────────────────────────────

/** The program as shoppers may see it, and how the shop writes money: `digits` after the point, `symbol` before. */
export const PublicProgram = z.object({
  shop: z.string(),
  version: z.int(),
  name: z.string(),
  currency: z.string(),
  money: z.object({ symbol: z.string(), digits: z.int() }),
  timeZone: z.string(),
  startsAt: z.string().nullable(),
  earning: z.looseObject({
    purchase: z.looseObject({ percent: z.number(), award: z.enum(['shipped', 'placed']), delay: z.string() }),
    welcome: z.object({ points: Points }),
  }),
  redeeming: z.looseObject({
    coupon: z.object({ min: z.int(), max: z.int(), step: z.int(), life: z.string().nullable(), prefix: z.string() }),
  }),
  campaigns: z.array(z.looseObject({ id: z.string(), title: z.string() })),
  expiry: z.object({ life: z.string() }).nullable(),
  links: z.object({ signIn: z.string().nullable(), signUp: z.string().nullable(), contact: z.string().nullable() }),
  theme: z.record(z.string(), z.unknown()),
  texts: z.record(z.string(), z.record(z.string(), z.string())),
})
export type PublicProgram = z.infer<typeof PublicProgram>

export const Keys = z.object({ secret: z.string(), signing: z.object({ kid: z.string(), secret: z.string() }) })
/** An origin as browsers send it: scheme, host and port, nothing after. */
const Origin = z
  .string()
  .max(300)
  .refine(
    (text) => URL.canParse(text) && new URL(text).origin === text && !text.includes('*'),
    'is not an origin such as "https://shop.example"',
  )
export const Origins = z.array(Origin).max(100)
/** In how many books a shop keeps its members. */
export const Books = z.union([z.literal(1), z.literal(32), z.literal(1024)])
export const ShopPut = z.object({ shop: z.string(), version: z.int(), keys: Keys.optional() })

export const Audit = z.object({
  ok: z.boolean(),
  transfers: z.int(),
  sum: z.int(),
  members: z.int(),
  problems: z.array(z.string()),
})
export type Audit = z.infer<typeof Audit>
