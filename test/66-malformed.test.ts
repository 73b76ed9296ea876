// Nothing that arrives makes the server fall over. Here always the same requests; `npm run battery -- malformed` sends twenty times
// as many, other ones each time, and `--seed=…` sends those of a report again.
import { expect, onTestFinished, test } from 'vitest'
import { malformed } from './battery/malformed.ts'
import { type HostName, prepare } from './battery/victim.ts'

const SEED = 29_345_824

test.each<[HostName, number]>([
  ['node', 500],
  ['edge', 50],
])('on %s every route meets %d malformed requests, and says no to each in the same way', { timeout: 600_000 }, async (name, each) => {
  const victim = await prepare(name, { clock: true })
  onTestFinished(() => victim.remove())
  const { sent, statuses, unanswered, ...met } = await malformed(victim, each, SEED)
  console.log(name, JSON.stringify({ sent, statuses, unanswered, ...met }))
  const answered = Object.values(statuses).reduce((sum, count) => sum + count)
  expect(answered + unanswered).toBe(sent)
  // They are wrong in many ways, and most of them are refused.
  expect(Object.keys(statuses)).toEqual(expect.arrayContaining(['400', '401', '404']))
  expect((statuses['400'] ?? 0) + (statuses['404'] ?? 0)).toBeGreaterThan(answered / 3)
})
