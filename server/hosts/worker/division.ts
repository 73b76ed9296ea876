// The first object of a shop while its one book is divided among several: a step at a time, each of which may be done again.
import {
  beginning,
  beginShedding,
  endShedding,
  goOnShedding,
  mustBalance,
  nextPieces,
  type Places,
  type Reading,
  readPlaces,
  type Shedding,
} from '../../acts/division.ts'
import { readShop, type Shop } from '../../acts/shop.ts'
import { type Divided, Refusal } from '../../contract.ts'
import { headersOf } from '../../http/answer.ts'
import type { Whole } from '../../http/app.ts'
import { crossOrigin } from '../../http/origins.ts'
import { problem } from '../../http/problems.ts'
import type { Sql } from '../../ledger/sql.ts'
import { type BookStub, type Kv, taken } from './env.ts'
import { atOnce } from './many.ts'

/** How far it is, as it is written down in the first object. Only in `reading` can it be given up. */
type State = { books: number } & (
  | { phase: 'emptying' }
  | ({ phase: 'reading' } & Reading)
  | ({ phase: 'shedding' } & Shedding & Pick<Reading, 'expected'>)
  | { phase: 'opening' }
)

/** What a shop that is being divided says to whatever it cannot do meanwhile. */
export const dividing = () =>
  new Refusal('storefront-unavailable', 'The shop is being spread over more books. It is safe to send this again.', { retryAfter: 5 })

/** What a book may do meanwhile: everything, only read, or nothing. */
type Allowed = 'all' | 'reads' | 'nothing'

export const isAllowed = (allowed: Allowed, method: string) =>
  allowed === 'all' || (allowed === 'reads' && /^(GET|HEAD|OPTIONS)$/.test(method))

/** The answer to a request that is not allowed: a no that a page of the shop may read. */
export function refuseMeanwhile(origin: string | undefined, shop: Shop | undefined): Whole {
  const { status, body } = problem(dividing())
  return { status, body, headers: { ...headersOf(status, crossOrigin(shop, origin)), 'Retry-After': '5' } }
}

export type Division = ReturnType<typeof createDivision>

interface Place {
  kv: Kv
  /** A door of its own, which is open also while the book takes nothing. */
  sql: Sql
  /** Another book of the shop. */
  other(book: number): Pick<BookStub, 'receive' | 'check' | 'open'> & { empty(): Promise<unknown> }
  /** Called once the shop is another one. */
  changed(): void
  /** How many rows are read at once, where that is not as many as usual. */
  page?: number
}

const KEY = 'division'
/** About how long a step takes, in milliseconds: whoever asked for it should hear soon how far it is. */
const STEP = 2_000

/** A division that is begun, gone on with after any interruption, and ended by calling `step` until it is done. */
export function createDivision(place: Place) {
  const { kv, sql } = place
  let state = kv.get<State>(KEY)
  let stepping: Promise<Divided> | undefined
  const keep = (next: State | undefined) => {
    if (next) kv.put(KEY, next)
    else kv.delete(KEY)
    state = next
  }
  const phases = createPhases(place, keep)

  const told = (books: number): Divided => {
    if (!state) return { books, done: true, phase: 'done', rows: 0 }
    return { books, done: false, phase: state.phase, rows: state.phase === 'reading' ? state.rows : 0 }
  }
  const step = async (books: number): Promise<Divided> => {
    if (isNew(sql, state, books)) keep({ books, phase: 'emptying' })
    const until = Date.now() + STEP
    while (state) {
      await phases.goOn(state)
      if (Date.now() >= until) break
    }
    return told(books)
  }
  return {
    allows: (): Allowed => {
      if (!state || state.phase === 'opening') return 'all'
      return state.phase === 'shedding' ? 'nothing' : 'reads'
    },
    /** Goes on for about two seconds; asked twice at once, it is one step. Refuses what cannot be begun; throws where it cannot go on. */
    step(books: number): Promise<Divided> {
      stepping ??= step(books).finally(() => {
        stepping = undefined
      })
      return stepping
    },
    /** Gives it up, as long as it can be: the shop is as it was. */
    async giveUp(): Promise<undefined> {
      await stepping?.catch(() => {})
      if (!state) return undefined
      if (state.phase === 'shedding' || state.phase === 'opening')
        throw new Refusal('not-eligible', 'What was moved is being removed here: it can only be gone on with.')
      const { books } = state
      keep(undefined)
      await phases.leave(books)
      return undefined
    },
  }
}

// Whether a division into so many books is to be begun here, and not gone on with, nor done already. Refuses what cannot be.
function isNew(sql: Sql, state: State | undefined, books: number): boolean {
  const shop = readShop(sql)
  if (!shop) throw new Refusal('not-found', 'There is no such shop.')
  if (books !== 32 && books !== 1024)
    throw new Refusal('invalid-request', 'A shop can be split into 32 or 1024 books.', { path: ['books'] })
  if (state && state.books !== books)
    throw new Refusal('invalid-request', `The shop is being split into ${state.books} books.`, { path: ['books'] })
  if (state || shop.books === books) return false
  if (shop.books !== 1) throw new Refusal('invalid-request', `The shop has ${shop.books} books already.`, { path: ['books'] })
  if (shop.importing) throw new Refusal('storefront-unavailable', 'An import is under way.', { retryAfter: 60 })
  mustBalance(sql, 'The book')
  return true
}

// The phases, each in steps that may be done again. `keep` writes down how far it is.
function createPhases({ sql, other, changed, page }: Place, keep: (next: State | undefined) => void) {
  let places: Places | undefined
  const placesFor = (books: number) => {
    places ??= readPlaces(sql, books)
    return places
  }
  const others = (books: number, ask: (book: number) => Promise<unknown>) =>
    atOnce(Array.from({ length: books - 1 }, (_, more) => () => ask(more + 1)))

  // Whatever a division that was given up has left there goes before anything new comes.
  const empty = async ({ books }: State) => {
    await others(books, (book) => other(book).empty())
    keep({ books, phase: 'reading', ...beginning(books) })
  }
  const read = async ({ books, ...reading }: State & { phase: 'reading' }) => {
    const { pieces, next } = nextPieces(sql, placesFor(books), reading, page)
    if (next) {
      await atOnce(Array.from(pieces, (it) => () => other(it[0]).receive(it[1])))
      return keep({ books, phase: 'reading', ...next })
    }
    const { expected } = reading
    await others(books, async (book) => taken(await other(book).check(expected[book] ?? 0)))
    // From here on it is not given up: each of the others is whole, and this one loses what they have.
    sql.transaction(() => keep({ books, phase: 'shedding', expected, ...beginShedding(sql, placesFor(books)) }))
  }
  const shed = async ({ books, expected, ...shedding }: State & { phase: 'shedding' }) => {
    const next = sql.transaction(() => {
      const next = goOnShedding(sql, books, shedding, page)
      keep(next ? { books, phase: 'shedding', expected, ...next } : { books, phase: 'opening' })
      if (!next) endShedding(sql, expected)
      return next
    })
    if (!next) changed()
  }
  const open = async ({ books }: State) => {
    await others(books, (book) => other(book).open())
    keep(undefined)
    places = undefined
  }
  return {
    async goOn(state: State): Promise<void> {
      if (state.phase === 'emptying') return empty(state)
      if (state.phase === 'reading') return read(state)
      if (state.phase === 'shedding') return shed(state)
      return open(state)
    },
    /** Leaves nothing behind in the other books. */
    async leave(books: number): Promise<void> {
      places = undefined
      await others(books, (book) => other(book).empty())
    },
  }
}
