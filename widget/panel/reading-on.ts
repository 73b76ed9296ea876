// The history, a page at a time.
import { batch } from '@preact/signals'
import type { Model } from './model.ts'
import { begin, fail } from './verbs.ts'

/** The next page of the history; the first one when there is none. */
export async function readOn(model: Model) {
  const { api, history, busy, turns } = model
  if (busy.value || (history.value && !history.value.next)) return
  begin(model, 'history')
  try {
    const next = history.value?.next
    const page = await api.history(next ? `?before=${encodeURIComponent(next)}` : '')
    if (turns !== model.turns) return
    batch(() => {
      busy.value = ''
      history.value = { entries: [...(history.value?.entries ?? []), ...page.entries], next: page.next }
    })
  } catch (thrown) {
    if (turns === model.turns) fail(model, 'history', thrown)
  }
}
