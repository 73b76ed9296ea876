// What a shopper can do, as verbs on the model. After an await they write in one batch, and only if the member is still the same.
import { batch } from '@preact/signals'
import type { Wallet } from '../../server/contract.ts'
import { failureOf } from './api.ts'
import { clip } from './clipboard.ts'
import { forget, type Intent, intend, keep, kept } from './intent.ts'
import { couponOf, type Model, moneyOf } from './model.ts'
import { grouped } from './number.ts'

/** Loads program and wallet: the first time with what stage one has asked for, and then a redeem without an answer is asked again. */
export async function load(model: Model, isFirst = false) {
  const { stage, api, session, failure, turns, changes } = model
  try {
    const program = await stage.program.catch(api.program)
    if (turns === model.turns) model.program.value = program
    const first = isFirst ? await stage.wallet() : undefined
    const wallet = first ?? ((await session.token()) ? await api.wallet() : null)
    if (turns !== model.turns || changes !== model.changes) return
    batch(() => {
      if (model.wallet.value && wallet?.member.id !== model.wallet.value.member.id) forgetMember(model)
      model.wallet.value = wallet
      model.standing.value = wallet ? 'member' : 'guest'
      if (failure.value?.at === 'load') failure.value = null
    })
    if (wallet !== first) stage.show(wallet)
    const intent = isFirst && wallet && kept(stage.config.shop, wallet.member.id)
    if (intent) await settle(model, intent)
  } catch (thrown) {
    if (turns === model.turns) fail(model, 'load', thrown)
  }
}

/** Somebody else is signed in now, or nobody: nothing of the one before stays. */
export async function turn(model: Model) {
  model.turns++
  batch(() => {
    forgetMember(model)
    model.standing.value = 'loading'
    model.failure.value = null
    model.said.value = ''
  })
  await load(model, true)
}

/** The connection is back: what could not be loaded is, and a redeem without an answer is asked again. */
export async function carryOn(model: Model) {
  await load(model)
  if (model.unanswered.value) await redeem(model, 0)
}

/** Turns to a view: `points`, `earn`, `history`, or `redeem` for the amount form. */
export function show(model: Model, view: string) {
  batch(() => {
    model.isRedeeming.value = view === 'redeem'
    model.view.value = view === 'earn' || view === 'history' ? view : 'points'
    model.failure.value = null
    model.made.value = ''
    model.copied.value = ''
  })
}

/** Points → coupon. While an earlier redeem has no answer that one is asked again instead, with its own key and points. */
export async function redeem(model: Model, points: number) {
  const { wallet, busy, unanswered, stage } = model
  if (busy.value || !wallet.value) return
  await settle(model, unanswered.value ?? intend(stage.config.shop, wallet.value.member.id, points))
}

async function settle(model: Model, intent: Intent) {
  const { turns, unanswered } = model
  begin(model, 'redeem')
  unanswered.value = intent
  keep(intent)
  try {
    const { coupon, wallet } = await model.api.redeem(intent)
    forget(intent)
    if (turns !== model.turns) return
    accept(model, wallet, () => {
      unanswered.value = null
      model.isRedeeming.value = false
      model.made.value = coupon.code
      model.said.value = model.text.value.redeemDone(moneyOf(model, coupon.value), grouped(wallet.points.available))
    })
    model.stage.emit('redeem', { coupon, wallet })
  } catch (thrown) {
    const { settled } = failureOf(thrown)
    if (settled) forget(intent)
    if (turns !== model.turns) return
    if (settled) unanswered.value = null
    fail(model, 'redeem', thrown)
    // The balance is another one than the shopper saw.
    if (settled) await load(model)
  }
}

/** Coupon → points. */
export async function undo(model: Model, code: string) {
  const { api, stage, turns, busy } = model
  const coupon = couponOf(model, code)
  if (busy.value || !coupon) return
  begin(model, code)
  try {
    const { wallet } = await api.undo(code).catch(async (thrown) => {
      // The first answer may have been lost, and what was asked for is done.
      if (failureOf(thrown).code !== 'coupon-not-open') throw thrown
      const wallet = await api.wallet()
      if (wallet.coupons.some((other) => other.code === code && other.state === 'returned')) return { wallet }
      throw thrown
    })
    if (turns !== model.turns) return
    accept(model, wallet, () => {
      model.said.value = model.text.value.undoDone(grouped(coupon.points), grouped(wallet.points.available))
    })
    stage.emit('undo', { code, wallet })
  } catch (thrown) {
    if (turns !== model.turns) return
    fail(model, code, thrown)
    if (failureOf(thrown).settled) await load(model)
  }
}

export async function copy(model: Model, code: string) {
  if (model.busy.value) return
  begin(model, code)
  const isDone = await clip(code)
  batch(() => {
    model.busy.value = ''
    model.copied.value = isDone ? code : ''
    if (isDone) model.said.value = model.text.value.copied
    else model.failure.value = { at: code, code: 'copy-blocked' }
  })
  if (isDone) model.stage.emit('copy', { code })
}

/** The next page of the history; the first one when there is none. */
export async function readOn(model: Model) {
  const { api, history, busy, turns } = model
  if (busy.value || (history.value && !history.value.next)) return
  begin(model, 'history')
  try {
    const page = await api.history(history.value?.next ?? null)
    if (turns !== model.turns) return
    batch(() => {
      busy.value = ''
      history.value = { entries: [...(history.value?.entries ?? []), ...page.entries], next: page.next }
    })
  } catch (thrown) {
    if (turns === model.turns) fail(model, 'history', thrown)
  }
}

function begin({ busy, failure, said }: Model, what: string) {
  batch(() => {
    busy.value = what
    failure.value = null
    said.value = ''
  })
}

function accept(model: Model, wallet: Wallet, more: () => void) {
  model.changes++
  batch(() => {
    model.busy.value = ''
    model.wallet.value = wallet
    model.history.value = null
    more()
  })
  model.stage.show(wallet)
}

function fail(model: Model, at: string, thrown: unknown) {
  const { code } = failureOf(thrown)
  batch(() => {
    model.busy.value = ''
    model.failure.value = { at, code: at === 'redeem' && code === 'unreachable' ? 'unanswered' : code }
    if (code === 'unauthenticated') signedOut(model)
    else if (model.standing.value === 'loading') model.standing.value = 'failed'
  })
  model.stage.emit('error', { at, code })
}

/** The sign-in has run out: the guest's view, and why. An unanswered redeem stays kept for when the same member is back. */
function signedOut(model: Model) {
  forgetMember(model)
  model.standing.value = model.program.value ? 'guest' : 'failed'
}

function forgetMember({ wallet, history, unanswered, busy, isRedeeming, made, copied }: Model) {
  for (const of of [wallet, history, unanswered]) of.value = null
  for (const of of [busy, made, copied]) of.value = ''
  isRedeeming.value = false
}
