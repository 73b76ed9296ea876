// What bodies are made of: closed objects, instants, names, amounts and points.
import { distance } from 'fastest-levenshtein'
import * as z from 'zod'

/** What is said of a key that is none of the known ones. */
export function unknownKey(key: string, known: string[]): string {
  const begun = key.slice(0, 60)
  // That of two letters one is a capital tells less than that they differ.
  const far = (one: string) => distance(one.toLowerCase(), begun.toLowerCase()) + distance(one, begun) / 1000
  const [nearest] = known.toSorted((a, b) => far(a) - far(b))
  return `unknown key "${begun}"; the nearest known one is "${nearest}"`
}

/** An object that refuses keys it does not know, naming the nearest one it does. */
export function closed<S extends z.ZodRawShape>(shape: S) {
  const known = Object.keys(shape)
  const said = (keys: string[]) => keys.slice(0, 3).map((key) => unknownKey(key, known))
  return z.strictObject(shape, { error: (issue) => (issue.code === 'unrecognized_keys' ? said(issue.keys).join('; ') : undefined) })
}

/** An instant: ISO 8601 with an offset or Z. */
export const Instant = z.iso
  .datetime({ offset: true })
  .max(40)
  .regex(/^(?!.*\.\d{10})/, 'has more than nine decimals of a second')
/** "No such instant": the largest time a Date can carry, so that it sorts after every real one. */
export const NEVER = 8_640_000_000_000_000
/** The first and the last millisecond that four digits of a year can name. */
const [FIRST, LAST] = [-62_167_219_200_000, 253_402_300_799_999]
/** An instant in milliseconds as the wire writes it; one outside the years 0000 to 9999 is the nearest inside. */
export const dated = (at: number) => new Date(Math.min(LAST, Math.max(FIRST, at))).toISOString()
/** The same, or null for NEVER. */
export const iso = (at: number) => (at === NEVER ? null : dated(at))
/** A name given by the storefront: a customer, an order, a line, a product. Up to 200 characters, none of them a control. */
export const Id = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'has a control character')
/** Who funds what no seller does. No seller may have this id, so that a funder's name means one thing. */
export const SHOP = 'shop'
/** Whole minor units of the shop's currency (JPY: yen), never negative. */
export const Amount = z.int().min(0).max(1_000_000_000_000)
/** Whole points as an answer gives them. */
export const Points = z.int().min(0)
/** Points as a request names them: any whole number; the act judges the range. */
export const Asked = z.int()
export const Count = z.int().min(1).max(100_000)
export const Tags = z.array(Id).max(100)
