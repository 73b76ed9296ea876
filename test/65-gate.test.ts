// What lets answers out: a sync that failed lets none, and what was recognised once is not recognised for ever.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openSql } from '../server/hosts/node-sql.ts'
import { openShop } from './story.ts'

test('a failed sync ends the process before anything is answered', () => {
  // A device that is no file cannot be synced.
  const script = `
    import { createGate } from './server/hosts/node-gate.ts'
    createGate('/dev/null', () => {}).synced().then(() => console.log('answered'))`
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' })
  expect([status, stdout]).toEqual([1, ''])
  expect(JSON.parse(stderr)).toMatchObject({ level: 'fatal' })
})

test('all that is committed before a sync shares it, and a book can be closed meanwhile', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'muse-gate-'))
  const sql = openSql(join(folder, 'book.sqlite'))
  sql.all('CREATE TABLE notes (text TEXT) STRICT')
  const first = sql.synced?.()
  const others = [1, 2, 3].map(() => sql.synced?.())
  expect(new Set([first, ...others]).size).toBe(2)
  sql.close()
  await Promise.all([first, ...others])
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
