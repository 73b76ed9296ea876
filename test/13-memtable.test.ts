// Indexes whose newest entries wait in memory find what a plain table finds, whatever is undone, forgotten or begun anew meanwhile.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { forgetAnswers, hashes, once } from '../server/acts/answers.ts'
import { codes, couponOf, redeem } from '../server/acts/coupons.ts'
import { grant } from '../server/acts/grants.ts'
import { enrol } from '../server/acts/members.ts'
import { openSql } from '../server/hosts/node/sql.ts'
import { attempt } from '../server/ledger/door.ts'
import { add, fileAll, find, indexOf } from '../server/ledger/memtable.ts'
import { openBook } from './book.ts'

const index = indexOf({ table: 'found', columns: ['key', 'id'], newer: 'SELECT key, id FROM things WHERE id > ?', most: 4 })

/** What happens to a table of things: one comes, several come past the index, an act is undone, a process begins anew. */
const event = fc.oneof(
  { weight: 6, arbitrary: fc.record({ comes: fc.nat(12) }) },
  { weight: 1, arbitrary: fc.record({ past: fc.array(fc.nat(12), { maxLength: 9 }) }) },
  { weight: 2, arbitrary: fc.record({ undone: fc.array(fc.nat(12), { minLength: 1, maxLength: 9 }) }) },
  { weight: 1, arbitrary: fc.constant({ begun: true }) },
)

test('every thing is found by its key, and no other', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), (events) => {
      const sql = openSql(':memory:')
      sql.all('CREATE TABLE things (id INTEGER PRIMARY KEY, key INTEGER NOT NULL) STRICT')
      sql.all('CREATE TABLE found (key INTEGER NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (key, id)) STRICT, WITHOUT ROWID')
      sql.all('CREATE TABLE memtables (name TEXT PRIMARY KEY, upto INTEGER NOT NULL) STRICT')
      sql.all("INSERT INTO memtables VALUES ('found', 0)")
      let model: { key: number; id: number }[] = []
      let id = 0
      const come = (key: number) => {
        sql.all('INSERT INTO things (id, key) VALUES (?, ?)', ++id, key)
        add(sql, index, [key, id])
        model.push({ key, id })
      }
      for (const it of events) {
        if ('comes' in it) sql.transaction(() => come(it.comes))
        if ('past' in it)
          sql.transaction(() => {
            for (const key of it.past) {
              sql.all('INSERT INTO things (id, key) VALUES (?, ?)', ++id, key)
              model.push({ key, id })
            }
            fileAll(sql, index)
          })
        if ('undone' in it) {
          const before = [...model]
          attempt(() =>
            sql.transaction(() => {
              for (const key of it.undone) come(key)
              throw new Error('undone')
            }),
          )
          model = before
        }
        if ('begun' in it) sql.memtables.clear()
        const key = model.at(-1)?.key ?? 0
        const ids = find<{ id: number }>(sql, index, key).map((entry) => entry.id)
        expect(ids.toSorted((a, b) => a - b)).toEqual(model.filter((thing) => thing.key === key).map((thing) => thing.id))
      }
      sql.close()
    }),
    { numRuns: 300 },
  )
})

test('more coupons than wait in memory are all found by their codes, and an audit sees one that is not', () => {
  const book = openBook()
  const member = enrol(book, 'c-1')
  grant(book, member, { points: 1_000_000, reason: 'gift' })
  const made = Array.from({ length: codes.most + 10 }, () => redeem(book, member, { points: 1 }).code)
  for (const code of [made[0], made[codes.most - 1], made.at(-1)]) expect(couponOf(book, code as string)?.code).toBe(code)
  book.memtables.clear()
  for (const code of [made[0], made[codes.most], made.at(-1)]) expect(couponOf(book, code as string)?.code).toBe(code)
  expect(book.audited()).toEqual([])
  book.all('DELETE FROM codes WHERE code = ?', made[0] as string)
  expect(book.audited()).toEqual([expect.stringContaining('coupon that its code does not find')])
})

test('an index that is put into its table leaves alone what waits in another', () => {
  const book = openBook()
  const member = enrol(book, 'c-1')
  grant(book, member, { points: 1_000_000, reason: 'gift' })
  const answer = (body: string) =>
    once(
      book,
      { asker: 'shop', key: 'k', request: '[]' },
      () => ({ status: 200, body }),
      () => ({ status: 400, body: '' }),
    )
  expect(answer('"first"').body).toBe('"first"')
  for (let made = 0; made < codes.most + 10; made++) redeem(book, member, { points: 1 })
  book.memtables.clear()
  expect(answer('"again"').body).toBe('"first"')
})

test('answers are kept for thirty days, and then no more, of which some at a time', () => {
  const book = openBook()
  const day = 86_400_000
  const keep = (key: string, body = key) =>
    once(
      book,
      { asker: 'shop', key, request: '[]' },
      () => ({ status: 200, body }),
      () => ({ status: 400, body: '' }),
    ).body
  const left = () => book.all<{ key: string }>('SELECT key FROM answers ORDER BY id').map(({ key }) => key)
  for (const key of ['a', 'b', 'c']) keep(key)
  book.now += 1
  for (const key of ['d', 'e']) keep(key)
  fileAll(book, hashes)
  book.now += 30 * day - 1
  expect([forgetAnswers(book, 10), left()]).toEqual([0, ['a', 'b', 'c', 'd', 'e']])
  book.now += 1
  expect([forgetAnswers(book, 2), left()]).toEqual([2, ['c', 'd', 'e']])
  expect([forgetAnswers(book, 2), left()]).toEqual([1, ['d', 'e']])
  expect(forgetAnswers(book, 2)).toBe(0)
  expect([keep('c', 'anew'), keep('d', 'anew')]).toEqual(['anew', 'd'])
})

test('an answer stays the same one after all older ones were forgotten, and their numbers are not given again', () => {
  const book = openBook()
  const ask = (key: string) => ({ asker: 'shop', key, request: '[]' })
  let acts = 0
  const answer = (key: string) =>
    once(
      book,
      ask(key),
      () => ({ status: 200, body: `{"act":${++acts}}` }),
      () => ({ status: 400, body: '' }),
    ).body
  for (let key = 0; key < 2_100; key++) answer(`old ${key}`)
  book.now += 31 * 86_400_000
  while (forgetAnswers(book, 100) > 0);
  expect(book.all('SELECT (SELECT COUNT(*) FROM answers) AS answers, (SELECT COUNT(*) FROM hashes) AS hashes')).toEqual([
    { answers: 0, hashes: 0 },
  ])
  const first = answer('new')
  book.memtables.clear()
  expect(answer('new')).toBe(first)
  expect(answer('old 0')).not.toBe('{"act":1}')
})
