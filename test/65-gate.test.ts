// What lets answers out: a sync that failed lets none, and what was recognised once is not recognised for ever.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { LOG_PAGES } from '../server/hosts/node/log.ts'
import { openSql } from '../server/hosts/node/sql.ts'
import { openShop } from './story.ts'

test.each([
  ['of one that is alone', true],
  ['of several', false],
])('a failed sync %s ends the process before anything is answered', (_, isAlone) => {
  // A device that is no file cannot be synced.
  const script = `
    import { createGate } from './server/hosts/node/gate.ts'
    createGate('/dev/null', () => {}).synced(${isAlone}).then(() => console.log('answered'))`
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' })
  expect([status, stdout]).toEqual([1, ''])
  expect(JSON.parse(stderr)).toMatchObject({ level: 'fatal' })
})

test('all that is committed before a sync shares it, and a book can be closed meanwhile', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'muse-gate-'))
  const sql = openSql(join(folder, 'book.sqlite'))
  sql.all('CREATE TABLE notes (text TEXT) STRICT')
  const commits = () => [1, 2, 3, 4].map(() => sql.synced?.())
  const before = commits()
  expect(new Set(before).size).toBe(2)
  await Promise.all(before)
  // What is committed later waits for syncs of its own.
  const after = commits()
  expect(new Set([...before, ...after]).size).toBe(4)
  sql.close()
  await Promise.all(after)
  rmSync(folder, { recursive: true })
})

test('a long log is moved into the book while that goes on, and begins anew', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'muse-log-'))
  const file = join(folder, 'book.sqlite')
  const sql = openSql(file)
  sql.all('CREATE TABLE notes (text TEXT) STRICT')
  const write = (rows: number) =>
    sql.transaction(() => {
      for (let row = 0; row < rows; row++) sql.all('INSERT INTO notes (text) VALUES (?)', 'x'.repeat(3_000))
    })
  const log = () => sql.all<{ log: number; checkpointed: number }>('PRAGMA wal_checkpoint(NOOP)')[0]!
  write(2_000)
  while (log().log < LOG_PAGES) write(100)
  // It is not SQLite that does so, in the middle of somebody's commit.
  expect(sql.all<{ wal_autocheckpoint: number }>('PRAGMA wal_autocheckpoint')[0]?.wal_autocheckpoint).toBeGreaterThan(log().log)
  await expect.poll(() => log().checkpointed, { timeout: 20_000 }).toBe(log().log)
  write(1)
  expect(log().log).toBeLessThan(LOG_PAGES)
  // The next run has just been asked for, or has begun.
  while (log().log < LOG_PAGES) write(100)
  const before = sql.all('SELECT COUNT(*) AS notes, MAX(rowid) AS last FROM notes')
  sql.close()
  expect(readdirSync(folder)).toEqual(['book.sqlite'])
  const again = openSql(file)
  expect(again.all('SELECT COUNT(*) AS notes, MAX(rowid) AS last FROM notes')).toEqual(before)
  expect(again.all('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }])
  again.close()
  rmSync(folder, { recursive: true })
})

test('a token that was good is refused once it has run out', async () => {
  const shop = await openShop()
  const token = await shop.token('c1')
  const ask = shop.ask(() => token)
  expect((await ask('GET', '/me')).status).toBe(200)
  shop.later(59 * 60_000)
  expect((await ask('GET', '/me')).status).toBe(200)
  shop.later(60_000)
  expect((await ask('GET', '/me')).status).toBe(401)
})

test('a secret key that was good for one shop opens no other', async () => {
  const shop = await openShop()
  const other = await openShop({ shop: 'other', fetch: shop.fetch, clock: shop.clock })
  expect((await shop.merchant('GET', '/audit')).status).toBe(200)
  expect((await other.ask(() => shop.keys.secret)('GET', '/audit')).status).toBe(401)
})
