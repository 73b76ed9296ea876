// A book as a Durable Object: it answers the same requests as the embedded host, from its own database.
import { DurableObject } from 'cloudflare:workers'
import { alarm as ring } from '../acts/chores.ts'
import { type Told, tell } from '../acts/copies.ts'
import { mustBeWhole, type Piece, putIn } from '../acts/division.ts'
import { readShop } from '../acts/shop.ts'
import { Refusal } from '../contract.ts'
import { addressName } from '../http/address.ts'
import { headersOf } from '../http/answer.ts'
import { createApp } from '../http/app.ts'
import { type Host, Misdirected } from '../http/host.ts'
import { type Limits, readLimits } from '../http/limits.ts'
import { errorLine } from '../http/log.ts'
import { crossOrigin } from '../http/origins.ts'
import { problem } from '../http/problems.ts'
import type { Ask } from '../http/routes/route.ts'
import type { Owing } from '../http/tab.ts'
import type { Part } from '../http/visit.ts'
import { createDoor } from '../ledger/door.ts'
import { migrate } from '../ledger/schema.ts'
import { one, type Sql, type Value } from '../ledger/sql.ts'
import { pictureReader } from '../rules/picture.ts'
import { wantsRequests } from './settings.ts'
import { codecs } from './worker-codecs.ts'
import { createCopy } from './worker-copy.ts'
import { createCounts } from './worker-counts.ts'
import { createDivision, dividing } from './worker-division.ts'
import {
  answered,
  type BookStub,
  type Divided,
  dice,
  type Env,
  type Finding,
  nameOf,
  type Refused,
  readName,
  shopsAt,
} from './worker-env.ts'

/** One reader for all objects of an isolate, which share its memory. */
const picture = pictureReader(codecs)

/** When an alarm is tried again that came at a bad time, in milliseconds. */
const LATER = 60_000

type Context = ConstructorParameters<typeof DurableObject>[0]

/** One book of one shop, which its name says. */
export class Book extends DurableObject<Env> implements BookStub {
  readonly #name: ReturnType<typeof readName>
  #sql: Sql
  #shut = () => {}
  /** Of the first book: how it is divided among others. */
  #division: ReturnType<typeof createDivision> | undefined
  readonly #copy: ReturnType<typeof createCopy> | undefined
  readonly #counts: ReturnType<typeof createCounts>
  #app: ReturnType<typeof createApp> | undefined
  #isMade = false
  /** Whether the list of shops has this one, of which this is the first book. */
  #isListed = false
  /** When the alarm is set for, where that is known. */
  #alarmAt: number | undefined

  constructor(context: Context, env: Env) {
    super(context, env)
    this.#name = readName(context.id.name)
    this.#sql = this.#openDoor()
    // Asking for a shop that does not exist must not leave a database behind.
    if (this.#sql.all("SELECT 1 FROM sqlite_master WHERE name = 'scripts'").length > 0) this.#make()
    this.#copy = this.#name.book === 0 ? undefined : this.#createCopy()
    this.#counts = createCounts({ kv: context.storage.kv, isMade: () => this.#isMade, now: () => this.now() })
  }

  /** The host's clock, in milliseconds since 1970. */
  now(): number {
    return Date.now()
  }

  /** How much may be asked of this book. */
  limits(): Limits | null {
    return readLimits(this.env.MUSE_LIMITS)
  }

  fetch(request: Request): Promise<Response> {
    return this.#answer(request)
  }

  take(request: Request, part: Part): Promise<Response> {
    return this.#answer(request, part)
  }

  async shape(): Promise<number | undefined> {
    return this.#made() && one(this.#sql.all<{ books: number }>('SELECT books FROM shop'))?.books
  }

  async tell(versions: number): Promise<Told | undefined> {
    return this.#made() && tell({ ...this.#sql, now: this.now(), dice }, versions)
  }

  async owe(owing: Owing[]): Promise<number[]> {
    return this.#appHere().owe(owing)
  }

  async count() {
    return { books: (await this.shape()) ?? 1, counts: this.#counts.told() }
  }

  find({ method, path }: { method: string; path: string }, ask: Ask): Promise<Finding> {
    return answered(async () => ({ found: await this.#appHere().find(this.#name.shop, method, path, ask) }))
  }

  divide(books: number): Promise<Divided | Refused> {
    return answered(() => this.#divisionHere().step(books))
  }

  giveUp(): Promise<undefined | Refused> {
    return answered(async () => void (await this.#divisionHere().giveUp()))
  }

  async empty(): Promise<void> {
    if (!this.#isMade) return
    this.#mustBeNobodys()
    await this.ctx.storage.deleteAll()
    this.#isMade = false
    this.#forget()
  }

  async receive(piece: Piece): Promise<void> {
    this.#mustBeNobodys()
    const sql = this.#make()
    sql.transaction(() => putIn(sql, piece))
  }

  async check(expected: number): Promise<void> {
    this.#mustBeNobodys()
    const sql = this.#make()
    sql.transaction(() => mustBeWhole(sql, expected))
  }

  async open(): Promise<void> {
    this.#forget()
    await this.#copy?.keepFresh(false)
    await this.#setAlarm()
  }

  /** Called by the platform when something falls due. */
  async alarm(): Promise<void> {
    this.#alarmAt = undefined
    if (this.#division && this.#division.allows() !== 'all') return this.ctx.storage.setAlarm(Date.now() + LATER)
    const shop = this.#made() && readShop(this.#sql)
    if (shop) ring({ ...this.#sql, shop, now: this.now(), dice })
    await this.#setAlarm()
  }

  async #answer(request: Request, part?: Part): Promise<Response> {
    const busy = this.#busy(request)
    if (busy) return busy
    const fresh = this.#copy?.keepFresh(request.method === 'GET' || request.method === 'HEAD')
    if (fresh) await fresh
    const response = await this.#appHere().fetch(request, { part })
    if (!this.#isListed && this.#isMade && this.#name.book === 0) await this.#list()
    return response
  }

  // Told again until it has been heard, and by each shop that was made before there was a list.
  async #list(): Promise<void> {
    const { kv } = this.ctx.storage
    try {
      if (!kv.get('listed')) {
        await shopsAt(this.env, this.#name.world).add(this.#name.shop)
        kv.put('listed', true)
      }
      this.#isListed = true
    } catch (error) {
      this.#report(error, { method: 'list', route: '' })
    }
  }

  #divisionHere() {
    if (!this.#division) throw new Refusal('not-found', 'There is no such shop.')
    return this.#division
  }

  // Of the first object: a shop that there is may be divided at any time, and one that was being divided goes on.
  #createDivision() {
    const { storage } = this.ctx
    const { world, shop } = this.#name
    const { BOOKS } = this.env
    const all = <Row>(text: string, ...values: Value[]) => storage.sql.exec(text, ...values).toArray() as Row[]
    return createDivision({
      kv: storage.kv,
      sql: createDoor({ all, transaction: (fn) => storage.transactionSync(fn) }),
      other: (book) => BOOKS.get(BOOKS.idFromName(world + nameOf(shop, book))),
      changed: () => this.#forget(),
    })
  }

  // A book that knows its shop is at work: nothing is put into it from aside, and nothing thrown away.
  #mustBeNobodys(): void {
    if (this.#name.book === 0 || (this.#isMade && readShop(this.#sql))) throw new Error(`Book ${this.#name.book} is at work.`)
  }

  // What is in hand of a book that has become another one is worth nothing, and whoever still reads by the old door must not go on.
  #forget(): void {
    this.#shut()
    this.#sql = this.#openDoor()
    this.#app = undefined
  }

  // What is being divided takes nothing in: a read that finds something to write is refused, too.
  #openDoor(): Sql {
    const { storage } = this.ctx
    let isShut = false
    this.#shut = () => {
      isShut = true
    }
    return createDoor({
      all: <Row>(text: string, ...values: Value[]) => {
        if (isShut) throw dividing()
        return storage.sql.exec(text, ...values).toArray() as Row[]
      },
      transaction: (fn) => {
        if (this.#division && this.#division.allows() !== 'all') throw dividing()
        return storage.transactionSync(fn)
      },
    })
  }

  #busy(request: Request): Response | undefined {
    const allows = this.#division?.allows() ?? 'all'
    if (allows === 'all' || (allows === 'reads' && /^(GET|HEAD|OPTIONS)$/.test(request.method))) return undefined
    const { status, body } = problem(dividing())
    const shared = crossOrigin(readShop(this.#sql), request.headers.get('Origin') ?? undefined)
    return new Response(body, { status, headers: { ...headersOf(status, shared), 'Retry-After': '5' } })
  }

  #appHere() {
    this.#app ??= createApp(this.#host())
    return this.#app
  }

  #host(): Host {
    const { shop, book } = this.#name
    const mine = (asked: string, number: number) => {
      if (asked !== shop || number !== book) throw new Misdirected(`Book ${number} of ${asked} was asked of book ${book} of ${shop}.`)
    }
    return {
      first: (asked) => {
        mine(asked, book)
        return this.#made()
      },
      book: (asked, number) => {
        mine(asked, number)
        return this.#make()
      },
      books: [1, 32, 1024],
      apart: { book, copy: this.#copy },
      picture,
      now: () => this.now(),
      dice,
      later: (run) =>
        void setTimeout(() => {
          run()
          this.#setAlarm().catch((error) => {
            this.#alarmAt = undefined
            this.#report(error, { method: 'alarm', route: '' })
          })
        }, 0),
      operatorKey: this.env.MUSE_OPERATOR_KEY,
      report: (error, about) => this.#report(error, about),
      limits: this.limits(),
      // The platform says so itself; where it does not, nobody is counted by address.
      address: (header) => {
        const address = header('CF-Connecting-IP')
        return address === undefined ? undefined : addressName(address)
      },
      watch: {
        tick: () => performance.now(),
        metrics: this.#counts.metrics,
        log: wantsRequests(this.env.MUSE_LOG) ? (line) => console.log(JSON.stringify(line)) : undefined,
      },
    }
  }

  #createCopy() {
    const { BOOKS } = this.env
    const first = BOOKS.get(BOOKS.idFromName(this.#name.world + nameOf(this.#name.shop, 0)))
    return createCopy({ number: this.#name.book, first, made: () => this.#made(), make: () => this.#make(), tick: () => performance.now() })
  }

  #made(): Sql | undefined {
    return this.#isMade ? this.#sql : undefined
  }

  #make(): Sql {
    if (!this.#isMade) migrate(this.#sql, this.now())
    this.#isMade = true
    if (this.#name.book === 0) this.#division ??= this.#createDivision()
    return this.#sql
  }

  // Once a group has been carried out: whether something falls due earlier than the alarm will ring.
  async #setAlarm(): Promise<void> {
    if (!this.#isMade) return
    const due = one(
      this.#sql.all<{ due: number }>(
        'SELECT due FROM members WHERE due < 8640000000000000 AND (SELECT importing FROM shop) IS NULL ORDER BY due LIMIT 1',
      ),
    )?.due
    if (due === undefined || (this.#alarmAt !== undefined && due >= this.#alarmAt)) return
    this.#alarmAt = due
    await this.ctx.storage.setAlarm(Date.now() + Math.max(0, due - this.now()))
  }

  #report(error: unknown, about: { method: string; route: string }): void {
    console.error(JSON.stringify(errorLine(error, about, this.now())))
  }
}
