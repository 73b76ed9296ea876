// English: every sentence the panel says, in the parts in which it is fetched. Numbers, money and dates come in already written
// out. A merchant's own wording (`texts.en` of the program) replaces the plain sentences by their key.
import type { RefusalCode } from '../../server/contract.ts'
import { type First, first } from './en-first.ts'
import { type Guest, guest } from './en-guest.ts'
import { type Rest, rest } from './en-rest.ts'

/** One sentence per refusal code, and for what the server never got to say. */
export type FailureCode = RefusalCode | 'offline' | 'unreachable' | 'unanswered' | 'copy-blocked'

/** What every language has to say. */
export type Text = First & Guest & Rest

/** All parts as one. */
export const whole = (first: First, guest: Guest, rest: Rest): Text => ({
  ...first,
  ...guest,
  ...rest,
  failures: { ...first.failures, ...rest.failures },
})

// The compiler sees to it that no code is without its sentence.
const failures = { ...first.failures, ...rest.failures } satisfies Record<FailureCode, string>
export const text: Text = { ...whole(first, guest, rest), failures }
