// What went wrong with one of the ways to earn, at its place, in a sentence made for it where the general one would say too little.
import type { More } from '../text/en-more.ts'
import type { Props } from './Panel.tsx'
import { Trouble } from './standing.tsx'

/** `as` names the kind of thing that was refused. */
export function Said({ model, more, at, as }: Props & { more: More; at: string; as: string }) {
  const failure = model.failure.value
  const own = failure?.at === at ? more.refusals[as]?.[failure.code] : undefined
  if (!own) return <Trouble model={model} at={at} />
  return (
    <p class="trouble" role="alert">
      {own}
    </p>
  )
}
