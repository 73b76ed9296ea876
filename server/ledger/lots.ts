// Lots: which points go first, and which run out.
import type { Lot, MemberRow } from './member.ts'
import type { Book } from './sql.ts'

export type { Lot } from './member.ts'

/** Some points of one lot. */
export interface Part {
  lot: number
  points: number
  /** What stays in the lot without them, pending or available, where that is known. */
  left?: number
}

/** The member's lots with anything pending or available in them: first expiring first, then oldest. */
export const openLots = (book: Book, member: MemberRow): Lot[] =>
  member.lots ?? book.all<Lot>('SELECT * FROM lots WHERE member = ? AND open = 1', member.id).sort(byExpiry)

const byExpiry = (a: Lot, b: Lot) => a.expires_at - b.expires_at || a.id - b.id

/** What a moved point does to its lot, column by column: 1, -1 or 0. */
export type Change = Pick<Lot, 'points' | 'pending' | 'available' | 'expired'>

/** The open lots as they are once `parts` have moved. Those that were empty before are read anew. */
export function lotsMoved(book: Book, lots: Lot[], parts: Part[], change: Change): Lot[] {
  const moved = new Map(parts.map((part) => [part.lot, part.points]))
  const after: Lot[] = []
  for (const lot of lots) {
    const points = moved.get(lot.id)
    const now = points === undefined ? lot : changed(lot, change, points)
    if (now.pending + now.available > 0) after.push(now)
    if (points !== undefined) moved.delete(lot.id)
  }
  if (moved.size === 0) return after
  const filled = [...moved.keys()].flatMap((id) => book.all<Lot>('SELECT * FROM lots WHERE id = ? AND open = 1', id))
  return [...after, ...filled].sort(byExpiry)
}

const changed = (lot: Lot, change: Change, points: number): Lot => ({
  ...lot,
  points: lot.points + change.points * points,
  pending: lot.pending + change.pending * points,
  available: lot.available + change.available * points,
  expired: lot.expired + change.expired * points,
})

/** Makes an empty lot, which is not open yet; transfers fill it. */
export function addLot(
  book: Book,
  member: MemberRow,
  lot: { funder: string; order?: string; availableAt: number; expiresAt: number; insteadOf?: number | null },
): Lot {
  const [row] = book.all<Lot>(
    `INSERT INTO lots (member, funder, order_id, points, available_at, expires_at, instead_of)
     VALUES (?, ?, ?, 0, ?, ?, ?) RETURNING *`,
    member.id,
    lot.funder,
    lot.order ?? null,
    lot.availableAt,
    lot.expiresAt,
    lot.insteadOf ?? null,
  )
  return row as Lot
}

/** How much of a lot has run out for good: without what an order had used in time after all, for which other lots stand in its place. */
export function ranOut(book: Book, { id, expired }: Pick<Lot, 'id' | 'expired'>): number {
  if (expired === 0) return 0
  const [instead] = book.all<{ points: number | null }>('SELECT SUM(points - expired) AS points FROM lots WHERE instead_of = ?', id)
  return expired - (instead?.points ?? 0)
}

/** Takes up to `points` of available points out of `lots`, in their order. Gives fewer when they hold fewer. */
export function take(lots: Lot[], points: number): Part[] {
  const available = lots.map((lot) => ({ lot: lot.id, points: lot.available }))
  const inLot = new Map(lots.map((lot) => [lot.id, lot.pending + lot.available]))
  return carve(available, points).map((part) => ({ ...part, left: (inLot.get(part.lot) ?? 0) - part.points }))
}

/** The first `points` points of `parts`, in their order. */
export function carve(parts: Part[], points: number): Part[] {
  const taken: Part[] = []
  let left = points
  for (const part of parts) {
    const some = Math.min(part.points, left)
    if (some > 0) taken.push({ lot: part.lot, points: some })
    left -= some
  }
  return taken
}

/** What remains of `parts` once `gone` is taken out of them. */
export function without(parts: Part[], gone: Part[]): Part[] {
  const out = new Map(gone.map((part) => [part.lot, part.points]))
  return parts.map((part) => ({ lot: part.lot, points: part.points - (out.get(part.lot) ?? 0) })).filter((part) => part.points > 0)
}

/** Which lots a transfer moved: first expiring first, then oldest. */
export const partsOf = (book: Book, transfer: number) =>
  book.all<Part>(
    'SELECT parts.lot, parts.points FROM parts JOIN lots ON lots.id = parts.lot WHERE parts.transfer = ? ORDER BY lots.expires_at, lots.id',
    transfer,
  )

export const sum = (parts: Part[]) => parts.reduce((total, part) => total + part.points, 0)
