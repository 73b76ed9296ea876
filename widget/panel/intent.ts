// A redeem the shopper has asked for, kept until the server has answered: through a lost answer, and through a reload. All tabs of a
// shopper keep theirs side by side, each in a place of its own, so that none overwrites another's.
// Nothing is stored before the shopper acts, and where nothing can be stored (private windows, sandboxes) all else still works.

import { keyOf } from './writing.ts'

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

export function keep(intent: Intent) {
  try {
    localStorage[SIGN] = 1
    localStorage[PLACE + intent.key] = JSON.stringify(intent)
  } catch {}
}

export function forget({ key }: Intent) {
  try {
    drop(PLACE + key)
  } catch {}
}

/** This member's intents that never heard their answer, as far as this tab knows. */
export function kept(shop: string, member: string): Intent[] {
  try {
    clear()
    return places()
      .map(found)
      .filter((intent) => intent?.shop === shop && intent.member === member) as Intent[]
  } catch {
    return []
  }
}

/** Asks for an intent, as the one tab that does where the browser can tell; `isAlone`: no other tab is at it. */
export async function inTurn({ key }: Intent, ask: (isAlone: boolean) => Promise<void>) {
  try {
    await navigator.locks.request(PLACE + key, { ifAvailable: true }, (lock) => ask(!!lock))
  } catch {
    // There are no locks without TLS: to ask twice is still one coupon.
    await ask(true)
  }
}

/** Kept when the tab that is at it has had its answer, has given up, or has gone. */
export const over = ({ key }: Intent) => navigator.locks.request(PLACE + key, () => {})

/** Stages one and two look for it, to know whether anything may be kept. */
const SIGN = 'muse'
const PLACE = 'muse:'

const places = () => Object.keys(localStorage).filter((place) => place.startsWith(PLACE))

function found(place: string): Intent | undefined {
  try {
    const intent = JSON.parse(localStorage[place])
    if (place === PLACE + intent.key && Number.isSafeInteger(intent.points) && Date.now() - intent.at < LIFE) return intent
  } catch {}
  drop(place)
}

function drop(place: string) {
  localStorage.removeItem(place)
  clear()
}

/** Two tabs that drop theirs at once each still see the other's: the sign that they leave goes with the next look. */
function clear() {
  if (!places()[0] && localStorage[SIGN] === '1') localStorage.removeItem(SIGN)
}
