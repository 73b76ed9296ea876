// Asking the storefront for a fresh token, before the one there is ends or when it is refused; fetched where there is a `data-token-url`.
import type { Stage } from '../stage.ts'
import { claimsOf } from './claims.ts'

/** A token this close to its end is renewed first: the answer has to arrive inside it. Of a short life it is half. */
const MARGIN = 60_000
/** However short a token's life, the storefront is not asked more often than this. */
const PAUSE = 2_000
/** Timers cannot wait longer; neither need we. */
const LONGEST = 2 ** 31 - 1

export type Renewal = ReturnType<typeof watchOver>

/** Watches over the token of the stage from now on. */
export function renewalOf(stage: Stage): Renewal {
  stage.renewal ??= watchOver(stage)
  return stage.renewal
}

function watchOver(stage: Stage) {
  let asking: Promise<string> | undefined
  let notBefore = 0
  let timer: ReturnType<typeof setTimeout>
  const askOnce = async () => {
    const before = stage.token
    try {
      const token = await stage.ask()
      notBefore = Date.now() + (token ? Math.max(halfOf(token), PAUSE) : 0)
      // Whoever has signed in or out meanwhile has the last word.
      if (stage.token === before) stage.token = token
      wait()
      return stage.token ?? ''
    } finally {
      asking = undefined
    }
  }
  const ask = () => {
    asking ??= askOnce()
    return asking
  }
  /** In how many milliseconds; by the storefront's clock, or half a life after it came, where the two clocks differ. */
  const left = (token: string) => Math.max(endOf(token) - Math.min(halfOf(token), MARGIN), notBefore) - Date.now()
  const wait = () => {
    clearTimeout(timer)
    const pause = left(stage.token ?? '')
    if (stage.token && pause < LONGEST) timer = setTimeout(() => stage.token && ask().catch(() => {}), Math.max(pause, PAUSE))
  }
  stage.signal.addEventListener('abort', () => clearTimeout(timer))
  wait()
  return {
    async token() {
      const token = stage.token ?? ''
      // While the storefront is out of order the one there is may still hold; the server says so if it does not.
      return token && left(token) < 0 ? ask().catch(() => token) : token
    },
    async renewed(refused: string) {
      const token = stage.token && stage.token !== refused ? stage.token : await ask()
      return token === refused ? '' : token
    },
  }
}

const endOf = (token: string) => (claimsOf(token).exp ?? Number.POSITIVE_INFINITY) * 1000
/** Of its life, in milliseconds. */
const halfOf = (token: string) => (endOf(token) - (claimsOf(token).iat ?? 0) * 1000) / 2
