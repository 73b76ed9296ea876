// A whole wallet, kept in memory as it was last read: a page that shows it asks for it far more often than it changes.
import type { InHand, MemberRow } from '../ledger/member.ts'
import { dayOf } from '../rules/calendar.ts'
import { whole } from './kept.ts'
import { remember } from './remember.ts'
import { type ShopBook, terms } from './shop.ts'
import { walletText } from './wallet.ts'

/** A wallet's JSON. Whoever takes up the member drops it; what else it depends on is here. */
interface Remembered {
  text: string
  name: string | null
  version: number
  /** From when until when it is as it is, in milliseconds: the day says whether there may be another photo. */
  from: number
  until: number
}

/** The wallet of the member who signed, as JSON. `find` takes the member up, where nothing is remembered. */
export function wholeWallet(book: ShopBook, signed: { id: string; name?: string }, find: () => MemberRow): string {
  const { version, program } = terms(book)
  const known = (book.inHand?.get(signed.id) as InHand | undefined)?.wallet as Remembered | undefined
  if (known && known.version === version && isNow(known, book.now) && (signed.name ?? known.name) === known.name) return known.text
  const member = find()
  const text = whole(walletText(book, member))
  const until = Math.min(member.due, dayOf(book.now, program.timeZone).until)
  const wallet: Remembered = { text, name: member.name, version, from: book.now, until }
  remember<InHand>(book, member.customer, { row: member, wallet })
  return text
}

const isNow = ({ from, until }: Remembered, now: number) => from <= now && now < until
