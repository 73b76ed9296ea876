// What a book apart keeps of its copy of the shop when its object begins anew, and what it does while the first book gives no answer.
import { randomBytes } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import { tell } from '../server/acts/copies.ts'
import { putShop } from '../server/acts/shop.ts'
import { openSql } from '../server/hosts/node/sql.ts'
import { createCopy } from '../server/hosts/worker/copy.ts'
import { Misdirected } from '../server/http/host.ts'
import { migrate } from '../server/ledger/schema.ts'
import { Program } from '../server/rules/program.ts'
import { program } from './story.ts'

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

/** A first book of 32, and one that each `begin()` finds as the object before has left it. */
function apart(number = 3) {
  const [first, own] = [emptyBook(), emptyBook()]
  const state = { isMade: false, isThere: true, asked: 0, ticks: 0, now: 10_000, underWay: Promise.resolve() }
  const book = () => ({ ...first, now: state.now, dice: randomBytes })
  const keys = { shown: { secret: '', signing: { kid: '', secret: '' } }, kept: [{ kid: 'k', kind: 'secret' as const, value: 'v' }] }
  const put = (percent: number, books?: number) =>
    putShop(book(), 'jej', { program: Program.parse({ ...program, earning: { purchase: { percent } } }), origins: [], books }, keys)
  const begin = () =>
    createCopy({
      number,
      first: {
        tell: async (versions) => {
          state.asked++
          if (!state.isThere) throw new Error('no answer')
          const told = tell(book(), versions)
          await state.underWay
          return told
        },
        find: async () => ({ found: undefined }),
        owe: async () => [],
      },
      made: () => (state.isMade ? own : undefined),
      make() {
        state.isMade = true
        return own
      },
      tick: () => state.ticks,
      now: () => state.now,
    })
  return { state, put, begin }
}

test('a book that has not been told of its shop knows none, and keeps nothing', async () => {
  const { state, begin } = apart()
  expect(begin().shop()).toBeUndefined()
  await begin().keepFresh(false)
  expect([begin().shop(), state.isMade]).toEqual([undefined, false])
})

test('one that begins anew knows its shop before it asks, and up to when that is whole', async () => {
  const { state, put, begin } = apart()
  put(1, 32)
  await begin().keepFresh(false)
  const again = begin()
  expect(again.shop()).toMatchObject({ id: 'jej', books: 32, versions: [{ version: 1 }] })
  expect(state.asked).toBe(1)
  await again.reach(9_999)
  expect(state.asked).toBe(1)
  await again.reach(10_000)
  expect(state.asked).toBe(2)
})

test('what is asked up to later is whole up to then, though nothing was new', async () => {
  const { state, put, begin } = apart()
  put(1, 32)
  const copy = begin()
  await copy.keepFresh(false)
  state.now = 20_000
  await copy.reach(15_000)
  await copy.reach(16_000)
  expect(state.asked).toBe(2)
})

test('what was being told already is not enough: it may have been read too early', async () => {
  const { state, put, begin } = apart()
  put(1, 32)
  const copy = begin()
  await copy.keepFresh(false)
  const answer = Promise.withResolvers<void>()
  Object.assign(state, { ticks: 5_000, now: 20_000, underWay: answer.promise })
  const fresh = copy.keepFresh(false)
  state.now = 21_000
  put(5)
  const reached = copy.reach(21_000)
  answer.resolve()
  await Promise.all([fresh, reached])
  expect(copy.shop()?.versions).toHaveLength(2)
})

test('while the first book gives no answer, reads go on with what is known and writes do not', async () => {
  const { state, put, begin } = apart()
  put(1, 32)
  await begin().keepFresh(false)
  state.isThere = false
  const again = begin()
  await again.keepFresh(true)
  expect(again.shop()).toMatchObject({ id: 'jej' })
  await expect(again.keepFresh(false)).rejects.toThrow('no answer')
  const unknown = apart()
  unknown.state.isThere = false
  await expect(unknown.begin().keepFresh(true)).rejects.toThrow('no answer')
})

test('a book beyond those there are is none of the shop', async () => {
  const { state, put, begin } = apart(32)
  put(1, 32)
  await expect(begin().keepFresh(false)).rejects.toThrow(Misdirected)
  expect(state.isMade).toBe(false)
})
