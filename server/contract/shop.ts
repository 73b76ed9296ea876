// The shop on the wire: its program as shoppers see it, its keys, its audit.
import * as z from 'zod'
import { closed, Points } from './values.ts'

/** The program as shoppers may see it, and how the shop writes money: `digits` after the point, `symbol` before, with
 * the space after it where there is one. */
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
/** What happens to a shop's keys. */
export const KeyChange = z.enum(['add', 'retire']).meta({
  description:
    'add: a new secret key and signing secret, which are answered, beside those there are. retire: all but those added last are good for nothing from now on.',
})
/** An import was given up: nothing of it is left, and the shop's name is free. */
export const GivenUp = z.object({ shop: z.string(), givenUp: z.literal(true) })

/** Into how many books a shop is to be divided. */
export const Divide = closed({ books: z.int() })
/** How far that is: `rows` of the one book have been read by now. */
export const Divided = z.object({
  books: z.int(),
  done: z.boolean(),
  phase: z.enum(['emptying', 'reading', 'shedding', 'opening', 'done']),
  rows: z.int(),
})
export type Divided = z.infer<typeof Divided>
export const ShopPut = z.object({ shop: z.string(), version: z.int(), keys: Keys.optional() })

export const Audit = z.object({
  ok: z.boolean(),
  transfers: z.int(),
  sum: z.int(),
  members: z.int(),
  problems: z.array(z.string()),
})
export type Audit = z.infer<typeof Audit>
