// The log cut off at any byte, as a power loss may leave it: the book opens, balanced, with the first so many of its transfers.
import assert from 'node:assert/strict'
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSql } from '../../server/hosts/node/sql.ts'
import { audit } from '../../server/ledger/audit.ts'
import { lines } from '../story.ts'
import type { Victim } from './victim.ts'

/** Less than the log holds before it is first written back into the book. */
const LOG = 3_500_000

/** Kills a server that has worked for a while, and opens its book with the log cut at `count` random places. */
export async function cuts(victim: Victim, count: number) {
  await makeLog(victim)
  const book = bookOf(victim.data)
  const log = readFileSync(`${book}-wal`)
  const folder = mkdtempSync(join(tmpdir(), 'muse-cuts-'))
  const copy = join(folder, 'book.sqlite')
  const open = (tail: Uint8Array) => {
    copyFileSync(book, copy)
    rmSync(`${copy}-shm`, { force: true })
    writeFileSync(`${copy}-wal`, tail)
    const sql = openSql(copy)
    const [text] = sql.all<{ name: string }>("SELECT name FROM sqlite_master WHERE name = 'transfers'")
    const state = text ? { transfers: transfersOf(sql), audit: audit(sql) } : { transfers: '', audit: undefined }
    sql.close()
    return state
  }
  const whole = open(log).transfers
  const seen: { bytes: number; length: number }[] = []
  for (let index = 0; index < count; index++) {
    const bytes = Math.floor(Math.random() * (log.length + 1))
    // Half of them go on with rubbish, as sectors do that were allocated and never written.
    const rubbish = index % 2 ? crypto.getRandomValues(new Uint8Array(Math.floor(Math.random() * 9_000))) : new Uint8Array()
    const state = open(Buffer.concat([log.subarray(0, bytes), rubbish]))
    assert.deepEqual(state.audit?.problems ?? [], [], `cut at ${bytes}`)
    assert.equal(state.audit?.sum ?? 0, 0)
    assert.ok(whole.startsWith(state.transfers), `cut at ${bytes}: not a prefix`)
    seen.push({ bytes, length: state.transfers.length })
  }
  rmSync(folder, { recursive: true })
  seen.sort((a, b) => a.bytes - b.bytes)
  for (const [index, { length }] of seen.entries()) assert.ok(length >= (seen[index - 1]?.length ?? 0), 'a longer log holds more')
  return {
    cuts: count,
    logBytes: log.length,
    transfers: whole.split('\n').length - 1,
    prefixes: new Set(seen.map(({ length }) => length)).size,
  }
}

// Acts one by one and at once, so that the log has small commits and large ones.
async function makeLog(victim: Victim) {
  await victim.start()
  const shop = await victim.openShop('cuts')
  await Promise.all(['c0', 'c1', 'c2', 'c3'].map((member) => shop.grant(member, 100_000)))
  for (let index = 0; statSync(`${bookOf(victim.data)}-wal`).size < LOG; index++) {
    const group = Array.from({ length: index % 4 ? 1 : 8 }, async (_, one) => {
      const hand = one + index
      const member = shop.member(`c${hand % 4}`)
      const { coupon } = (await member.redeem(1 + hand)).body
      if (hand % 3 === 0) await member.delete(`/me/coupons/${coupon.code}`)
      if (hand % 3 === 1) await shop.merchant('PUT', `/coupons/${coupon.code}/order`, { order: `o${index}-${hand}`, lines: lines(1) })
    })
    await Promise.all(group)
  }
  await victim.stop('SIGKILL')
}

/** The one book of a data folder of either host. */
export function bookOf(data: string): string {
  const books = readdirSync(data, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /(\.0|\/muse-book\/[0-9a-f]{64})\.sqlite$/.test(file),
  )
  assert.equal(books.length, 1)
  return join(data, books[0] as string)
}

const transfersOf = (sql: ReturnType<typeof openSql>) =>
  sql
    .all<Record<string, unknown>>(
      'SELECT id, at, kind, member, points, debit, credit, order_id, coupon, previous FROM transfers ORDER BY id',
    )
    .map((row) => `${Object.values(row).join()}\n`)
    .join('')
