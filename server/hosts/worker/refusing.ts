// What an object says where it has no app to ask: its book was emptied meanwhile, or is none of the shop's.
import { Refusal } from '../../contract.ts'
import { headersOf } from '../../http/answer.ts'
import type { Whole } from '../../http/app.ts'
import { Misdirected } from '../../http/host.ts'
import { problem } from '../../http/problems.ts'

/** What `act` answers, or its refusal as `refuse` makes an answer of one. Anything else that is thrown stays thrown. */
export async function orRefused<Answer>(act: () => Promise<Answer>, refuse: (whole: Whole) => Answer): Promise<Answer> {
  try {
    return await act()
  } catch (error) {
    if (error instanceof Misdirected) return refuse({ status: 421, body: null, headers: {} })
    if (!(error instanceof Refusal)) throw error
    const { status, body } = problem(error)
    return refuse({ status, body, headers: headersOf(status, {}) })
  }
}
