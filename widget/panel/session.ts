// Who is signed in, as the member token says, and when to ask the storefront for a fresh one. The widget only reads the token's
// claims to know when and for whom; the server alone judges it.
import type { Stage } from '../stage.ts'

/** A token this close to its end is renewed first: the answer has to arrive inside it. */
const MARGIN = 60_000
/** However short a token's life, the storefront is not asked more often than this. */
const PAUSE = 2_000
/** Timers cannot wait longer; neither need we. */
const LONGEST = 2e9

export interface Session {
  /** A token that holds for now; empty for a guest. */
  token(): Promise<string>
  /** Another token, since this one was refused; empty when there is none to be had. */
  renewed(refused: string): Promise<string>
  /** The storefront's id of who is signed in, undefined for a guest. */
  member(): string | undefined
}

export function sessionOf(stage: Stage): Session {
  const { tokenUrl } = stage.config
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
  const isOld = (token: string) => !!tokenUrl && !!token && endOf(token) - MARGIN < Date.now() && askedAt + PAUSE < Date.now()
  const wait = () => {
    const left = endOf(stage.token ?? '') - MARGIN - Date.now()
    clearTimeout(timer)
    if (tokenUrl && stage.token && left < LONGEST) timer = setTimeout(() => stage.token && ask().catch(() => {}), Math.max(left, PAUSE))
  }
  stage.signal.addEventListener('abort', () => clearTimeout(timer), { once: true })
  // Stage one asks for the first one.
  const first = stage.wallet().then(wait)
  return {
    async token() {
      if (stage.token === undefined) await first
      const token = stage.token ?? ''
      return isOld(token) ? ask() : token
    },
    async renewed(refused) {
      if (!tokenUrl) return ''
      const token = stage.token && stage.token !== refused ? stage.token : await ask()
      return token === refused ? '' : token
    },
    member: () => (stage.token ? claimsOf(stage.token).sub : undefined),
  }
}

const endOf = (token: string) => (claimsOf(token).exp ?? Number.POSITIVE_INFINITY) * 1000

/** The middle part of a JWT; an empty object for anything else. */
export function claimsOf(token: string): { sub?: string; exp?: number } {
  try {
    const middle = token.split('.')[1]!.replace(/-/g, '+').replace(/_/g, '/')
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(middle), (letter) => letter.charCodeAt(0)))) ?? {}
  } catch {
    return {}
  }
}
