// A batch: what a group of acts writes goes several rows to a statement, and is to the last row what each would have written by itself.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { once } from '../server/acts/answers.ts'
import { letGo, openCoupons, redeem } from '../server/acts/coupons.ts'
import { grant } from '../server/acts/grants.ts'
import { enrol } from '../server/acts/members.ts'
import { reportOrder } from '../server/acts/orders.ts'
import { redeemed } from '../server/acts/walleted.ts'
import { problem } from '../server/http/problems.ts'
import { createBatch } from '../server/ledger/batch.ts'
import { createDoor } from '../server/ledger/door.ts'
import type { Settled, Sql, Value } from '../server/ledger/sql.ts'
import { openBook, order, program, type TestBook } from './book.ts'

/** One act of a group, by one of three customers: what it does, and whether it throws once that is done. */
interface Deed {
  does: 'redeem' | 'again' | 'take back' | 'grant' | 'buy' | 'spoil'
  customer: string
  points: number
  isLate: boolean
}

const deed: fc.Arbitrary<Deed> = fc.record({
  does: fc.constantFrom('redeem', 'redeem', 'redeem', 'again', 'take back', 'grant', 'buy', 'spoil'),
  customer: fc.constantFrom('ada', 'grace', 'joan'),
  points: fc.integer({ min: 1, max: 400 }),
  isLate: fc.nat(11).map((dice) => dice === 0),
})
const life = fc.array(fc.array(deed, { maxLength: 12 }), { maxLength: 6 })

describe('a batch', () => {
  test('leaves every row as statements one by one leave it, whatever is undone', () => {
    fc.assert(
      fc.property(life, (groups) => {
        const [batched, plain] = [openBook(rules(), batching), openBook(rules())]
        for (const book of [batched, plain]) for (const customer of ['ada', 'grace']) grant(book, enrol(book, customer), gift(900))
        groups.forEach((deeds, number) => {
          const group = (book: TestBook) =>
            told(book.together?.(deeds.map((it, place) => () => perform(book, it, `${number}.${place}`))) ?? [])
          expect(group(batched)).toEqual(group(plain))
        })
        expect(rowsOf(batched)).toEqual(rowsOf(plain))
        expect(batched.audited()).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  test('has a redeem ask the database less than twice, where it was seven times', () => {
    const asked = { all: 0 }
    const book = openBook(program(), (sql) => batching(sql, asked))
    const customers = Array.from({ length: 64 }, (_, number) => `customer-${number}`)
    for (const customer of customers) grant(book, enrol(book, customer), gift(5_000))
    const redeemAll = (key: string) => {
      asked.all = 0
      const settled = book.together?.(customers.map((customer) => () => perform(book, { ...one, customer }, key)))
      expect(settled?.every((it) => 'value' in it)).toBe(true)
      return asked.all
    }
    redeemAll('first')
    const most = redeemAll('second')
    expect(most).toBeGreaterThan(64)
    expect(most).toBeLessThan(2 * 64)
    expect(book.audited()).toEqual([])
  })

  test('that cannot be written lets the others stand', () => {
    const book = openBook(program(), batching)
    for (const customer of ['ada', 'grace']) grant(book, enrol(book, customer), gift(500))
    const settled = book.together?.([
      () => perform(book, { ...one, customer: 'ada' }, 'a'),
      () => book.all('UPDATE members SET available = ? WHERE id = ?', -1, enrol(book, 'grace').id),
      () => perform(book, { ...one, customer: 'grace' }, 'g'),
    ])
    expect(settled?.map((it) => 'value' in it)).toEqual([true, false, true])
    expect(book.all('SELECT customer, available FROM members')).toEqual([
      { customer: 'ada', available: 400 },
      { customer: 'grace', available: 400 },
    ])
    expect(book.audited()).toEqual([])
  })
})

const one: Deed = { does: 'redeem', customer: 'ada', points: 100, isLate: false }
const gift = (points: number) => ({ points, reason: 'gift' as const })
const rules = () => program({ redeeming: { coupon: { min: 1, max: 5_000, step: 1, life: 'P30D' } } })

// The same database by a door with a batch, as the edge has it; what it is asked past the batch is counted.
function batching(sql: Sql, asked = { all: 0 }) {
  const all = <Row>(text: string, ...values: Value[]): Row[] => {
    asked.all++
    return sql.all<Row>(text, ...values)
  }
  return { ...sql, ...createDoor({ all, transaction: sql.transaction }, createBatch(all)) }
}

function perform(book: TestBook, { does, customer, points, isLate }: Deed, key: string): unknown {
  const done = act(book, does, { customer, points, key })
  if (isLate) throw new Error('too late')
  return done
}

function act(book: TestBook, does: Deed['does'], { customer, points, key }: { customer: string; points: number; key: string }): unknown {
  if (does === 'spoil') return book.transaction(() => [grant(book, enrol(book, customer), gift(points)), book.all('SELECT nothing')])
  const member = enrol(book, customer)
  if (does === 'grant') return grant(book, member, gift(points))
  if (does === 'buy') return reportOrder(book, member, key, order({ state: 'shipped', shippedAt: order().placedAt }))
  if (does === 'take back') return openCoupons(book, member).map((coupon) => letGo(book, member, coupon, 'returned'))
  const asking = () => {
    redeem(book, member, { points })
    const { body, kept } = redeemed(book, member)
    return { status: 201, body, kept }
  }
  const ask = { asker: `member ${customer}`, key: does === 'again' ? 'the same' : key, request: 'redeem' }
  return once(book, ask, asking, problem)
}

const told = (all: Settled[]) => all.map((it) => ('error' in it ? `threw ${(it.error as Error).message}` : JSON.stringify(it.value)))

function rowsOf(book: TestBook): Record<string, string[]> {
  const tables = book.all<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
  return Object.fromEntries(tables.map(({ name }) => [name, book.all(`SELECT * FROM ${name}`).map((row) => JSON.stringify(row))]))
}
