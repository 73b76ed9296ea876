// Japanese: every sentence the panel says, in the parts in which it is fetched.
import { whole } from './en.ts'
import { first } from './ja-first.ts'
import { guest } from './ja-guest.ts'
import { rest } from './ja-rest.ts'

export const text = whole(first, guest, rest)
