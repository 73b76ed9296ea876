// A redeem the shopper has asked for, kept until the server has answered: through a lost answer, and through a reload.
// Nothing is stored before the shopper acts, and where nothing can be stored (private windows, sandboxes) all else still works.

export interface Intent {
  /** The Idempotency-Key: the same key again is the same coupon. */
  key: string
  points: number
  shop: string
  member: string
  /** When it was made, in milliseconds. */
  at: number
}

/** An older one is let go: by then the shopper has seen in the wallet what became of it. */
const LIFE = 24 * 60 * 60 * 1000

export function intend(shop: string, member: string, points: number): Intent {
  return { key: keyOf(), points, shop, member, at: Date.now() }
}

/** A new Idempotency-Key. Not by `randomUUID`, which pages without TLS do not have. */
export const keyOf = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')

export function keep(intent: Intent) {
  try {
    localStorage.setItem(placeOf(intent.shop, intent.member), JSON.stringify(intent))
    localStorage.setItem(SIGN, '1')
  } catch {}
}

export function forget({ key, shop, member }: Intent) {
  // Another tab may have an intent of its own there by now.
  if (kept(shop, member)?.key !== key) return
  try {
    localStorage.removeItem(placeOf(shop, member))
    // One of another member's is found once the panel opens.
    localStorage.removeItem(SIGN)
  } catch {}
}

/** This member's intent that never heard its answer, if there is one. */
export function kept(shop: string, member: string): Intent | undefined {
  try {
    const intent = JSON.parse(localStorage.getItem(placeOf(shop, member)) ?? 'null')
    const isWhole = typeof intent?.key === 'string' && Number.isSafeInteger(intent.points)
    if (isWhole && intent.shop === shop && intent.member === member && Date.now() - intent.at < LIFE) return intent
    if (intent) localStorage.removeItem(placeOf(shop, member))
  } catch {}
}

/** Stage one looks for it, to know whether anything may be kept. */
const SIGN = 'muse'

/** Stage two looks here too, to know whether the panel is needed. */
const placeOf = (shop: string, member: string) => `muse:${shop}:${member}`
