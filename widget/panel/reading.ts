// The panel's requests, and what their answers mean. Reads are plain fetch; what changes something is api.ts, fetched with the first
// such request.
import type { Coupon, History, PublicProgram, Wallet } from '../../server/contract.ts'
import type { Stage } from '../stage.ts'
import type { FailureCode } from '../text/en.ts'
import type { Intent } from './intent.ts'
import { askAgain, type Sent } from './sent.ts'
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
  program(): Promise<PublicProgram>
  wallet(): Promise<Wallet>
  /** `query`: empty, or from where on. */
  history(query: string): Promise<History>
  redeem(intent: Intent): Promise<{ coupon: Coupon; wallet: Wallet }>
  /** Any other change of the present member's, below the shop's address. */
  send<T>(method: string, path: string, sent?: Sent): Promise<T>
}

export function apiOf(stage: Stage, session: Session): Api {
  const url = (path: string) => stage.api + path
  const read = <T>(path: string): Promise<T> =>
    signed(session, (headers) => fetch(url(path), { credentials: 'omit', headers, signal: stage.signal }))
  const write = async <T>(method: string, path: string, member: string | undefined, sent?: Sent): Promise<T> => {
    const { send } = await import('./api.ts')
    return signed(session, (authorization) => {
      // What one member asked for is never sent in another's name.
      if (!member || session.member() !== member) throw new Failure('unauthenticated')
      return send(url(path), method, authorization, sent)
    })
  }
  return {
    async program() {
      const found = stage.learn(await answered(await fetch(url('/program'), { credentials: 'omit', signal: stage.signal })))
      stage.program = Promise.resolve(found)
      return found
    },
    wallet: () => read('/me'),
    history: (query) => read(`/me/history${query}`),
    redeem: ({ key, points, member }) => write('post', '/me/coupons', member, { key, json: { points } }),
    send: (method, path, sent) => write(method, path, session.member(), sent),
  }
}

/** What anything thrown on the way to an answer means to the shopper. */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown
  return new Failure(navigator.onLine ? 'unreachable' : 'offline')
}

/** Sends with the member's token, and once more with a fresh one when that is refused. */
async function signed<T>(session: Session, send: (headers: { authorization: string }) => Promise<Response>): Promise<T> {
  const sent = async (token: string) => {
    try {
      return await send({ authorization: `Bearer ${token}` })
    } catch (thrown) {
      // ky throws what it has given up on; a refusal in it is still a refusal.
      if (thrown instanceof Error && 'response' in thrown) return thrown.response as Response
      throw thrown
    }
  }
  const token = await session.token()
  let answer = await sent(token)
  if (answer.status === 401) {
    const fresh = await session.renewed(token)
    if (fresh) answer = await sent(fresh)
  }
  return answered(answer)
}

async function answered<T>(answer: Response): Promise<T> {
  if (answer.ok) return answer.json()
  const { code } = await answer.json().catch(() => ({}))
  throw new Failure(code ?? 'unreachable', !!code && answer.status < 500 && answer.status !== 401 && !askAgain.includes(answer.status))
}
