// What stands in for content: bones in its shape while it loads, and a sentence with a way on when something went wrong.
import type { VNode } from 'preact'
import type { Props } from './Panel.tsx'
import { carryOn } from './wallet.ts'

/** What is shown by how things stand: to a guest, to a member, and to whoever it is as long as that is not known. */
export function Standing({ model, guest, member }: Props & { guest: VNode; member: VNode }) {
  switch (model.standing.value) {
    case 'loading':
      return <Skeleton />
    case 'failed':
      return <Failed model={model} />
    case 'guest':
      return guest
    default:
      return member
  }
}

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

/** What went wrong at this place, in one sentence: its own, or the general one. */
export function Trouble({ model, at, own }: Props & { at: string; own?: string | undefined }) {
  const failure = model.failure.value
  if (failure?.at !== at) return null
  const { failures } = model.text.value
  const { box } = failure
  // Seen in every place, and told in the one where it was done; of what the panel does while it is closed all others tell.
  const isTold = box === model.place.box || box.open === false
  return (
    <p ref={inSight} class="trouble" role={isTold ? 'alert' : undefined}>
      {own ?? failures[failure.code as keyof typeof failures] ?? failures.unreachable}
    </p>
  )
}

/** The live region. */
export const Spoken = ({ model }: Props) => (
  <p class="unseen" role="status">
    {model.said.value}
  </p>
)

/** The panel is scrolled no further than it takes to see it; a page scrolls as its reader wants. */
function inSight(line: Element | null) {
  if (line?.closest('dialog')) line.scrollIntoView({ block: 'nearest' })
}
