// The one model, shown in one more place. What the shop and the member have is the same everywhere; what a place is at by itself (its
// view, its open form, whose ticket is new, what its live region says) is its own, so that no place takes another's focus or words.
import { signal } from '@preact/signals'
import { render, type VNode } from 'preact'
import { learn, type Model } from '../panel/model.ts'
import panel from '../theme/panel.css?inline'
import ticket from '../theme/ticket.css?inline'
import type { Site } from './embeds.ts'

/** Shows a part of the panel in the element from now on; throws where the panel's code could not be fetched. */
export async function show(
  { element, opening, signal, box }: Site,
  css: string,
  part: (model: Model) => VNode,
): Promise<Model | undefined> {
  const model = (await opening.load())?.model
  if (!model) throw opening
  await Promise.all([learn(model, 'guest'), learn(model, 'rest')])
  if (signal.aborted) return
  const into = box(panel, ticket, css)
  const here = placed(model, { root: element.shadowRoot!, box: into })
  render(part(here), into)
  signal.addEventListener('abort', () => render(null, into), { once: true })
  return here
}

function placed(model: Model, place: Model['place']): Model {
  const own = { place, view: signal('points'), isRedeeming: signal(false), made: signal(''), copied: signal(''), said: signal('') }
  const here: Model = Object.assign(Object.create(model), own)
  // Counted for all places together.
  for (const count of ['turns', 'changes'] as const) {
    Object.defineProperty(here, count, {
      get: () => model[count],
      set: (number) => {
        model[count] = number
      },
    })
  }
  return here
}
