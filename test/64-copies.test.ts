// Books apart: what a copy of the shop may say, whatever the clocks do; and what a route asks the first book before it acts.
import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { alarm as ring } from '../server/acts/chores.ts'
import { learn, tell } from '../server/acts/copies.ts'
import { enrol } from '../server/acts/members.ts'
import { putShop, readShop, type Shop, termsAt } from '../server/acts/shop.ts'
import { Refusal } from '../server/contract.ts'
import { openSql } from '../server/hosts/node/sql.ts'
import { createCopy } from '../server/hosts/worker/copy.ts'
import { createApp } from '../server/http/app.ts'
import type { Host } from '../server/http/host.ts'
import { type Ask, type Route, route } from '../server/http/routes/route.ts'
import { migrate } from '../server/ledger/schema.ts'
import { bookOf, bucketOf } from '../server/rules/code.ts'
import { Program } from '../server/rules/program.ts'
import { asking, OPERATOR, openShop, program } from './story.ts'

const books: { close(): void }[] = []
afterEach(() => {
  for (const book of books.splice(0)) book.close()
})
function emptyBook() {
  const sql = openSql(':memory:')
  migrate(sql, 0)
  books.push(sql)
  return sql
}

describe('a copy of the shop', () => {
  const keys = { shown: { secret: '', signing: { kid: '', secret: '' } }, kept: [{ kid: 'k', kind: 'secret' as const, value: 'v' }] }
  const version = (percent: number) => Program.parse({ ...program, earning: { purchase: { percent } } })

  // The clock of the first book goes forward, stands still and is set back; in between versions come, and copies are told.
  test('knows every version there will ever be of the time up to which it was told, even if the clock is set back', () => {
    const step = fc.record({ what: fc.constantFrom('put', 'tell', 'wait'), by: fc.integer({ min: -5_000, max: 5_000 }) })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const first = emptyBook()
        const copy = emptyBook()
        let now = 1_000_000
        const book = () => ({ ...first, now, dice: randomBytes })
        const put = (percent: number) => putShop(book(), 'jej', { program: version(percent), origins: [] }, keys)
        put(0)
        const promised: { asOf: number; copy: Shop }[] = []
        for (const [index, { what, by }] of steps.entries()) {
          now += by
          if (what === 'put') put(index + 1)
          if (what !== 'tell') continue
          const told = tell(book(), readShop(copy)?.versions.length ?? 0)
          if (!told) throw new Error('there is a shop')
          learn(copy, told, 1)
          promised.push({ asOf: told.asOf, copy: readShop(copy) as Shop })
        }
        const truth = readShop(first) as Shop
        for (const { asOf, copy } of promised)
          for (const at of [0, ...truth.versions.map((terms) => terms.at), asOf].filter((at) => at <= asOf))
            expect(termsAt(copy, at).version).toBe(termsAt(truth, at).version)
      }),
      { numRuns: 60 },
    )
  })

  test('is the same shop, and changes only when that does', () => {
    const [first, copy] = [emptyBook(), emptyBook()]
    const book = (now: number) => ({ ...first, now, dice: randomBytes })
    const refresh = (now: number) =>
      learn(copy, tell(book(now), readShop(copy)?.versions.length ?? 0) as NonNullable<ReturnType<typeof tell>>, 1)
    expect(tell(book(1), 0)).toBeUndefined()
    putShop(book(1_000), 'jej', { program: version(1), origins: ['https://a.example'], books: 32 }, keys)
    expect([refresh(2_000), refresh(3_000)]).toEqual([true, false])
    putShop(book(4_000), 'jej', { program: version(2), origins: [] }, keys)
    expect([refresh(5_000), refresh(5_000)]).toEqual([true, false])
    expect(readShop(copy)).toEqual(readShop(first))
    expect(() => tell(book(6_000), 3)).toThrow('knows 3 versions of jej, of which there are 2')
  })
})

describe('a book apart', () => {
  // Two books in one process, each with an app of its own as an object has one; a tick that the test moves.
  async function two() {
    let ticks = 0
    let told = 0
    const clock = () => 1_780_000_000_000 + ticks
    const [first, other] = [emptyBook(), emptyBook()]
    const shared = { books: [32], now: clock, dice: randomBytes, later: setImmediate, operatorKey: OPERATOR, report: console.error }
    const app = createApp({ ...shared, first: () => first, book: () => first, apart: { book: 0 } })
    const { keys, token } = await openShop({ fetch: app.fetch, books: 32, clock })
    const stub = {
      tell: async (versions: number) => {
        told++
        const answer = tell({ ...first, now: clock(), dice: randomBytes }, versions)
        // It is on another machine.
        await new Promise((later) => setTimeout(later, 2))
        return answer
      },
      find: async ({ method, path }: { method: string; path: string }, ask: Ask) => ({ found: await app.find('jej', method, path, ask) }),
      owe: async () => [],
      shape: async () => 32,
      take: (request: Request) => app.fetch(request) as Promise<Response>,
      fetch: (request: Request) => app.fetch(request) as Promise<Response>,
    }
    const number = bookOf(bucketOf('c1'), 32)
    const copy = createCopy({ number, first: stub, made: () => other, make: () => other, tick: () => ticks, now: clock })
    const apart = createApp({ ...shared, first: () => other, book: () => other, apart: { book: number, copy } })
    const wallet = async (bearer: string) => {
      await copy.keepFresh(true)
      const request = new Request('http://muse.test/v1/shops/jej/me', { headers: { Authorization: `Bearer ${bearer}` } })
      return (await apart.fetch(request)).status
    }
    const ask = asking(async (request) => {
      await copy.keepFresh(request.method === 'GET')
      return apart.fetch(request)
    }, '/v1/shops/jej')
    const alarm = async () => {
      await copy.keepUp()
      while (ring({ ...other, shop: readShop(other) as Shop, now: clock(), dice: randomBytes }));
    }
    const operator = asking(app.fetch, '/v1/shops/jej')(() => OPERATOR)
    return {
      operator,
      merchant: ask(() => keys.secret),
      alarm,
      clock,
      first,
      keys,
      token,
      wallet,
      pass: (milliseconds: number) => (ticks += milliseconds),
      told: () => told,
    }
  }

  test('knows a new key as soon as it is used, and asks about unknown ones once a second at most', async () => {
    const { first, keys, token, wallet, pass, told } = await two()
    expect(await wallet(await token('c1'))).toBe(200)
    expect(told()).toBe(1)
    const kid = 'k_new'
    first.all('INSERT INTO keys (kid, kind, value, at) VALUES (?, ?, ?, ?)', kid, 'signing', 'sig_new', 1)
    pass(1_000)
    expect(await wallet(await token('c1', {}, { kid }, 'sig_new'))).toBe(200)
    expect(told()).toBe(2)
    for (let time = 0; time < 50; time++) expect(await wallet(await token('c1', {}, { kid: `k_${time}` }))).toBe(401)
    expect(told()).toBe(2)
    pass(1_000)
    for (let time = 0; time < 50; time++) expect(await wallet(await token('c1', {}, { kid: `k_${time}` }))).toBe(401)
    expect(told()).toBe(3)
    expect(await wallet(await token('c1', {}, { kid: keys.signing.kid }))).toBe(200)
  })

  // As old as a copy may be, it would be settled for ever by a version that was over.
  test.each(['alarm', 'wallet'])('settles an order dated ahead by the version in force on its day, woken by %s', async (by) => {
    const { operator, merchant, alarm, clock, token, wallet, pass } = await two()
    const at = clock() + 60_000
    const order = {
      ...{ placedAt: new Date(at).toISOString(), updatedAt: new Date(at).toISOString(), state: 'placed' },
      lines: [{ id: '1', sku: 'dress', price: 10_000, quantity: 1 }],
    }
    const pending = async () => (await merchant('GET', '/members/c1')).body.points.pending
    expect((await merchant('PUT', '/members/c1/orders/o1', order)).body.points).toBe(100)
    pass(58_000)
    expect(await pending()).toBe(100)
    pass(1_000)
    expect((await operator('PUT', '', { program: { ...program, earning: { purchase: { percent: 5 } } }, origins: [] })).status).toBe(200)
    pass(1_001)
    if (by === 'alarm') await alarm()
    else expect(await wallet(await token('c1'))).toBe(200)
    expect(await pending()).toBe(500)
  })

  test('settles an order of just now by the version of just now, however young the copy', async () => {
    const { operator, merchant, clock, pass } = await two()
    expect((await merchant('GET', '/members/c1')).status).toBe(404)
    pass(2_000)
    expect((await operator('PUT', '', { program: { ...program, earning: { purchase: { percent: 5 } } }, origins: [] })).status).toBe(200)
    pass(1_000)
    const at = new Date(clock()).toISOString()
    const order = { placedAt: at, updatedAt: at, state: 'placed', lines: [{ id: '1', sku: 'dress', price: 10_000, quantity: 1 }] }
    expect((await merchant('PUT', '/members/c1/orders/o1', order)).body.points).toBe(500)
  })

  test('asks for a newer copy every few seconds, and no more often', async () => {
    const { token, wallet, pass, told } = await two()
    const bearer = await token('c1')
    for (let time = 0; time < 100; time++) {
      expect(await wallet(bearer)).toBe(200)
      pass(100)
    }
    expect(told()).toBe(2)
  })
})

describe("what a route asks the shop's first book", () => {
  // A raffle of one ticket: whoever claims it first has it, and may ask again.
  const routes: Route[] = [
    route({
      ...{ method: 'post', path: '/members/{member}/ticket', who: 'secret', summary: 'Claims it', answer: z.object({}), keyed: true },
      first(book, ask) {
        const member = ask.path.member ?? ''
        const owner = book.all<{ customer: string }>('SELECT customer FROM members')[0]?.customer
        if (owner !== undefined && owner !== member) throw new Refusal('already-done', `It is ${owner}'s.`)
        return { number: enrol(book, member).id, at: book.now }
      },
      act: (book, ask) => ({ ticket: ask.found, in: enrol(book, ask.path.member ?? '').id }),
    }),
    route({
      ...{ method: 'get', path: '/ticket', who: 'secret', summary: 'Where it is', answer: z.object({}) },
      gather: {
        share: (body, { bookOf }, found) => new Map([[bookOf((found as { owner: string }).owner), body ?? {}]]),
        join: (bodies) => bodies.join(),
      },
      first: (book) => ({ owner: book.all<{ customer: string }>('SELECT customer FROM members')[0]?.customer ?? '' }),
      act: (book, ask) => ({ found: ask.found, members: book.all('SELECT customer FROM members') }),
    }),
  ]

  const clock = () => 1_780_000_000_000
  async function raffle(count: number) {
    const sqls = new Map<number, ReturnType<typeof emptyBook>>()
    const host: Host = {
      first: () => sqls.get(0),
      book: (_, number) => {
        const sql = sqls.get(number) ?? emptyBook()
        sqls.set(number, sql)
        return sql
      },
      books: [1, 32],
      now: clock,
      dice: randomBytes,
      later: setImmediate,
      operatorKey: OPERATOR,
      report: (error) => {
        throw error
      },
    }
    const app = createApp(host, routes)
    // Not through a story's own hands, which know the routes of the product only.
    const { keys } = await openShop({ fetch: app.fetch, books: count, clock })
    const ask = async (method: string, path: string, key = '') => {
      const headers = { Authorization: `Bearer ${keys.secret}`, 'Idempotency-Key': key }
      const response = await app.fetch(new Request(`http://muse.test/v1/shops/jej${path}`, { method, headers }))
      const text = await response.text()
      return { status: response.status, text, body: JSON.parse(text) }
    }
    return { ask, first: () => sqls.get(0)?.all('SELECT customer FROM members') }
  }

  test.each([1, 32])('is found before the act, a refusal answers and is kept under its key, with %i books', async (count) => {
    const { ask } = await raffle(count)
    const claim = (member: string, key: string) => ask('POST', `/members/${member}/ticket`, key)
    const won = await claim('c1', 'k1')
    expect(won).toMatchObject({ status: 200, body: { ticket: { number: 1, at: clock() }, in: 1 } })
    expect((await claim('c1', 'k1')).text).toBe(won.text)
    const late = await claim('c2', 'k2')
    expect(late).toMatchObject({ status: 409, body: { code: 'already-done', detail: "It is c1's." } })
    expect((await claim('c2', 'k2')).text).toBe(late.text)
    const gathered = await ask('GET', '/ticket')
    expect(gathered.body).toEqual({ found: { owner: 'c1' }, members: [{ customer: 'c1' }] })
  })

  test.each([0, 1, 31])('is found there for a member of book %i, too', async (number) => {
    const { ask, first } = await raffle(32)
    const member = Array.from({ length: 1_000 }, (_, index) => `c${index}`).find((id) => bookOf(bucketOf(id), 32) === number) as string
    expect((await ask('POST', `/members/${member}/ticket`, 'k1')).status).toBe(200)
    expect(first()).toEqual([{ customer: member }])
  })
})
