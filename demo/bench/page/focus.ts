// Keeps the focus where the designer has it: a panel that opens on a stage asks for it, and a stage that sleeps is not to have it.

let last: HTMLElement | undefined

/** Gives the focus back whenever a sleeping stage has taken it. */
export function guardFocus() {
  addEventListener('focusin', ({ target }) => {
    if (!(target instanceof HTMLIFrameElement)) last = target as HTMLElement
  })
  // That is when a frame takes it; who has it can be asked a moment later.
  addEventListener('blur', () => setTimeout(giveBack))
}

function giveBack() {
  const frame = document.activeElement
  if (!(frame instanceof HTMLIFrameElement) || !frame.closest('[inert]')) return
  frame.blur()
  if (last?.isConnected) last.focus({ preventScroll: true })
}
