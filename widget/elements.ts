// The six elements a page may hold. All that the tag knows of them is their names: what one does is fetched when there is one.
import type { Opening } from './opening.ts'
import type { Embed } from './shared.ts'
import type { Stage } from './stage.ts'

const names = 'page coupons points badge checkout gallery'.split(' ')
/** Tells, with the element, that it is in the page now, in whatever shadow root: of an event that passed through one, only the host would be
 * known. A name is defined for ever, so a tag that comes after `remove()` listens here, too. */
const CALL = 'muse-embed'

export function watch(stage: Stage, opening: Opening) {
  const here = new Set<Embed>()
  const connect = async (element: Embed) => {
    const fetched = await import('./embeds/embeds.ts').catch(() => stage.lost(element.localName))
    fetched?.connect(element, { stage, opening })
  }
  const all = () => (customElements.get('muse-page') as { here?: typeof here } | undefined)?.here?.forEach(connect)
  // Those whose name an earlier tag has defined have said so already.
  all()
  // What could not be fetched is, once the line is up, or somebody opens the panel.
  for (const event of ['online', 'muse:open']) addEventListener(event, all, stage)
  addEventListener(CALL, (told) => connect((told as CustomEvent).detail), stage)
  for (const name of names) {
    try {
      customElements.define(
        `muse-${name}`,
        class extends HTMLElement implements Embed {
          static formAssociated = true
          static here = here
          declare leave?: () => void
          connectedCallback() {
            here.add(this)
            dispatchEvent(new CustomEvent(CALL, { detail: this }))
          }
          formStateRestoreCallback(kept: string) {
            ;(this as { value?: string }).value = kept
          }
          formDisabledCallback(isDisabled: boolean) {
            this.ariaDisabled = `${isDisabled}`
          }
          disconnectedCallback() {
            here.delete(this)
            this.leave?.()
          }
        },
      )
    } catch {}
  }
}
