// Members: everyone the storefront names. The first signed visit, order or grant makes one; nobody has to join.
import { NEVER, Refusal } from '../contract.ts'
import { findMember, type MemberRow, takenUp } from '../ledger/member.ts'
import { wake } from './chores.ts'
import { grant } from './grants.ts'
import { type ShopBook, terms } from './shop.ts'

/** The member with everything done that has come due; made, and welcomed, when it is the first time. */
export function enrol(book: ShopBook, customer: string, name?: string): MemberRow {
  const known = findMember(book, customer)
  const member = known ?? book.transaction(() => add(book, customer))
  if (name !== undefined && name !== member.name) rename(book, member, name)
  wake(book, member)
  return member
}

/** A member who is already in the books, with everything done that has come due. */
export function member(book: ShopBook, customer: string): MemberRow {
  const known = findMember(book, customer)
  if (!known) throw new Refusal('not-found', 'This shop has no such member.')
  wake(book, known)
  return known
}

/** The member a row of ours belongs to, with everything done that has come due. */
export function memberOf(book: ShopBook, row: { member: number }): MemberRow {
  const [known] = book.all<MemberRow>('SELECT * FROM members WHERE id = ?', row.member)
  wake(book, takenUp(book, known as MemberRow))
  return known as MemberRow
}

function add(book: ShopBook, customer: string): MemberRow {
  const [row] = book.all<MemberRow>('INSERT INTO members (customer, at, due) VALUES (?, ?, ?) RETURNING *', customer, book.now, NEVER)
  const { welcome } = terms(book).program.earning
  if (welcome.points > 0) grant(book, row as MemberRow, { points: welcome.points, reason: 'welcome' })
  return row as MemberRow
}

function rename(book: ShopBook, member: MemberRow, name: string): void {
  book.transaction(() => book.all('UPDATE members SET name = ? WHERE id = ?', name, member.id))
  member.name = name
}
