// What stands in for content: bones in its shape while it loads, and a sentence with a way on when something went wrong.
import type { Props } from './Panel.tsx'
import { carryOn } from './wallet.ts'

/** The shape of a member's panel before anything is known. */
export const Skeleton = () => (
  <div class="skeleton" aria-hidden="true">
    <div />
    <div />
    <div />
    <div />
    <div />
  </div>
)

/** Nothing could be loaded. */
export function Failed({ model }: Props) {
  const text = model.text.value
  return (
    <section class="empty">
      <i />
      <h3>{text.failedTitle}</h3>
      <Trouble model={model} at="load" />
      <button type="button" class="main" onClick={() => carryOn(model)}>
        {text.retry}
      </button>
    </section>
  )
}

/** What went wrong at this place, in one sentence. */
export function Trouble({ model, at }: Props & { at: string }) {
  const failure = model.failure.value
  if (failure?.at !== at) return null
  const { failures } = model.text.value
  return (
    <p class="trouble" role="alert">
      {failures[failure.code as keyof typeof failures] ?? failures.unreachable}
    </p>
  )
}
