// What a group of design tokens takes over from another: `$extends`, of the DTCG format 2025.10.
import type { Design } from './figma.ts'

/**
 * A group with what it extends laid under what it says itself: groups part by part, tokens whole. `above` are the groups it was come
 * through, and `through` those that one comes through further in: what would extend one of them again goes in a circle, and does not.
 */
export function extended(file: Design, given: Design, above: Design[]): { group: Design; through: Design[] } {
  const through = [...above, given]
  const base = groupAt(file, pathIn(given.$extends))
  if (!base || through.includes(base)) return { group: given, through }
  const under = extended(file, base, through)
  return { group: laid(under.group, given), through: under.through }
}

/** The path that `{brand.wine}` names, or `#/brand/wine/$value`, or a reference to it; undefined where this is none of them. */
export function pathIn(said: unknown): string[] | undefined {
  if (typeof said === 'object' && said && '$ref' in said) return pathIn(said.$ref)
  if (typeof said !== 'string') return undefined
  if (!said.startsWith('#/')) return /^\{([^{}]+)\}$/.exec(said)?.[1]?.split('.')
  const parts = said.slice(2).split('/')
  return parts
    .filter((part, at) => at < parts.length - 1 || part !== '$value')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function groupAt(file: Design, path: string[] | undefined): Design | undefined {
  if (!path) return undefined
  let group: unknown = file
  for (const part of path) group = isGroup(group) && Object.hasOwn(group, part) ? group[part] : undefined
  return isGroup(group) ? group : undefined
}

function laid(under: Design, over: Design): Design {
  const both = Object.entries(over).map(([name, own]) => {
    const below = Object.hasOwn(under, name) ? under[name] : undefined
    return [name, isGroup(below) && isGroup(own) && !('$value' in own) ? laid(below, own) : own]
  })
  return { ...under, ...Object.fromEntries(both) }
}

const isGroup = (value: unknown): value is Design => typeof value === 'object' && value !== null && !Array.isArray(value)
