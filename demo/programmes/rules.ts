// A programme's rules as a shopper reads them, sentence by sentence, made from its document so that they cannot say anything else.
import type { Text } from '../text.ts'
import type { Campaign, Document } from './documents.ts'
import { sellers } from './stock.ts'

export type Rule = { term: string; text: string }

const number = (value: number) => value.toLocaleString('en')

export function rulesOf(document: Document, t: Text, shift: number): Rule[] {
  const say = t.rules
  const { redeeming, startsAt, campaigns = [] } = document
  const excluded = redeeming.exclude?.tags.length ? say.excluded : ''
  const gifts = redeeming.gifts?.length
    ? say.gifts(say.and(redeeming.gifts.map(({ title, points }) => t.desk.aside(titleIn(title, t), t.points(points)))))
    : ''
  return [
    { term: say.terms.earning, text: earningOf(document, t) },
    { term: say.terms.when, text: whenOf(document, t) },
    { term: say.terms.start, text: startsAt ? say.start(t.moment(Date.parse(startsAt))) : '' },
    ...campaigns.map((campaign) => ({ term: titleIn(campaign.title, t), text: campaignOf(campaign, t) })),
    { term: say.terms.sellers, text: sellersOf(document, t) },
    { term: say.terms.more, text: moreOf(document, t) },
    { term: say.terms.coupon, text: couponOf(document, t) },
    { term: say.terms.checkout, text: redeeming.checkout ? say.checkout : '' },
    { term: say.terms.gifts, text: gifts },
    { term: say.terms.excluded, text: excluded },
    { term: say.terms.limits, text: say.limits },
    { term: say.terms.guests, text: say.guests },
    { term: say.terms.dates, text: shift ? say.dates(Math.round(shift / 86_400_000)) : say.noDates },
  ].filter(({ text }) => text !== '')
}

export const earningOf = ({ earning }: Document, { rules }: Text) =>
  earning.purchase.percent ? rules.percent(number(earning.purchase.percent)) : rules.noPercent

export function whenOf({ earning, campaigns = [] }: Document, { rules }: Text) {
  const { award, delay } = earning.purchase
  if (award === 'placed') return `${rules.whenPlaced}${campaigns.some(({ shipped }) => shipped) ? `${rules.gap}${rules.withParcel}` : ''}`
  const days = Number(/^P(\d+)D$/.exec(delay)?.[1] ?? 0)
  return days ? rules.whenLater(days) : rules.whenShipped
}

export const couponOf = ({ redeeming: { coupon } }: Document, { rules }: Text) => rules.coupon(number(coupon.min), number(coupon.max))

/** The programmes' titles come in both languages at once. */
export const titleIn = (title: string, t: Text) => title.split(' · ')[t.language.is === 'en' ? 0 : 1] ?? title

function campaignOf({ multiply, percent, ordered, shipped, payment, sellers: ids, cancelUnshipped }: Campaign, t: Text) {
  const say = t.rules
  const { from, until } = ordered ?? {}
  const parts = [
    multiply ? say.multiply(number(multiply)) : percent ? say.percentUpTo(number(percent)) : '',
    ids ? say.named(say.and(ids.map((id) => nameOf(id, t)))) : '',
    from && until ? say.ordered(t.moment(Date.parse(from)), t.moment(Date.parse(until))) : '',
    shipped?.until ? say.shippedBy(t.moment(Date.parse(shipped.until))) : '',
    payment ? say.payment(say.or(payment.map((method) => say.methods[method] ?? method))) : '',
  ].filter((part) => part !== '')
  return `${say.clause(parts)}${cancelUnshipped ? `${say.gap}${say.lapses}` : ''}`
}

function sellersOf({ sellers: rules }: Document, t: Text) {
  if (!rules) return ''
  const { percent, from, until, badge } = rules
  const told = t.rules.sellers(number(percent), t.moment(Date.parse(from)), t.moment(Date.parse(until)))
  return `${told}${t.rules.gap}${t.rules.badge(titleIn(badge.label, t), badge.businessDays)}`
}

function moreOf({ earning: { review, photo, prizes, follow } }: Document, t: Text) {
  const say = t.rules
  const networks = Object.keys(follow?.accounts ?? {}).map((network) =>
    network === 'x' ? 'X' : network.replace(/^./, (letter) => letter.toUpperCase()),
  )
  return [
    review?.points ? say.review(t.points(review.points)) : '',
    photo?.points ? say.photo(t.points(photo.points), photo.perDay) : '',
    prizes?.length ? say.prizes(prizes.map(number).join(' / ')) : '',
    follow?.points && networks.length ? say.follow(t.points(follow.points), say.and(networks)) : '',
  ]
    .filter((text) => text !== '')
    .join(say.gap)
}

const nameOf = (id: string, t: Text) => sellers.find((seller) => seller.id === id)?.name[t.language.is] ?? id
