// The panel's requests, and what their answers mean. What is asked here changes nothing, by plain fetch; for what does see writing.ts.
import type { Coupons, History, PublicProgram, Wallet } from '../../server/contract.ts'
import type { Muse } from '../muse.ts'
import type { Stage } from '../stage.ts'
import type { FailureCode } from '../text/en.ts'
import { askAgain } from './sent.ts'
import type { Session } from './session.ts'

/** A request that did not end well. `settled`: the server has said no, so nothing happened and nothing will. */
export class Failure extends Error {
  declare readonly code: FailureCode
  declare readonly settled: boolean
  constructor(code: FailureCode, settled = false) {
    super(code)
    this.code = code
    this.settled = settled
  }
}

export interface Api {
  /** As the shop has it now, whatever the browser keeps; one that is new to the page is told to all. */
  program(): Promise<PublicProgram>
  wallet(): Promise<Wallet>
  /** A page of a list: `path` says which, and from where on. */
  page(path: string, key: 'entries' | 'coupons'): Promise<History & Coupons>
}

export function apiOf(stage: Stage, session: Session): Api {
  const read = <T>(path: string, key: keyof T): Promise<T> =>
    signed(session, key, (headers) => fetch(stage.api + path, { credentials: 'omit', headers, signal: stage.signal }))
  return {
    async program() {
      const init: RequestInit = { credentials: 'omit', cache: 'no-cache', signal: stage.signal }
      const found = await answered<PublicProgram>(await fetch(`${stage.api}/program`, init), 'texts')
      const before = await stage.program.catch(() => {})
      stage.program = Promise.resolve(found)
      // What could not be kept when the page came, is now.
      if (!before) (window.Muse as Muse).ready = Promise.resolve(window.Muse)
      if (before?.version !== found.version) stage.learn(found)
      return found
    },
    wallet: () => read('/me', 'coupons'),
    page: (path, key) => read(`/me/${path}`, key),
  }
}

/** What anything thrown on the way to an answer means to the shopper. */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown
  return new Failure(navigator.onLine ? 'unreachable' : 'offline')
}

/** Sends with the member's token, and once more with a fresh one when that is refused. `key`: what no answer is without. */
export async function signed<T>(
  session: Session,
  key: keyof T,
  send: (headers: { authorization: string }) => Promise<Response>,
): Promise<T> {
  const sent = async (token: string) => {
    try {
      return await send({ authorization: `Bearer ${token}` })
    } catch (thrown) {
      // ky throws what it has given up on; a refusal in it is still a refusal.
      const { response } = thrown as { response?: Response }
      if (response) return response
      throw thrown
    }
  }
  const token = await session.token()
  let answer = await sent(token)
  if (answer.status === 401) {
    const fresh = await session.renewed(token)
    if (fresh) answer = await sent(fresh)
  }
  return answered(answer, key)
}

async function answered<T>(answer: Response, key: keyof T): Promise<T> {
  if (answer.ok) {
    const told: T | null = await answer.json()
    // Else something on the way says yes to anything, and this is no answer.
    if (told?.[key]) return told
  }
  const { code } = await answer.json().catch(() => ({}))
  throw new Failure(code ?? 'unreachable', !!code && answer.status < 500 && answer.status !== 401 && !askAgain.includes(answer.status))
}
