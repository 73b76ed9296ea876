// Photos: the first book takes a picture into the gallery, once for all members and so many a day; then the member's book gives its points.
import { type Decision, Refusal, type Standing, type Upload } from '../contract.ts'
import type { MemberRow } from '../ledger/member.ts'
import { type Book, one } from '../ledger/sql.ts'
import { dayOf } from '../rules/calendar.ts'
import { pieces, piecesNear, recogniser, SAME } from '../rules/fingerprint.ts'
import type { Picture } from '../rules/picture.ts'
import { type ActivityRow, add, decide, findActivity, newId } from './activities.ts'
import { enrol } from './members.ts'
import { type ShopBook, terms } from './shop.ts'

/** A picture as it is kept, and what it is recognised by beside its digest. */
export type Recognised = Omit<Picture, 'digest'>

/** A photo of the gallery, as far as its member's book needs to know it. */
export interface Claimed {
  id: string
  customer: string
  state: Standing
}

/**
 * Asked of the first book: takes the picture in. The same member's own is found again, for their book to say whether it had
 * its points. Refused are another member's, and one too many on this day of the shop's time zone.
 */
export function claim(book: ShopBook, customer: string, { digest, caption }: Upload, picture: Recognised): Claimed {
  const known = knownAs(book, digest, picture)
  if (known && known.customer !== customer) throw isDone()
  if (known) return known
  const { perDay, award } = terms(book).program.earning.photo
  if (isFull(countOf(book, customer), perDay)) throw new Refusal('not-eligible', `A member posts ${perDay} a day at most.`, { perDay })
  const claimed: Claimed = { id: newId(book, customer), customer, state: award === 'posted' ? 'accepted' : 'pending' }
  const { fingerprint, width, height, bytes } = picture
  const row = [claimed.id, customer, digest, fingerprint, width, height, caption, claimed.state, book.now, bytes]
  const [made] = book.all<{ seq: number }>(
    `INSERT INTO photos (id, customer, digest, fingerprint, width, height, caption, state, at, picture)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING seq`,
    ...row,
  )
  book.all('INSERT INTO pieces (piece, photo) SELECT value, ? FROM json_each(?)', made?.seq ?? 0, JSON.stringify(pieces(fingerprint)))
  return claimed
}

/** Gives the points of a photo that was taken in, or refuses because it had them. */
export function post(book: ShopBook, member: MemberRow, { id, state }: Claimed): ActivityRow {
  if (findActivity(book, member, 'photo', id)) throw isDone()
  return add(book, member, { ...photo(book, id), state })
}

/** Asked of the first book: from now on the photo is shown, or is not. */
export function show(book: ShopBook, id: string, { state }: Decision): Claimed {
  const row = one(book.all<Claimed>("SELECT id, customer, state FROM photos WHERE id = ? AND customer <> ''", id))
  if (!row) throw new Refusal('not-found', 'There is no photo with this id.')
  book.all('UPDATE photos SET state = ? WHERE id = ?', state, id)
  return { ...row, state }
}

/** The points follow what the first book shows. */
export function decidePhoto(book: ShopBook, { id, customer, state }: Claimed): { activity: ActivityRow; member: MemberRow } {
  const member = enrol(book, customer)
  const activity = findActivity(book, member, 'photo', id) ?? add(book, member, { ...photo(book, id), state: 'pending' })
  decide(book, member, activity, state)
  return { activity, member }
}

/** Whether this member's book has as many photos of today as may earn points. */
export function isDoneToday(book: ShopBook, member: MemberRow): boolean {
  const { timeZone, earning } = terms(book).program
  const { from, until } = dayOf(book.now, timeZone)
  const today = "SELECT COUNT(*) AS count FROM activities WHERE member = ? AND kind = 'photo' AND at >= ? AND at < ?"
  return isFull(book.all<{ count: number }>(today, member.id, from, until), earning.photo.perDay)
}

const photo = (book: ShopBook, id: string) => ({ id, key: id, kind: 'photo' as const, points: terms(book).program.earning.photo.points })

const isDone = () => new Refusal('already-done', 'This picture is in the gallery already, or was.')

function countOf(book: ShopBook, customer: string) {
  const { from, until } = dayOf(book.now, terms(book).program.timeZone)
  return book.all<{ count: number }>(
    'SELECT COUNT(*) AS count FROM photos WHERE customer = ? AND at >= ? AND at < ?',
    customer,
    from,
    until,
  )
}

const isFull = ([today]: { count: number }[], perDay: number) => (today?.count ?? 0) >= perDay

// The photo that this picture is: the same bytes, or the same to the eye.
function knownAs(book: Book, digest: string, { appearances }: Recognised): Claimed | undefined {
  const same = one(book.all<Claimed>('SELECT id, customer, state FROM photos WHERE digest = ?', digest))
  if (same) return same
  const alike = book.all<Claimed & { fingerprint: string }>(
    `SELECT id, customer, state, fingerprint FROM photos
     WHERE seq IN (SELECT photo FROM pieces WHERE piece IN (SELECT value FROM json_each(?))) ORDER BY seq`,
    JSON.stringify(piecesNear(appearances)),
  )
  const distance = recogniser(appearances)
  const found = alike.find(({ fingerprint }) => distance(fingerprint) <= SAME)
  return found && { id: found.id, customer: found.customer, state: found.state }
}
