// Answers that carry a wallet beside what was done.
import type { MemberRow } from '../ledger/member.ts'
import { NEWEST, type Written, written } from './kept.ts'
import type { ShopBook } from './shop.ts'
import { walletText } from './wallet.ts'

/** `{…said, "wallet": …}`: what an act has to say, and the member's wallet after it. */
export const walleted = (book: ShopBook, member: MemberRow, said: object = {}): Written =>
  written(walletText(book, member), JSON.stringify(said).slice(1, -1))

/** The same for a redeem, of which the wallet's newest coupon is what there is to say. */
export function redeemed(book: ShopBook, member: MemberRow): Written {
  const wallet = walletText(book, member)
  return written(wallet, `"coupon":${wallet.coupons[0]?.whole}`, NEWEST)
}
