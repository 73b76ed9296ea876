// The one model: what the panel knows, as signals. Components read it and call the verbs of wallet.ts; they keep nothing themselves.
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { History, PublicProgram, Wallet } from '../../server/contract.ts'
import type { Stage } from '../stage.ts'
import type { FailureCode, Text } from '../text/en.ts'
import type { Api } from './api.ts'
import { type Dates, noDates } from './dates.ts'
import type { Intent } from './intent.ts'
import { grouped } from './number.ts'
import type { Session } from './session.ts'
import { wordsOf } from './words.ts'

export interface Model {
  stage: Stage
  api: Api
  session: Session
  text: ReadonlySignal<Text>
  dates: Signal<Dates>
  program: Signal<PublicProgram | null>
  wallet: Signal<Wallet | null>
  standing: Signal<'loading' | 'guest' | 'member' | 'failed'>
  /** `points`, `earn` or `history`. */
  view: Signal<string>
  isRedeeming: Signal<boolean>
  cartTotal: Signal<number>
  history: Signal<History | null>
  /** What is under way: `redeem`, `history` or a coupon's code. One thing at a time. */
  busy: Signal<string>
  /** What went wrong, and where to say so: `load`, `redeem`, `history` or a coupon's code. */
  failure: Signal<{ at: string; code: FailureCode } | null>
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

export function modelOf(stage: Stage, api: Api, session: Session, text: Text): Model {
  const program = signal<PublicProgram | null>(null)
  return {
    stage,
    api,
    session,
    text: computed(() => wordsOf(text, program.value, stage.host.lang)),
    dates: signal(noDates),
    program,
    wallet: signal(null),
    standing: signal('loading'),
    view: signal('points'),
    isRedeeming: signal(false),
    cartTotal: signal(stage.cartTotal),
    history: signal(null),
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

export const couponOf = ({ wallet }: Model, code: string) => wallet.value?.coupons.find((coupon) => coupon.code === code)
