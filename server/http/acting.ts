// What a shop's books do for a request: which of them are asked, what the first one is asked before, how their answers become one.
import { type Answer, once, onceForMany } from '../acts/answers.ts'
import { wakeSome } from '../acts/chores.ts'
import { type Commit, createCommit } from '../acts/commit.ts'
import { Written } from '../acts/kept.ts'
import type { Shop, ShopBook } from '../acts/shop.ts'
import { Refusal } from '../contract.ts'
import type { Sql } from '../ledger/sql.ts'
import { type Host, Misdirected } from './host.ts'
import type { Gate } from './limits.ts'
import { type Place, placesOf } from './places.ts'
import { problem } from './problems.ts'
import type { Ask, Route } from './routes/route.ts'
import type { Visit } from './visit.ts'

/** A request that has been let in: its route, its shop, its idempotency key and its visit. */
export interface Asked {
  route: Route
  shop: Shop
  key: string | undefined
  visit: Visit
}

/** What the first book found for a request, told to the book that acts on it; or its refusal, thrown there. */
type Found = (book: ShopBook) => unknown

/** The acting side of the app over one host. */
export function createActing(host: Host, gate: Gate | undefined) {
  const copy = host.apart?.copy
  const { commitTo, at, answerAt, keptAt } = createOneBook(host, gate)

  const answerAll = (asked: Asked, places: Place[], found?: Found): Answer | Promise<Answer> =>
    places.length === 1 ? answerAt(asked, places[0] as Place, found) : joined(asked, places, found)
  // What one book refuses, others may have taken: nothing is said before all of them are done.
  const joined = async (asked: Asked, places: Place[], found?: Found): Promise<Answer> => {
    const settled = await Promise.allSettled(places.map(async (place) => answerAt(asked, place, found)))
    return join(asked.route, settled.map(fulfilled))
  }

  /** What the route's `first` finds in the first book, which is at hand. */
  const find = async ({ route, shop }: Pick<Asked, 'route' | 'shop'>, ask: Ask): Promise<unknown> =>
    at({ route, shop }, 0, (book) => route.first?.(book, ask))

  /** Asks the first book what the route wants of it; a refusal is kept for the book that acts. */
  const askFirst = async (asked: Asked, ask: Ask): Promise<Found> => {
    const { route } = asked
    try {
      const value = copy ? await copy.first(route, ask) : await find(asked, ask)
      return () => value
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return () => {
        throw error
      }
    }
  }

  /** The answer of all the books at hand that the request concerns. */
  const answer = (asked: Asked, ask: Ask): Answer | Promise<Answer> =>
    asked.route.first ? answerAfter(asked.route.first, asked, ask) : answerAll(asked, placesHere(host, asked, ask))
  const answerAfter = async (first: NonNullable<Route['first']>, asked: Asked, ask: Ask): Promise<Answer> => {
    const { route, shop, visit } = asked
    const { gather } = route
    if (gather && shop.books > 1) {
      const found = visit.part && 'found' in visit.part ? visit.part.found : (await askFirst(asked, ask))(undefined as never)
      return answerAll(asked, placesHere(host, asked, { ...ask, found }), () => found)
    }
    const [place] = placesHere(host, asked, ask) as [Place]
    if (place.book === 0) return answerAt(asked, place, (book) => first(book, ask))
    return (await keptAt(asked, place)) ?? answerAt(asked, place, await askFirst(asked, ask))
  }

  /** What `first` finds for a request that several books apart will be asked, before any of them is. */
  const look = async (asked: Asked, ask: Ask): Promise<Answer> => {
    const found = asked.route.first && (await askFirst(asked, ask))(undefined as never)
    return { status: 200, body: JSON.stringify({ found }) }
  }

  /** Waits until a book has done what it was asked before. */
  const idle = (sql: Sql): Promise<void> => commitTo(sql)(() => {})

  return { answer, look, find, commitTo, idle }
}

// What is asked of one book, in the queue of its commits.
function createOneBook(host: Host, gate: Gate | undefined) {
  const known = new WeakMap<Sql, Commit>()
  const isCopy = host.apart?.copy !== undefined
  const commitTo = (sql: Sql): Commit => {
    const commit = known.get(sql) ?? createCommit(sql, host.later, host.watch?.metrics)
    known.set(sql, commit)
    return commit
  }

  const at = <T>({ route, shop }: Pick<Asked, 'route' | 'shop'>, number: number, run: (book: ShopBook) => T): T | Promise<T> => {
    const sql = host.book(shop.id, number)
    const book = { ...bookOf(host, sql), shop, isCopy }
    const write = () => commitTo(sql)(() => run(book))
    return route.method === 'get' ? read(sql, () => run({ ...book, transaction: mustWrite }), write) : write()
  }
  const answerAt = (asked: Asked, place: Place, found?: Found): Answer | Promise<Answer> =>
    asked.route.whole && host.aside ? answerAside(asked, place) : answerHere(asked, place, found)
  // What counts a whole book counts what has come due, too: that is done before, some of it at a time.
  const answerAside = async (asked: Asked, place: Place): Promise<Answer> => {
    for (;;) {
      const reading = host.aside?.(asked.shop, place.book, asked.route, place.ask)
      if (!reading) return answerHere(asked, place)
      const answer = await reading
      if (answer) return answer
      while (await at(asked, place.book, wakeSome)) await new Promise<void>((turn) => host.later(turn))
    }
  }
  const answerHere = (asked: Asked, { book, ask }: Place, found?: Found): Answer | Promise<Answer> => {
    const { route, key, visit } = asked
    const whole = (book: ShopBook, members?: string[]) => {
      const its = members ? { ...ask, body: { ...(ask.body as object), members } } : ask
      return act(route, book, found ? { ...its, found: found(book) } : its)
    }
    const run = (book: ShopBook) => (key === undefined ? whole(book) : keyed(asked, book, ask, key, whole))
    return at(asked, book, gate && route.path.includes('{code}') ? guessing(gate, visit, guesser(ask), run) : run)
  }

  /** The answer that was given under this key before, so that the first book hears of each request once. */
  const keptAt = async (asked: Asked, { book, ask }: Place): Promise<Answer | undefined> => {
    const { key } = asked
    if (key === undefined) return undefined
    try {
      return await at(asked, book, (book) => keyed(asked, book, ask, key, notKept))
    } catch (error) {
      if (error === unanswered) return undefined
      throw error
    }
  }
  return { commitTo, at, answerAt, keptAt }
}

// Of the books a request concerns, those at hand. Apart that is one, or else the request came to a wrong one.
function placesHere(host: Host, { route, shop, visit: { part } }: Asked, ask: Ask): Place[] {
  const places = placesOf(route, ask, shop.books)
  if (!host.apart) return places
  const { book } = host.apart
  if (route.gather && shop.books > 1 && !(part && 'books' in part && part.books === shop.books))
    throw new Misdirected(`Book ${book} was asked alone what concerns all ${shop.books}.`)
  const here = places.filter((place) => place.book === book)
  if (here.length === 0 || (route.gather?.share && !route.first && places.length > 1))
    throw new Misdirected(`Book ${book} of ${shop.books} was asked what is another's.`)
  return here
}

/** A book at the instant of a request. */
export const bookOf = (host: Host, sql: Sql) => ({
  all: sql.all,
  transaction: sql.transaction,
  inHand: sql.inHand,
  memtables: sql.memtables,
  now: host.now(),
  dice: host.dice,
})

function fulfilled<T>(settled: PromiseSettledResult<T>): T {
  if (settled.status === 'rejected') throw settled.reason
  return settled.value
}

// One answer of several books': a refusal is the whole's.
function join(route: Route, answers: Answer[]): Answer {
  const refused = answers.find(({ status }) => status >= 400)
  if (refused) return refused
  const status = route.status ?? 200
  if (route.lines) return { status, body: '', lines: following(answers.map(({ lines = [] }) => lines)) }
  return { status, body: route.gather?.join?.(answers.map(({ body }) => body)) ?? '' }
}

// The lines of all of them, one book after the other.
function* following(all: Iterable<string>[]): Iterable<string> {
  for (const lines of all) yield* lines
}

// An act may be run more than once until its group stands, and is one guess all the same.
function guessing<T>(gate: Gate, visit: Visit, who: string | undefined, run: (book: ShopBook) => T): (book: ShopBook) => T {
  let isCounted = false
  return (book) => {
    if (isCounted) return run(book)
    try {
      return gate.guess(visit, who, () => run(book))
    } catch (error) {
      isCounted = error instanceof Refusal && error.code === 'not-found'
      throw error
    }
  }
}

// Whose wrong codes these would be: the member's, or the customer's whom the shop's server names.
function guesser({ signed, body }: Ask): string | undefined {
  return signed.id || (body as { member?: string } | undefined)?.member
}

// A read takes no lock and waits for nothing. Where it finds somebody new, or that time has something to do, it becomes a write.
function read<T>({ reading }: Sql, run: () => T, write: () => Promise<T>): T | Promise<T> {
  try {
    return reading ? reading(run) : run()
  } catch (error) {
    if (error === writes) return write()
    throw error
  }
}

const unanswered = new Error('nothing was answered under this key')
function notKept(): never {
  throw unanswered
}

const writes = new Error('this read has something to write')
function mustWrite(): never {
  throw writes
}

/** A route's answer of a book that is only read; undefined where time has something to do in it first. */
export function actReading(route: Route, book: Omit<ShopBook, 'transaction'>, ask: Ask): Answer | undefined {
  try {
    return act(route, { ...book, transaction: mustWrite }, ask)
  } catch (error) {
    if (error === writes) return undefined
    throw error
  }
}

/** A route's answer of one book. */
export function act(route: Route, book: ShopBook, ask: Ask): Answer {
  const result = route.act(book, ask)
  if (route.lines) return { status: route.status ?? 200, body: '', lines: result as Iterable<string> }
  if (route.picture) return { status: route.status ?? 200, body: '', picture: result as Uint8Array<ArrayBuffer> }
  if (result instanceof Written) return { status: route.status ?? 200, body: result.body, kept: result.kept }
  return { status: route.status ?? 200, body: typeof result === 'string' ? result : JSON.stringify(result) }
}

// `act` is told which members, where a request names many.
function keyed({ route }: Asked, book: ShopBook, ask: Ask, key: string, act: (book: ShopBook, members?: string[]) => Answer): Answer {
  const asker = route.who === 'member' ? `member ${ask.signed.id}` : 'shop'
  if (isNamed(ask.body)) {
    const named = { route: route.path, path: ask.path, body: ask.body }
    return onceForMany(book, { asker, key }, named, (members) => act(book, members), problem)
  }
  const request = JSON.stringify([route.path, ask.path, ask.body])
  return once(book, { asker, key, request }, () => act(book), problem)
}

const isNamed = (body: unknown): body is { members: string[] } => Array.isArray((body as { members?: unknown } | undefined)?.members)
