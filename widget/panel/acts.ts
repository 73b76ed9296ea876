// What a shopper can change, as verbs on the model; fetched when somebody means to. wallet.ts has said already that it is under way.
// After an await they write in one batch, and only if the member is still the same.
import { batch } from '@preact/signals'
import type { Coupon, Wallet } from '../../server/contract.ts'
import { clip } from './clipboard.ts'
import { forget, type Intent, intend, keep, kept } from './intent.ts'
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

/** A redeem of before that never heard its answer. */
export async function takeUp(model: Model) {
  const { wallet, stage } = model
  const intent = wallet.value && kept(stage.config.shop, wallet.value.member.id)
  if (intent) await settle(model, intent)
  else model.busy.value = ''
}

async function settle(model: Model, intent: Intent) {
  const { turns, unanswered } = model
  begin(model, 'redeem')
  unanswered.value = intent
  keep(intent)
  try {
    const { key, points, member } = intent
    const { coupon, wallet } = await send<Redeemed>(model, 'post', '/me/coupons', { key, json: { points } }, member)
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
    model.busy.value = ''
    model.copied.value = isDone ? code : ''
    if (isDone) model.said.value = model.text.value.copied
    else model.failure.value = { at: code, code: 'copy-blocked' }
  })
  if (isDone) model.stage.emit('copy', { code })
}
