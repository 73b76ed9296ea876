// What an operation costs in a small book and in a large one, of members of whom nothing is in hand: the act alone, and the whole request
// with its token and its JSON. Nothing waits for the disk.
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Answer, once } from '../../server/acts/answers.ts'
import type { ShopBook } from '../../server/acts/shop.ts'
import { act } from '../../server/http/acting.ts'
import { routes } from '../../server/http/routes.ts'
import type { Short } from '../../server/http/sent.ts'
import { audit } from '../../server/ledger/audit.ts'
import { attempt } from '../../server/ledger/door.ts'
import { makeBook, openMade } from './books.ts'
import { type Figures, median } from './rounds.ts'
import { orderAt, requests, visitsTo } from './visits.ts'

type Made = ReturnType<typeof openMade>
interface Opened {
  book: Made
  done(): void
}

const GROUP = 64
const GROUPS = 20
/** A book up to this size is made anew after so many groups, so that its few members do not pile up what a large one spreads. */
const SMALL = 10_000
const RENEWED = 5

/**
 * The processor's microseconds for each operation by the size of the book, and the ratio of the largest to the smallest: of the act alone,
 * and of the whole request. The sizes of one operation are measured one after another, and what a round leaves to clear up is shared.
 */
export async function benchGrowth(count: number, sizes: number[]): Promise<Record<string, Figures>> {
  const folder = mkdtempSync(join(tmpdir(), 'muse-bench-'))
  const large = new Map<number, Made>()
  const found = new Map<string, number[][]>()
  try {
    for (const size of sizes) makeBook(fileOf(folder, size), size)
    for (const size of sizes.filter((size) => size > SMALL)) large.set(size, openMade(fileOf(folder, size)))
    const open = (size: number): Opened => {
      const book = large.get(size)
      return book ? { book, done: () => {} } : openCopy(folder, size)
    }
    // The first round warms up, and its audit reads each book through.
    for (let round = 0; round <= count; round++)
      for (const [name, cost] of costs) {
        const taken: number[] = []
        for (const size of round % 2 ? sizes : sizes.toReversed()) taken.push(await cost(() => open(size), size))
        if (round > 0) found.set(name, [...(found.get(name) ?? []), round % 2 ? taken : taken.toReversed()])
      }
  } finally {
    for (const book of large.values()) book.close()
    rmSync(folder, { recursive: true })
  }
  return Object.fromEntries(Array.from(found, ([name, rounds]) => [name, lineOf(sizes, rounds)]))
}

function lineOf(sizes: number[], rounds: number[][]): Figures {
  const medians = sizes.map((_, place) => median(rounds.map((taken) => taken[place] ?? Number.NaN)))
  const ratio = median(rounds.map((taken) => (taken.at(-1) ?? Number.NaN) / (taken[0] ?? Number.NaN)))
  return { ...Object.fromEntries(sizes.map((size, place) => [title(size), medians[place] ?? Number.NaN])), ratio }
}

const title = (size: number) => size.toExponential(0).replace('+', '')
const fileOf = (folder: string, size: number) => join(folder, `${size}.sqlite`)

function openCopy(folder: string, size: number): Opened {
  const copy = join(folder, `${crypto.randomUUID()}.sqlite`)
  copyFileSync(fileOf(folder, size), copy)
  const book = openMade(copy)
  const done = () => {
    book.close()
    rmSync(copy)
  }
  return { book, done }
}

// The median of twenty groups, of which the first of each book is not counted.
async function measured(open: () => Opened, group: (book: Made) => () => Promise<number>): Promise<number> {
  const times: number[] = []
  while (times.length < GROUPS) {
    const { book, done } = open()
    const run = group(book)
    await run()
    for (let time = 0; time < RENEWED; time++) times.push(await run())
    done()
  }
  return median(times)
}

const someone = (book: Made) => `customer-${1 + Math.floor(Math.random() * book.members)}`

// A group is one transaction, as under load: of reads one that only reads.
function actsOf(book: Made, name: string): () => Promise<number> {
  const operation = operations[name] as (typeof operations)[string]
  const read = (acts: (() => unknown)[]) => book.reading?.(() => acts.map(attempt)) ?? []
  const write = (acts: (() => unknown)[]) => book.together?.(acts) ?? []
  const run = reads.includes(name) ? read : write
  return async () => {
    const acts = Array.from({ length: GROUP }, () => someone(book)).map((customer) => () => operation(book, customer))
    const begun = process.cpuUsage()
    const settled = run(acts)
    const took = micros(begun) / GROUP
    for (const it of settled) if ('error' in it) throw it.error
    return took
  }
}

// Those that arrive together; what each is asked with is made before.
function requestsTo(book: Made, name: string): () => Promise<number> {
  const visit = visitsTo(book)
  return async () => {
    const sent = Array.from({ length: GROUP }, () => requests[name]?.(book, someone(book)) as Short)
    const begun = process.cpuUsage()
    await Promise.all(sent.map(visit))
    return micros(begun) / GROUP
  }
}

function micros(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since)
  return user + system
}

const asked = (method: string, path: string) => {
  const found = routes.find((route) => route.method === method && route.path === path)
  if (!found) throw new Error(`There is no ${method} ${path}.`)
  return (book: ShopBook, customer: string, names: Record<string, string>, body?: unknown): Answer => {
    return act(found, book, { path: names, query: {}, body, signed: { id: customer } })
  }
}

const redeem = asked('post', '/me/coupons')
const wallet = asked('get', '/me')
const history = asked('get', '/me/history')
const order = asked('put', '/members/{member}/orders/{order}')

const reads = ['balance', 'history page']
const operations: Record<string, (book: ShopBook, customer: string) => unknown> = {
  balance: (book, customer) => wallet(book, customer, {}),
  'history page': (book, customer) => history(book, customer, {}),
  redeem: (book, customer) => {
    const ask = { asker: `member ${customer}`, key: crypto.randomUUID(), request: '["/me/coupons",{},{"points":100}]' }
    const refused = () => ({ status: 409, body: '' })
    return once(book, ask, () => redeem(book, customer, {}, { points: 100 }), refused)
  },
  'order settle': (book, customer) => {
    return order(book, customer, { member: customer, order: crypto.randomUUID() }, orderAt(book.now))
  },
}

const costs: [name: string, cost: (open: () => Opened, size: number) => Promise<number>][] = [
  ['audit a transfer, µs', async (open, size) => audited(open(), size)],
  ...Object.keys(operations).flatMap((name): typeof costs => [
    [`${name}, act alone, µs`, (open) => measured(open, (book) => actsOf(book, name))],
    [`${name}, whole request, µs`, (open) => measured(open, (book) => requestsTo(book, name))],
  ]),
]

function audited({ book, done }: Opened, size: number): number {
  const begun = process.cpuUsage()
  audit(book)
  const took = micros(begun) / size
  done()
  return took
}
