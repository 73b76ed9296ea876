// The coupons a wallet shows, kept in memory as JSON for the members who were here last: to read and write them out again would cost
// a redeem more than all it changes.
import type { MemberRow } from '../ledger/member.ts'
import { type CouponRow, couponView, latestCoupons, SHOWN } from './coupons.ts'
import type { CouponText } from './kept.ts'
import { remember } from './remember.ts'
import { type ShopBook, terms } from './shop.ts'

/** A member's coupons as they were after a transfer: they still are while it is the member's latest. What changes one without a transfer drops them. */
interface Shown {
  after: number | null
  /** The program's version: coupons are shown in its currency. */
  version: number
  coupons: CouponText[]
}

/** The coupons of a wallet, newest first. They are shared: not to be changed. */
export function shownCoupons(book: ShopBook, member: MemberRow): CouponText[] {
  const { version } = terms(book)
  const kept = book.inHand?.get(member.id) as Shown | undefined
  const known = kept?.version === version ? kept : undefined
  if (known?.after === member.last_transfer) return known.coupons
  const coupons = grown(book, member, known) ?? latestCoupons(book, member).map((coupon) => written(book, coupon))
  if (coupons.length <= SHOWN) remember<Shown>(book, member.id, { after: member.last_transfer, version, coupons })
  return coupons
}

// Those that were there before a redeem, and the one that it made.
function grown(book: ShopBook, { made }: MemberRow, known: Shown | undefined): CouponText[] | undefined {
  if (!made || !known || known.after !== made.after || known.coupons.length >= SHOWN) return undefined
  return [written(book, made.coupon as CouponRow), ...known.coupons]
}

function written(book: ShopBook, coupon: CouponRow): CouponText {
  const view = couponView(book, coupon)
  return { whole: JSON.stringify(view), values: JSON.stringify(Object.values(view)).replace(/(,null)+]$/, ']') }
}
