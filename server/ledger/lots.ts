// Lots: which points go first, and which run out.
import type { MemberRow } from './member.ts'
import type { Book } from './sql.ts'

export interface Lot {
  id: number
  member: number
  funder: string
  order_id: string | null
  points: number
  pending: number
  available: number
  expired: number
  available_at: number
  expires_at: number
}

/** Some points of one lot. */
export interface Part {
  lot: number
  points: number
}

/** The member's lots with anything pending or available in them: first expiring first, then oldest. */
export const openLots = (book: Book, member: MemberRow) =>
  book.all<Lot>('SELECT * FROM lots WHERE member = ? AND pending + available > 0 ORDER BY expires_at, id', member.id)

/** Makes an empty lot; transfers fill it. */
export function addLot(
  book: Book,
  member: MemberRow,
  lot: { funder: string; order?: string; availableAt: number; expiresAt: number },
): Lot {
  const [row] = book.all<Lot>(
    'INSERT INTO lots (member, funder, order_id, points, available_at, expires_at) VALUES (?, ?, ?, 0, ?, ?) RETURNING *',
    member.id,
    lot.funder,
    lot.order ?? null,
    lot.availableAt,
    lot.expiresAt,
  )
  return row as Lot
}

/** Takes up to `points` of available points out of `lots`, in their order. Gives fewer when they hold fewer. */
export function take(lots: Lot[], points: number): Part[] {
  return carve(
    lots.map((lot) => ({ lot: lot.id, points: lot.available })),
    points,
  )
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
