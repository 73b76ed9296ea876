// What members and merchants ask for on the wire: redeeming, granting, using a coupon.
import * as z from 'zod'
import { Codes, Lines, Shipping } from './orders.ts'
import { refusalCodes } from './refusals.ts'
import { Amount, Asked, closed, Id, Instant, Points } from './values.ts'
import { Coupon, Wallet } from './wallet.ts'

export const Redeem = closed({ points: Asked })
export const Redeemed = z.object({ coupon: Coupon, wallet: Wallet })
export const Walleted = z.object({ wallet: Wallet })

export const Enrol = closed({ name: z.string().max(200).optional() })
export const Grant = closed({ points: Asked, reason: z.string().min(1).max(200), expiresAt: Instant.nullish() })
export const Granted = z.object({ granted: z.int(), wallet: Wallet })
export const Grants = closed({ points: Asked, reason: z.string().min(1).max(200), members: z.array(Id).min(1).max(10_000) })
export const GrantedAll = z.object({ granted: z.int() })

/** Where a coupon is to be used. `codes` are the other codes in the cart; the coupon's own is ignored there. */
const Cart = { member: Id.optional(), lines: Lines, shipping: Shipping.optional(), codes: Codes.optional() }
export const Check = closed(Cart)
export const Checked = z.object({ usable: z.boolean(), discount: Amount, change: Points, reasons: z.array(z.enum(refusalCodes)) })
export const Use = closed({ order: Id, ...Cart })
export const Used = z.object({ discount: Amount, change: Points })
export const HeldCoupon = Coupon.extend({ member: z.string() })
