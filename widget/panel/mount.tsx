// Stage two begins here: puts the panel into the shell that stage one has drawn.
import { render } from 'preact'
import type { Panel as Handle, Opening } from '../opening.ts'
import type { Stage } from '../stage.ts'
import type { First } from '../text/en-first.ts'
import css from '../theme/panel.css?inline'
import { modelOf } from './model.ts'
import { outlive } from './outlive.ts'
import { Panel, partOf } from './Panel.tsx'
import { dress } from './part.tsx'
import { apiOf } from './reading.ts'
import { sessionOf } from './session.ts'
import { carryOn, load, show, turn } from './wallet.ts'

export async function mount(stage: Stage, opening: Opening, first: First): Promise<Handle> {
  const { root, signal, token } = stage
  const { dialog, painted } = opening
  const session = sessionOf(stage)
  const model = modelOf(stage, apiOf(stage, session), session, first, { root, box: dialog })
  // What the shop has now; where it does not answer, what it had.
  model.load = () =>
    load(
      model,
      false,
      model.api.program().catch(() => stage.program),
    )
  // What is there already is drawn at once, without bones before it.
  void load(model, true)
  // No work of the panel's begins before the shell is painted.
  if (dialog.open) await painted
  await partOf(stage.token)?.fetch(model)
  dress(root, css)
  dialog.textContent = ''
  // `all: initial` on the host has reset the language, too: its typeface, and where lines break.
  dialog.lang = stage.host.lang
  dialog.setAttribute('aria-labelledby', 'muse-name')
  render(<Panel model={model} close={() => dialog.close()} />, dialog)
  signal.addEventListener('abort', () => render(null, dialog))
  // Somebody else has signed in before there was anything to be told.
  if (token && token !== stage.token) void turn(model)
  addEventListener('online', () => carryOn(model), { signal })
  outlive(model)
  // Tapping beside the sheet closes it: only the backdrop is the dialog itself.
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close())
  // Nor does a thumb scroll the page there.
  dialog.addEventListener('touchmove', (event) => event.target === dialog && event.preventDefault())
  return {
    model,
    async open(view) {
      if (view) {
        show(model, view)
        dialog.children[1]!.scrollTop = 0
      }
      if (model.standing.value !== 'loading' && stage.isOld()) void load(model)
      await painted
      enter(stage, dialog)
    },
    turn: () => void turn(model),
    refresh: model.load,
    recount() {
      model.cartTotal.value = stage.cartTotal
    },
  }
}

/** Moves the focus in. On a phone the panel is a sheet over the page, and so modal; elsewhere only where something of the page's is, or fills the
 * screen: what is not modal, too, lies behind that, and cannot be pressed. */
function enter({ root, ofDocument }: Stage, dialog: HTMLDialogElement) {
  if (!dialog.open) return
  const isOver = matchMedia('(max-width: 480px)').matches || ofDocument('querySelector', ':modal,:fullscreen')
  if (isOver && !dialog.matches(':modal')) {
    dialog.removeAttribute('open')
    dialog.showModal()
  }
  if (!dialog.contains(root.activeElement)) dialog.querySelector('h2')?.focus({ preventScroll: true })
}
