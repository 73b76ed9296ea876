// What takes long is done a little at a time, or beside the event loop: whoever asks meanwhile is answered before it is over. In which
// order answers come decides, not how long they take.
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openSql } from '../server/hosts/node/sql.ts'
import { open } from '../server/hosts/node.ts'
import { audit } from '../server/ledger/audit.ts'
import { folder } from './folder.ts'
import { OPERATOR, openShop } from './story.ts'

const MINUTE = 60_000

/** A shop of `count` members with points, of which some run out in an hour. */
async function crowd(count: number, data: string | null = null) {
  let now = Date.parse('2026-06-01T10:00:00+09:00')
  const clock = () => now
  const host = open({ data, operatorKey: OPERATOR, clock, limits: null })
  onTestFinished(host.close)
  const shop = await openShop({ fetch: host.fetch, clock })
  const names = Array.from({ length: count }, (_, index) => `c-${index}`)
  for (let from = 0; from < count; from += 10_000)
    await shop.merchant('POST', '/grants', { points: 7, reason: 'gift', members: names.slice(from, from + 10_000) })
  const expiresAt = new Date(now + 60 * MINUTE).toISOString()
  const lasting = names.slice(0, 350)
  for (const name of lasting) await shop.grant(name, 5, { expiresAt })
  const hourLater = () => {
    now += 60 * MINUTE
  }
  // Nothing in it waits for anything but its turn.
  const quick = async () => host.fetch(new Request('http://muse.test/v1/shops/jej/program'))
  return { host, shop, quick, hourLater, expired: 5 * lasting.length }
}

/** Notes what is done in which order; the second thing begins once the first has had its first turn. */
async function inTurn(first: () => Promise<unknown>, second: () => Promise<unknown>): Promise<string[]> {
  const done: string[] = []
  const begun = first().then(() => done.push('the long one'))
  await new Promise(setImmediate)
  await second()
  done.push('the short one')
  await begun
  return done
}

const before = ['the short one', 'the long one']

test('an export read as fast as it comes lets others be answered', async () => {
  const { shop, quick } = await crowd(4_000)
  expect(await inTurn(shop.export, quick)).toEqual(before)
})

test('an alarm for many lets others be answered, and does all there is to do', async () => {
  const { host, shop, quick, hourLater, expired } = await crowd(400)
  hourLater()
  expect(await inTurn(host.alarm, quick)).toEqual(before)
  const file = (await shop.export()).split('\n').map((line) => JSON.parse(line || '{}'))
  expect(file.filter(({ kind }) => kind === 'expire').reduce((sum, { points }) => sum + points, 0)).toBe(expired)
})

test('an alarm for many shops lets others be answered, though none has anything to do', async () => {
  const { host, quick } = await crowd(1)
  for (let count = 0; count < 30; count++) await openShop({ shop: `shop-${count}`, fetch: host.fetch })
  expect(await inTurn(host.alarm, quick)).toEqual(before)
})

test('an alarm that rings already is joined by the next, and breaks off where the books are closed', async () => {
  const { host, shop, hourLater } = await crowd(400)
  await shop.member('c-1').wallet()
  hourLater()
  const ringing = host.alarm()
  expect(host.alarm()).toBe(ringing)
  host.close()
  await ringing
})

test('the audit and the report of a large book are read beside it, and are those of the book', { timeout: 60_000 }, async () => {
  const data = folder()
  const { shop, quick, hourLater, expired } = await crowd(30_000, data)
  expect(await inTurn(shop.audit, quick)).toEqual(before)
  hourLater()
  const report = async () => (await shop.merchant('GET', '/report')).body
  expect(await inTurn(report, quick)).toEqual(before)
  expect(await report()).toMatchObject({ members: 30_000, issued: 7 * 30_000 + expired, expired, liability: 7 * 30_000 })
  expect((await shop.merchant('GET', '/report?from=2026-13-01')).body).toMatchObject({ status: 400, path: ['from'] })
  const sql = openSql(join(data, 'books', 'jej.0.sqlite'))
  onTestFinished(sql.close)
  expect(await shop.audit()).toEqual(audit(sql))
  sql.all("UPDATE members SET available = available + 1 WHERE customer = 'c-7'")
  expect(await shop.audit()).toMatchObject({ ok: false, problems: [expect.stringContaining('c-7')] })
})
