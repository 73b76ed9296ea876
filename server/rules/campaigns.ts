// Campaigns: which one counts on a line, until when an order may still ship for it, and which orders lapse unshipped.
import { NEVER, type Order, type OrderLine } from '../contract.ts'
import { instant } from './calendar.ts'
import { isAnyNamed, isNamed } from './names.ts'
import type { Program } from './program.ts'
import { type Market, sellerOf } from './sellers.ts'

type Campaign = Program['campaigns'][number]
type Window = NonNullable<Campaign['ordered']>

/** How a line earns: `percent` of what was paid, `multiply` times over; `campaign` is null when none added to the base. */
export interface Rate {
  percent: number
  multiply: number
  campaign: Campaign | null
}

/** A rate as a whole number, so that rates compare and multiply exactly: 10^8 is one percent. Never above 10^13. */
export const exact = ({ percent, multiply }: { percent: number; multiply: number }) =>
  Math.round(percent * 1e4) * Math.round(multiply * 1e4)

/**
 * The campaigns an order's date and payment let it into, as it now stands. Whether they count on a line is for `rateOf`. One that
 * wants its orders shipped before this one was placed is over for it, though nobody said until when to order.
 */
export function campaignsOf(order: Order, program: Program): Campaign[] {
  if (program.campaigns.length === 0) return []
  const placedAt = instant(order.placedAt)
  return program.campaigns.filter(
    ({ ordered, shipped, payment }) =>
      isInside(ordered, placedAt) &&
      placedAt < endOf(shipped) &&
      (!payment || (order.payment !== undefined && payment.includes(order.payment))),
  )
}

/** Whether an order may still be placed for a campaign, at `now` or later. */
export const isYetToEarn = ({ ordered, shipped }: Campaign, now: number) => now < Math.min(endOf(ordered), endOf(shipped))

/** Whether a line is of the goods a campaign is for: its category is named, and its seller. */
function isFor({ categories, sellers }: Campaign, line: OrderLine, market: Market): boolean {
  if (categories && !isAnyNamed(categories, line.categories)) return false
  if (!sellers) return true
  const seller = sellerOf(line, market)
  return seller !== undefined && isNamed(sellers, seller)
}

/**
 * The best rate for a line among `campaigns`, which are those in time. `multiply` multiplies the base, `percent` replaces it
 * when higher; of a campaign that has both the better one counts. Of equal ones the first in the document does.
 */
export function rateOf(line: OrderLine, base: number, campaigns: Campaign[], market: Market): Rate {
  let best: Rate = { percent: base, multiply: 1, campaign: null }
  for (const campaign of campaigns) {
    if (!isFor(campaign, line, market)) continue
    const { percent = base, multiply = 1 } = campaign
    for (const rate of [
      { percent: base, multiply, campaign },
      { percent, multiply: 1, campaign },
    ])
      if (exact(rate) > exact(best)) best = rate
  }
  return best
}

/** Whether an order is shipped inside a campaign's `shipped` window, or still may be at `now`. */
export function isInTime({ shipped }: Campaign, order: Order, now: number): boolean {
  const at = shippedAt(order)
  return at === undefined ? now < endOf(shipped) : isInside(shipped, at)
}

/**
 * The instant from which the order counts as cancelled, as a campaign it is in wants it shipped before: NEVER when it is
 * shipped in time, or in no such campaign. An order is in a campaign that matches one of its lines, whether or not another is
 * better there: what is ordered on a campaign's terms stays on them.
 */
export function lapsesAt(order: Order, program: Program, market: Market): number {
  const strict = campaignsOf(order, program).filter((campaign) => campaign.cancelUnshipped && concerns(campaign, order, market))
  return Math.min(NEVER, ...strict.map((campaign) => deadline(campaign, order)))
}

/**
 * The next instant, after `now`, at which time alone changes what the order earns; NEVER if none. That its points become
 * available (`maturesAt`) is not counted.
 */
export function changesAt(order: Order, program: Program, { now, ...market }: Market & { now: number }): number {
  if (order.state === 'cancelled') return NEVER
  const coming = campaignsOf(order, program)
    .filter((campaign) => concerns(campaign, order, market))
    .map((campaign) => deadline(campaign, order))
  return Math.min(NEVER, ...coming.filter((at) => at > now))
}

const concerns = (campaign: Campaign, order: Order, market: Market) => order.lines.some((line) => isFor(campaign, line, market))

// When a campaign is lost: at the end of its `shipped` window, for an order that was not shipped before it.
function deadline({ shipped }: Campaign, order: Order): number {
  const end = endOf(shipped)
  return (shippedAt(order) ?? NEVER) < end ? NEVER : end
}

const shippedAt = (order: Order) => (order.state === 'shipped' && order.shippedAt ? instant(order.shippedAt) : undefined)

const endOf = (window: Window | undefined) => (window?.until === undefined ? NEVER : instant(window.until))

const isInside = (window: Window | undefined, at: number) =>
  !window || ((window.from === undefined || instant(window.from) <= at) && at < endOf(window))
