// What an operation costs in a small book and in a large one: the acts themselves, without HTTP and without waiting for the disk.
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Answer, once } from '../../server/acts/answers.ts'
import type { ShopBook } from '../../server/acts/shop.ts'
import { act } from '../../server/http/acting.ts'
import { routes } from '../../server/http/routes.ts'
import { audit } from '../../server/ledger/audit.ts'
import { attempt } from '../../server/ledger/door.ts'
import { makeBook, openMade } from './books.ts'
import { type Figures, median } from './rounds.ts'

type Made = ReturnType<typeof openMade>

const GROUP = 64
/** Books up to this size are made anew for each round, so that a few members do not pile up what it adds. */
const SMALL = 100_000

/** The processor's microseconds for each operation by the size of the book, and the ratio of the largest to the smallest. */
export async function benchGrowth(count: number, sizes: number[]): Promise<Record<string, Figures>> {
  const folder = mkdtempSync(join(tmpdir(), 'muse-bench-'))
  const open = new Map<number, Made>()
  const all = new Map(sizes.map((size): [number, Figures[]] => [size, []]))
  try {
    for (const size of sizes) makeBook(join(folder, `${size}.sqlite`), size)
    for (const size of sizes.filter((size) => size > SMALL)) open.set(size, openMade(join(folder, `${size}.sqlite`)))
    const cost = (size: number) => costs(open.get(size) ?? openCopy(folder, size), size)
    for (const size of sizes) cost(size)
    for (let round = 0; round < count; round++) for (const size of sizes) all.get(size)?.push(cost(size))
  } finally {
    for (const book of open.values()) book.close()
    rmSync(folder, { recursive: true })
  }
  const names = Object.keys(all.get(sizes[0] ?? 0)?.[0] ?? {})
  return Object.fromEntries(
    names.map((name) => {
      const medians = sizes.map((size) => median((all.get(size) ?? []).map((costs) => costs[name] ?? Number.NaN)))
      const bySize = Object.fromEntries(sizes.map((size, place) => [title(size), medians[place] ?? Number.NaN]))
      return [name, { ...bySize, ratio: (medians.at(-1) ?? Number.NaN) / (medians[0] ?? Number.NaN) }]
    }),
  )
}

const title = (size: number) => size.toExponential(0).replace('+', '')

function openCopy(folder: string, size: number): Made {
  const copy = join(folder, `${crypto.randomUUID()}.sqlite`)
  copyFileSync(join(folder, `${size}.sqlite`), copy)
  return openMade(copy)
}

function costs(book: Made, size: number): Figures {
  const groups = Object.entries(operations).map(([name, operation]): [string, number] => [`${name}, µs`, group(book, name, operation)])
  const audited = process.cpuUsage()
  audit(book)
  const perTransfer = micros(audited) / size
  if (size <= SMALL) book.close()
  return { ...Object.fromEntries(groups), 'audit a transfer, µs': perTransfer }
}

// The median of twenty groups, each one transaction, as under load: of reads one that only reads.
function group(book: Made, name: string, operation: (book: ShopBook, customer: string) => unknown): number {
  const read = (acts: (() => unknown)[]) => book.reading?.(() => acts.map(attempt)) ?? []
  const write = (acts: (() => unknown)[]) => book.together?.(acts) ?? []
  const run = reads.includes(name) ? read : write
  const one = () => operation(book, `customer-${1 + Math.floor(Math.random() * book.members)}`)
  const times = Array.from({ length: 20 }, () => {
    const begun = process.cpuUsage()
    const settled = run(Array.from({ length: GROUP }, () => one))
    const took = micros(begun) / GROUP
    for (const it of settled) if ('error' in it) throw it.error
    return took
  })
  return median(times)
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
    const at = new Date(book.now).toISOString()
    const lines = [{ id: '1', sku: 'dress', price: 10_000, quantity: 1 }]
    return order(book, customer, { member: customer, order: crypto.randomUUID() }, { placedAt: at, updatedAt: at, state: 'placed', lines })
  },
}
