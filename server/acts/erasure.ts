// Erasing a member: the person goes, the books stay. Who they were is replaced by a name nobody knows, their points by nothing.
import { NEVER, SHOP } from '../contract.ts'
import { type TransferRow, transfer } from '../ledger/ledger.ts'
import { addLot, openLots } from '../ledger/lots.ts'
import type { MemberRow } from '../ledger/member.ts'
import { chain, one } from '../ledger/sql.ts'
import { bucketOf, makeCode } from '../rules/code.ts'
import { deleteAnswers } from './answers.ts'
import { letGo, openCoupons } from './coupons.ts'
import { settleDebt } from './debt.ts'
import { decideGift, type GiftRow } from './gifts.ts'
import type { ShopBook } from './shop.ts'

/**
 * Erases a member of this book. Open coupons are void, gifts that wait are declined, debt is forgiven, pending points are revoked
 * and available ones expire, each by the chart. Transfers, lots and coupons stay, with order ids and without notes; orders, reviews
 * and all else the person said or did go. What a used coupon may still give back has had its last day.
 */
export function eraseMember(book: ShopBook, member: MemberRow): void {
  for (const coupon of openCoupons(book, member)) letGo(book, member, coupon, 'returned')
  for (const gift of book.all<GiftRow>("SELECT * FROM gifts WHERE member = ? AND state = 'waiting'", member.id))
    decideGift(book, member, gift, 'declined')
  forgive(book, member)
  empty(book, member)
  endUsed(book, member)
  forgetNotes(book, member)
  for (const table of ['orders', 'activities']) book.all(`DELETE FROM ${table} WHERE member = ?`, member.id)
  forgetAnswers(book, member)
  book.all('UPDATE members SET customer = ?, name = NULL, due = ? WHERE id = ?', nobody(book, member), NEVER, member.id)
}

/** In the shop's first book: erases the photos of a customer. One that won a prize leaves an empty place, so that it is not given again. */
export function erasePhotos(book: ShopBook, customer: string): void {
  book.all('DELETE FROM pieces WHERE photo IN (SELECT seq FROM photos WHERE customer = ?)', customer)
  book.all('DELETE FROM photos WHERE customer = ? AND id NOT IN (SELECT photo FROM prizes)', customer)
  book.all(
    `UPDATE photos SET customer = '', caption = '', digest = id, fingerprint = '', picture = x'', state = 'declined' WHERE customer = ?`,
    customer,
  )
}

// What the member owes is the shop's loss: it gives them as much, which repays it.
function forgive(book: ShopBook, member: MemberRow): void {
  if (member.debt === 0) return
  const lot = addLot(book, member, { funder: SHOP, availableAt: book.now, expiresAt: NEVER })
  transfer(book, member, 'grant', [{ lot: lot.id, points: -member.debt }], { note: FORGIVEN })
  settleDebt(book, member)
}

function empty(book: ShopBook, member: MemberRow): void {
  for (const { id, order_id: order, funder, pending, available } of openLots(book, member)) {
    transfer(book, member, 'revoke', [{ lot: id, points: pending }], { order, funder })
    member.lots = undefined
    book.all('UPDATE lots SET points = points - ? WHERE id = ?', pending, id)
    transfer(book, member, 'expire', [{ lot: id, points: available }], { order, funder })
  }
}

// A checkout may yet fail, and its coupon open again: then it runs out, and its points with it, for they are nobody's.
function endUsed(book: ShopBook, member: MemberRow): void {
  const { id } = member
  member.lots = undefined
  book.all(
    `UPDATE lots SET expires_at = MIN(expires_at, ?) WHERE id IN
       (SELECT lot FROM parts WHERE transfer IN (SELECT spend FROM coupons WHERE member = ? AND state = 'used'))`,
    book.now,
    id,
  )
  book.all("UPDATE coupons SET expires_at = MIN(expires_at, ?) WHERE member = ? AND state = 'used'", book.now, id)
}

const FORGIVEN = 'forgiven'

// A reason of the merchant's may name anybody. Those of ours name nobody, and the report goes by one of them.
function forgetNotes(book: ShopBook, member: MemberRow): void {
  const find = (id: number) => one(book.all<TransferRow>('SELECT * FROM transfers WHERE id = ?', id))
  for (const { id, note } of chain(member.last_transfer, Number.POSITIVE_INFINITY, find))
    if (note !== null && note !== 'advanced' && note !== FORGIVEN) book.all('UPDATE transfers SET note = NULL WHERE id = ?', id)
}

// What they were answered, and what the shop was answered about them alone. A grant to many stays known for its thirty days, since sent
// again it would be given to all the others again; it names nobody.
function forgetAnswers(book: ShopBook, { customer }: MemberRow): void {
  const theirs = "asker = ? OR (asker = 'shop' AND json_extract(request, '$[1].member') = ?)"
  deleteAnswers(book, theirs, `member ${customer}`, customer)
}

// Of the same bucket as before: their coupons' codes name it, and so their book is found when books are split.
function nobody(book: ShopBook, { customer }: MemberRow): string {
  const bucket = bucketOf(customer)
  for (;;) {
    const name = `erased-${makeCode(bucket, book.dice)}`
    if (bucketOf(name) === bucket) return name
  }
}
