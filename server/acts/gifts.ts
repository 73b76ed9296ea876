// Gifts: things of the shop's list that points buy. They are held from the tap until the shop decides.
import type * as z from 'zod'
import { type DecidedGift, type Decision, type Gift, Refusal } from '../contract.ts'
import { transfer } from '../ledger/ledger.ts'
import { openLots, partsOf, take } from '../ledger/lots.ts'
import type { MemberRow } from '../ledger/member.ts'
import { one } from '../ledger/sql.ts'
import { newId } from './activities.ts'
import { settleGivenBack } from './debt.ts'
import { type ShopBook, terms } from './shop.ts'

export interface GiftRow {
  seq: number
  id: string
  member: number
  gift: string
  title: string
  points: number
  state: Gift['state']
  hold: number
  spend: number | null
  at: number
}

/** Holds the points of a gift of the program's list. Refuses what is not on it, and what the balance does not allow. */
export function askGift(book: ShopBook, member: MemberRow, { gift: id }: { gift: string }): GiftRow {
  const gift = terms(book).program.redeeming.gifts.find((gift) => gift.id === id)
  if (!gift) throw new Refusal('not-found', 'The shop has no such gift.')
  const { title, points } = gift
  if (points > member.available) {
    const { available } = member
    throw new Refusal('insufficient-points', `The gift takes ${points} points; ${available} are available.`, { available })
  }
  const hold = transfer(book, member, 'hold', take(openLots(book, member), points), about(gift))
  const [row] = book.all<GiftRow>(
    "INSERT INTO gifts (id, member, gift, title, points, state, hold, at) VALUES (?, ?, ?, ?, ?, 'waiting', ?, ?) RETURNING *",
    newId(book, member.customer),
    member.id,
    id,
    title,
    points,
    hold,
    book.now,
  )
  return row as GiftRow
}

/** Spends the points of an accepted gift, and gives those of a declined one back to their lots. What is decided stays decided. */
export function decideGift(book: ShopBook, member: MemberRow, row: GiftRow, state: Decision['state']): void {
  if (row.state === state) return
  if (row.state !== 'waiting') throw new Refusal('already-done', `This gift is ${row.state}.`, { state: row.state })
  const held = partsOf(book, row.hold)
  if (state === 'accepted') row.spend = transfer(book, member, 'spend', held, about(row))
  else {
    transfer(book, member, 'release', held, about(row))
    settleGivenBack(book, member)
  }
  row.state = state
  book.all('UPDATE gifts SET state = ?, spend = ? WHERE seq = ?', state, row.spend, row.seq)
}

/** The member does not want it any more, which is their own to say while it waits. */
export function withdrawGift(book: ShopBook, member: MemberRow, id: string): void {
  const row = findGift(book, id)
  if (row.member !== member.id) throw noGift()
  if (row.state !== 'waiting') throw new Refusal('already-done', `This gift is ${row.state}.`, { state: row.state })
  decideGift(book, member, row, 'declined')
}

/** The gift of this id, or a refusal. */
export function findGift(book: ShopBook, id: string): GiftRow {
  const row = one(book.all<GiftRow>('SELECT * FROM gifts WHERE id = ?', id))
  if (!row) throw noGift()
  return row
}

/** The member's gifts, newest first: all that wait, and of the others those among the latest 20. */
export function giftsOf(book: ShopBook, member: MemberRow): Gift[] {
  // Most shops have no gifts and never had, and a wallet is read often.
  if (!book.shop.versions.some(({ program }) => program.redeeming.gifts.length > 0)) return []
  const latest = book.all<GiftRow>('SELECT * FROM gifts WHERE member = ? ORDER BY seq DESC LIMIT 20', member.id)
  const older = latest.length < 20 || member.held === 0 ? [] : waitingBefore(book, member, latest.at(-1)?.seq ?? 0)
  return [...latest, ...older].map(giftView)
}

/** Gifts of all members of this book in a state, newest first, 500 at most. */
export const giftsIn = (book: ShopBook, state: Gift['state']): z.infer<typeof DecidedGift>[] =>
  book
    .all<GiftRow & { customer: string }>(
      `SELECT gifts.*, customer FROM gifts JOIN members ON members.id = gifts.member
       WHERE state = ? ORDER BY seq DESC LIMIT 500`,
      state,
    )
    .map((row) => ({ ...giftView(row), member: row.customer }))

export const giftView = ({ id, gift, title, points, state, at }: GiftRow): Gift => ({
  ...{ id, gift, title, points, state },
  at: new Date(at).toISOString(),
})

const waitingBefore = (book: ShopBook, member: MemberRow, seq: number) =>
  book.all<GiftRow>("SELECT * FROM gifts WHERE member = ? AND seq < ? AND state = 'waiting' ORDER BY seq DESC LIMIT 100", member.id, seq)

const about = ({ title }: { title: string }) => ({ note: `gift ${title}` })
const noGift = () => new Refusal('not-found', 'There is no gift with this id.')
