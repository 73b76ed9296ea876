// Refunds, at random: whatever is given back in whatever steps, what is left earns what it would have earned alone.
import { describe, expect, test } from 'vitest'
import { NEVER, type Order, type Receipt } from '../server/contract.ts'
import { changesAt } from '../server/rules/campaigns.ts'
import type { Program } from '../server/rules/program.ts'
import type { Market } from '../server/rules/sellers.ts'
import { japan, judged, line, millis, rules } from './rules.ts'
import { seeded } from './seeded.ts'

const placedAt = japan('2026-06-06T12:00:00')
const market: Market = {
  sellers: { s1: { joinedAt: 0, leftAt: null, percent: 3.5 }, s2: { joinedAt: 0, leftAt: null, percent: null } },
  products: { 'sku-0': { percent: 0.07 } },
}
const campaigns = [
  { id: 'toys', title: 'Toys', multiply: 10, categories: ['toys'] },
  { id: 'five', title: 'Five', percent: 5, payment: ['card'], sellers: ['s1', 's2'] },
]
const programs = ['floor', 'round', 'ceil'].flatMap((rounding) =>
  [1, 0.5, 2.5, 7].map((percent) =>
    rules(
      { campaigns, sellers: { percent: 2, from: japan('2026-01-01T00:00:00') }, redeeming: { exclude: { tags: ['early-bird'] } } },
      { percent, rounding, exclude: { tags: ['early-bird'] } },
    ),
  ),
)

test('S13 · after each of 100,000 random refunds the points are those of the order that is left', () => {
  let seen = 0
  for (let seed = 1; seen < 100_000; seed++) {
    const roll = dice(seed)
    const program = programs[roll(programs.length)] as Program
    const order = orderOf(roll)
    let before = sound(judged(order, program, market))
    const gone: NonNullable<Order['refunds']> = []
    for (const step of stepsOf(order, roll)) {
      gone.push({ id: `${gone.length}`, at: placedAt, lines: [step] })
      const refunded = sound(judged({ ...order, refunds: gone }, program, market))
      const alone = judged({ ...order, lines: left(order, gone) }, program, market)
      if (refunded.points !== alone.points) expect.fail(`${refunded.points} are not ${alone.points} in ${JSON.stringify({ order, gone })}`)
      if (refunded.points > before.points) expect.fail(`a refund added points in ${JSON.stringify({ order, gone })}`)
      before = refunded
      seen++
    }
  }
  expect(seen).toBeGreaterThanOrEqual(100_000)
})

describe('S13 · a refund of a discounted order', () => {
  test('leaves what was paid for the rest, and the points of that', () => {
    for (let seed = 1; seed <= 3_000; seed++) {
      const roll = dice(seed)
      const program = programs[roll(programs.length)] as Program
      const plain = orderOf(roll)
      const order = { ...plain, discounts: [{ amount: roll(20_000) }] }
      const facts = { ...market, paidWithPoints: roll(10_000) }
      const refunds = stepsOf(order, roll).map((step, index) =>
        roll(4) ? { id: `${index}`, at: placedAt, lines: [step] } : { id: `${index}`, at: placedAt, amount: roll(5_000) },
      )
      let before = sound(judged(order, program, facts))
      for (let count = 1; count <= refunds.length; count++) {
        const now = sound(judged({ ...order, refunds: refunds.slice(0, count) }, program, facts))
        expect(now.points).toBeLessThanOrEqual(before.points)
        const paid = plain.lines.map((line, index) => ({ ...line, quantity: 1, price: now.lines[index]?.paid ?? 0 }))
        expect(now.points).toBe(judged({ ...plain, lines: paid }, program, market).points)
        before = now
      }
    }
  })

  test('takes its share of the discount along, exactly where that is whole', () => {
    const order = { ...orderOf(dice(1)), lines: [line('x', 5_000, { quantity: 2 })], discounts: [{ amount: 1_000 }] }
    const refunds = [{ id: 'r', at: placedAt, lines: [{ id: 'x', quantity: 1 }] }]
    expect(judged({ ...order, refunds }, rules()).lines[0]).toMatchObject({ paid: 4_500, points: 45 })
  })
})

test('S13 · in the whole grid of campaigns, sellers, refunds and states a receipt adds up, and says why a line earns nothing', () => {
  for (let seed = 1; seed <= 10_000; seed++) {
    const roll = dice(seed)
    const shipped = { from: japan('2026-06-07T00:00:00'), until: japan('2026-06-20T00:00:00') }
    const campaign = { id: 'late', title: 'Late', percent: 8, shipped, cancelUnshipped: roll(2) === 1 }
    const program = rules({ campaigns: [...campaigns, campaign], sellers: { percent: 2, from: japan('2026-01-01T00:00:00') } })
    const state = (['placed', 'on-hold', 'shipped', 'cancelled'] as const)[roll(4)] ?? 'placed'
    const shippedAt = new Date(Date.parse(placedAt) + roll(20) * 86_400_000).toISOString()
    const order: Order = { ...orderOf(roll), state, ...(state === 'shipped' ? { shippedAt } : {}), guest: roll(9) === 0 }
    const now = Date.parse(placedAt) + roll(20) * 86_400_000
    const it = sound(judged(order, program, { ...market, now, paidWithPoints: roll(3) * 5_000 }))
    const next = changesAt(order, program, { ...market, now })
    const later = (at: number) =>
      JSON.stringify(judged(order, program, { ...market, now: at }).lines.map(({ points, why }) => [points, why]))
    expect(next).toBeGreaterThan(now)
    expect(later(Math.min(next, millis('2027-01-01T00:00:00')) - 1)).toBe(later(now))
    if (next === NEVER)
      expect(it.lines.some(({ why }) => why === 'cancelled') || later(now) === later(millis('2027-01-01T00:00:00'))).toBe(true)
  }
})

// What every receipt owes its reader.
function sound(it: Receipt): Receipt {
  const sum = (numbers: number[]) => numbers.reduce((all, number) => all + number, 0)
  if (sum(it.lines.map(({ points }) => points)) !== it.points) expect.fail(`lines do not add up: ${JSON.stringify(it)}`)
  for (const each of it.lines) {
    if (sum(each.shares.map(({ points }) => points)) !== each.points) expect.fail(`shares do not add up: ${JSON.stringify(each)}`)
    if (each.shares.some(({ points, funder }) => points <= 0 || (funder !== 'shop' && funder !== each.funder)))
      expect.fail(`a stranger pays: ${JSON.stringify(each)}`)
    if (each.why && each.points > 0) expect.fail(`a reason for nothing, and points: ${JSON.stringify(each)}`)
    const exact = (each.paid * each.percent * each.multiply) / 100
    if (!each.why && Math.abs(each.points - exact) >= 2) expect.fail(`${exact} points were due: ${JSON.stringify(each)}`)
  }
  return it
}

function orderOf(roll: (sides: number) => number): Order {
  const lines = Array.from({ length: 1 + roll(4) }, (_, index) =>
    line(`${index}`, roll(20_000), {
      quantity: 1 + roll(4),
      ...(roll(3) ? {} : { categories: ['toys'] }),
      ...(roll(8) ? {} : { tags: ['early-bird'] }),
      ...(roll(2) ? {} : { seller: ['s1', 's2', 's3'][roll(3)] }),
    }),
  )
  return { placedAt, updatedAt: placedAt, state: 'placed', ...(roll(2) ? { payment: 'card' } : {}), lines }
}

// The units of an order in a random sequence of refunds, each of some units of one line, until nothing is left.
function stepsOf({ lines }: Order, roll: (sides: number) => number): { id: string; quantity: number }[] {
  const rest = lines.map(({ id, quantity }) => ({ id, quantity }))
  const steps = []
  while (rest.length > 0) {
    const from = rest[roll(rest.length)] as { id: string; quantity: number }
    const quantity = 1 + roll(from.quantity)
    steps.push({ id: from.id, quantity })
    from.quantity -= quantity
    if (from.quantity === 0) rest.splice(rest.indexOf(from), 1)
  }
  return steps
}

function left({ lines }: Order, refunds: NonNullable<Order['refunds']>): Order['lines'] {
  const gone = (id: string) =>
    refunds
      .flatMap((refund) => ('lines' in refund ? refund.lines : []))
      .reduce((sum, each) => sum + (each.id === id ? each.quantity : 0), 0)
  return lines.map((line) => ({ ...line, quantity: line.quantity - gone(line.id) })).filter(({ quantity }) => quantity > 0)
}

/** Whole numbers below `sides`; neighbouring seeds have nothing in common. */
function dice(seed: number) {
  const random = seeded(Math.imul(seed, 0x9e3779b1))
  return (sides: number) => Math.floor(random() * sides)
}
