// When the panel is fetched, opened and closed. It is fetched on intent, once; its shell is on the screen before it is there.
import type { Model } from './panel/model.ts'
import type { Stage } from './stage.ts'
import shell from './theme/shell.css?inline'

export interface Opening {
  dialog: HTMLDialogElement
  open(view?: string, opener?: Element | null): Promise<void>
  /** Fetches the panel, or answers with the one that is there. */
  load(): Promise<Panel | undefined>
  /** While it is under way, and after. */
  loading?: Promise<unknown> | undefined
  /** The panel, once it is there. */
  panel?: Panel
  painted: typeof painted
}

/** What the panel answers to. */
export interface Panel {
  /** The one model, which the embeds share. */
  model: Model
  open(view?: string): void
  /** Somebody else is signed in now, or nobody. */
  turn(): unknown
  refresh(): Promise<void>
  /** The cart's total has changed. */
  recount(): void
}

export function openingOf(stage: Stage): Opening {
  const { config, root, launcher } = stage
  const dialog = shellOf(stage)
  launcher.ariaHasPopup = 'dialog'
  launcher.ariaExpanded = 'false'
  let opener: Element | null
  /** Where the launcher is by now. It is asked only if it has been moved, since the shell would wait for the answer. */
  const isRight = () => {
    if (!launcher.style.transform) return config.position === 'bottom-right'
    const { left, right } = launcher.getBoundingClientRect()
    return left + right > innerWidth
  }
  const opening: Opening = {
    dialog,
    painted,
    load() {
      // biome-ignore lint/suspicious/noAssignInExpressions: some bytes shorter
      return (opening.loading ??= fetched(stage, opening)) as Promise<Panel | undefined>
    },
    async open(view, from = stage.ofDocument<Element | null>('activeElement')) {
      if (!dialog.open) {
        dialog.className = isRight() ? 'panel right' : 'panel'
        opener = from
        dialog.setAttribute('open', '')
        launcher.ariaExpanded = 'true'
        stage.emit('open', { view })
      }
      const panel = await opening.load()
      if (panel) panel.open(view)
      else {
        // Its words could not be fetched either.
        dialog.textContent = stage.host.lang > 'j' ? '⟳ オフライン' : '⟳ Offline'
        addEventListener('online', () => dialog.open && opening.open(view), { once: true, signal: stage.signal })
      }
    },
  }
  root.addEventListener('keydown', (event) => {
    // One that ends what is composed of several keys closes nothing.
    const { key, isComposing } = event as KeyboardEvent
    if (key !== 'Escape' || isComposing || !dialog.open) return
    // Or the browser closes what of the page's is open below.
    event.preventDefault()
    dialog.close()
  })
  dialog.onclose = () => {
    launcher.ariaExpanded = 'false'
    stage.emit('close', {})
    // Back to where the shopper came from, unless they have moved on in the page by themselves.
    if (!stage.ofDocument<Element | null>('activeElement')?.matches('body *')) (opener as HTMLElement | null)?.focus()
  }
  return opening
}

/** Fetches the panel and puts it into its shell; undefined where it could not be fetched, or nobody wants it any more. */
async function fetched(stage: Stage, opening: Opening): Promise<Panel | undefined> {
  const { host, signal } = stage
  // The data is asked for together with the code; neither before the shell is on the screen, which it would hold up: asking for so
  // many files takes a slow phone as long as painting it.
  await painted
  stage.wallet()
  try {
    const isJa = host.lang === 'ja'
    const words = isJa ? import('./text/ja-first.ts') : import('./text/en-first.ts')
    const { token } = stage
    // What only members see, or only guests, does not wait until the panel is there to ask for it.
    const own = token
      ? [import('./panel/Member.tsx')]
      : token === ''
        ? [import('./panel/Guest.tsx'), isJa ? import('./text/ja-guest.ts') : import('./text/en-guest.ts')]
        : []
    for (const part of [words, ...own]) part.catch(() => {})
    const { mount } = await import('./panel/mount.tsx')
    const { first } = await words
    if (!signal.aborted) opening.panel = await mount(stage, opening, first)
  } catch {
    opening.loading = undefined
    stage.lost('load')
  }
  return opening.panel
}

/** The panel's empty shell. */
function shellOf({ root, ofDocument }: Stage) {
  const dialog = ofDocument<HTMLDialogElement>('createElement', 'dialog')
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(shell)
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
  root.append(dialog)
  return dialog
}

/** Awaited, it waits until what has been drawn is on the screen: the next frame is; in a page that nobody sees there is none, and nothing to
 * wait for. */
const painted = {
  // biome-ignore lint/suspicious/noThenProperty: a page may have put another in the place of Promise
  then(done: () => void) {
    requestAnimationFrame(() => setTimeout(done))
    setTimeout(done, 100)
  },
}
