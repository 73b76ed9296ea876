// Groups of a Design Tokens file that extend others (`$extends`): what another group has, and this one does not say by itself, is this one's too.
import type { Design } from './figma.ts'

/**
 * A group of `file` with all that it has by extending others. `above` are those which the groups around it extend already: to extend one
 * of them again would be a circle, and adds nothing. One that extends what there is not is as it stands.
 */
export function whole(file: Design, group: Design, above: readonly Design[]): { group: Design; above: readonly Design[] } {
  const base = typeof group.$extends === 'string' ? groupAt(file, group.$extends) : undefined
  if (!base || base === group || above.includes(base)) return { group, above }
  const its = whole(file, base, [...above, base])
  return { group: merged(its.group, group), above: its.above }
}

/** `{color.base}` of a reference as the format has it: `#/color/base/$value` says what `{color.base}` does. */
export const reference = (pointer: unknown) =>
  `{${String(pointer)
    .replace(/^#\//, '')
    .replace(/\/\$value$/, '')
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join('.')}}`

function groupAt(file: Design, named: string): Design | undefined {
  const path = (named.startsWith('#') ? reference(named) : named).replace(/^\{|\}$/g, '').split('.')
  return path.reduce<Design | undefined>((at, part) => (at && Object.hasOwn(at, part) ? groupIn(at[part]) : undefined), file)
}

/** What is said here stays: a token as a whole, a group where it says something. */
function merged(base: Design, own: Design): Design {
  const both = Object.keys(own).map((name) => {
    const [theirs, mine] = [Object.hasOwn(base, name) && groupIn(base[name]), groupIn(own[name])]
    return [name, theirs && mine && !name.startsWith('$') ? merged(theirs, mine) : own[name]]
  })
  return { ...base, ...Object.fromEntries(both) }
}

/** A group: an object that is no token. */
const groupIn = (value: unknown) =>
  typeof value === 'object' && value && !Array.isArray(value) && !('$value' in value) && !('$ref' in value) ? (value as Design) : undefined
