// The ledger: the one function that moves points.
import { SHOP } from '../contract.ts'
import { account, chart, type Kind, memberAccounts } from './chart.ts'
import { type Change, lotsMoved, type Part, sum } from './lots.ts'
import type { MemberRow } from './member.ts'
import { nextId } from './memtable.ts'
import type { Book } from './sql.ts'

export interface TransferRow {
  id: number
  at: number
  kind: Kind
  member: number
  points: number
  debit: string
  credit: string
  order_id: string | null
  coupon: string | null
  note: string | null
  previous: number | null
}

/** What a transfer is about, for the history and the report. `at` defaults to the request's instant. */
export interface About {
  funder?: string
  order?: string | null
  coupon?: string | null
  note?: string | null
  at?: number
}

/**
 * Moves points between the two accounts the chart names for `kind`, and between the columns of the lots named by
 * `parts` (or a bare number for `owe`, which no lot carries). Keeps the member's balances, in the row given too.
 * Returns the transfer's id. Moves nothing and returns 0 when there is nothing to move.
 */
export function transfer(book: Book, member: MemberRow, kind: Kind, moved: Part[] | number, about: About = {}): number {
  const points = typeof moved === 'number' ? moved : sum(moved)
  if (points === 0) return 0
  const [debit, credit] = chart[kind]
  const id = nextId(book, 'transfers')
  book.all(
    `INSERT INTO transfers (id, at, kind, member, points, debit, credit, order_id, coupon, note, previous)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    id,
    about.at ?? book.now,
    kind,
    member.id,
    points,
    account(debit, about.funder ?? SHOP),
    account(credit, about.funder ?? SHOP),
    about.order ?? null,
    about.coupon ?? null,
    about.note ?? null,
    member.last_transfer,
  )
  const parts = typeof moved === 'number' ? [] : moved
  for (const part of parts) movePart(book, id, kind, part)
  for (const name of memberAccounts) if (credit === name || debit === name) member[name] += credit === name ? points : -points
  member.last_transfer = id
  member.lots = member.lots && lotsMoved(book, member.lots, parts, changes[kind])
  member.made = undefined
  book.all(
    'UPDATE members SET pending = ?, available = ?, held = ?, debt = ?, last_transfer = ? WHERE id = ?',
    member.pending,
    member.available,
    member.held,
    member.debt,
    id,
    member.id,
  )
  return id
}

function movePart(book: Book, id: number, kind: Kind, part: Part): void {
  const { points, pending, available, expired } = changes[kind]
  book.all('INSERT INTO parts (transfer, lot, points) VALUES (?, ?, ?)', id, part.lot, part.points)
  book.all(
    'UPDATE lots SET points = points + ?, pending = pending + ?, available = available + ?, expired = expired + ? WHERE id = ?',
    points * part.points,
    pending * part.points,
    available * part.points,
    expired * part.points,
    part.lot,
  )
  if (part.left) return
  const isOpen = 'pending + available > 0'
  book.all(`UPDATE lots SET open = (${isOpen}) WHERE id = ? AND open <> (${isOpen})`, part.lot)
}

// What comes into a lot and leaves it, by the chart. Points taken back to where they were issued stay counted in it, but for a caller who knows better.
const changes = Object.fromEntries(
  Object.entries(chart).map(([kind, [debit, credit]]) => {
    const of = (name: string) => Number(credit === name) - Number(debit === name)
    const change: Change = {
      points: Number(debit === 'issued'),
      pending: of('pending'),
      available: of('available'),
      expired: of('expired'),
    }
    return [kind, change]
  }),
) as Record<Kind, Change>
