// Draws what stage one shows: one host element, one shadow root, in it the launcher and the panel's empty shell.
import type { Config } from './config.ts'
import css from './theme/launcher.css?inline'

export type Drawn = ReturnType<typeof draw>

export function draw({ position, scheme }: Config, lang: string) {
  const host = element('muse-widget', { lang, position, scheme })
  const root = host.attachShadow({ mode: 'open' })
  const launcher = element('button', { class: 'launcher', 'aria-haspopup': 'dialog', 'aria-expanded': 'false' })
  const dialog = element('dialog', { class: 'panel' }) as HTMLDialogElement
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  root.adoptedStyleSheets = [sheet]
  launcher.append(element('i'), element('span', { 'aria-hidden': 'true' }))
  if (position !== 'none') root.append(launcher)
  root.append(dialog)
  // Beside <body>, not in it: a transform or filter on <body>, or a router that swaps it, then leaves the widget alone.
  document.documentElement.append(host)
  return { host, root, launcher, dialog }
}

/** Names the launcher after the program, and writes the balance on it when there is one. */
export function label({ launcher }: Drawn, name: string, available?: number) {
  launcher.setAttribute('aria-label', name)
  launcher.lastChild!.textContent = available === undefined ? name : `${`${available}`.replace(/\B(?=(...)+$)/g, ',')} pt`
}

/** A theme is custom properties: `{ "accent": "#0a5" }` sets `--muse-accent`. One that is `under` leaves alone what is set already. */
export function paint({ style }: HTMLElement, theme: object | undefined, under?: boolean) {
  for (const token in theme) {
    const name = `--muse-${token}`
    if (!under || !style.getPropertyValue(name)) style.setProperty(name, theme[token as never])
  }
}

function element(name: string, attributes: Record<string, string | undefined> = {}) {
  const made = document.createElement(name)
  for (const key in attributes) if (attributes[key]) made.setAttribute(key, attributes[key])
  return made
}
