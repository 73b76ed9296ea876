// The way to the next page of a list, which is right above it.
import type { Pages } from './model.ts'
import type { Props } from './Panel.tsx'
import { readOn } from './reading-on.ts'

export function More({ model, at }: Props & { at: Pages }) {
  const { failure, busy, text, place, stage } = model
  const more = async ({ currentTarget: button }: { currentTarget: HTMLElement }) => {
    const rows = button.previousElementSibling!.children
    const { length } = rows
    // A wallet does not say where its coupons end: a page that tells nothing new is read past.
    do await readOn(model, at)
    while (button.isConnected && rows.length === length && !busy.value && !failure.value)
    const { activeElement } = place.root
    // One reads on where what came begins, unless one has moved on.
    if (activeElement ? activeElement === button : !stage.ofDocument('querySelector', 'body:focus-within'))
      ((rows[length] ?? button) as HTMLElement).focus()
  }
  return (
    <button type="button" class="plain wide" aria-disabled={busy.value === at} onClick={more}>
      {failure.value?.at === at ? text.value.retry : text.value.historyMore}
    </button>
  )
}
