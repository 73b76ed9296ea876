// Which of a shop's books a request concerns.
import { bookOf, bucketOf, bucketOfCode, readCode } from '../rules/code.ts'
import type { Gather } from './gather.ts'
import type { Ask, Route } from './routes/route.ts'

/** A book that a request is for, by its number, and what it is asked there. */
export interface Place {
  book: number
  ask: Ask
}

/**
 * The books a request goes to: its member's, whom the path or the token names; its coupon's, whose code names it; every
 * one, for a route that gathers; the first, for all that is the whole shop's.
 */
export function placesOf(route: Route, ask: Ask, books: number): Place[] {
  if (books === 1) return [{ book: 0, ask }]
  if (route.gather) return everywhere(ask, books, route.gather)
  const customer = route.who === 'member' ? ask.signed.id : ask.path.member
  if (customer !== undefined) return [{ book: bookOf(bucketOf(customer), books), ask }]
  const code = readCode(ask.path.code ?? ask.path.id ?? '')
  return [{ book: code === null ? 0 : bookOf(bucketOfCode(code), books), ask }]
}

// In the order of their numbers, whatever order they are named in.
function everywhere(ask: Ask, books: number, { share }: Gather): Place[] {
  const shares = share?.(ask.body, { books, bookOf: (customer) => bookOf(bucketOf(customer), books) }, ask.found)
  return Array.from({ length: books }, (_, book) => book).flatMap((book) => {
    if (!shares) return [{ book, ask }]
    const body = shares.get(book)
    return body === undefined ? [] : [{ book, ask: { ...ask, body } }]
  })
}
