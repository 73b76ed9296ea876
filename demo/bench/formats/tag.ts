// The tag a merchant pastes, whole, and its `data-theme` alone: the theme as JSON.
import { themes } from '../../../widget/theme/themes.ts'
import { warning } from '../theme/gate.ts'
import { type Theme, themeOf, tokenOf, worn } from '../theme/tokens.ts'
import { flawIn } from './flaw.ts'
import type { Read } from './read.ts'
import { refused } from './wrong.ts'

/** What else the tag says. Empty and usual values are left out. */
export interface TagSettings {
  /** Where the server is: `https://points.example`. */
  server: string
  shop: string
  scheme?: string
  position?: string
}

/** A theme as the value of `data-theme`. One that fails the contrast gate says so in it; the widget paints nothing with that. */
export function json(theme: Theme): string {
  const fails = warning(theme)
  return JSON.stringify({ ...worn(theme), ...(fails && { fails }) })
}

/** In single quotes, because JSON is full of double ones. */
export const attribute = (theme: Theme) => `data-theme='${json(theme).replaceAll('&', '&amp;').replaceAll("'", '&#39;')}'`

export function tag(theme: Theme, { server, shop, scheme, position }: TagSettings): string {
  const settings = [
    ['data-shop', shop],
    ...(scheme && scheme !== 'auto' ? [['data-scheme', scheme]] : []),
    ...(position && position !== 'bottom-left' ? [['data-position', position]] : []),
  ].map(([name, value]) => ` ${name}="${escaped(value!)}"`)
  const dress = Object.keys(theme).length ? ` ${attribute(theme)}` : ''
  return `<script async src="${escaped(server.replace(/\/+$/, ''))}/muse.js"${settings.join('')}${dress}></script>`
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')

/** The theme in JSON of token → value; undefined when it is no such thing. */
export function readJson(text: string): Read | undefined {
  const found = parsed(text)
  if (!found) return undefined
  const { fails: _fails, ...given } = found
  const { theme, unknown } = themeOf(given)
  const isOurs = !unknown.length || Object.keys(theme).length || unknown.some(({ name }) => tokenOf(name))
  return isOurs ? { kind: 'theme', theme, unknown } : undefined
}

/** The theme in the `data-theme` of some HTML; one without any is the widget's own. Undefined when there is no tag of ours. */
export function readTag(html: string): Read | undefined {
  const tag = html.match(/<script\b(?:[^<>"']|"[^"]*"|'[^']*')*>/gi)?.find((tag) => /\bmuse\.js\b/i.test(tag))
  // A page may have such an attribute for purposes of its own, and not one that stands alone.
  const [, single, double, bare] = /\bdata-theme\s*=\s*(?:'([^']*)'|"([^"]*)"|([^\s"'<>=`]+))/i.exec(tag ?? html) ?? []
  const value = unescaped(single ?? double ?? bare ?? '').trim()
  if (!tag && !/^\{|^$/.test(value)) return undefined
  if (!value) return tag || /^data-theme\b/i.test(html) ? { kind: 'theme', theme: {}, unknown: [] } : undefined
  const flaw = flawIn(value)
  if (!flaw) return readJson(value)
  return value.startsWith('{') ? refused({ what: 'json', ...flaw }) : named(value)
}

/** One of those that ship. */
const named = (name: string): Read =>
  Object.hasOwn(themes, name) ? { kind: 'theme', ...themeOf(themes[name]!) } : refused({ what: 'name', name })

const entities: Record<string, string> = { apos: "'", quot: '"', lt: '<', gt: '>', amp: '&' }
/** Template engines write quotes as they like: `&quot;`, `&#34;`, `&#x22;`. */
const unescaped = (text: string) =>
  text.replace(/&(?:#(\d{1,6})|#x([\da-f]{1,5})|(apos|quot|lt|gt|amp));/gi, (_, decimal, hex, name) =>
    name ? entities[name.toLowerCase()]! : String.fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hex, 16)),
  )

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
