// Old books open with today's code, and say what they said. A released script never changes: test/schema/release.ts pins it with
// a book that it made. A newest script that still moves is not released, and of that this looks at a book made just now.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openSql } from '../server/hosts/node/sql.ts'
import { open } from '../server/hosts/node.ts'
import { migrate, scripts } from '../server/ledger/schema.ts'
import { folder } from './folder.ts'
import { hashOf, makeBook, openBook, type Seen } from './schema/fixture.ts'

const books = join(import.meta.dirname, 'schema')
const released = readdirSync(books)
  .map((file) => Number(/^(\d+)\.sql$/.exec(file)?.[1] ?? 0))
  .filter((number) => number > 0)
  .toSorted((a, b) => a - b)
const textOf = (number: number) => readFileSync(join(books, `${number}.sql`), 'utf8')

test('scripts are released in their order, and all are still there', () => {
  expect(released).toEqual(Array.from({ length: Math.max(1, released.length) }, (_, index) => index + 1))
  expect(scripts.length, 'a released script is gone from server/ledger/schema.ts').toBeGreaterThanOrEqual(released.length)
})

test.each(released)('script %i is, to the letter, what was released', (number) => {
  const pinned = /^-- .*: ([0-9a-f]{64})$/m.exec(textOf(number))?.[1]
  const message = `script ${number} of server/ledger/schema.ts was released and has changed: books made by it are out there. Put it back, and write what is new as script ${scripts.length + 1}`
  expect(hashOf(number), message).toBe(pinned)
})

test.each(released)('a book made by script %i opens, says what it said, and goes on', async (number) => {
  const text = textOf(number)
  await opensAsItWas(text, JSON.parse(/^-- (\{.*\})$/m.exec(text)?.[1] ?? 'null'))
})

test('a book made now opens, says what it said, and goes on', async () => {
  const { sql, seen } = await makeBook()
  await opensAsItWas(sql, seen)
})

/** Only a shop of several objects has rows in the first: how far each book's copy of the shop is complete. The others fill by the thousand. */
const elsewhere = ['copies', 'codes', 'hashes']

test('every table has a row in such a book, so that none is forgotten', async () => {
  const { sql } = await makeBook()
  const names = [...sql.matchAll(/^CREATE TABLE (\w+)/gm)].map(([, name]) => name)
  expect(names).toContain('transfers')
  expect(names.filter((name) => !sql.includes(`INSERT INTO ${name} VALUES`))).toEqual(elsewhere)
})

test('a book of a newer Muse is refused, by both numbers and by its file, and left as it is', async () => {
  const data = folder()
  mkdirSync(join(data, 'books'))
  const file = join(data, 'books', 'jej.0.sqlite')
  const book = openSql(file)
  migrate(book, 0)
  book.all('INSERT INTO scripts (number, at) VALUES (99, 0)')
  book.close()
  const known = `script 99, and this one knows scripts up to ${scripts.length}.`
  expect(() => open({ data, operatorKey: 'op' })).toThrow(`${file}: This book is of a newer Muse: it has had ${known}`)
  const { status, stderr } = spawnSync(process.execPath, ['server/hosts/serve.ts'], {
    env: { ...process.env, PORT: '0', MUSE_DATA: data },
    encoding: 'utf8',
  })
  expect([status, stderr]).toEqual([1, expect.stringContaining(known)])
})

async function opensAsItWas(sql: string, seen: Seen) {
  const shop = await openBook(sql, seen)
  onTestFinished(shop.close)
  // Newer code may say more, and says all that was said.
  expect(shop.seen).toMatchObject({ wallets: seen.wallets, transfers: seen.transfers })
  expect((await shop.member('spender').redeem(500, seen.kept.key)).text).toBe(seen.kept.text)
  expect((await shop.member('spender').redeem(10)).status).toBe(201)
  expect(await shop.audit()).toMatchObject({ ok: true, problems: [] })
}
