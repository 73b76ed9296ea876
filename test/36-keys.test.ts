// Idempotency keys move with their shop: what was answered before the export is answered again after the import, and moves nothing.
import { expect, test } from 'vitest'
import { matched, sharesOf } from '../server/acts/many.ts'
import { open } from '../server/hosts/node.ts'
import { bookOf, bucketOf } from '../server/rules/code.ts'
import { onEdge } from './edge/host.ts'
import { imported } from './moving.ts'
import { type Json, OPERATOR, openShop, type Reply, type Story } from './story.ts'

const people = Array.from({ length: 24 }, (_, index) => `customer-${index}`)
const erased = 'ada-lovelace'
const rules = { redeeming: { gifts: [{ id: 'tote', title: 'Tote bag', points: 8 }] } }

type Ask = [what: string, (shop: Story, other?: boolean) => Promise<Reply>]

/** Everything that is asked under a key, by a member and by the shop's server; each may be asked otherwise under the same key. */
const asks: Ask[] = [
  ...people.slice(0, 4).map((who): Ask => [`${who} redeems`, (shop, other) => shop.member(who).redeem(other ? 21 : 20, `redeem-${who}`)]),
  ['one coupon more', (shop, other) => shop.member('customer-1').redeem(other ? 31 : 30, 'more')],
  ['too many points', (shop, other) => shop.member('customer-2').redeem(other ? 1 : 4_000, 'too-many')],
  ['a gift', (shop, other) => shop.member('customer-3').post('/me/gifts', { gift: other ? 'tote-2' : 'tote' }, 'tote')],
  ['points for one', (shop, other) => granting(shop, other ? 6 : 5, 'present')],
  ['points for many', (shop, other) => many(shop, [...people, erased, ...people], 'many', other ? 6 : 5)],
  ['too few points for many', (shop, other) => many(shop, people, 'none', other ? 1 : 0)],
]
const granting = (shop: Story, points: number, key: string) =>
  shop.merchant('POST', '/members/customer-4/grants', { points, reason: 'Thank you' }, key)
const many = (shop: Story, members: string[], key: string, points = 5) =>
  shop.merchant('POST', '/grants', { points, reason: 'Summer', members }, key)

/** The people whose book, of 32, is among the first sixteen. */
const some = people.filter((who) => bookOf(bucketOf(who), 32) < 16)

async function told(opening: object = {}) {
  const shop = await openShop({ program: rules, ...opening })
  for (const who of [...people, erased]) await shop.grant(who, 500)
  const answers: Reply[] = []
  for (const [, ask] of asks) answers.push(await ask(shop))
  expect(answers.map(({ status }) => status)).toEqual([...Array(5).fill(201), 409, 201, 201, 201, 422])
  expect((await many(shop, some, 'some')).body).toEqual({ granted: some.length })
  await shop.merchant('DELETE', `/members/${erased}`)
  return { shop, answers }
}

/** A server of its own, of the kind that this file runs on. */
const elsewhere = async () => (await openShop({ shop: 'another' })).fetch
const balances = async (shop: Story) => Promise.all(people.map(async (who) => (await shop.merchant('GET', `/members/${who}`)).body.points))

async function mustBeKnown(again: Story, answers: Reply[]) {
  const before = [await balances(again), await again.audit()]
  for (const [index, [what, ask]] of asks.entries()) {
    const { status, text } = await ask(again)
    expect([what, status, text]).toEqual([what, answers[index]!.status, answers[index]!.text])
    expect([what, (await ask(again, true)).body]).toMatchObject([what, { status: 422, code: 'idempotency-key-reused' }])
  }
  expect([await balances(again), await again.audit()]).toEqual(before)
}

// Of 1,024 where they are of one process; told once a host, for it is said here how many there are.
const counts: [number, number][] = [[1, 32], [32, 32], ...(onEdge() ? [] : [[1, 1024] as [number, number]])]

test.each(process.env.MUSE_BOOKS ? [] : counts)(
  'a key of a shop of %i books is known to the shop of %i that it becomes',
  { timeout: 120_000 },
  async (before, after) => {
    const { shop, answers } = await told({ books: before })
    const again = await imported(shop, await shop.export(), after, await elsewhere())
    await mustBeKnown(again, answers)
    // And to those that this one becomes.
    const third = await imported(again, await again.export(), before, await elsewhere())
    await mustBeKnown(third, answers)
  },
)

test('and from the embedded host to this one', async () => {
  const { fetch } = open({ data: null, operatorKey: OPERATOR, clock: () => Date.parse('2026-06-01T10:00:00+09:00') })
  const { shop, answers } = await told({ fetch })
  await mustBeKnown(await imported(shop, await shop.export(), undefined, await elsewhere()), answers)
})

test.each([
  [32, 1],
  [32, 32],
])('a gift to many that a book of %i had not given yet is ended in the shop of %i', async (before, after) => {
  const { shop } = await told({ books: before })
  // Two books that do not know of each other's requests.
  const both = async (it: Story) => [(await granting(it, 5, 'both')).text, (await many(it, [other], 'both')).text]
  const other = people.find((who) => bookOf(bucketOf(who), 32) !== bookOf(bucketOf('customer-4'), 32)) as string
  const answered = await both(shop)
  const again = await imported(shop, await shop.export(), after, await elsewhere())
  const had = await balances(again)
  expect(await both(again)).toEqual(answered)
  expect(await balances(again)).toEqual(had)
  for (let time = 0; time < 2; time++) expect((await many(again, people, 'some')).body).toEqual({ granted: people.length })
  const given = people.map((who) => (some.includes(who) ? 0 : 5))
  expect((await balances(again)).map(({ available }, index) => available - had[index].available)).toEqual(given)
  expect((await many(again, people, 'some', 6)).body.code).toBe('idempotency-key-reused')
  // The shop that this one becomes knows of both.
  const third = await imported(again, await again.export(), 1, await elsewhere())
  const then = await balances(third)
  expect((await many(third, people, 'some')).body).toEqual({ granted: people.length })
  expect(await balances(third)).toEqual(then)
})

test('of one book, a gift to more members under the same key is another request', async () => {
  const { shop } = await told({ books: 1 })
  const again = await imported(shop, await shop.export(), 1)
  for (const it of [shop, again]) expect((await many(it, people, 'some')).body.code).toBe('idempotency-key-reused')
})

test('an answer that a book has kept with its members’ names is known by them still', () => {
  const body = { points: 5, reason: 'Summer', members: people }
  const kept = [{ request: JSON.stringify(['/grants', {}, body]) }]
  expect(matched({ route: '/grants', shares: sharesOf(body) }, kept)).toEqual({ left: {}, answers: kept })
  expect(() => matched({ route: '/grants', shares: sharesOf({ ...body, members: some }) }, kept)).toThrow('came with another request')
})

test('who was erased is in no answer that is kept, and is not given again what was given', async () => {
  const { shop, answers } = await told()
  const text = await shop.export()
  expect(text).not.toContain(erased)
  expect(text).toContain('"table":"answers"')
  const again = await imported(shop, text, undefined, await elsewhere())
  expect((await many(again, [...people, erased, ...people], 'many')).text).toBe(answers[8]!.text)
  expect((await again.merchant('GET', `/members/${erased}`)).status).toBe(404)
})

test('an export without answers is imported as before; answers that do not fit are refused', async () => {
  const { shop } = await told({ books: 1 })
  const rows: Json[] = (await shop.export())
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  const text = (kept: Json[]) =>
    [...kept.filter(({ table }) => table !== 'end'), { table: 'end', rows: kept.length - 1 }]
      .map((row) => `${JSON.stringify(row)}\n`)
      .join('')
  const old = await imported(shop, text(rows.filter(({ table }) => table !== 'answers')), 32, await elsewhere())
  expect(await old.audit()).toMatchObject({ ok: true, members: people.length + 1 })
  const changed = async (change: (row: Json) => Json) =>
    imported(shop, text(rows.map((row) => (row.table === 'answers' ? change(row) : row))), 32, await elsewhere())
  for (const change of [
    (row: Json) => ({ ...row, bucket: (row.bucket + 1) % 1024 }),
    (row: Json) => ({ ...row, body: '[' }),
    (row: Json) => ({ ...row, request: '' }),
    (row: Json) => ({ ...row, status: 7 }),
    ({ key: _, ...row }: Json) => row,
  ])
    await expect(changed(change)).rejects.toThrow(/^Row \d+: /)
})
