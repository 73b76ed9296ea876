// What is to come by the shop's clock: where the time machine can be sent, soonest first.
import type { Wallet } from '../../server/contract.ts'
import type { Document } from './documents.ts'

export type EventKind =
  | 'start'
  | 'campaign-begins'
  | 'campaign-ends'
  | 'ship-by'
  | 'sellers-begin'
  | 'sellers-end'
  | 'badge'
  | 'points-available'
  | 'points-expire'
  | 'coupon-expires'
/** `at` in milliseconds; `about` is a campaign's title, a seller's name, an order's number or a coupon's code. */
export type Coming = { at: number; kind: EventKind; about: string; points?: number }

/** Everything that time alone will do, after `now`: to the programme, and to one member's points. */
export function comingEvents(document: Document, wallet: Wallet | undefined, badges: Coming[], now: number): Coming[] {
  return [...ofProgramme(document), ...badges, ...(wallet ? ofWallet(wallet) : [])].filter(({ at }) => at > now).sort((a, b) => a.at - b.at)
}

function ofProgramme({ name, startsAt, campaigns = [], sellers }: Document): Coming[] {
  return [
    ...event('start', name, startsAt),
    ...campaigns.flatMap(({ title, ordered, shipped }) => [
      ...event('campaign-begins', title, ordered?.from),
      ...event('campaign-ends', title, ordered?.until),
      ...event('ship-by', title, shipped?.until),
    ]),
    ...event('sellers-begin', sellers?.badge.label ?? '', sellers?.from),
    ...event('sellers-end', sellers?.badge.label ?? '', sellers?.until),
  ]
}

function ofWallet({ pending, expiring, coupons }: Wallet): Coming[] {
  return [
    ...pending.flatMap(({ order, points, availableAt }) => event('points-available', order, availableAt, points)),
    ...expiring.flatMap(({ points, at }) => event('points-expire', '', at, points)),
    ...coupons
      .filter(({ state }) => state === 'open')
      .flatMap(({ code, points, expiresAt }) => event('coupon-expires', code, expiresAt, points)),
  ]
}

const event = (kind: EventKind, about: string, at: string | null | undefined, points?: number): Coming[] =>
  at ? [{ at: Date.parse(at), kind, about, ...(points !== undefined && { points }) }] : []
