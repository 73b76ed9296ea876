// The bare SQL of a redeem, 64 to a transaction and one sync each: what the database alone allows on this disk.
import { randomBytes } from 'node:crypto'
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hashes, hashOf } from '../../server/acts/answers.ts'
import { codes } from '../../server/acts/coupons.ts'
import { openSql } from '../../server/hosts/node/sql.ts'
import { add, find, newest } from '../../server/ledger/memtable.ts'
import { bucketOf, makeCode } from '../../server/rules/code.ts'
import { makeBook } from './books.ts'
import { type Figures, rounds } from './rounds.ts'

const GROUP = 64
const TIME = 1_000

export async function benchSql(count: number) {
  const folder = mkdtempSync(join(tmpdir(), 'muse-bench-'))
  const file = join(folder, 'book.sqlite')
  makeBook(file, 50_000)
  const sql = openSql(file)
  try {
    return await rounds(count, [{ name: 'bare SQL, 64 a sync', run: () => slice(sql, `${file}-wal`) }])
  } finally {
    sql.close()
    rmSync(folder, { recursive: true })
  }
}

function slice(sql: ReturnType<typeof openSql>, log: string): Figures {
  const begun = performance.now()
  let redeems = 0
  let syncing = 0
  let file: number | undefined
  while (performance.now() - begun < TIME) {
    sql.transaction(() => {
      for (let number = 0; number < GROUP; number++) redeem(sql, 1 + (redeems++ % 5_000))
    })
    const synced = performance.now()
    file ??= openSync(log, 'r')
    fdatasyncSync(file)
    syncing += performance.now() - synced
  }
  if (file !== undefined) closeSync(file)
  const took = performance.now() - begun
  return { rate: (redeems * 1000) / took, 'a sync, ms': (syncing * GROUP) / redeems }
}

// The statements of a redeem, in their order, without what is worked out between them.
function redeem(sql: ReturnType<typeof openSql>, id: number): void {
  const ask = { asker: `member customer-${id}`, key: crypto.randomUUID() }
  find(sql, hashes, hashOf(ask))
  const [member] = sql.all<{ last_transfer: number }>('SELECT * FROM members WHERE customer = ?', `customer-${id}`)
  const [lot] = sql.all<{ id: number }>('SELECT * FROM lots WHERE member = ? AND open = 1', id)
  write(sql, id, ask, { lot: lot?.id ?? 0, previous: member?.last_transfer ?? null })
}

/** What a redeem writes, with nothing read before. Gives its code. */
export function write(
  sql: ReturnType<typeof openSql>,
  id: number,
  ask = { asker: `member customer-${id}`, key: crypto.randomUUID() },
  { lot, previous }: { lot: number; previous: number | null } = { lot: id, previous: null },
): string {
  const code = makeCode(bucketOf(`customer-${id}`), randomBytes)
  const [hold] = sql.all<{ id: number }>(
    `INSERT INTO transfers (at, kind, member, points, debit, credit, order_id, coupon, note, previous)
     VALUES (1, 'hold', ?, 100, 'available', 'held', NULL, ?, NULL, ?) RETURNING id`,
    ...[id, code, previous],
  )
  sql.all('INSERT INTO parts (transfer, lot, points) VALUES (?, ?, 100)', hold?.id ?? 0, lot)
  sql.all('UPDATE lots SET available = available - 100 WHERE id = ?', lot)
  sql.all('UPDATE members SET available = available - 100, held = held + 100, last_transfer = ? WHERE id = ?', ...[hold?.id ?? 0, id])
  sql.all(
    "INSERT INTO coupons (member, id, code, points, state, issued_at, expires_at, hold) VALUES (?, ?, ?, 100, 'open', 1, 2, ?)",
    ...[id, hold?.id ?? 0, code, hold?.id ?? 0],
  )
  add(sql, codes, [code, id, hold?.id ?? 0])
  const answer = newest(sql, hashes) + 1
  sql.all(
    "INSERT INTO answers (id, hash, key, asker, request, status, body, at) VALUES (?, ?, ?, ?, '[]', 201, ?, 1)",
    ...[answer, hashOf(ask), ask.key, ask.asker, 'x'.repeat(600)],
  )
  add(sql, hashes, [hashOf(ask), answer])
  return code
}
