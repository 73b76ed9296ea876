// Draws what stage one shows: one host element, one shadow root, in it the launcher.
import type { Config } from './config.ts'
import css from './theme/launcher.css?inline'

/** What the document has by this name, and not what a page has named so: `<img name="currentScript">`. */
export const ofDocument = <T>(name: keyof Document): T => Reflect.get(Document.prototype, name, document) as T

export function draw({ position = 'bottom-left', scheme = 'auto', locale }: Config) {
  const element = (name: string): HTMLElement => ofDocument<typeof document.createElement>('createElement').call(document, name)
  const page = ofDocument<HTMLElement>('documentElement')
  const host = element('muse-widget')
  const root = host.attachShadow({ mode: 'open' })
  const launcher = element('button')
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  root.adoptedStyleSheets = [sheet]
  // Stage two makes it the language of its own words.
  host.lang = locale || page.lang || navigator.language
  Object.assign(host.dataset, { position, scheme })
  launcher.ariaLabel = 'Muse'
  launcher.ariaHasPopup = 'dialog'
  launcher.ariaExpanded = 'false'
  if (position !== 'none') root.append(launcher)
  // Beside <body>, not in it: a transform or filter on <body>, or a router that swaps it, then leaves the widget alone.
  page.append(host)
  return { host, launcher }
}
