// Requests that change something, and what the model makes of a yes. Fetched with whatever is done first.
import { batch } from '@preact/signals'
import type { Wallet } from '../../server/contract.ts'
import type { Stage } from '../stage.ts'
import { claimsOf } from './claims.ts'
import type { Model } from './model.ts'
import { Failure, signed } from './reading.ts'
import type { Sent } from './sent.ts'

interface Told {
  wallet: Wallet
}

/** Sends a change of this member's, the present one's unless it says whose, below the shop's address. */
export async function send<T extends Told>(
  model: Model,
  method: string,
  path: string,
  sent?: Sent,
  member = memberOf(model.stage),
): Promise<T> {
  const { stage, session } = model
  const { send } = await import('./api.ts')
  const told = await signed<T>(session, 'wallet', (authorization) => {
    // What one member asked for is never sent in another's name.
    if (!member || memberOf(stage) !== member) throw new Failure('unauthenticated')
    return send(stage.api + path, method, authorization, sent)
  })
  // Something on the way says yes to anything: what was asked for has had no answer.
  if (!told.wallet.coupons) throw new Failure('unreachable')
  return told
}

/** The storefront's id of who is signed in, undefined for a guest. */
export const memberOf = (stage: Stage) => (stage.token ? claimsOf(stage.token).sub : undefined)

/** It was done: the wallet is another one now, and `more` is written with it. */
export function accept(model: Model, wallet: Wallet, more: () => void) {
  model.changes++
  batch(() => {
    model.busy.value = ''
    model.wallet.value = wallet
    model.history.value = model.coupons.value = null
    more()
  })
  model.stage.show(wallet)
}

/** A new Idempotency-Key. Not by `randomUUID`, which pages without TLS do not have. */
export const keyOf = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
