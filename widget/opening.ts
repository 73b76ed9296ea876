// When the panel is fetched, opened and closed. It is fetched on intent, once; its shell is on the screen before it is there.
import type { Panel, Stage } from './stage.ts'

export interface Opening {
  open(view?: string, opener?: Element | null): Promise<void>
  /** Fetches the panel, or answers with the one that is there. */
  load(): Promise<Panel | undefined>
  /** The panel, once it is there. */
  panel?: Panel
}

export function openingOf(stage: Stage): Opening {
  const { host, root, launcher, dialog, signal } = stage
  let loading: Promise<Panel | undefined> | undefined
  let opener: Element | null
  const fetchPanel = async () => {
    // The data is asked for together with the code.
    stage.wallet()
    const parts = await Promise.all([
      import('./panel/mount.tsx'),
      host.lang === 'ja' ? import('./text/ja.ts') : import('./text/en.ts'),
      // No work of the panel's begins before the shell is painted.
      new Promise((done) => requestAnimationFrame(() => setTimeout(done))),
    ]).catch(() => {})
    if (!parts) loading = undefined
    else if (!signal.aborted) opening.panel = parts[0].mount(stage, parts[1].text)
    return opening.panel
  }
  const opening: Opening = {
    load: () => (loading ??= fetchPanel()),
    async open(view, from = document.activeElement) {
      if (!dialog.open) {
        opener = from
        dialog.setAttribute('open', '')
        launcher.setAttribute('aria-expanded', 'true')
        stage.emit('open', { view })
      }
      const panel = await opening.load()
      if (panel) panel.open(view)
      // Its words could not be fetched either.
      else dialog.textContent = '⟳ Offline / オフライン'
    },
  }
  const listen = (to: EventTarget, event: string, act: (event: Event) => void) => to.addEventListener(event, act, { signal })
  listen(launcher, 'click', () => (dialog.open ? dialog.close() : opening.open('', launcher)))
  // A thumb enters, too, some hundred milliseconds before it clicks.
  listen(launcher, 'pointerenter', opening.load)
  listen(launcher, 'focus', opening.load)
  listen(root, 'keydown', (event) => (event as KeyboardEvent).key === 'Escape' && dialog.close())
  listen(dialog, 'close', () => {
    launcher.setAttribute('aria-expanded', 'false')
    stage.emit('close', {})
    // Back to where the shopper came from, unless they have moved on in the page by themselves.
    const at = document.activeElement
    if (at === host || at === document.body) (opener as HTMLElement | null)?.focus()
  })
  return opening
}
