// The server killed in the middle of its work, and started again: whatever it answered is still true.

import { once } from 'node:events'
import { request } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { kills } from './battery/kills.ts'
import { prepare } from './battery/victim.ts'

// `npm run battery` kills more often, and does worse.
test.each([
  ['node', 8],
  ['edge', 3],
] as const)('on %s, killed %i times under load, it keeps every answer it gave', { timeout: 180_000 }, async (name, rounds) => {
  const victim = await prepare(name)
  onTestFinished(() => victim.remove())
  const { answered, readyMs } = await kills(victim, rounds)
  expect(answered).toBeGreaterThan(rounds)
  // How long a start takes is for `npm run battery` to say, on a quiet machine; here only one that hangs is a failure.
  expect(readyMs.median).toBeLessThan(20_000)
})

test('asked to stop, it finishes what is in flight, takes nothing new, and ends with 0', { timeout: 30_000 }, async () => {
  const victim = await prepare('node')
  onTestFinished(() => victim.remove())
  await victim.start()
  const shop = await victim.openShop('kill')
  await shop.grant('c1', 1000)
  const token = await shop.token('c1')
  const path = `${victim.url()}/v1/shops/kill/me/coupons`
  const begun = await Promise.all(Array.from({ length: 20 }, () => begin(path, token, '{"points":')))
  expect((await shop.guest('GET', '/program')).status).toBe(200)
  const ended = victim.stop('SIGTERM')
  await refused(victim.url())
  const statuses = await Promise.all(begun.map((finish) => finish('50}')))
  expect(statuses).toEqual(Array(20).fill(201))
  expect(await ended).toEqual([0, null])
  await victim.start()
  expect((await shop.member('c1').wallet()).points).toMatchObject({ available: 0, held: 1000 })
  expect((await shop.audit()).ok).toBe(true)
})

// Sends a request up to half its body, and hears that the server is reading it; gives the function that sends the rest.
async function begin(address: string, token: string, half: string) {
  const headers = { Authorization: `Bearer ${token}`, 'Idempotency-Key': crypto.randomUUID(), Expect: '100-continue' }
  const sent = request(address, { method: 'POST', headers, agent: false })
  const reading = once(sent, 'continue')
  sent.flushHeaders()
  await reading
  sent.write(half)
  return async (rest: string) => {
    sent.end(rest)
    const [response] = await once(sent, 'response')
    response.resume()
    return response.statusCode as number
  }
}

// Until the server takes no more connections.
async function refused(url: string) {
  const hello = () =>
    new Promise<boolean>((resolve) => {
      const asked = request(`${url}/healthz`, { agent: false }, (response) => resolve(response.resume().complete || true))
      asked.on('error', () => resolve(false)).end()
    })
  while (await hello()) await wait(10)
}
