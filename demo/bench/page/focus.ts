// Keeps the focus where the designer has it: a panel that opens on a stage asks for it, and a stage that sleeps is not to have it; and
// what was pressed may go away, which would leave who has no mouse at the top of the page.

let last: HTMLElement | undefined
/** Where the focus goes when what has it goes away, the best first. */
let heirs: HTMLElement[] = []
const USABLE = 'a[href], button, input, select, textarea, summary'

/** Gives the focus back whenever a sleeping stage has taken it. */
export function guardFocus() {
  addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLIFrameElement) return
    last = target as HTMLElement
    heirs = heirsOf(last)
  })
  // Who presses the ground wants the focus nowhere.
  addEventListener('pointerdown', ({ target }) => {
    if (!(target as Element).closest(`${USABLE}, label`)) last = undefined
  })
  new MutationObserver(inherit).observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled'] })
  // That is when a frame takes it; who has it can be asked a moment later.
  addEventListener('blur', () => setTimeout(giveBack))
}

/** A stage that sleeps takes no focus; what its dialogs take by themselves they give back before a key can be lost in them. */
export function sleep(stage: HTMLIFrameElement) {
  const page = stage.contentWindow as (Window & typeof globalThis) | null
  if (!page) return
  const { focus } = page.HTMLElement.prototype
  const { showModal } = page.HTMLDialogElement.prototype
  page.HTMLElement.prototype.focus = function (options) {
    if (!stage.inert) focus.call(this, options)
  }
  page.HTMLDialogElement.prototype.showModal = function () {
    showModal.call(this)
    giveBack()
  }
}

function giveBack() {
  const frame = document.activeElement
  if (!(frame instanceof HTMLIFrameElement) || !frame.closest('[inert]')) return
  frame.blur()
  if (last?.isConnected) last.focus({ preventScroll: true })
}

/** What stands in its row first, then what follows in its section, then what comes before it. */
function heirsOf(target: HTMLElement): HTMLElement[] {
  const rest = (room: Element | null) => [...(room?.querySelectorAll<HTMLElement>(USABLE) ?? [])]
  const section = rest(target.closest('section, header'))
  const at = section.indexOf(target)
  const all = [...rest(target.closest('li, .steps')), ...section.slice(at + 1), ...section.slice(0, Math.max(at, 0)).reverse()]
  return all.filter((one) => one !== target)
}

function inherit() {
  const has = document.activeElement
  if (!last || (has && has !== document.body && has !== last)) return
  if (isThere(last)) return has === last ? undefined : last.focus({ preventScroll: true })
  const heir = heirs.find(isThere)
  heir?.focus()
}

const isThere = (one: HTMLElement) => one.isConnected && !one.matches(':disabled') && one.checkVisibility()
