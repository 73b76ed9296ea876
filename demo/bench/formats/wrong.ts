// Why there is nothing in what was brought, where that can be said.
import type { Flaw } from './flaw.ts'
import type { Read } from './read.ts'

export type Wrong =
  | ({ what: 'json' } & Flaw)
  /** A tag wears a theme by a name that none has. */
  | { what: 'name'; name: string }
  | { what: 'empty' | 'binary' | 'large' | 'picture' | 'address' }

export const refused = (wrong: Wrong): Read => ({ kind: 'nothing', theme: {}, unknown: [], wrong })
