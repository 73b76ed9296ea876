// The one model: what the panel knows, as signals. Components read it and call the verbs of wallet.ts; they keep nothing themselves. A signal
// is read by its `.value`: one that is drawn or given to an element as it is shows nothing, for the build leaves out what that takes.
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { Coupon, History, PublicProgram, Wallet } from '../../server/contract.ts'
import type { Stage } from '../stage.ts'
import type { FailureCode, Text } from '../text/en.ts'
import type { First } from '../text/en-first.ts'
import type { Guest } from '../text/en-guest.ts'
import type { Rest } from '../text/en-rest.ts'
import { type Dated, datesIn } from './dates.ts'
import type { Intent } from './intent.ts'
import { grouped } from './number.ts'
import type { Api } from './reading.ts'
import type { Session } from './session.ts'
import { wordsOf } from './words.ts'

/** Where it is shown: the panel, or an embed in the page. */
export interface Place {
  root: ShadowRoot
  /** What everything of it is in. */
  box: HTMLElement
}

/** What is said to guests, and of earning by buying; or once somebody does something. */
export type Words = 'guest' | 'rest'

/** What is read of a list so far, and where it goes on. */
export interface Page<Row> {
  rows: Row[]
  next: string | null
}

/** The lists that are read a page at a time, by their routes. */
export type Pages = 'history' | 'coupons'

export interface Model {
  stage: Stage
  place: Place
  api: Api
  session: Session
  /** Loads program and wallet anew. */
  load(): Promise<void>
  /** Whole once all parts are there, each of which is fetched together with whatever says it. */
  text: ReadonlySignal<Text>
  guest: Signal<Guest | null>
  rest: Signal<Rest | null>
  day: Dated
  program: Signal<PublicProgram | null>
  wallet: Signal<Wallet | null>
  standing: Signal<'loading' | 'guest' | 'member' | 'failed'>
  /** `points`, `earn` or `history`. */
  view: Signal<string>
  isRedeeming: Signal<boolean>
  cartTotal: Signal<number>
  history: Signal<Page<History['entries'][number]> | null>
  /** All from the latest on, as far as somebody has read beyond the wallet's. */
  coupons: Signal<Page<Coupon> | null>
  /** What is under way: `redeem`, `history`, `coupons` or a coupon's code. One thing at a time. */
  busy: Signal<string>
  /** What went wrong, and where to say so: `load`, `redeem`, `history`, `coupons` or a coupon's code; and in which box it was done. */
  failure: Signal<{ at: string; code: FailureCode; box: HTMLElement & { open?: boolean } } | null>
  /** The redeem that has had no answer yet. */
  unanswered: Signal<Intent | null>
  /** Codes of the coupon just made and of the one just copied. */
  made: Signal<string>
  copied: Signal<string>
  /** What the live region says. */
  said: Signal<string>
  /** Counts changes of member: an answer for the one before is not shown to the next. */
  turns: number
  /** Counts changes of the wallet: an answer read before one is not shown after it. */
  changes: number
}

export function modelOf(stage: Stage, api: Api, session: Session, first: First, place: Place): Model {
  const program = signal<PublicProgram | null>(null)
  const guest = signal<Guest | null>(null)
  const rest = signal<Rest | null>(null)
  return {
    stage,
    place,
    api,
    session,
    // Given by mount.
    load: async () => {},
    text: computed(() => wordsOf(whole(first, guest.value, rest.value), program.value, stage.host.lang)),
    guest,
    rest,
    day: datesIn(stage.locale, program),
    program,
    wallet: signal(null),
    standing: signal('loading'),
    view: signal('points'),
    isRedeeming: signal(false),
    cartTotal: signal(stage.cartTotal),
    history: signal(null),
    coupons: signal(null),
    busy: signal(''),
    failure: signal(null),
    unanswered: signal(null),
    made: signal(''),
    copied: signal(''),
    said: signal(''),
    turns: 0,
    changes: 0,
  }
}

/** Money as the shop writes it in this language; minor units. */
export function moneyOf({ program, text }: Model, amount: number): string {
  const { symbol, digits } = program.value!.money
  return text.value.money(symbol, grouped(amount, digits))
}

/** Whether the focus may be moved on: it is in this place, or nowhere. Who has gone on in the page is left there. */
export const isHere = ({ stage, place }: Model) => place.root.activeElement || !stage.ofDocument('querySelector', 'body:focus-within')

export const couponOf = ({ wallet }: Model, code?: string) => wallet.value?.coupons.find((coupon) => coupon.code === code)

/** What became of it: the order that had used a coupon may have been cancelled, which is not the shopper's taking it back. */
export const fateOf = ({ state, order }: Coupon) => (state === 'returned' && order ? 'cancelled' : state)

const whole = (first: First, guest: Guest | null, rest: Rest | null) =>
  ({ ...first, ...guest, ...rest, failures: { ...first.failures, ...rest?.failures } }) as Text

/** More of the words, before anything is shown or done that needs them. */
export async function learn(model: Model, words: Words) {
  const isJa = model.stage.host.lang === 'ja'
  if (words === 'guest') model.guest.value = (await (isJa ? import('../text/ja-guest.ts') : import('../text/en-guest.ts'))).guest
  else model.rest.value = (await (isJa ? import('../text/ja-rest.ts') : import('../text/en-rest.ts'))).rest
}
