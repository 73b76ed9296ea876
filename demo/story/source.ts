// Values as the TypeScript of a story: single quotes, bare keys, and a variable wherever a code or an id of the demonstration stood.

import { canonical } from '../desk/timeline.ts'

/** What stands in a story for a text of the demonstration: the name of the variable that holds the story's own. */
export type Names = Map<string, string>

const WIDTH = 120

export function source(value: unknown, names: Names, indent = ''): string {
  if (typeof value === 'string') return names.get(value) ?? names.get(canonical(value)) ?? quoted(value)
  if (typeof value !== 'object' || value === null) return String(value)
  const open = Array.isArray(value) ? '[' : '{'
  const close = Array.isArray(value) ? ']' : '}'
  const parts = (deeper: string) =>
    Array.isArray(value)
      ? value.map((one) => source(one, names, deeper))
      : Object.entries(value).map(([key, one]) => `${/^[a-z_$][\w$]*$/i.test(key) ? key : quoted(key)}: ${source(one, names, deeper)}`)
  const flat = parts('')
  if (flat.length === 0) return open + close
  const line = Array.isArray(value) ? `[${flat.join(', ')}]` : `{ ${flat.join(', ')} }`
  if (indent.length + line.length <= WIDTH && !line.includes('\n')) return line
  const deeper = `${indent}  `
  return `${open}\n${parts(deeper)
    .map((part) => `${deeper}${part},`)
    .join('\n')}\n${indent}${close}`
}

/** A path with its variables in it: a plain string where it has none. */
export function pathSource(path: string, names: Names): string {
  const parts = path.split('/').map((part) => {
    const text = decodeURIComponent(part)
    const name = names.get(text) ?? names.get(canonical(text))
    return name ? `\${${name}}` : part.replaceAll(/[`$\\]/g, '\\$&')
  })
  const text = parts.join('/')
  return text.includes('${') ? `\`${text}\`` : quoted(text)
}

/** JSON knows what to escape; the quotes are ours. */
export const quoted = (text: string) =>
  `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'").replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}'`
