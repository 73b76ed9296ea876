// Activities: what members do for points beside buying. Each is done once for ever, and its points follow what the shop decides.
import { NEVER, Refusal, SHOP, type Standing } from '../contract.ts'
import { transfer } from '../ledger/ledger.ts'
import { addLot, type Lot, ranOut } from '../ledger/lots.ts'
import { type MemberRow, remind } from '../ledger/member.ts'
import { one } from '../ledger/sql.ts'
import { after } from '../rules/calendar.ts'
import { bucketOf, makeCode } from '../rules/code.ts'
import { clawBack, settleDebt } from './debt.ts'
import { type ShopBook, terms } from './shop.ts'

type ActivityKind = 'follow' | 'review' | 'photo' | 'prize'

export interface ActivityRow {
  seq: number
  id: string
  member: number
  kind: ActivityKind
  /** The network followed, the product reviewed, the photo's id, the month and place won. */
  key: string
  state: Standing
  /** What it brings while it is accepted. */
  points: number
  lot: number | null
  at: number
  /** JSON. */
  document: string
}

/** What there is to know of an activity when it is done. `id` is made unless it has one already. */
export interface Done {
  kind: ActivityKind
  key: string
  points: number
  state: Standing
  id?: string
  document?: object
}

/** A name for something of this member's: its first two symbols tell the bucket, as a coupon's do. */
export const newId = (book: ShopBook, customer: string) => makeCode(bucketOf(customer), book.dice)

/** Whether and how the member has done it before. */
export const findActivity = (book: ShopBook, member: MemberRow, kind: ActivityKind, key: string) =>
  one(book.all<ActivityRow>('SELECT * FROM activities WHERE member = ? AND kind = ? AND key = ?', member.id, kind, key))

/** The activity of this id, or a refusal. */
export function activityOf(book: ShopBook, kind: ActivityKind, id: string): ActivityRow {
  const row = one(book.all<ActivityRow>('SELECT * FROM activities WHERE id = ? AND kind = ?', id, kind))
  if (!row) throw new Refusal('not-found', `There is no ${kind} with this id.`)
  return row
}

/** Writes down what a member did; where it is accepted at once, its points come at once. */
export function add(book: ShopBook, member: MemberRow, { kind, key, points, state, id, document }: Done): ActivityRow {
  const [row] = book.all<ActivityRow>(
    `INSERT INTO activities (id, member, kind, key, state, points, at, document) VALUES (?, ?, ?, ?, 'pending', ?, ?, ?) RETURNING *`,
    id ?? newId(book, member.customer),
    member.id,
    kind,
    key,
    points,
    book.now,
    JSON.stringify(document ?? {}),
  )
  decide(book, member, row as ActivityRow, state)
  return row as ActivityRow
}

/** Brings an activity into a state, and its points with it: given while it is accepted, and only then. */
export function decide(book: ShopBook, member: MemberRow, activity: ActivityRow, state: Standing): void {
  if (activity.state === state) return
  if (state === 'accepted') give(book, member, activity)
  else if (activity.lot !== null) takeBack(book, member, activity, activity.lot)
  activity.state = state
  book.all('UPDATE activities SET state = ?, lot = ? WHERE seq = ?', state, activity.lot, activity.seq)
}

/** The points it brings as things stand. */
export const brings = ({ state, points }: ActivityRow) => (state === 'accepted' ? points : 0)

// Accepted again, points come back with the expiry they had; what of them ran out in between is not given twice.
function give(book: ShopBook, member: MemberRow, activity: ActivityRow): void {
  if (activity.points === 0) return
  const lot = activity.lot === null ? newLot(book, member) : lotOf(book, activity.lot)
  activity.lot = lot.id
  transfer(book, member, 'grant', [{ lot: lot.id, points: activity.points - lot.points }], { note: noteOf(activity) })
  settleDebt(book, member)
  remind(book, member, lot.expires_at)
}

function newLot(book: ShopBook, member: MemberRow): Lot {
  const { expiry, timeZone } = terms(book).program
  const expiresAt = expiry ? after(book.now, expiry.life, timeZone) : NEVER
  return addLot(book, member, { funder: SHOP, availableAt: book.now, expiresAt })
}

const lotOf = (book: ShopBook, id: number) => book.all<Lot>('SELECT * FROM lots WHERE id = ?', id)[0] as Lot

// What ran out of them counts as taken back already. More may have: where others went back in place of what a coupon held, and that ran out.
function takeBack(book: ShopBook, member: MemberRow, activity: ActivityRow, id: number): void {
  const lot = lotOf(book, id)
  const { points } = lot
  const left = Math.max(0, points - ranOut(book, lot))
  clawBack(book, member, id, left, { note: noteOf(activity) })
  member.lots = undefined
  book.all('UPDATE lots SET points = ? WHERE id = ?', points - left, id)
}

// What the history says of it.
const noteOf = ({ kind, key }: ActivityRow) => (kind === 'photo' ? kind : `${kind} ${key}`)
