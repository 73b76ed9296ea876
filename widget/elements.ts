// The six elements a page may hold. All that the tag knows of them is their names: what one does is fetched when there is one.
import type { Opening } from './opening.ts'
import type { Embed } from './shared.ts'
import type { Stage } from './stage.ts'

const names = ['page', 'coupons', 'points', 'badge', 'checkout', 'gallery']
/** Told by an element that it is in the page now. A name is defined for ever, so a tag that comes after `remove()` listens here, too. */
const CALL = 'muse-embed'

export function watch(stage: Stage, opening: Opening) {
  const { signal } = stage
  const known = new WeakSet<Element>()
  const connect = async (element: Embed) => {
    if (known.has(element)) return
    known.add(element)
    try {
      const { connect } = await import('./embeds/embeds.ts')
      known.delete(element)
      if (!signal.aborted && element.isConnected && !element.leave) connect(element, { stage, opening })
    } catch {}
  }
  addEventListener(CALL, ({ target }) => connect(target as Embed), { signal })
  for (const name of names) {
    try {
      customElements.define(
        `muse-${name}`,
        class extends HTMLElement implements Embed {
          static formAssociated = true
          declare leave?: () => void
          connectedCallback() {
            this.dispatchEvent(new Event(CALL, { bubbles: true, composed: true }))
          }
          formDisabledCallback(isDisabled: boolean) {
            this.ariaDisabled = String(isDisabled)
          }
          disconnectedCallback() {
            this.leave?.()
            this.leave = undefined
          }
        },
      )
    } catch {}
  }
  // Those whose name an earlier tag has defined have said so already.
  const ours = names.map((name) => `muse-${name}`).join()
  for (const element of stage.ofDocument<NodeListOf<Embed>>('querySelectorAll', ours)) void connect(element)
}
