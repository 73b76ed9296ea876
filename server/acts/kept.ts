// What is written of an answer that is kept: mostly its wallet, and most of that coupons which are nearly alike. So the first is
// written out, and of the others what differs. Nothing else is needed to give the answer again, letter by letter.

type Fields = Record<string, unknown>
type Walleted = { coupon?: Fields; wallet: { coupons: Fields[] } }

/** The short form of an answer whose JSON is `body`; the body itself where there is nothing to shorten. */
export function shortened(body: string, result: unknown): string {
  const it = result as Partial<Walleted> | null | undefined
  const [first, ...others] = it?.wallet?.coupons ?? []
  if (!it || !first) return body
  const keys = Object.keys(first)
  const alike = it.coupon ? [it.coupon, ...others] : others
  if (alike.length === 0 || !alike.every((fields) => isLike(keys, fields))) return body
  const rest = { ...it, ...(it.coupon ? { coupon: 0 } : {}), wallet: { ...it.wallet, coupons: first } }
  return JSON.stringify([rest, ...alike.map((fields) => differences(keys, first, fields))])
}

/** The body that was shortened. */
export function lengthened(text: string): string {
  // A body is an object; the short form begins differently.
  if (!text.startsWith('[')) return text
  const [rest, ...changes] = JSON.parse(text) as [{ coupon?: 0; wallet: { coupons: Fields } }, ...[number, unknown][][]]
  const first = rest.wallet.coupons
  const keys = Object.keys(first)
  const alike = changes.map((pairs) => ({ ...first, ...Object.fromEntries(pairs.map(([place, value]) => [keys[place], value])) }))
  const coupon = 'coupon' in rest ? { coupon: alike.shift() } : {}
  return JSON.stringify({ ...rest, ...coupon, wallet: { ...rest.wallet, coupons: [first, ...alike] } })
}

const isLike = (keys: string[], fields: Fields) => {
  let place = 0
  for (const key in fields) if (key !== keys[place++]) return false
  return place === keys.length
}

function differences(keys: string[], first: Fields, fields: Fields): [number, unknown][] {
  const pairs: [number, unknown][] = []
  keys.forEach((key, place) => {
    const value = fields[key]
    if (value !== first[key]) pairs.push([place, value])
  })
  return pairs
}
