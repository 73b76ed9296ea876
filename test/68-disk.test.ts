// A disk that is full, or takes no writes: a clean no that can be asked again, nothing half done, and work as before once it does its part.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openSql } from '../server/hosts/node/sql.ts'
import { createApp, type Host } from '../server/http/app.ts'
import { migrate } from '../server/ledger/schema.ts'
import { OPERATOR, openShop, type Reply } from './story.ts'

/** A shop whose book is a file that can be told to grow no more, and the log of what its server reports. */
async function onADisk() {
  const folder = mkdtempSync(join(tmpdir(), 'muse-disk-'))
  const sql = openSql(join(folder, 'book.sqlite'))
  migrate(sql, 0)
  onTestFinished(() => {
    sql.close()
    rmSync(folder, { recursive: true })
  })
  const reported: string[] = []
  const host: Host = {
    ...{ first: () => sql, book: () => sql, books: [1], now: Date.now, dice: (length) => crypto.getRandomValues(new Uint8Array(length)) },
    ...{ later: setImmediate, operatorKey: OPERATOR, report: (error) => reported.push(String(error)) },
  }
  const shop = await openShop({ fetch: createApp(host).fetch, clock: Date.now })
  await shop.grant('c1', 1_000_000)
  return { shop, sql, reported }
}

const kept = { status: 503, body: { code: 'storefront-unavailable' } }

function isANo({ status, body, headers }: Reply) {
  expect({ status, body }).toMatchObject(kept)
  expect([headers.get('Content-Type'), headers.get('Retry-After')]).toEqual(['application/problem+json', '1'])
}

test('a full disk refuses, keeps no refusal, reads on, and once there is room carries out what was refused', async () => {
  const { shop, sql, reported } = await onADisk()
  const [{ page_count: pages = 0 } = {}] = sql.all<{ page_count: number }>('PRAGMA page_count')
  sql.all(`PRAGMA max_page_count = ${pages + 8}`)
  const given: Reply[] = []
  let refused: Reply | undefined
  let key = ''
  while (!refused && given.length < 2_000) {
    key = `key-${given.length}`
    const reply = await shop.member('c1').redeem(1, key)
    if (reply.status === 201) given.push(reply)
    else refused = reply
  }
  isANo(refused as Reply)
  expect(reported).toEqual([expect.stringContaining('full')])
  const together = await Promise.all(Array.from({ length: 40 }, (_, hand) => shop.member('c1').redeem(1, `together-${hand}`)))
  const late = together.filter(({ status }) => status !== 201)
  expect(late.length).toBeGreaterThan(0)
  late.forEach(isANo)
  const held = given.length + together.length - late.length
  expect((await shop.member('c1').wallet()).points).toEqual({ available: 1_000_000 - held, pending: 0, held, debt: 0 })
  expect(await shop.audit()).toMatchObject({ ok: true, sum: 0, problems: [] })

  sql.all('PRAGMA max_page_count = 1000000')
  const again = await shop.member('c1').redeem(1, key)
  expect(again.status).toBe(201)
  for (const [index, { text }] of given.entries()) expect((await shop.member('c1').redeem(1, `key-${index}`)).text).toBe(text)
  for (let hand = 0; hand < together.length; hand++) expect((await shop.member('c1').redeem(1, `together-${hand}`)).status).toBe(201)
  expect((await shop.member('c1').wallet()).points.held).toBe(given.length + 1 + together.length)
  expect(await shop.audit()).toMatchObject({ ok: true, sum: 0, problems: [] })
})

test('a book that cannot be written refuses what writes and answers what reads, until it can', async () => {
  const { shop, sql } = await onADisk()
  sql.all('PRAGMA query_only = ON')
  const before = await shop.member('c1').wallet()
  isANo(await shop.member('c1').redeem(1, 'one'))
  isANo(await shop.place('c1', 'o1', 100))
  isANo(await shop.newProgram({}))
  expect(await shop.member('c1').wallet()).toEqual(before)
  sql.all('PRAGMA query_only = OFF')
  expect((await shop.member('c1').redeem(1, 'one')).status).toBe(201)
  expect((await shop.place('c1', 'o1', 100)).status).toBe(200)
})
