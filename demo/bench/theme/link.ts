// A theme in an address, so that a link shows it to somebody else.
import { type Theme, themeOf } from './tokens.ts'

/** What goes behind `#`: empty for the widget's own theme. */
export function linked(theme: Theme): string {
  if (!Object.keys(theme).length) return ''
  const bytes = new TextEncoder().encode(JSON.stringify(theme))
  return `theme=${btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')}`
}

/** The theme behind `#`, or undefined where there is none that can be read. */
export function themeIn(hash: string): Theme | undefined {
  const text = /(?:^#?|&)theme=([\w-]+)/.exec(hash)?.[1]
  if (!text) return undefined
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0))
    return themeOf(JSON.parse(new TextDecoder().decode(bytes))).theme
  } catch {
    return undefined
  }
}
