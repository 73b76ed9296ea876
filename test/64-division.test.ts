// A book divided among 32 in one process, broken off at any step and anywhere within it: in the end every row is in its place, once.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hashes } from '../server/acts/answers.ts'
import { codes } from '../server/acts/coupons.ts'
import { mustBeWhole, type Piece, putIn } from '../server/acts/division.ts'
import { bookFile } from '../server/hosts/node/files.ts'
import { openSql } from '../server/hosts/node/sql.ts'
import { open } from '../server/hosts/node.ts'
import { createDivision } from '../server/hosts/worker/division.ts'
import { audit } from '../server/ledger/audit.ts'
import { fileAll } from '../server/ledger/memtable.ts'
import { migrate } from '../server/ledger/schema.ts'
import type { Sql } from '../server/ledger/sql.ts'
import { bookOf, bucketOf } from '../server/rules/code.ts'
import { folder } from './folder.ts'
import { rewarding } from './requests.ts'
import { lines, OPERATOR, openShop } from './story.ts'

const BOOKS = 32
const moving = ['members', 'lots', 'transfers', 'parts', 'coupons', 'orders', 'activities', 'gifts', 'payments', 'codes', 'hashes']
const staying = ['programs', 'keys', 'photos', 'prizes', 'sellers', 'products']

test('wherever it is broken off, and however often', { timeout: 120_000 }, async () => {
  const data = folder()
  const template = bookFile(data, 'jej', 0)
  await story(data)
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 600 }), { maxLength: 12 }), async (breaks) => {
      const source = inMemory(template)
      const whole = inMemory(template)
      // What waits in memory to be filed is filed by then.
      for (const index of [codes, hashes]) fileAll(whole.sql, index)
      const before = contents([whole.sql], moving)
      whole.close()
      const shopwide = contents([source.sql], staying)
      const others = Array.from({ length: BOOKS - 1 }, () => emptyBook())
      const books = [source, ...others]
      try {
        await divide(books, breaks)
        expect(
          contents(
            books.map(({ sql }) => sql),
            moving,
          ),
        ).toEqual(before)
        expect(contents([source.sql], staying)).toEqual(shopwide)
        for (const [book, { sql }] of books.entries()) {
          expect(audit(sql).problems).toEqual([])
          for (const { customer } of sql.all<{ customer: string }>('SELECT customer FROM members'))
            expect(bookOf(bucketOf(customer), BOOKS)).toBe(book)
        }
        const left = source.sql.all("SELECT name FROM sqlite_master WHERE name LIKE 'staying%'")
        expect(left).toEqual([])
      } finally {
        for (const { close } of books) close()
      }
    }),
    { numRuns: 20 },
  )
})

// Each number says after how many calls and writes the process ends; with the next one it starts again.
async function divide(books: { sql: Sql }[], breaks: number[]): Promise<void> {
  const kept = new Map<string, string>()
  const rest = [...breaks]
  for (;;) {
    let left = rest.shift() ?? Number.POSITIVE_INFINITY
    const ends = () => {
      if (--left <= 0) throw new Error('the process ended')
    }
    const [{ sql }] = books as [{ sql: Sql }]
    const division = createDivision({
      kv: {
        get: (name) => JSON.parse(kept.get(name) ?? 'null') ?? undefined,
        put(name, value) {
          ends()
          kept.set(name, JSON.stringify(value))
        },
        delete: (name) => kept.delete(name),
      },
      // What is kept stands or falls with the transaction it is kept in, as in the object's one database.
      sql: { ...sql, transaction: (fn) => restoring(kept, () => sql.transaction(fn)) },
      other: (book) => other((books[book] as { sql: Sql }).sql, ends),
      changed: () => {},
      page: 37,
    })
    try {
      while (!(await division.step(BOOKS)).done);
      return
    } catch (error) {
      if (!String(error).includes('the process ended')) throw error
    }
  }
}

function restoring<T>(kept: Map<string, string>, act: () => T): T {
  const before = new Map(kept)
  try {
    return act()
  } catch (error) {
    kept.clear()
    for (const [name, value] of before) kept.set(name, value)
    throw error
  }
}

// Ended before it heard, or after it did what was asked and before it could say so.
const other = (sql: Sql, ends: () => void) => {
  const asked = (act: () => void) => async (): Promise<undefined> => {
    ends()
    sql.transaction(act)
    ends()
  }
  return {
    empty: asked(() => {}),
    open: asked(() => {}),
    receive: async (piece: Piece) => void (await asked(() => putIn(sql, structuredClone(piece)))()),
    check: async (expected: number) => asked(() => mustBeWhole(sql, expected))(),
  }
}

function inMemory(file: string) {
  const sql = openSql(':memory:')
  sql.all('ATTACH ? AS template', file)
  migrate(sql, 0)
  for (const { name } of sql.all<{ name: string }>("SELECT name FROM template.sqlite_master WHERE type = 'table' ORDER BY rowid")) {
    sql.all(`DELETE FROM main.${name}`)
    sql.all(`INSERT INTO main.${name} SELECT * FROM template.${name}`)
  }
  sql.all('DETACH template')
  return { sql: sql as Sql, close: () => sql.close() }
}

function emptyBook() {
  const sql = openSql(':memory:')
  migrate(sql, 0)
  return { sql: sql as Sql, close: () => sql.close() }
}

/** All rows of these tables in all books, in an order that does not depend on where they are. */
const contents = (all: Sql[], tables: string[]) =>
  Object.fromEntries(
    tables.map((table) => [table, all.flatMap((sql) => sql.all(`SELECT * FROM ${table}`).map((row) => JSON.stringify(row))).toSorted()]),
  )

async function story(data: string): Promise<void> {
  const clock = () => Date.parse('2026-06-01T10:00:00+09:00')
  const host = open({ data, operatorKey: OPERATOR, clock })
  const shop = await openShop({ fetch: host.fetch, clock, books: 1, program: rewarding })
  const people = Array.from({ length: 70 }, (_, index) => `customer-${index}`)
  for (const [index, person] of people.entries()) {
    await shop.grant(person, 1_500)
    await shop.place(person, `order-${index}`, 10_000)
    if (index % 2 === 0) await shop.ship(person, `order-${index}`)
    const { coupon } = (await shop.member(person).redeem(200, `redeem-${index}`)).body
    if (index % 3 === 1) await shop.merchant('PUT', `/coupons/${coupon.code}/order`, { order: `next-${index}`, lines: lines(150) })
    if (index % 4 === 1) await shop.member(person).put('/me/follows/x')
    if (index % 5 === 1) await shop.member(person).post('/me/gifts', { gift: 'pin' })
    if (index % 5 === 2) await shop.merchant('PUT', `/members/${person}/orders/paid/points`, { points: 50, lines: lines(1_000) })
  }
  await shop.merchant('DELETE', '/members/customer-9')
  host.close()
}
