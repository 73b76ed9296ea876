// Asking the storefront for a fresh token, before the one there is ends or when it is refused; fetched where there is a `data-token-url`.
import type { Stage } from '../stage.ts'
import { claimsOf } from './claims.ts'

/** A token this close to its end is renewed first: the answer has to arrive inside it. */
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
  let askedAt = 0
  let timer: ReturnType<typeof setTimeout>
  const askOnce = async () => {
    const before = stage.token
    try {
      const token = await stage.ask()
      askedAt = Date.now()
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
  const isOld = (token: string) => !!token && endOf(token) - MARGIN < Date.now() && askedAt + PAUSE < Date.now()
  const wait = () => {
    const left = endOf(stage.token ?? '') - MARGIN - Date.now()
    clearTimeout(timer)
    if (stage.token && left < LONGEST) timer = setTimeout(() => stage.token && ask().catch(() => {}), Math.max(left, PAUSE))
  }
  stage.signal.addEventListener('abort', () => clearTimeout(timer), { once: true })
  wait()
  return {
    async token() {
      const token = stage.token ?? ''
      return isOld(token) ? ask() : token
    },
    async renewed(refused: string) {
      const token = stage.token && stage.token !== refused ? stage.token : await ask()
      return token === refused ? '' : token
    },
  }
}

const endOf = (token: string) => (claimsOf(token).exp ?? Number.POSITIVE_INFINITY) * 1000
