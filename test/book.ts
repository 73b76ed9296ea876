// A book in memory for tests that speak to the acts themselves: real SQLite, a clock and dice that the test holds.
import { putShop, readShop, type Shop, type ShopBook } from '../server/acts/shop.ts'
import { openSql } from '../server/hosts/node/sql.ts'
import { audit } from '../server/ledger/audit.ts'
import { migrate } from '../server/ledger/schema.ts'
import type { Sql } from '../server/ledger/sql.ts'
import { Program } from '../server/rules/program.ts'

export const DAY = 86_400_000
export const START = Date.parse('2026-06-01T00:00:00Z')
export const at = (days: number) => new Date(START + days * DAY).toISOString()

/** A program with everything default but what the test says. */
export const program = (more: object = {}): Program =>
  Program.parse({
    name: 'Test Muse',
    currency: 'JPY',
    timeZone: 'Asia/Tokyo',
    earning: { purchase: { percent: 1, delay: 'P7D' } },
    ...more,
  })

/** A book of a fresh shop, by the host's own door or another. `now` may be moved; `audited()` is what audit() finds wrong, nothing when all is well. */
export function openBook(rules: Program = program(), doorTo = (sql: Sql) => sql) {
  const sql = doorTo(openSql(':memory:'))
  migrate(sql, START)
  let seed = 1
  const roll = () => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0
    return seed >>> 24
  }
  const dice = (length: number) => Uint8Array.from({ length }, roll)
  const kept: Shop['keys'] = [{ kid: 'k', kind: 'signing', value: 'not used here' }]
  const base = {
    all: sql.all,
    transaction: sql.transaction,
    together: sql.together,
    inHand: sql.inHand,
    memtables: sql.memtables,
    now: START,
    dice,
  }
  const change = (next: Program) => {
    putShop(
      { ...base, now: book.now },
      'test',
      { program: next, origins: [] },
      { shown: { secret: '', signing: { kid: 'k', secret: '' } }, kept },
    )
    book.shop = readShop(sql) as Shop
  }
  const book = { ...base, shop: undefined as unknown as Shop } as { -readonly [Key in keyof ShopBook]: ShopBook[Key] }
  change(rules)
  return Object.assign(book, { change, audited: () => audit(sql).problems })
}
export type TestBook = ReturnType<typeof openBook>

/** An order of one line, 1 % of which is `price * quantity / 100`. */
export const order = (more: object = {}) => ({
  placedAt: at(0),
  updatedAt: at(0),
  state: 'placed' as const,
  lines: [{ id: '1', sku: 'dress', price: 10_000, quantity: 1 }],
  ...more,
})
