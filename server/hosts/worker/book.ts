// A book as a Durable Object: it answers the same requests as the embedded host, from its own database.
import { DurableObject } from 'cloudflare:workers'
import { type Told, tell } from '../../acts/copies.ts'
import { mustBeWhole, type Piece, putIn } from '../../acts/division.ts'
import { readShop } from '../../acts/shop.ts'
import { type Divided, Refusal } from '../../contract.ts'
import type { Whole } from '../../http/app.ts'
import { type Limits, readLimits } from '../../http/limits.ts'
import { errorLine } from '../../http/log.ts'
import type { Counts } from '../../http/metrics.ts'
import type { Ask } from '../../http/routes/route.ts'
import type { Owing } from '../../http/tab.ts'
import { heard } from '../../http/unread.ts'
import type { Part } from '../../http/visit.ts'
import { one } from '../../ledger/sql.ts'
import { createAlarm } from './alarm.ts'
import { createDivision, type Division, isAllowed, refuseMeanwhile } from './division.ts'
import { answered, type BookStub, dice, type Env, type Finding, nameOf, type Refused, readName, shopsAt } from './env.ts'
import { createLife, type Life } from './life.ts'
import { orRefused } from './refusing.ts'
import { createRemoval } from './removal.ts'
import { type Brief, responseOf, shortOf } from './short.ts'
import { createStore, type Store } from './store.ts'

type Context = ConstructorParameters<typeof DurableObject>[0]

/** One book of one shop, which its name says. */
export class Book extends DurableObject<Env> implements BookStub {
  readonly #name: ReturnType<typeof readName>
  readonly #store: Store
  readonly #alarm: ReturnType<typeof createAlarm>
  #life: Life
  /** Of a first book: how it is divided among others. */
  readonly #division: Division | undefined
  /** Of a first book: how it goes, with all others. */
  readonly #remove: () => Promise<void>

  constructor(context: Context, env: Env) {
    super(context, env)
    const { storage } = context
    this.#name = readName(context.id.name)
    const place = { storage, now: () => this.now(), takes: () => this.#allows() === 'all' }
    this.#store = createStore(place)
    this.#alarm = createAlarm({ ...place, store: this.#store })
    const other = (book: number) => this.#other(book)
    const { kv } = storage
    this.#division =
      this.#name.book === 0 ? createDivision({ kv, sql: this.#store.besides(), other, changed: () => this.#life.renew() }) : undefined
    this.#life = this.#begin()
    this.#remove = createRemoval({
      shop: this.#name.shop,
      made: this.#store.made,
      other,
      shops: shopsAt(env, this.#name.world),
      counts: () => this.#life.told(),
      empty: () => this.#empty(),
      now: () => this.now(),
      report: (error) => this.#report(error, { method: 'remove', route: '' }),
    })
  }

  /** The host's clock, in milliseconds since 1970. */
  now(): number {
    return Date.now()
  }

  /** How much may be asked of this book. */
  limits(): Limits | null {
    return readLimits(this.env.MUSE_LIMITS)
  }

  async fetch(request: Request): Promise<Response> {
    return heard(request, await this.#answer(request))
  }

  async take(request: Request, part: Part): Promise<Response> {
    return heard(request, await this.#answer(request, part))
  }

  async shortly(asked: Brief): Promise<Whole> {
    const short = shortOf(asked)
    const answer = async () => {
      const refused = await this.#admit(asked.method, () => short.header('Origin'))
      return refused ?? this.#left((await this.#life.app().short(short)) ?? { status: 421, body: null, headers: {} })
    }
    return orRefused(answer, (whole) => whole)
  }

  async shape(): Promise<number | undefined> {
    return one(this.#store.made()?.all<{ books: number }>('SELECT books FROM shop') ?? [])?.books
  }

  async tell(versions: number): Promise<Told | undefined> {
    const sql = this.#store.made()
    return sql && tell({ ...sql, now: this.now(), dice }, versions)
  }

  async owe(owing: Owing[]): Promise<number[]> {
    return this.#life.app().owe(owing)
  }

  async count() {
    return { books: (await this.shape()) ?? 1, counts: this.#life.told() }
  }

  find({ method, path }: { method: string; path: string }, ask: Ask): Promise<Finding> {
    return answered(async () => ({ found: await this.#life.app().find(this.#name.shop, method, path, ask) }))
  }

  divide(books: number): Promise<Divided | Refused> {
    return answered(() => this.#divisionHere().step(books))
  }

  giveUp(): Promise<undefined | Refused> {
    return answered(() => this.#divisionHere().giveUp())
  }

  async empty(): Promise<Counts | undefined> {
    if (!this.#store.isMade()) return undefined
    this.#mustBeNobodys()
    return this.#empty()
  }

  async receive(piece: Piece): Promise<void> {
    this.#mustBeNobodys()
    const sql = this.#store.make()
    sql.transaction(() => putIn(sql, piece))
  }

  async check(expected: number): Promise<undefined | Refused> {
    this.#mustBeNobodys()
    const sql = this.#store.make()
    return answered(() => sql.transaction(() => mustBeWhole(sql, expected)))
  }

  async open(): Promise<void> {
    this.#life.renew()
    await this.#life.copy?.keepFresh(false)
    await this.#alarm.set()
  }

  /** Called by the platform when something falls due. */
  alarm(): Promise<void> {
    return this.#alarm.rings(() => this.#keepsUp())
  }

  // What orders dated ahead are settled by is the first book's to say.
  async #keepsUp(): Promise<boolean> {
    try {
      await this.#life.copy?.keepUp()
      return true
    } catch (error) {
      this.#report(error, { method: 'alarm', route: '' })
      return false
    }
  }

  async #answer(request: Request, part?: Part): Promise<Response> {
    const answer = async () => {
      const refused = await this.#admit(request.method, () => request.headers.get('Origin') ?? undefined)
      return refused ? responseOf(refused) : this.#left(await this.#life.app().fetch(request, { part }))
    }
    return orRefused(answer, responseOf)
  }

  // Before anything is answered: gives the answer where none is given at the moment.
  async #admit(method: string, origin: () => string | undefined): Promise<Whole | undefined> {
    const sql = this.#store.made()
    if (sql && !isAllowed(this.#allows(), method)) return refuseMeanwhile(origin(), readShop(sql))
    await this.#life.copy?.keepFresh(method === 'GET' || method === 'HEAD')
    return undefined
  }

  async #left<Answer>(answer: Answer): Promise<Answer> {
    await this.#life.listed()
    return answer
  }

  #allows = () => this.#division?.allows() ?? 'all'

  #divisionHere(): Division {
    if (!this.#division || !this.#store.isMade()) throw new Refusal('not-found', 'There is no such shop.')
    return this.#division
  }

  #other(book: number) {
    const { BOOKS } = this.env
    return BOOKS.get(BOOKS.idFromName(this.#name.world + nameOf(this.#name.shop, book)))
  }

  async #empty(): Promise<Counts> {
    const counts = this.#life.told()
    await this.#store.empty()
    this.#alarm.forget()
    this.#life = this.#begin()
    return counts
  }

  // A book that knows its shop is at work, unless that waits for an import: nothing is put into it from aside, and nothing thrown away.
  #mustBeNobodys(): void {
    const sql = this.#store.made()
    if (this.#name.book === 0 || (sql && readShop(sql)?.importing === false)) throw new Error(`Book ${this.#name.book} is at work.`)
  }

  // As the object begins, and again once it was emptied.
  #begin(): Life {
    return createLife({
      name: this.#name,
      env: this.env,
      kv: this.ctx.storage.kv,
      store: this.#store,
      first: this.#other(0),
      limits: () => this.limits(),
      remove: () => this.#remove(),
      now: () => this.now(),
      later: (run) => this.#later(run),
      report: (error, about) => this.#report(error, about),
    })
  }

  #later(run: () => void): void {
    setTimeout(() => {
      run()
      this.#alarm.set().catch((error) => {
        this.#alarm.forget()
        this.#report(error, { method: 'alarm', route: '' })
      })
    }, 0)
  }

  #report(error: unknown, about: { method: string; route: string }): void {
    console.error(JSON.stringify(errorLine(error, about, this.now())))
  }
}
