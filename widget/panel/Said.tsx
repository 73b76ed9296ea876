// What went wrong with one of the ways to earn, at its place, in a sentence made for it where the general one would say too little.
import type { FailureCode } from '../text/en.ts'
import type { More } from '../text/en-more.ts'
import type { Props } from './Panel.tsx'
import { Trouble } from './standing.tsx'

/** `as` names the kind of thing that was refused. */
export const Said = ({ model, more, at, as }: Props & { more: More; at: string; as: string }) => (
  <Trouble model={model} at={at} own={more.refusals[as]?.[model.failure.value?.code as FailureCode]} />
)
