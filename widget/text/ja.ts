// Japanese: every sentence the panel says, in the two parts in which it is fetched.
import { whole } from './en.ts'
import { first } from './ja-first.ts'
import { rest } from './ja-rest.ts'

export const text = whole(first, rest)
