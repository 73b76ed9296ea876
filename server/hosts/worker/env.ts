// What the platform binds to the Worker and to its objects, and the names of books there.
import type { Told } from '../../acts/copies.ts'
import type { Piece } from '../../acts/division.ts'
import { type Divided, Refusal, type RefusalCode } from '../../contract.ts'
import type { Whole } from '../../http/app.ts'
import type { Counts } from '../../http/metrics.ts'
import type { Ask } from '../../http/routes/route.ts'
import type { Owing } from '../../http/tab.ts'
import type { Part } from '../../http/visit.ts'
import type { Value } from '../../ledger/sql.ts'
import type { Brief } from './short.ts'

interface Fetcher {
  fetch(request: Request): Promise<Response>
}

/**
 * A book as the Worker and other books reach it. `fetch` takes what comes from outside; the other functions can be called by the
 * project's own code only, since they have no address.
 */
export interface BookStub extends Fetcher {
  /** In how many books the shop keeps its members; undefined where there is no shop. Asked of a first book. */
  shape(): Promise<number | undefined>
  /** Answers a plain request, which the Worker has read for it. */
  shortly(asked: Brief): Promise<Whole>
  /** Takes part in a request that several books are asked. */
  take(request: Request, part: Part): Promise<Response>
  /** What is new of the shop after so many versions. Asked of a first book. */
  tell(versions: number): Promise<Told | undefined>
  /** Takes from the shop's budgets what another book has let pass. Asked of a first book; gives how many milliseconds each must wait now. */
  owe(owing: Owing[]): Promise<number[]>
  /** What it has counted for /metrics; of a first book also in how many books its shop keeps its members. */
  count(): Promise<{ books: number; counts: Counts }>
  /** Goes on for a while with dividing the shop's one book among so many. Asked of a first book; gives how far it is, or the refusal. */
  divide(books: number): Promise<Divided | Refused>
  /** Gives that up. Asked of a first book. */
  giveUp(): Promise<undefined | Refused>
  /** As one that is nobody's, or of an import that is given up: loses all it has, and gives what it has counted. */
  empty(): Promise<Counts | undefined>
  /** As one of those that a book is divided among, and that was emptied: takes rows in; checks that it has all of them; begins its work. */
  receive(piece: Piece): Promise<void>
  check(expected: number): Promise<undefined | Refused>
  open(): Promise<void>
  /** What a route's `first` finds. Asked of a first book. */
  find(route: { method: string; path: string }, ask: Ask): Promise<Finding>
}

/** The object that knows the names of all shops; under another name, the one that adds up what Workers have counted. */
export interface ShopsStub {
  add(shop: string): Promise<void>
  /** It is there no more, nor are its books, which have counted so much. */
  remove(shop: string, counts: Counts): Promise<void>
  list(): Promise<string[]>
  /** What books have counted that are there no more. */
  gone(): Promise<Counts | undefined>
  /** Adds what an isolate has counted since it last told; gives the sum of all. */
  note(counts: Counts): Promise<Counts>
}

/** A refusal is an answer here: thrown, it would lose its code on the way. */
export type Finding = { found: unknown } | Refused
export type Refused = { refused: { code: string; detail: string; more: Record<string, unknown> } }

/** What an object gives, its refusal as an answer. Anything else that is thrown is a bug, and stays thrown. */
export async function answered<T>(act: () => T | Promise<T>): Promise<T | Refused> {
  try {
    return await act()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { refused: { code: error.code, detail: error.message, more: error.more } }
  }
}

/** The same on this side of the call: a refusal is thrown again. */
export function taken<T>(answer: T | Refused): T {
  if (!answer || typeof answer !== 'object' || !('refused' in answer)) return answer as T
  const { code, detail, more } = answer.refused
  throw new Refusal(code as RefusalCode, detail, more)
}

export interface Objects<Stub> {
  get(id: unknown): Stub
  idFromName(name: string): unknown
}

export interface Env {
  BOOKS: Objects<BookStub>
  SHOPS: Objects<ShopsStub>
  /** The widget's files, as `npm run build` leaves them. */
  ASSETS: Fetcher
  MUSE_OPERATOR_KEY: string
  MUSE_LIMITS?: string | null
  MUSE_LOG?: string | null
}

/** What an object keeps things in. */
export interface Storage {
  kv: Kv
  sql: { exec(sql: string, ...values: Value[]): { toArray(): unknown[] } }
  transactionSync<T>(fn: () => T): T
  deleteAll(): Promise<void>
  setAlarm(at: number): Promise<void>
}

/** An object's own small things, which are in the same database as its book. */
export interface Kv {
  get<T>(name: string): T | undefined
  put(name: string, value: unknown): void
  delete(name: string): boolean
}

/** The name of an object: its shop and the number of the book. */
export const nameOf = (shop: string, book: number) => `${shop}/${book}`

/** The way to a book of a shop. */
export const bookAt = ({ BOOKS }: Env, shop: string, book: number) => BOOKS.get(BOOKS.idFromName(nameOf(shop, book)))

/** The way to the list of shops. */
export const shopsAt = ({ SHOPS }: Pick<Env, 'SHOPS'>, world = '') => SHOPS.get(SHOPS.idFromName(`${world}shops`))

/** The way to what Workers have counted. */
export const tallyAt = ({ SHOPS }: Env) => SHOPS.get(SHOPS.idFromName('tally'))

/** What an object reads in its own name: which shop it is of (with what stands before it), and which book it is. */
export function readName(name: string | undefined): { world: string; shop: string; book: number } {
  const [, world = '', shop = '', book = ''] = /^((?:.*\/)?)([A-Za-z0-9_-]{1,64})\/(\d{1,4})$/.exec(name ?? '') ?? []
  if (!shop) throw new Error(`An object is named by its shop and its book, not "${name}".`)
  return { world, shop, book: Number(book) }
}

export const dice = (length: number) => crypto.getRandomValues(new Uint8Array(length))
