// What a platform gives the app: the books, a clock, dice, and what it knows of a request.
import type { Answer } from '../acts/answers.ts'
import type { Shop } from '../acts/shop.ts'
import type { Sql } from '../ledger/sql.ts'
import type { Picture } from '../rules/picture.ts'
import type { Limits } from './limits.ts'
import type { Ask, Route } from './routes/route.ts'
import type { Owing } from './tab.ts'
import type { Header, Watch } from './visit.ts'

export interface Host {
  /** The first book of a shop, or undefined when there is no shop of that name. */
  first(shop: string): Sql | undefined
  /** A book of a shop by its number, made when it is not there yet. */
  book(shop: string, book: number): Sql
  /**
   * Removes all books of a shop whose import was given up, the first one, which knows of it, last: broken off, it can be asked again.
   * `idle` waits until a book has done what it was asked before.
   */
  remove?(shop: string, idle: (sql: Sql) => Promise<void>): Promise<void>
  /** In how many books a shop may keep its members here. */
  books: readonly number[]
  now(): number
  dice(length: number): Uint8Array
  /**
   * Answers a route that reads a whole book while others are answered too; undefined where that is not worth it. What it gives is
   * undefined where time has something to do in the book first. Absent where a book is read where it is.
   */
  aside?(shop: Shop, book: number, route: Route, ask: Ask): Promise<Answer | undefined> | undefined
  /** Runs a function once everything that has arrived by now has been queued. */
  later(run: () => void): void
  /** Makes a picture of the bytes that somebody sent, or refuses them (rules/picture). Absent where no photos are taken. */
  picture?(bytes: Uint8Array<ArrayBuffer>): Promise<Picture>
  operatorKey: string
  /** Told of every bug. */
  report(error: unknown, about: { method: string; route: string }): void
  /** How much may be asked; everything when absent. */
  limits?: Limits | null | undefined
  /** Where a request came from, as a name to count by, as far as the platform can tell. */
  address?: ((header: Header, env: unknown) => string | undefined) | undefined
  /** What counts and logs requests. */
  watch?: Watch
  /** Where only one of a shop's books is at hand. */
  apart?: { book: number; copy?: Copy | undefined }
}

/** What a book apart knows of its shop, unless it is the first one itself, and how it reaches that one. */
export interface Copy {
  /** The shop as the copy has it now; undefined when there is none. */
  shop(): Shop | undefined
  /** Asks again who is known to the shop, at most once a second; gives whether the copy is another now. */
  renew(): Promise<boolean>
  /** Makes sure that every version in force at an instant is known, as far as that can be known by now. */
  reach(instant: number): Promise<void>
  /** What the route's `first` finds in the first book; throws its refusal. */
  first(route: Route, ask: Ask): Promise<unknown>
  /** Tells the first book what was let pass here that its budgets pay for; gives how many milliseconds each must wait now. */
  owe(owing: Owing[]): Promise<number[]>
}

/** What is asked of a book apart that is another book's: a bug, or a number of books that has changed since. */
export class Misdirected extends Error {}
