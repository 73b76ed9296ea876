// The report: what was issued, spent, expired and taken back, by funder and by month, and what the shop owes its members.
import { expect, test } from 'vitest'
import type { Report } from '../server/contract.ts'
import { DAY, lines, openShop } from './story.ts'

const sellers = { percent: 2, from: '2020-01-01T00:00:00Z' }

async function shopWithSeller() {
  const earning = { purchase: { percent: 1, award: 'placed' } }
  const shop = await openShop({ program: { earning, sellers, redeeming: { checkout: { max: null } }, expiry: { life: 'P60D' } } })
  await shop.merchant('PUT', '/sellers/s1', { name: 'One', joinedAt: '2026-01-01T00:00:00Z' })
  const told = async (query = ''): Promise<Report> => (await shop.merchant('GET', `/report${query}`)).body
  return { shop, told }
}

test('A10 · a seller’s points are the seller’s to pay: the report sums them by funder and by month', async () => {
  const { shop, told } = await shopWithSeller()
  await shop.place('c1', 'o1', 0, { lines: lines(10_000, { seller: 's1' }) })
  await shop.place('c2', 'o2', 5_000)
  await shop.grant('c1', 100)
  expect(await told()).toEqual({
    ...{ from: null, to: null, currency: 'JPY', members: 2 },
    ...{ issued: 350, spent: 0, expired: 0, clawedBack: 0, available: 350, pending: 0, held: 0, debt: 0, liability: 350 },
    funders: {
      s1: { issued: 200, spent: 0, expired: 0, clawedBack: 0, liability: 200 },
      shop: { issued: 150, spent: 0, expired: 0, clawedBack: 0, liability: 150 },
    },
    months: [{ month: '2026-06', issued: 350, spent: 0, expired: 0, clawedBack: 0 }],
  })
  shop.later(30 * DAY)
  await shop.merchant('PUT', '/members/c1/orders/o3/points', { points: 120, lines: lines(1000) })
  await shop.cancel('c2', 'o2')
  await shop.member('c1').redeem(30)
  // The last of June in Tokyo, to the millisecond.
  const july = await told('?from=2026-06-30T15:00:00Z')
  expect(july).toMatchObject({ issued: 0, spent: 120, expired: 0, clawedBack: 50, held: 30, available: 150, liability: 180 })
  expect(july.funders).toEqual({
    s1: { issued: 0, spent: 120, expired: 0, clawedBack: 0, liability: 80 },
    shop: { issued: 0, spent: 0, expired: 0, clawedBack: 50, liability: 100 },
  })
  expect((await told('?to=2026-06-30T15:00:00Z')).liability).toBe(350)
  const all = await told()
  expect(all.months.map(({ month, issued, spent }) => [month, issued, spent])).toEqual([
    ['2026-06', 350, 0],
    ['2026-07', 0, 120],
  ])
  shop.later(60 * DAY)
  await shop.member('c1').get('/me')
  expect(await told('?from=2026-07-31T00:00:00Z')).toMatchObject({ expired: 150, held: 30, available: 0, liability: 30 })
})

test('a date is where that day begins for the shop; an unescaped plus and an empty end are understood', async () => {
  const { shop } = await shopWithSeller()
  const report = async (query: string) => (await shop.merchant('GET', `/report?${query}`)).body
  const { from, to, ...whole } = await report('from=2026-06-01T00:00:00%2B09:00&to=2026-07-01T00:00:00%2B09:00')
  expect([from, to]).toEqual(['2026-06-01T00:00:00+09:00', '2026-07-01T00:00:00+09:00'])
  expect(await report('from=2026-06-01&to=2026-07-01')).toMatchObject(whole)
  expect(await report('from=2026-06-01T00:00:00+09:00&to=')).toMatchObject({ issued: whole.issued })
})

test('a report tells six hundred months apart, and no more', async () => {
  const { shop, told } = await shopWithSeller()
  await shop.grant('c1', 5)
  shop.set('2076-05-31T00:00:00Z')
  await shop.grant('c1', 7)
  expect(await told()).toMatchObject({ issued: 12, expired: 5, months: [{ month: '2026-06' }, { month: '2026-07' }, { month: '2076-05' }] })
  shop.set('2076-06-01T00:00:00Z')
  await shop.grant('c1', 9)
  expect(await told()).toMatchObject({ status: 400, code: 'invalid-request', path: ['from'] })
  expect(await told('?from=2026-07-01')).toMatchObject({ issued: 16 })
})

test('A10 · only the shop’s own server reads the report, of instants there are', async () => {
  const { shop } = await shopWithSeller()
  expect((await shop.guest('GET', '/report')).status).toBe(401)
  expect((await shop.ask(() => shop.token('c1'))('GET', '/report')).status).toBe(403)
  for (const query of ['?from=yesterday', '?to=2026-02-30', '?from=2026-06-02T00:00:00Z&to=2026-06-01T00:00:00Z'])
    expect((await shop.merchant('GET', `/report${query}`)).body).toMatchObject({ status: 400, code: 'invalid-request' })
  expect((await shop.merchant('GET', '/report?from=1000-01-01T00:00:00Z&to=3000-01-01T00:00:00Z')).body.liability).toBe(0)
})
