// Books with many transfers, made quickly: valid to the audit, but written row by row instead of lived through.
import { createHash, randomBytes } from 'node:crypto'
import { hashes, hashOf } from '../../server/acts/answers.ts'
import { codes } from '../../server/acts/coupons.ts'
import { type NewKeys, putShop, readShop, type Shop, type ShopBook } from '../../server/acts/shop.ts'
import { NEVER } from '../../server/contract.ts'
import { openSql } from '../../server/hosts/node/sql.ts'
import { audit } from '../../server/ledger/audit.ts'
import { fileAll } from '../../server/ledger/memtable.ts'
import { migrate } from '../../server/ledger/schema.ts'
import type { Sql } from '../../server/ledger/sql.ts'
import { bucketOf, makeCode } from '../../server/rules/code.ts'
import { Program } from '../../server/rules/program.ts'

/** What each member has lived through, oldest first; a coupon is held in three letters, and given back in capitals. */
const LIFE = ['grant', 'a', 'A', 'b', 'B', 'c', 'C', 'd', 'e', 'f']
const POINTS = 1_000_000
const COUPON = 100
export const SHOP_ID = 'bench'
/** The keys of each such book's shop. */
export const keys: NewKeys = {
  shown: { secret: 'sk_bench', signing: { kid: 'k', secret: 'the signing secret of the bench' } },
  kept: [
    { kid: 's', kind: 'secret', value: createHash('sha256').update('sk_bench').digest('hex') },
    { kid: 'k', kind: 'signing', value: 'the signing secret of the bench' },
  ],
}
const BEGIN = Date.parse('2026-01-01T00:00:00Z')

/** Writes a book of `transfers` transfers, ten a member, the lives of all members side by side. */
export function makeBook(file: string, transfers: number): void {
  const sql = openSql(file)
  migrate(sql, BEGIN)
  const program = Program.parse({ name: 'Bench', currency: 'JPY', earning: { purchase: { percent: 1, delay: 'P7D' } } })
  putShop({ ...sql, now: BEGIN, dice: randomBytes }, SHOP_ID, { program, origins: [] }, keys)
  const members = transfers / LIFE.length
  inTurn(sql, members, (member) => addMember(sql, member, members))
  for (const [round, what] of LIFE.entries()) inTurn(sql, members, (member) => live(sql, what, { member, members, round }))
  for (const index of [codes, hashes]) fileAll(sql, index)
  const { ok, problems } = audit(sql)
  sql.close()
  if (!ok) throw new Error(`The book is not valid: ${problems[0]}`)
}

/** Opens a book for acts at one instant of its later life, whose members have not been here for long: nothing is in hand of them. */
export function openMade(file: string): ShopBook & { close(): void; members: number } {
  const { inHand: _none, ...sql } = openSql(file)
  const [count] = sql.all<{ members: number }>('SELECT COUNT(*) AS members FROM members')
  return { ...sql, shop: readShop(sql) as Shop, now: BEGIN + 86_400_000, dice: randomBytes, members: count?.members ?? 0 }
}

const nameOf = (member: number) => `customer-${member}`

// Ids are counted through round by round: the place of a member in a round gives each of its ids.
const idIn = (round: number, { member, members }: { member: number; members: number }) => round * members + member

function inTurn(sql: Sql, members: number, act: (member: number) => void): void {
  for (let from = 1; from <= members; from += 1_000)
    sql.transaction(() => {
      for (let member = from; member < from + 1_000 && member <= members; member++) act(member)
    })
}

function addMember(sql: Sql, member: number, members: number): void {
  const held = COUPON * LIFE.filter((what) => /^[a-z]$/.test(what) && !LIFE.includes(what.toUpperCase())).length
  sql.all(
    `INSERT INTO members (id, customer, at, available, held, due, last_transfer) VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ...[member, nameOf(member), BEGIN, POINTS - held, held, NEVER, idIn(LIFE.length - 1, { member, members })],
  )
  sql.all(
    "INSERT INTO lots (id, member, funder, points, available, open, available_at, expires_at) VALUES (?, ?, 'shop', ?, ?, 1, ?, ?)",
    ...[member, member, POINTS, POINTS - held, BEGIN, NEVER],
  )
}

function live(sql: Sql, what: string, at: { member: number; members: number; round: number }): void {
  const id = idIn(at.round, at)
  const previous = at.round === 0 ? null : id - at.members
  const isHold = what === what.toLowerCase()
  const points = what === 'grant' ? POINTS : COUPON
  const code = what === 'grant' || !isHold ? null : makeCode(bucketOf(nameOf(at.member)), randomBytes)
  const [kind, debit, credit] =
    what === 'grant' ? ['grant', 'issued:shop', 'available'] : isHold ? ['hold', 'available', 'held'] : ['release', 'held', 'available']
  sql.all(
    'INSERT INTO transfers (id, at, kind, member, points, debit, credit, coupon, previous) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    ...[id, BEGIN + id, kind as string, at.member, points, debit as string, credit as string, code, previous],
  )
  sql.all('INSERT INTO parts (transfer, lot, points) VALUES (?, ?, ?)', id, at.member, points)
  if (code !== null) addCoupon(sql, what, code, { ...at, hold: id })
}

function addCoupon(sql: Sql, what: string, code: string, at: { member: number; members: number; round: number; hold: number }): void {
  const ask = { key: crypto.randomUUID(), asker: `member ${nameOf(at.member)}` }
  const state = LIFE.includes(what.toUpperCase()) ? 'returned' : 'open'
  sql.all(
    'INSERT INTO coupons (member, id, code, points, state, issued_at, expires_at, hold) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    ...[at.member, at.hold, code, COUPON, state, BEGIN + at.hold, NEVER, at.hold],
  )
  sql.all(
    "INSERT INTO answers (hash, key, asker, request, status, body, at) VALUES (?, ?, ?, '[]', 201, ?, ?)",
    ...[hashOf(ask), ask.key, ask.asker, 'x'.repeat(300), BEGIN + at.hold],
  )
}
