// Badges: whether a seller's badge stands beside a product, and what keeps it away.
import { NEVER } from '../contract.ts'
import { businessDaysAfter } from './businessdays.ts'
import { instant } from './calendar.ts'
import type { Program } from './program.ts'
import { isMember, isOpen, percentOf, type SellerFacts } from './sellers.ts'

/** A product as far as a badge is concerned. One whose condition nobody gave is new; the buy box must have been won. */
export interface Good {
  sku: string
  percent: number | null
  condition?: 'new' | 'used' | null
  buyBox?: boolean | null
}

/** Why there is no badge. `too-little` is a product below the programme's percent: this one, or another of the seller's. */
type NoBadge = 'no-programme' | 'not-joined' | 'left' | 'too-early' | 'used' | 'no-buy-box' | 'too-little'

interface BadgeVerdict {
  badge: { label: string } | null
  why: NoBadge | null
  /** The product that keeps the seller from its badge, where one does. */
  blockedBy: string | null
}

interface SellerVerdict {
  /** Whether the seller's products may show the badge, each as far as it qualifies itself. */
  shown: boolean
  why: NoBadge | null
  /** From when, in milliseconds: NEVER for a seller who is not in, or once the programme is over. */
  from: number
  /** Every product of the seller's that gives less than the programme asks, in the order given. */
  blockedBy: string[]
}

/** Judges a seller: `goods` are all that it sells, `now` is in milliseconds. */
export function judgeSeller({ sellers }: Program, seller: SellerFacts, goods: Good[], now: number): SellerVerdict {
  if (!sellers?.badge) return { shown: false, why: 'no-programme', from: NEVER, blockedBy: [] }
  const start = instant(sellers.from)
  const over = now >= start && !isOpen(sellers, now)
  const left = seller.leftAt !== null && seller.leftAt <= now
  const from =
    seller.joinedAt === null || over || left ? NEVER : businessDaysAfter(Math.max(seller.joinedAt, start), sellers.badge.businessDays)
  const blockedBy = goods.filter((good) => percentOf(good, seller, sellers) < sellers.percent).map(({ sku }) => sku)
  const why = whyNone({ open: isOpen(sellers, now), joined: isMember(seller, now), left, early: now < from, blocked: blockedBy.length > 0 })
  return { shown: why === null, why, from, blockedBy }
}

/** Judges one of the seller's products. */
export function judgeBadge(program: Program, seller: SellerFacts, good: Good, goods: Good[], now: number): BadgeVerdict {
  const { why, blockedBy } = judgeSeller(program, seller, goods, now)
  if (why) return { badge: null, why, blockedBy: why === 'too-little' ? (blockedBy[0] ?? null) : null }
  const sellers = program.sellers as NonNullable<Program['sellers']>
  const none = (why: NoBadge, blockedBy: string | null = null) => ({ badge: null, why, blockedBy })
  if (good.condition === 'used') return none('used')
  if (!good.buyBox) return none('no-buy-box')
  if (percentOf(good, seller, sellers) < sellers.percent) return none('too-little', good.sku)
  return { badge: { label: sellers.badge?.label ?? '' }, why: null, blockedBy: null }
}

function whyNone(seller: { open: boolean; joined: boolean; left: boolean; early: boolean; blocked: boolean }): NoBadge | null {
  if (!seller.open) return 'no-programme'
  if (seller.left) return 'left'
  if (!seller.joined) return 'not-joined'
  if (seller.early) return 'too-early'
  return seller.blocked ? 'too-little' : null
}
