// A route: who may ask, what comes in, what goes out, and the act that answers.
import type * as z from 'zod'
import { enrol } from '../../acts/members.ts'
import type { Recognised } from '../../acts/photos.ts'
import type { ShopBook } from '../../acts/shop.ts'
import type { MemberRow } from '../../ledger/member.ts'
import type { Gather } from '../gather.ts'
import type { Who } from '../identity.ts'

/** What an act is asked: the path's names, the query, the body as its schema made it, and the member who signed. */
export interface Ask<Body = unknown> {
  path: Record<string, string>
  query: Record<string, string>
  /** The values of those names of the query that may come several times. */
  many?: Record<string, string[]>
  body: Body
  signed: { id: string; name?: string }
  /** The picture that came with a form. */
  picture?: Recognised
  /** What the route's `first` found. */
  found?: unknown
}

export interface Route<Body = unknown> {
  method: 'get' | 'post' | 'put' | 'delete' | 'patch'
  /** Below /v1/shops/{shop}, with `{names}` in braces. */
  path: string
  who: Exclude<Who, 'operator'>
  summary: string
  query?: string[]
  /** Names of the query that may come several times. */
  many?: string[]
  body?: z.ZodType<Body>
  /** Comes as a form with a picture; `body` is what remains of it. */
  upload?: boolean
  /** How many bytes a body may have, where that is not 1 MiB. */
  bodyMax?: number
  /** Answered also while an import is under way, of which it is a part. */
  imports?: boolean
  answer: z.ZodType
  status?: number
  /** Moves points by POST, so it carries an Idempotency-Key. */
  keyed?: boolean
  /** Answers with lines of JSON instead of one. */
  lines?: boolean
  /** Reads the whole book, however large it is, and wants done first what has come due. */
  whole?: boolean
  /** Answers with a picture's bytes. */
  picture?: boolean
  /** Concerns every book of the shop, and makes one answer of theirs. */
  gather?: Gather
  /** Asked of the shop's first book before the act: facts that are the whole shop's, or an idempotent claim on them. Its result is `ask.found`. */
  first?(book: ShopBook, ask: Ask<Body>): unknown
  act(book: ShopBook, ask: Ask<Body>): unknown
}

/** A route whose body its act is given as the schema makes it. */
export const route = <Body>(it: Route<Body>) => it as Route

/** The member who signed the request: the first signed visit makes one. */
export const me = (book: ShopBook, ask: Ask): MemberRow => enrol(book, ask.signed.id, ask.signed.name)

/** A name of the path. */
export const path = (ask: Ask, name: string) => ask.path[name] ?? ''
