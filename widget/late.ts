// A tag without a shop: some loaders write the attributes after the script has run, and some merchants mistype them.
import { advise } from './advice.ts'

/** Starts once there is a shop. */
export function wait(script: HTMLScriptElement, start: (script: HTMLScriptElement) => void) {
  setTimeout(() => script.dataset.shop || advise(script.dataset), 3_000)
  new MutationObserver((_, late) => {
    if (!script.dataset.shop) return
    late.disconnect()
    start(script)
  }).observe(script, { attributes: true })
}
