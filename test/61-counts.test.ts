// What the edge has told of its counts is written down: killed, it goes on from there, and no sum ever falls.
import { expect, onTestFinished, test } from 'vitest'
import { prepare } from './battery/victim.ts'
import { parse, reading } from './openmetrics.ts'
import { OPERATOR, openShop } from './story.ts'

test('counts that were told outlive a kill, in every object', async () => {
  const victim = await prepare('edge')
  onTestFinished(() => victim.remove())
  await victim.start()
  const shop = await openShop({ shop: 'jej', fetch: victim.send, clock: victim.clock, books: 32 })
  const scrape = async () => {
    const request = new Request('http://muse.test/metrics', { headers: { Authorization: `Bearer ${OPERATOR}` } })
    const families = parse(await (await victim.send(request)).text())
    const route = { route: '/v1/shops/{shop}/members/{member}', method: 'PUT' }
    return {
      requests: reading(families, 'muse_requests_total', { ...route, status: '200' }),
      took: reading(families, 'muse_request_duration_seconds_count', route),
      commits: reading(families, 'muse_commit_requests_sum', {}) ?? 0,
      waiting: reading(families, 'muse_commit_waiting', {}),
      start: reading(families, 'process_start_time_seconds', {}),
    }
  }
  const enrol = async (from: number, to: number) => {
    for (let index = from; index < to; index++) expect((await shop.merchant('PUT', `/members/c${index}`, {})).status).toBe(200)
  }
  await enrol(0, 50)
  const before = await scrape()
  expect(before).toMatchObject({ requests: 50, took: 50, waiting: 0 })
  for (let time = 1; time <= 2; time++) {
    await victim.stop('SIGKILL')
    await victim.start()
    expect(await scrape()).toMatchObject({ requests: before.requests! * time, start: before.start })
    await enrol(50 * time, 50 * (time + 1))
    expect(await scrape()).toMatchObject({ requests: 50 * (time + 1), took: 50 * (time + 1) })
  }
  expect((await scrape()).commits).toBeGreaterThan(before.commits)
})
