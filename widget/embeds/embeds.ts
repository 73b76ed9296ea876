// Which embed an element of the page is, where its code is, and what is the same for all: the root it draws in, the words and the
// program it waits for, the attributes it watches. Until all of that is there the page's own content of the element stays.
import type { PublicProgram } from '../../server/contract.ts'
import type { Embed, Shared } from '../shared.ts'
import type { More } from '../text/en-more.ts'

/** What a part is given to come alive with. */
export interface Site extends Shared {
  element: Embed
  /** Aborted when the element is taken out, and by `Muse.remove()`. */
  signal: AbortSignal
  text: More
  program: PublicProgram
  language: string
  /** What makes a field of it. */
  fieldOf(element: HTMLElement): ElementInternals
  create<Name extends keyof HTMLElementTagNameMap>(name: Name): HTMLElementTagNameMap[Name]
  /** Draws in the element from now on, instead of the page's content: answers with its box, emptied, under these sheets. */
  box(...sheets: string[]): HTMLElement
  /** The page's content again. */
  clear(): void
  /** Acts now, whenever one of the element's attributes has changed, and when the line is up again. */
  watched(act: () => unknown, ...attributes: string[]): void
}

const parts: Record<string, () => Promise<{ live(site: Site): unknown }>> = {
  page: () => import('./page.tsx'),
  coupons: () => import('./coupons.tsx'),
  points: () => import('./points.ts'),
  badge: () => import('./badge.ts'),
  checkout: () => import('./checkout.ts'),
  gallery: () => import('./gallery.tsx'),
}

const internals = new WeakMap<Element, ElementInternals>()
/** Of the page's own fields, those that were disabled here. */
const muted = new WeakSet<Element>()

/** Fills an element that has come into the page, once, if it is still there. */
export function connect(element: Embed, shared: Shared) {
  const away = new AbortController()
  const { signal } = away
  const { stage } = shared
  if (stage.signal.aborted || !element.isConnected || element.leave) return
  element.leave = () => {
    // For the next tag it is another one.
    element.leave = undefined
    away.abort()
  }
  stage.signal.addEventListener('abort', element.leave, { signal })
  const language = stage.host.lang
  const create: Site['create'] = (name) => stage.ofDocument('createElement', name)
  const root = () => element.shadowRoot ?? element.attachShadow({ mode: 'open' })
  const clear = () => {
    mute(element, false)
    if (!element.shadowRoot) return
    root().adoptedStyleSheets = []
    root().replaceChildren(create('slot'))
  }
  const made = create('div')
  made.className = 'panel embed'
  made.lang = language
  stage.keep!(made)
  const theme = follow(shared, made, signal)
  const box = (...sheets: string[]) => {
    mute(element, true)
    if (!made.isConnected) {
      root().adoptedStyleSheets = [...sheets.map(sheetOf), theme]
      root().replaceChildren(made)
    }
    made.replaceChildren()
    return made
  }
  const watched: Site['watched'] = (act, ...attributes) => {
    act()
    // What had no answer has one once the line is up.
    addEventListener('online', act, { signal })
    const observer = new MutationObserver(act)
    observer.observe(element, { attributes: true, attributeFilter: attributes })
    signal.addEventListener('abort', () => observer.disconnect())
  }
  signal.addEventListener('abort', clear)
  const enliven = async () => {
    const [part, { more }, program] = await Promise.all([
      parts[element.localName.slice(5)]!(),
      language === 'ja' ? import('../text/ja-more.ts') : import('../text/en-more.ts'),
      programOf(shared, signal),
    ])
    const text = worded(more, program.texts[language])
    if (!signal.aborted) await part.live({ ...shared, element, signal, text, program, language, fieldOf, create, box, clear, watched })
  }
  // What could not be fetched leaves the page as it was, and the element as one that has just come.
  enliven().catch(() => {
    if (signal.aborted) return
    stage.lost(element.localName)
    element.leave?.()
  })
}

/** An element gives its internals once. */
function fieldOf(element: HTMLElement): ElementInternals {
  const field = internals.get(element) ?? element.attachInternals()
  internals.set(element, field)
  return field
}

/** The page's own fields in it are no longer seen, and must not be submitted beside ours. */
function mute(element: Element, silent: boolean) {
  for (const own of element.querySelectorAll<HTMLInputElement>('input, select, button, textarea'))
    if (silent ? !own.disabled && muted.add(own) : muted.delete(own)) own.disabled = silent
}

/** What did not come with the page the panel asks for, at once and whenever it is opened; until it is there, the element waits. */
const programOf = ({ stage, opening }: Shared, signal: AbortSignal) =>
  stage.program.catch(
    () =>
      new Promise<PublicProgram>((found) => {
        addEventListener('muse:ready', (told) => found((told as CustomEvent).detail.program), { once: true, signal })
        void opening.load()
      }),
  )

/** The merchant's own wording over ours: of plain sentences only, as in the panel. */
function worded(more: More, own: Record<string, string> = {}): More {
  const known = Object.entries(own).filter(([key]) => typeof more[key as keyof More] === 'string')
  return { ...more, ...Object.fromEntries(known) }
}

/** A theme is custom properties on the widget's own host: an embed has the same on its own, now and when they change. */
function follow({ stage: { host, config } }: Shared, box: HTMLElement, signal: AbortSignal): CSSStyleSheet {
  const theme = new CSSStyleSheet()
  const copy = () => {
    const names = Array.from(host.style).filter((name) => name.startsWith('--muse'))
    theme.replaceSync(`:host{${names.map((name) => `${name}:${host.style.getPropertyValue(name)}`).join(';')}}`)
  }
  copy()
  // Where the tag says nothing, an embed is as light or as dark as the page it stands in.
  if (config.scheme === 'light' || config.scheme === 'dark') box.style.colorScheme = config.scheme
  const observer = new MutationObserver(copy)
  observer.observe(host, { attributes: true, attributeFilter: ['style'] })
  signal.addEventListener('abort', () => observer.disconnect())
  return theme
}

function sheetOf(css: string) {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  return sheet
}
