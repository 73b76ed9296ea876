// What is read a page at a time.
import { batch, type Signal } from '@preact/signals'
import type { Model, Page, Pages } from './model.ts'
import { fail } from './verbs.ts'

/** The next page; the first one when there is none. */
export async function readOn(model: Model, at: Pages) {
  const { api, busy, failure, turns } = model
  const list = model[at] as Signal<Page<unknown> | null>
  if (busy.value) return
  // Not as an act begins: what was done just before has still to be said.
  busy.value = at
  failure.value = null
  try {
    const before = list.value
    const { rows, next } = before ?? { rows: [] }
    const key = at === 'history' ? 'entries' : at
    // Digits, as the server writes it.
    const page = await api.page(next ? `${at}?before=${next}` : at, key)
    if (turns !== model.turns) return
    batch(() => {
      busy.value = ''
      // Unless it has to be read anew by now.
      if (list.value === before) list.value = { rows: [...rows, ...page[key]], next: page.next }
    })
  } catch (thrown) {
    if (turns === model.turns) fail(model, at, thrown)
  }
}
