// Stage two begins here: puts the panel into the shell that stage one has drawn.
import { render } from 'preact'
import type { Panel as Handle, Stage } from '../stage.ts'
import type { Text } from '../text/en.ts'
import standing from '../theme/standing.css?inline'
import ticket from '../theme/ticket.css?inline'
import tokens from '../theme/tokens.css?inline'
import widget from '../theme/widget.css?inline'
import { apiOf } from './api.ts'
import { modelOf } from './model.ts'
import { Panel } from './Panel.tsx'
import { sessionOf } from './session.ts'
import { carryOn, load, show, turn } from './wallet.ts'

export function mount(stage: Stage, text: Text): Handle {
  const { root, dialog, signal } = stage
  root.adoptedStyleSheets = [sheetOf(tokens), ...root.adoptedStyleSheets, sheetOf(widget + ticket + standing)]
  const session = sessionOf(stage)
  const model = modelOf(stage, apiOf(stage, session), session, text)
  dialog.textContent = ''
  dialog.setAttribute('aria-labelledby', 'muse-name')
  render(<Panel model={model} />, dialog)
  signal.addEventListener('abort', () => render(null, dialog), { once: true })
  addEventListener('online', () => carryOn(model), { signal })
  // Tapping beside the sheet closes it: only the backdrop is the dialog itself.
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close(), { signal })
  void load(model, true)
  return {
    open(view) {
      if (view) show(model, view)
      if (model.standing.value !== 'loading') void load(model)
      whenPainted(() => enter(stage))
    },
    turn: () => void turn(model),
    refresh: () => load(model),
    recount() {
      model.cartTotal.value = stage.cartTotal
    },
  }
}

/** Moves the focus in. On a phone the panel is a sheet over the page, and only then modal. */
function enter({ dialog, root }: Stage) {
  if (!dialog.open) return
  if (matchMedia('(max-width: 480px)').matches && !dialog.matches(':modal')) {
    dialog.removeAttribute('open')
    dialog.showModal()
  }
  if (!dialog.contains(root.activeElement)) dialog.querySelector('h2')?.focus({ preventScroll: true })
}

const sheetOf = (css: string) => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  return sheet
}

const whenPainted = (act: () => void) => requestAnimationFrame(() => setTimeout(act))
