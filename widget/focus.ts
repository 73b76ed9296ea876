// What has the focus in the panel may be taken away: by the shop, by an answer, by a form that is done.
import type { Stage } from './stage.ts'

/** How long one waits for another to be given the focus, which comes after what has been drawn; milliseconds. */
const TURN = 99

/** Unless another has it by then, or the shopper has moved on, the panel's heading has the focus of what is gone: a screen reader goes on in
 * the panel, and Escape is heard. */
export function keepFocus({ root, ofDocument }: Stage, dialog: HTMLElement) {
  let last = root.activeElement
  const note = () => {
    // What is gone has not been left by the shopper.
    if (!last || last.isConnected) last = root.activeElement
  }
  dialog.addEventListener('focusin', note)
  dialog.addEventListener('focusout', () => queueMicrotask(note))
  let turn: ReturnType<typeof setTimeout> | undefined
  const give = () => root.activeElement || ofDocument('querySelector', 'body:focus-within') || dialog.querySelector('h2')?.focus()
  new MutationObserver(() => {
    if (!last || last.isConnected) return
    last = null
    // Who was waited for before has had the focus meanwhile.
    clearTimeout(turn)
    requestAnimationFrame(() => {
      turn = setTimeout(give, TURN)
    })
  }).observe(dialog, { childList: true, subtree: true })
}
