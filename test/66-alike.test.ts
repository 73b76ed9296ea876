// Both hosts give the same answer to the same odd request: status, code, sentence, and what a browser is told of it. None is a fault.
import { expect, onTestFinished, test } from 'vitest'
import { alike } from './battery/alike.ts'
import { prepare } from './battery/victim.ts'

const COUNT = 1_500
const SEED = 29_345_824

test(`${COUNT} requests, each changed in one way or two, are answered alike`, { timeout: 600_000 }, async () => {
  const [node, edge] = [await prepare('node', { clock: true }), await prepare('edge', { clock: true })]
  onTestFinished(async () => {
    await node.remove()
    await edge.remove()
  })
  const { differences, statuses } = await alike(node, edge, COUNT, SEED)
  console.log(JSON.stringify(statuses))
  expect(differences).toEqual([])
  // They are odd in many ways; enough of them are granted for something to happen, and more are not.
  const sum = (from: number, to: number) =>
    Object.entries(statuses).reduce((sum, [status, count]) => sum + (Number(status) >= from && Number(status) < to ? count : 0), 0)
  expect(sum(200, 400)).toBeGreaterThan(COUNT / 3)
  expect(sum(400, 500)).toBeGreaterThan(COUNT / 2)
  expect(Object.keys(statuses)).toEqual(expect.arrayContaining(['200', '201', '204', '400', '401', '404', '409']))
})
