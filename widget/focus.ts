// What has the focus in the panel, or in an element of the page, may be taken away: by the shop, by an answer, by a form that is done.
import type { Stage } from './stage.ts'

/** How long one waits for another to be given the focus, which comes after what has been drawn; milliseconds. */
const TURN = 99

/** Unless another has it by then, or the shopper has moved on, the panel's heading has the focus of what is gone: a screen reader goes on in
 * the panel, and Escape is heard. In an element of the page, which may be long, what was around it has it. */
export function keepFocus({ ofDocument }: Stage, box: HTMLElement) {
  /** Where the focus is. An element's box has no root yet when it is made. */
  const at = () => (box.getRootNode() as ShadowRoot).activeElement
  let last = at()
  let around: HTMLElement[] = []
  const note = () => {
    // What is gone has not been left by the shopper.
    if (last && !last.isConnected) return
    last = at()
    // Nobody has it, and what was around it is wanted yet.
    if (last) around = []
    for (let one = last?.parentElement; one && box.contains(one); one = one.parentElement) around.push(one)
  }
  box.addEventListener('focusin', note)
  box.addEventListener('focusout', () => queueMicrotask(note))
  let turn: ReturnType<typeof setTimeout> | undefined
  const give = () => {
    if (at() || ofDocument('querySelector', 'body:focus-within')) return
    const heading = box.querySelector<HTMLElement>('#muse-name')
    const near = heading ?? around.find((one) => one.isConnected)
    if (!near) return
    near.tabIndex = -1
    near.focus({ preventScroll: !heading })
  }
  new MutationObserver(() => {
    if (!last || last.isConnected) return
    last = null
    // Who was waited for before has had the focus meanwhile.
    clearTimeout(turn)
    requestAnimationFrame(() => {
      turn = setTimeout(give, TURN)
    })
  }).observe(box, { childList: true, subtree: true })
}
