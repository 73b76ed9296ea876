// The Worker as it is deployed, with what a test needs: a clock and limits of its own, and a world in which no other test has shops.

import type { Objects } from '../../server/hosts/worker/env.ts'
import worker, { Book as DeployedBook, type Env } from '../../server/hosts/worker.ts'
import { type Limits, readLimits } from '../../server/http/limits.ts'

export { Shops } from '../../server/hosts/worker.ts'

interface World {
  books: Env['BOOKS']
  now: number | undefined
  limits: string
  /**
   * The number of a book whose object gives no answer when another one asks it for something; "20 check" only when it is asked to check.
   * "0 shortly reset" has it ended in the middle of that, and what it was written with it.
   */
  broken: string | null
  /** Whether every object is asked more than it can answer. */
  isOverloaded: boolean
}

/** What is asked of every object by the way: it fails only where it is named. */
const often = new Set(['fetch', 'shortly', 'shape'])

// All objects are in one process, so that what the latest request said of its world holds for all of them.
const worlds = new Map<string, World>()

export class Book extends DeployedBook {
  override now(): number {
    return worldOf(this.ctx.id)?.now ?? Date.now()
  }

  override limits(): Limits | null {
    return readLimits(worldOf(this.ctx.id)?.limits ?? 'off')
  }

  override async take(...asked: Parameters<DeployedBook['take']>): Promise<Response> {
    this.#mustAnswer('take')
    return super.take(...asked)
  }

  override async fetch(request: Request): Promise<Response> {
    this.#mustAnswer('fetch')
    return super.fetch(request)
  }

  override async shortly(...asked: Parameters<DeployedBook['shortly']>) {
    const answered = super.shortly(...asked)
    this.#mustAnswer('shortly')
    return answered
  }

  override async shape() {
    this.#mustAnswer('shape')
    return super.shape()
  }

  override async count() {
    this.#mustAnswer('count')
    return super.count()
  }

  override async receive(...asked: Parameters<DeployedBook['receive']>) {
    this.#mustAnswer('receive')
    return super.receive(...asked)
  }

  override async check(...asked: Parameters<DeployedBook['check']>) {
    this.#mustAnswer('check')
    return super.check(...asked)
  }

  override async empty() {
    this.#mustAnswer('empty')
    return super.empty()
  }

  override async open() {
    this.#mustAnswer('open')
    return super.open()
  }

  #mustAnswer(what: string): void {
    const [book, only = often.has(what) ? '' : what, how] = worldOf(this.ctx.id)?.broken?.split(' ') ?? []
    if (book !== this.ctx.id.name?.split('/').at(-1) || only !== what) return
    if (how === 'reset') this.ctx.abort('this object was reset')
    throw new Error('this object was ended')
  }
}

// Not the class's own: an object that comes back asks for the time while it is being made.
const worldOf = ({ name }: { name?: string }) => worlds.get(name?.split('/')[0] ?? '')

// What Cloudflare puts in the place of an object that is asked more than it can answer; workerd never does.
const overloaded = new Proxy({} as never, {
  get: () => () => Promise.reject(Object.assign(new Error('Durable Object is overloaded.'), { overloaded: true, retryable: false })),
})

export default {
  fetch(request: Request, env: Env, context: Parameters<typeof worker.fetch>[2]): Promise<Response> {
    const world = request.headers.get('Test-World') ?? ''
    const said = (name: string) => request.headers.get(`Test-${name}`)
    const inWorld = <Stub>(objects: Objects<Stub>): Objects<Stub> => ({
      get: (id) => (worlds.get(world)?.isOverloaded ? overloaded : objects.get(id)),
      idFromName: (name) => objects.idFromName(`${world}/${name}`),
    })
    const books = worlds.get(world)?.books ?? inWorld(env.BOOKS)
    const isOverloaded = said('Overloaded') !== null
    worlds.set(world, {
      isOverloaded,
      books,
      now: Number(said('Now')) || undefined,
      limits: said('Limits') ?? 'off',
      broken: said('Broken'),
    })
    // As if the Worker had sent it to a wrong book.
    if (said('Book')) return books.get(books.idFromName(`${said('Book')}`)).fetch(request)
    return worker.fetch(request, { ...env, BOOKS: books, SHOPS: inWorld(env.SHOPS) }, context)
  },
}
