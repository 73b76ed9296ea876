// Gifts that points buy: held at a tap, until the shop or the member has the last word. And what all that is not bought has in common.
import { expect, test } from 'vitest'
import { follow } from '../server/acts/follows.ts'
import { askGift, decideGift, giftsOf } from '../server/acts/gifts.ts'
import { grant } from '../server/acts/grants.ts'
import { enrol } from '../server/acts/members.ts'
import { openBook, program } from './book.ts'
import { accounts, decide, gifts, history, openRewarding, points, posted, received, review, tally, well } from './rewarding.ts'
import { DAY, type Reply, type Story } from './story.ts'

const ask = (shop: Story, gift: string, id = 'c1', key?: string | null) => shop.member(id).post('/me/gifts', { gift }, key)
const listed = async (shop: Story, query = '') => (await shop.merchant('GET', `/gifts${query}`)).body.gifts

async function withPoints(count: number, more: object = {}) {
  const shop = await openRewarding({}, more)
  await shop.grant('c1', count)
  return shop
}

test('J19 · one tap holds the points of a gift, and the shop sees who wants it', async () => {
  const shop = await withPoints(1000)
  const { status, body } = await ask(shop, 'tote')
  expect([status, body]).toEqual([201, { id: expect.any(String), state: 'waiting', points: 800, wallet: await shop.member('c1').wallet() }])
  const gift = { id: body.id, gift: 'tote', title: 'Tote bag', points: 800, state: 'waiting', at: '2026-06-01T01:00:00.000Z' }
  expect(body.wallet).toMatchObject({ points: { available: 200, held: 800 }, gifts: [gift] })
  expect(await listed(shop)).toEqual([{ ...gift, member: 'c1' }])
  expect(await history(shop)).toEqual(['hold 800 gift Tote bag', 'grant 1000 gift'])
  await well(shop)
})

test('J19 · each gift is its member’s, in the shop’s list and in nobody else’s wallet', async () => {
  const shop = await withPoints(1000)
  await shop.grant('c2', 50)
  await ask(shop, 'tote')
  shop.later(1)
  await ask(shop, 'pin', 'c2')
  const [theirs, mine] = await listed(shop)
  expect([theirs, mine]).toMatchObject([
    { gift: 'pin', member: 'c2' },
    { gift: 'tote', member: 'c1' },
  ])
  expect(await listed(shop)).toHaveLength(2)
  for (const [id, gift] of [
    ['c1', 'tote'],
    ['c2', 'pin'],
  ] as const)
    expect((await shop.member(id).wallet()).gifts).toMatchObject([{ gift }])
})

test('J19 · a wallet shows the latest twenty gifts, and of the older ones the latest hundred that wait', () => {
  const book = openBook(program({ redeeming: { gifts } }))
  const [ada, bob] = [enrol(book, 'ada'), enrol(book, 'bob')]
  for (const member of [ada, bob]) grant(book, member, { points: 10_000, reason: 'gift' })
  const asked = Array.from({ length: 130 }, () => askGift(book, ada, { gift: 'pin' }))
  askGift(book, bob, { gift: 'pin' })
  for (const place of [50, 120]) decideGift(book, ada, asked[place]!, 'declined')
  const shown = asked.filter((_, place) => place > 8 && place !== 50).map(({ id }) => id)
  expect(giftsOf(book, ada).map(({ id }) => id)).toEqual(shown.toReversed())
})

test('J19 · an accepted gift spends its points, and stays accepted', async () => {
  const shop = await withPoints(800)
  const { id } = (await ask(shop, 'tote')).body
  for (let time = 0; time < 2; time++)
    expect(await decide(shop, id, 'accepted', 'gifts')).toMatchObject({ status: 200, body: { id, state: 'accepted', member: 'c1' } })
  expect((await decide(shop, id, 'declined', 'gifts')).body).toMatchObject({ status: 409, code: 'already-done', state: 'accepted' })
  expect((await shop.member('c1').delete(`/me/gifts/${id}`)).body.code).toBe('already-done')
  expect(await shop.member('c1').wallet()).toMatchObject({ points: { available: 0, held: 0, debt: 0 }, gifts: [{ state: 'accepted' }] })
  expect([await listed(shop), (await listed(shop, '?state=accepted')).length]).toEqual([[], 1])
  await well(shop)
})

test('J19 · a declined gift gives its points back to the lots they came from, with their expiry', async () => {
  const shop = await openRewarding()
  await shop.grant('c1', 500, { expiresAt: '2026-06-10T00:00:00+09:00' })
  await shop.grant('c1', 500, { expiresAt: '2026-07-10T00:00:00+09:00' })
  const before = (await shop.member('c1').wallet()).expiring
  const { id } = (await ask(shop, 'tote')).body
  shop.later(DAY)
  for (let time = 0; time < 2; time++) expect((await decide(shop, id, 'declined', 'gifts')).status).toBe(200)
  expect((await decide(shop, id, 'accepted', 'gifts')).body.code).toBe('already-done')
  expect((await shop.member('c1').wallet()).expiring).toEqual(before)
  const late = (await ask(shop, 'tote')).body.id
  shop.set('2026-06-20T00:00:00+09:00')
  expect(await points(shop)).toMatchObject({ available: 200, held: 800 })
  await decide(shop, late, 'declined', 'gifts')
  expect(await points(shop)).toMatchObject({ available: 500, held: 0 })
  await well(shop)
})

test('J19 · the member may change their mind while the gift waits, and nobody else may', async () => {
  const shop = await withPoints(800)
  const { id } = (await ask(shop, 'tote')).body
  const theirs = await shop.member('c2').delete(`/me/gifts/${id}`)
  expect([theirs.status, theirs.text]).toEqual([404, (await shop.member('c2').delete('/me/gifts/0000000000000000')).text])
  const { status, body } = await shop.member('c1').delete(`/me/gifts/${id}`)
  expect([status, body.wallet.points.available, body.wallet.gifts[0].state]).toEqual([200, 800, 'declined'])
  expect((await shop.member('c1').delete(`/me/gifts/${id}`)).body.code).toBe('already-done')
  await well(shop)
})

test('J19 · no gift without the points, no gift that is not on the list', async () => {
  const shop = await withPoints(799)
  expect((await ask(shop, 'tote')).body).toMatchObject({ status: 409, code: 'insufficient-points', available: 799 })
  expect((await ask(shop, 'car')).body).toMatchObject({ status: 404, code: 'not-found' })
  expect((await ask(shop, '')).status).toBe(400)
  expect(await points(shop)).toMatchObject({ available: 799, held: 0 })
})

test('J19 · 30 taps at once on points for three gifts hold three', async () => {
  const shop = await withPoints(170)
  const replies = await Promise.all(Array.from({ length: 30 }, () => ask(shop, 'pin')))
  expect(tally(replies)).toEqual([...Array(3).fill('201 yes'), ...Array(27).fill('409 insufficient-points')])
  expect(await points(shop)).toMatchObject({ available: 20, held: 150 })
  expect(await listed(shop)).toHaveLength(3)
  await well(shop)
})

test('J19 · a gift that was asked for stays what it was, whatever the program says later', async () => {
  const shop = await withPoints(800)
  const { id } = (await ask(shop, 'tote')).body
  await shop.newProgram({ redeeming: { gifts: [{ id: 'tote', title: 'Bag', points: 900 }] } })
  expect((await shop.member('c1').wallet()).gifts).toMatchObject([{ title: 'Tote bag', points: 800, state: 'waiting' }])
  await shop.newProgram({ redeeming: {} })
  expect((await decide(shop, id, 'accepted', 'gifts')).body).toMatchObject({ title: 'Tote bag', points: 800 })
  expect((await shop.member('c1').wallet()).gifts).toHaveLength(1)
  await well(shop)
})

const keyed: [what: string, ask: (shop: Story, key: string | null, other?: boolean) => Promise<Reply>][] = [
  ['a review', (shop, key, other) => review(shop, posted('dress', other ? { rating: 1 } : {}), 'c1', key)],
  ['a gift', (shop, key, other) => ask(shop, other ? 'tote' : 'pin', 'c1', key)],
]

test.each(keyed)('%s sent again under its key is answered as before, and another one is refused', async (_, send) => {
  const shop = await received()
  await shop.grant('c1', 2000)
  for (const points of [10, 20, 30]) await shop.member('c1').redeem(points)
  const first = await send(shop, 'k')
  const before = await points(shop)
  shop.later(DAY)
  const again = await send(shop, 'k')
  expect([first.status, again.status, again.text]).toEqual([201, 201, first.text])
  expect((await send(shop, 'k', true)).body.code).toBe('idempotency-key-reused')
  expect((await send(shop, null)).body.code).toBe('idempotency-key-missing')
  expect(await points(shop)).toEqual(before)
  await well(shop)
})

test('an export has it all', async () => {
  const shop = await received()
  await shop.member('c1').put('/me/follows/x')
  await review(shop)
  await shop.grant('c1', 50)
  await ask(shop, 'pin')
  const rows = (await shop.export())
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  const kinds = (table: string, column: string) => rows.filter((row) => row.table === table).map((row) => row[column])
  expect([kinds('activities', 'kind'), kinds('gifts', 'gift')]).toEqual([['follow', 'review'], ['pin']])
})

const tampered: [what: string, sql: string][] = [
  ['what a follow brought', 'UPDATE activities SET points = points + 1'],
  ['the state of a follow', "UPDATE activities SET state = 'declined'"],
  ['whose it is', 'UPDATE activities SET member = 2'],
  ['the lot it brought', 'UPDATE activities SET lot = NULL'],
  [
    'what was taken back for it',
    "UPDATE transfers SET kind = 'clawback', debit = 'available', credit = 'issued:shop' WHERE kind = 'grant'",
  ],
  ['what a gift holds', "UPDATE gifts SET points = points + 1 WHERE state = 'waiting'"],
  ['the state of a gift', "UPDATE gifts SET state = 'declined' WHERE state = 'waiting'"],
  ['what a gift spent', "UPDATE gifts SET points = points + 1 WHERE state = 'accepted'"],
  ['who asked for it', "UPDATE gifts SET member = 9 WHERE state = 'accepted'"],
]
test.each(tampered)('the audit notices when somebody changes %s', (_, sql) => {
  const book = openBook(program({ earning: { purchase: { percent: 1 }, follow: { points: 100, accounts } }, redeeming: { gifts } }))
  const [ada] = [enrol(book, 'ada'), enrol(book, 'bea')]
  follow(book, ada, 'x')
  decideGift(book, ada, askGift(book, ada, { gift: 'pin' }), 'accepted')
  askGift(book, ada, { gift: 'pin' })
  expect(book.audited()).toEqual([])
  book.all('PRAGMA foreign_keys = OFF')
  book.all(sql)
  expect(book.audited()).not.toEqual([])
})
