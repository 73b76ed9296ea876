// What a shopper can change, as verbs on the model; fetched when somebody means to. wallet.ts has said already that it is under way.
// After an await they write in one batch, and only if the member is still the same.
import { batch } from '@preact/signals'
import type { Coupon, Wallet } from '../../server/contract.ts'
import { clip } from './clipboard.ts'
import { forget, type Intent, inTurn, intend, keep, kept, over } from './intent.ts'
import { couponOf, type Model, moneyOf } from './model.ts'
import { grouped } from './number.ts'
import { failureOf } from './reading.ts'
import { begin, fail } from './verbs.ts'
import { accept, send } from './writing.ts'

interface Redeemed {
  coupon: Coupon
  wallet: Wallet
}

/** Points → coupon. While an earlier redeem has no answer that one is asked again instead, with its own key and points. */
export async function redeem(model: Model, points: number) {
  const { wallet, unanswered, stage } = model
  if (wallet.value) await settle(model, unanswered.value ?? intend(stage.config.shop, wallet.value.member.id, points))
}

/** The redeems of before that never heard their answer, one after the other. */
export async function takeUp(model: Model) {
  const { wallet, stage, turns, unanswered, busy } = model
  const intents = kept(stage.config.shop, wallet.value?.member.id ?? '')
  busy.value = ''
  for (const intent of intents) if (turns === model.turns && !unanswered.value && !busy.value) await settle(model, intent, true)
}

async function settle(model: Model, intent: Intent, isFound = false) {
  const { turns, unanswered, busy } = model
  const isAgain = isFound || !!unanswered.value
  begin(model, 'redeem')
  if (!isFound) {
    unanswered.value = intent
    keep(intent)
  }
  await inTurn(intent, async (isAlone) => {
    if (turns !== model.turns) return
    if (isAlone || !isFound) return ask(model, intent, isFound, isAgain)
    // Another tab's, which sees to it: this one is free meanwhile.
    busy.value = ''
    void over(intent).then(async () => {
      if (turns === model.turns) await model.load()
      if (turns === model.turns && !unanswered.value && !busy.value) await takeUp(model)
    })
  })
}

async function ask(model: Model, intent: Intent, isFound: boolean, isAgain: boolean) {
  const { turns, unanswered, stage } = model
  // Meanwhile another tab has had its answer, and has shown it.
  if (isFound && !kept(intent.shop, intent.member).some(({ key }) => key === intent.key)) {
    model.busy.value = ''
    return model.load()
  }
  unanswered.value = intent
  model.said.value = model.text.value.settling
  try {
    const { key, points, member } = intent
    const { coupon, wallet } = await send<Redeemed>(model, 'post', '/me/coupons', { key, json: { points } }, member)
    // Where there is none, nor was this an answer, and the intent is kept.
    const { code, value } = coupon
    forget(intent)
    if (turns !== model.turns) return
    accept(model, wallet, () => {
      unanswered.value = null
      model.isRedeeming.value = false
      model.made.value = code
      model.said.value = model.text.value.redeemDone(moneyOf(model, value), grouped(wallet.points.available))
    })
    stage.emit('redeem', { coupon, wallet })
    // The same answer again has the wallet of then, and the shopper may have taken a coupon back meanwhile.
    if (isAgain) await model.load()
  } catch (thrown) {
    const { settled } = failureOf(thrown)
    if (settled) forget(intent)
    if (turns !== model.turns) return
    model.said.value = ''
    if (settled) unanswered.value = null
    fail(model, 'redeem', thrown)
    // The balance is another one than the shopper saw.
    if (settled) await model.load()
  }
}

/** Coupon → points. */
export async function undo(model: Model, code: string) {
  const { api, stage, turns } = model
  const coupon = couponOf(model, code)
  if (!coupon) return
  try {
    const taken = send<{ wallet: Wallet }>(model, 'delete', `/me/coupons/${encodeURIComponent(code)}`)
    const { wallet } = await taken.catch(async (thrown) => {
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
    if (failureOf(thrown).settled) await model.load()
  }
}

export async function copy(model: Model, code: string) {
  const isDone = await clip(code)
  batch(() => {
    // A redeem may be under way beside it.
    if (model.busy.value === code) model.busy.value = ''
    model.copied.value = isDone ? code : ''
    if (isDone) model.said.value = model.text.value.copied
    else model.failure.value = { at: code, code: 'copy-blocked', box: model.place.box }
  })
  if (isDone) model.stage.emit('copy', { code })
}
