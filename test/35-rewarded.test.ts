// Photos, prizes, reviews, follows, gifts and grants against a model of what the rulebook promises of them, over HTTP, in one book and
// in many: with orders that come, lapse and go, debt, time of a shop's zone, keys sent again, members erased, and shops moved.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { document, doing, iso, merchant, NAMES, ordering, passing, rules, type Step, spending, step, type World } from './deeds.ts'
import type { Rules } from './maturing.ts'
import { imported } from './moving.ts'
import { NETWORKS, Rewarded } from './rewarded.ts'
import { type Json, openShop, type Reply, type Story } from './story.ts'

const start = fc.constantFrom(
  ['Asia/Tokyo', '2026-01-29T14:00:00Z'],
  ['America/New_York', '2026-10-30T14:00:00Z'],
  ['Europe/Berlin', '2026-03-27T01:30:00Z'],
  ['Australia/Lord_Howe', '2026-03-31T20:00:00Z'],
  ['America/St_Johns', '2028-02-27T03:00:00Z'],
)

// In how many lots the books keep what runs out at one instant is no promise: what a refund could not take and forgave is one of its own.
const byInstant = (lots: [at: string, points: number][]) =>
  [...Map.groupBy(lots, ([at]) => at)].map(([at, some]) => [at, some.reduce((sum, [, points]) => sum + points, 0)]).toSorted()

async function look({ shop, model }: World, name: string): Promise<void> {
  const wallet = await shop.member(name).wallet()
  expect(JSON.stringify([name, wallet.points])).toBe(JSON.stringify([name, model.view(name)]))
  const person = model.person(name)
  const lasting = person.lots.filter(({ left, until }) => left > 0 && until < Infinity)
  const expiring = wallet.expiring.map(({ points, at }: Json) => [at, points])
  expect(byInstant(expiring)).toEqual(byInstant(lasting.map(({ until, left }) => [iso(until), left])))
  const { follow, review, photo } = model.rules
  const followed = (network: string) => {
    const known = person.done.find(({ kind, key }) => kind === 'follow' && key === network)
    const state = known ? (known.state === 'pending' ? 'waiting' : 'done') : 'open'
    return { kind: 'follow', network, points: known?.points ?? follow.points, state }
  }
  expect(wallet.activities).toEqual([
    { kind: 'review', points: review.points, state: 'open' },
    { kind: 'photo', points: photo.points, state: model.postedToday(name) >= photo.perDay ? 'done' : 'open' },
    ...(follow.points > 0 ? NETWORKS.map(followed) : []),
  ])
  const states = { open: 'waiting', spent: 'accepted', back: 'declined' }
  expect(wallet.gifts.map(({ id, state }: Json) => `${id} ${state}`)).toEqual(
    person.gifts
      .map(({ id, state }) => `${id} ${states[state]}`)
      .toReversed()
      .slice(0, 20),
  )
}

const SIGNS: Record<string, Partial<Record<'available' | 'pending' | 'held' | 'debt', number>>> = {
  ...{ earn: { pending: 1 }, activate: { pending: -1, available: 1 }, grant: { available: 1 }, revoke: { pending: -1 } },
  ...{ clawback: { available: -1 }, owe: { debt: 1 }, repay: { available: -1, debt: -1 }, hold: { available: -1, held: 1 } },
  ...{ release: { held: -1, available: 1 }, spend: { held: -1 }, return: { available: 1 }, expire: { available: -1 } },
}

// At the end: the history adds up to the wallet, the report to the model, the audit to itself, and the gallery shows what it should.
async function reckon(world: World): Promise<void> {
  const { shop, model } = world
  for (const name of NAMES) {
    await look(world, name)
    const summed = { available: 0, pending: 0, held: 0, debt: 0 }
    for (let next: string | null = ''; next !== null; ) {
      const { body }: Reply = await shop.member(name).get(`/me/history${next && `?before=${next}`}`)
      for (const { kind, points } of body.entries)
        for (const [account, sign] of Object.entries(SIGNS[kind] ?? {})) summed[account as 'held'] += sign * points
      next = body.next
    }
    expect([name, summed]).toEqual([name, model.view(name)])
  }
  const { body: report } = await shop.merchant('GET', '/report')
  const views = NAMES.map((name) => model.view(name))
  for (const account of ['available', 'pending', 'held', 'debt'] as const)
    expect([account, report[account]]).toEqual([account, views.reduce((total, view) => total + view[account], 0)])
  expect(report.spent).toBe(model.spent)
  expect(report.issued - report.clawedBack - report.spent - report.expired).toBe(report.liability)
  expect(await shop.audit()).toMatchObject({ ok: true, sum: 0, problems: [] })
  const { photos } = (await shop.guest('GET', '/gallery')).body
  const shown = model.photos.filter(({ state }) => state === 'accepted').toReversed()
  expect(photos.map(({ id, prize }: Json) => [id, prize !== null])).toEqual(shown.map(({ id, won }) => [id, won]))
}

interface History {
  books: number
  from: [string, string]
  rules: Rules
  steps: Step[]
  /** After which step the shop moves, to so many books. */
  move: { after: number; books: number }
  /** Whether who acts looks at their wallet after every step, or only now and then. */
  watched: boolean
}

async function live({ books, from, rules, steps, move, watched }: History): Promise<void> {
  const model = new Rewarded(Date.parse(from[1] as string), from[0] as string, rules)
  const clock = () => model.now
  const shop = await openShop({ program: document(model), clock, books })
  const world: World = { shop, model, sent: [], months: 0, orders: new Map() }
  for (const name of NAMES) await look(world, name)
  for (const [index, it] of [...begun(steps), ...steps].entries()) {
    await doing(world, it)
    await spending(world, it)
    await merchant(world, it)
    await ordering(world, it)
    passing(world, it)
    if (watched || it.do === 'look' || it.do === 'erase') await look(world, it.who)
    if (index === move.after) world.shop = await moved(world, move.books)
  }
  await reckon(world)
  world.shop.close()
}

async function moved({ shop, model }: World, books: number): Promise<Story> {
  const clock = () => model.now
  const other = await openShop({ shop: 'other', clock })
  const there = await imported({ ...shop, clock }, await shop.export(), books, other.fetch)
  shop.close()
  return { ...there, close: other.close }
}

// Most of what can happen has something before it: half of the histories begin with an order, a follow, a review, a photo and a coupon.
const begun = (steps: Step[]): Step[] =>
  steps.length % 2
    ? (['grant', 'place', 'follow', 'ahead', 'review', 'photo', 'redeem'] as const).map((deed, index) => {
        const it = steps[index % steps.length] as Step
        // Every other parcel is dated behind the end of its campaign.
        return { ...it, do: deed, who: 'ada', order: 'o1', yes: true, nth: deed === 'ahead' && it.yes ? 5 : it.nth }
      })
    : []

const history = fc.record({
  books: fc.constantFrom(1, 1, 1, 32),
  from: start as fc.Arbitrary<[string, string]>,
  rules,
  steps: fc.array(step, { minLength: 1, maxLength: 60, size: 'max' }),
  move: fc.record({ after: fc.constantFrom(-1, -1, -1, 15, 30), books: fc.constantFrom(1, 32) }),
  watched: fc.boolean(),
})

/** `MUSE_HISTORIES=2000` for a long look. */
const RUNS = Number(process.env.MUSE_HISTORIES ?? 5)
test('J2, J3, J4, J5, J6, J19, S2 · what is not bought comes and goes as the rulebook’s words have it, whatever else happens', async () => {
  await fc.assert(fc.asyncProperty(history, live), { numRuns: RUNS })
}, 3_600_000)
