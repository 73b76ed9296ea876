// JSON that is sent in full and kept in less. Most of an answer with a wallet is coupons, which are nearly alike: each is written out
// once and put together from then on, and what is kept of the answer names their fields once. Nothing else is needed to give it
// again, letter by letter.

/** A coupon as JSON. */
export interface CouponText {
  whole: string
  /** The list of its values alone, in the order of its names, without the nulls at its end. */
  values: string
}

/** A wallet's JSON, cut open where the list of its coupons is. */
export interface WalletText {
  before: string
  coupons: CouponText[]
  after: string
}

/** The JSON of a wallet. */
export const whole = ({ before, coupons, after }: WalletText) =>
  `${before}[${coupons.reduce((text, coupon) => (text ? `${text},${coupon.whole}` : coupon.whole), '')}]${after}`

/** JSON as it is sent, and in the shorter form in which it is kept. */
export class Written {
  readonly body: string
  readonly kept: string
  constructor(body: string, kept: string) {
    this.body = body
    this.kept = kept
  }
}

/** `{…said, "wallet": …}`. `said` is JSON without its braces; `kept` stands for it in what is kept. */
export function written(wallet: WalletText, said: string, kept = said): Written {
  const comma = said && ','
  const body = `{${said}${comma}"wallet":${whole(wallet)}}`
  const [first, ...others] = wallet.coupons
  if (!first) return new Written(body, body)
  const shortened = `[{${kept}${comma}"wallet":${wallet.before}${first.whole}${wallet.after}}`
  return new Written(body, `${others.reduce((text, { values }) => `${text},${values}`, shortened)}]`)
}

/** What is kept of a coupon that is the wallet's newest. */
export const NEWEST = '"coupon":0'

type Fields = Record<string, unknown>

/** The body that an answer was kept for. */
export function lengthened(kept: string): string {
  // A body is an object; the short form begins differently.
  if (!kept.startsWith('[')) return kept
  const [rest, ...others] = JSON.parse(kept) as [{ coupon?: 0; wallet: { coupons: Fields } }, ...unknown[][]]
  const first = rest.wallet.coupons
  const names = Object.keys(first)
  const coupons = others.map((values) => Object.fromEntries(names.map((name, place) => [name, values[place] ?? null])))
  return JSON.stringify({ ...rest, ...(rest.coupon === 0 && { coupon: first }), wallet: { ...rest.wallet, coupons: [first, ...coupons] } })
}
