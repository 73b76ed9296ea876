// Groups: acts that share a transaction each stand or fall by themselves, as if each had a savepoint, whatever it does and catches.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Answer, once } from '../server/acts/answers.ts'
import { createCommit } from '../server/acts/commit.ts'
import { redeem } from '../server/acts/coupons.ts'
import { grant } from '../server/acts/grants.ts'
import { enrol } from '../server/acts/members.ts'
import { redeemed } from '../server/acts/walleted.ts'
import { Refusal } from '../server/contract.ts'
import { openSql } from '../server/hosts/node/sql.ts'
import { problem } from '../server/http/problems.ts'
import { attempt } from '../server/ledger/door.ts'
import type { Settled, Sql } from '../server/ledger/sql.ts'
import { openBook, type TestBook } from './book.ts'

/** What an act does, step by step: write a number, look, fail, or do some steps in a transaction of its own and catch what they throw. */
type Step = number | 'look' | 'fail' | { inside: Step[] }

const { steps } = fc.letrec<{ steps: Step[]; step: Step }>((tie) => ({
  steps: fc.array(tie('step'), { maxLength: 4 }),
  step: fc.oneof(
    { depthSize: 'small' },
    fc.nat(9),
    fc.constant('look' as const),
    fc.constant('fail' as const),
    fc.record({ inside: tie('steps') }),
  ),
}))

describe('acts in a group', () => {
  test('end as they would with a savepoint each', () => {
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 5 }), (acts) => {
        const [group, apart] = [notes(), notes()]
        const together = group.together?.(acts.map((act) => () => perform(group, act)))
        const one = (act: Step[]): Settled => attempt(() => apart.transaction(() => perform(apart, act)))
        expect(told(together ?? [])).toEqual(told(acts.map(one)))
        expect(written(group)).toEqual(written(apart))
      }),
      { numRuns: 300 },
    )
  })

  test('are each run once where nothing that was written has to go', () => {
    const sql = notes()
    const runs: string[] = []
    const act = (name: string, steps: Step[]) => () => {
      runs.push(name)
      perform(sql, steps)
    }
    sql.together?.([act('writes', [1]), act('refuses', ['look', 'fail']), act('writes too', [2])])
    expect(runs).toEqual(['writes', 'refuses', 'writes too'])
    expect(written(sql)).toEqual([1, 2])
  })

  test('have one that throws late undone alone', () => {
    const sql = notes()
    const settled = sql.together?.([[1], [2, 'fail'] as Step[], [3]].map((act) => () => perform(sql, act)))
    expect(settled?.map((it) => 'error' in it)).toEqual([false, true, false])
    expect(written(sql)).toEqual([1, 3])
  })
})

describe('the queue of a book that waits for no disk', () => {
  test('takes whoever comes while it looks, and lets nobody wait who comes alone', async () => {
    const sql = notes()
    const turns: (() => void)[] = []
    const groups: number[] = []
    const commit = createCommit(sql, (run) => turns.push(run), { waiting: () => {}, committed: (group) => groups.push(group) })
    const put = (note: number) => commit(() => sql.all('INSERT INTO notes (note) VALUES (?)', note))
    const turn = () => turns.shift()?.()
    const all = [put(1)]
    turn()
    expect(groups).toEqual([1])
    all.push(put(2))
    all.push(put(3))
    turn()
    all.push(put(4))
    turn()
    expect(groups).toEqual([1])
    turn()
    expect(groups).toEqual([1, 3])
    expect(turns).toEqual([])
    await Promise.all(all)
    expect(written(sql)).toEqual([1, 2, 3, 4])
  })

  test('goes on without more than so many', () => {
    const turns: (() => void)[] = []
    const groups: number[] = []
    const commit = createCommit(notes(), (run) => turns.push(run), { waiting: () => {}, committed: (group) => groups.push(group) })
    commit(() => 0)
    for (let joined = 1; groups.length === 0 && joined < 1_000; joined++) {
      commit(() => joined)
      turns.shift()?.()
    }
    expect(groups).toEqual([64])
  })
})

describe('the queue of a book that waits for its disk', () => {
  test('answers nobody before the disk has it, and lets others gather meanwhile until they are worth a commit', async () => {
    const sql = notes()
    const [turns, syncs]: (() => void)[][] = [[], []]
    const groups: number[] = []
    const synced = () => new Promise<void>((done) => syncs?.push(done))
    const counting = { waiting: () => {}, committed: (group: number) => groups.push(group) }
    const commit = createCommit({ ...sql, synced }, (run) => turns?.push(run), counting)
    let answered = 0
    const put = async (count: number) => {
      for (let note = 0; note < count; note++) commit(() => sql.all('INSERT INTO notes (note) VALUES (?)', note)).then(() => answered++)
      turns?.shift()?.()
      await new Promise(setImmediate)
      return [answered, groups]
    }
    const end = async () => {
      syncs?.shift()?.()
      await new Promise(setImmediate)
      return put(0)
    }
    expect(await put(1)).toEqual([0, [1]])
    expect(await put(63)).toEqual([0, [1]])
    expect(await put(1)).toEqual([0, [1, 64]])
    expect(await put(2)).toEqual([0, [1, 64]])
    expect(await end()).toEqual([1, [1, 64]])
    expect(await end()).toEqual([65, [1, 64, 2]])
    expect(await end()).toEqual([67, [1, 64, 2]])
  })
})

describe('an answer kept', () => {
  test('is a refusal too, and what the refused act wrote is gone', () => {
    const book = openBook()
    grant(book, enrol(book, 'ada'), { points: 500, reason: 'gift' })
    const [ada, stranger, late] = inGroup(book, [
      () => asked(book, 'ada', 'a', 100),
      () => asked(book, 'stranger', 's', 100),
      () => asked(book, 'ada', 'b', 200),
    ])
    expect([ada?.status, stranger?.status, late?.status]).toEqual([201, 409, 201])
    expect(book.all('SELECT customer FROM members')).toEqual([{ customer: 'ada' }])
    grant(book, enrol(book, 'stranger'), { points: 500, reason: 'gift' })
    expect(asked(book, 'stranger', 's', 100)).toEqual(stranger)
    expect(asked(book, 'ada', 'a', 100)).toEqual({ status: 201, body: ada?.body })
    expect(() => asked(book, 'ada', 'a', 101)).toThrow(Refusal)
    expect(book.audited()).toEqual([])
  })

  test('is given again letter by letter, though little of it is written', () => {
    const book = openBook()
    grant(book, enrol(book, 'ada'), { points: 5_000, reason: 'gift' })
    const answers = Array.from({ length: 25 }, (_, number) => asked(book, 'ada', `key-${number}`, 100 + number))
    const again = answers.map((_, number) => asked(book, 'ada', `key-${number}`, 100 + number))
    expect(again.map(({ body }) => body)).toEqual(answers.map(({ body }) => body))
    const [{ longest } = { longest: 0 }] = book.all<{ longest: number }>('SELECT MAX(LENGTH(body)) AS longest FROM answers')
    expect(longest).toBeLessThan((answers.at(-1)?.body.length ?? 0) / 2)
  })
})

function notes(): Sql {
  const sql = openSql(':memory:')
  sql.all('CREATE TABLE notes (note INTEGER) STRICT')
  return sql
}

const written = (sql: Sql) => sql.all<{ note: number }>('SELECT note FROM notes ORDER BY rowid').map(({ note }) => note)
const told = (all: Settled[]) => all.map((it) => ('error' in it ? `threw ${(it.error as Error).message}` : it.value))

// What an act sees on its way is part of what it returns.
function perform(sql: Sql, act: Step[]): unknown[] {
  return act.map((step) => {
    if (step === 'fail') throw new Error('failed')
    if (step === 'look') return written(sql)
    if (typeof step === 'number') return sql.all('INSERT INTO notes (note) VALUES (?)', step)
    const inside = attempt(() => sql.transaction(() => perform(sql, step.inside)))
    return 'error' in inside ? 'caught' : inside.value
  })
}

function inGroup(book: TestBook, acts: (() => Answer)[]): (Answer | undefined)[] {
  return (book.together?.(acts) ?? []).map((it) => ('error' in it ? undefined : it.value))
}

function asked(book: TestBook, customer: string, key: string, points: number): Answer {
  const act = () => {
    const member = enrol(book, customer)
    redeem(book, member, { points })
    const { body, kept } = redeemed(book, member)
    return { status: 201, body, kept }
  }
  return once(book, { asker: `member ${customer}`, key, request: JSON.stringify({ points }) }, act, problem)
}
