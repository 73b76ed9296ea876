// How every verb on the model begins, and ends where it goes wrong; where it goes well is writing.ts.
import { batch } from '@preact/signals'
import type { Model } from './model.ts'
import { failureOf } from './reading.ts'

/** Something is under way now, named `what`. */
export function begin({ busy, failure, said }: Model, what: string) {
  batch(() => {
    busy.value = what
    failure.value = null
    said.value = ''
  })
}

/** It was not done, which is said at `at`. */
export function fail(model: Model, at: string, thrown: unknown) {
  const { code } = failureOf(thrown)
  batch(() => {
    model.busy.value = ''
    model.failure.value = { at, code: at === 'redeem' && code === 'unreachable' ? 'unanswered' : code, box: model.place.box }
    if (code === 'unauthenticated') signedOut(model)
    else if (model.standing.value === 'loading') model.standing.value = 'failed'
  })
  model.stage.emit('error', { at, code })
}

/** The sign-in has run out: the guest's view, and why. An unanswered redeem stays kept for when the same member is back. */
function signedOut(model: Model) {
  forgetMember(model)
  model.stage.show(null)
  model.standing.value = model.program.value ? 'guest' : 'failed'
}

/** Nothing of the member stays. */
export function forgetMember({ wallet, history, coupons, unanswered, busy, isRedeeming, made, copied }: Model) {
  wallet.value = history.value = coupons.value = unanswered.value = null
  busy.value = made.value = copied.value = ''
  isRedeeming.value = false
}
