// What a shopper can do, as verbs on the model. After an await they write in one batch, and only if the member is still the same.
import { batch } from '@preact/signals'
import type { Wallet } from '../../server/contract.ts'
import { learn, type Model } from './model.ts'
import { begin, fail, forgetMember } from './verbs.ts'

/** Loads are counted as they are begun: what an earlier one was told is not shown after a later one's. */
let begun = 0
let shown = 0

/** Loads program and wallet: the first time with what stage one has asked for, and then a redeem without an answer is asked again. */
export async function load(model: Model, isFirst = false, asked = model.stage.program.catch(model.api.program)) {
  const { stage, api, session, failure, turns, changes } = model
  begun++
  const order = begun
  const isLate = () => turns !== model.turns || order < shown
  try {
    const program = await asked
    if (!isLate()) model.program.value = program
    const first = isFirst && (await stage.wallet())
    const wallet = first || ((await session.token()) ? await api.wallet() : null)
    const isNew = () => model.wallet.value?.member.id !== wallet?.member.id
    // What asks a redeem of before again has to be there before anything else can be redeemed.
    const acts = isSigned() && wallet && isNew() && (await actsOf(model))
    if (isLate() || changes !== model.changes) return
    shown = order
    const isOwed = acts && isNew()
    batch(() => {
      if (model.wallet.value && isNew()) forgetMember(model)
      // A redeem of before has had no answer: until it has, there is no other.
      if (isOwed) begin(model, 'redeem')
      // Read anew where it is not what led to this.
      if (printOf(model.wallet.value) !== printOf(wallet)) model.history.value = null
      model.wallet.value = wallet
      // Of what is not the wallet's, nobody says what became of it meanwhile.
      model.coupons.value = null
      model.standing.value = wallet ? 'member' : 'guest'
      if (failure.value?.at === 'load') failure.value = null
    })
    if (wallet !== first) stage.show(wallet)
    if (isOwed) await acts.takeUp(model)
    // The page has been open for a while, and what was read then is shown meanwhile.
    else if (first && stage.isOld()) void load(model)
  } catch (thrown) {
    if (!isLate()) fail(model, 'load', thrown)
  }
}

/** What tells two wallets of a member apart between which something has happened to the points. */
const printOf = (wallet: Wallet | null) =>
  wallet &&
  [
    ...Object.values(wallet.points),
    ...wallet.coupons.map(({ code, state }) => code + state),
    ...wallet.gifts.map(({ id, state }) => id + state),
  ].join()

/** Somebody else is signed in now, or nobody: nothing of the one before stays. */
export async function turn(model: Model) {
  model.turns++
  batch(() => {
    forgetMember(model)
    begin(model, '')
    model.standing.value = 'loading'
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

/** Points → coupon; coupon → points; code → clipboard. One thing at a time, but that a code is copied at any. */
export const redeem = (model: Model, points: number) => act(model, 'redeem', (acts) => acts.redeem(model, points))
export const undo = (model: Model, code: string) => act(model, code, (acts) => acts.undo(model, code))
export const copy = (model: Model, code: string) => act(model, code, (acts) => acts.copy(model, code), true)

/** Fetched on intent, before it is wanted. */
export async function actsOf(model: Model) {
  const acts = import('./doing.ts')
  await learn(model, 'rest')
  return acts
}

async function act(model: Model, at: string, carryOut: (acts: typeof import('./doing.ts')) => Promise<void>, isBeside?: boolean) {
  const { busy, turns } = model
  if (busy.value && !isBeside) return
  begin(model, busy.value || at)
  try {
    const acts = await actsOf(model)
    if (turns === model.turns) await carryOut(acts)
  } catch (thrown) {
    if (turns === model.turns) fail(model, at, thrown)
  }
}

/** Whether anything is kept that is without an answer, of whomever. */
const isSigned = () => {
  try {
    return localStorage.muse
  } catch {}
}
