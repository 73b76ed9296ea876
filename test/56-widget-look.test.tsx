// @vitest-environment node
// The look: what stage one repeats of the designer's file, and that nothing else names a colour.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { themes } from '../widget/theme/themes.ts'

const read = (name: string) =>
  readFileSync(new URL(`../widget/theme/${name}.css`, import.meta.url), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')
const tokens = new Map(
  [...(read('tokens') + read('tokens-parts')).matchAll(/--muse-([\w-]+):\s*([^;]+);/g)]
    .map(([, name, value]) => [name!, tidy(value!)])
    .reverse() as [string, string][],
)

describe('tokens.css', () => {
  it.each(['launcher', 'shell', 'widget', 'ticket', 'standing'])('has every token that %s.css uses', (sheet) => {
    const used = [...read(sheet).matchAll(/var\(--muse-([\w-]+)/g)].map(([, name]) => name!)
    // The slider's own position, set by the slider, and the tag's own `data-scheme`.
    expect(used.filter((name) => !tokens.has(name) && !['part', 'scheme'].includes(name))).toEqual([])
  })

  it.each(['launcher', 'shell'])('agrees with the defaults in %s.css, which is there before it', (sheet) => {
    const defaults = [...read(sheet).matchAll(/var\(--muse-([\w-]+),\s*((?:[^()]|\([^()]*\))+)\)/g)]
    expect(defaults.length).toBeGreaterThan(4)
    for (const [, name, value] of defaults) if (name !== 'scheme') expect(tokens.get(name!), name).toBe(tidy(value!))
  })

  it('has every token a theme gives', () => {
    for (const theme of Object.values(themes)) for (const token of Object.keys(theme)) expect(tokens.has(token), token).toBe(true)
  })
})

it.each(['widget', 'ticket', 'standing'])('names no colour or typeface in %s.css', (sheet) => {
  expect(read(sheet).match(/#[0-9a-f]{3,8}\b|rgba?\(|hsl|font-family|light-dark\(/gi)).toBeNull()
})

it.each(['light', 'dark'])('is readable in the %s scheme', (scheme) => {
  const side = scheme === 'light' ? 0 : 1
  const colour = (name: string) => /^light-dark\((.+), (.+)\)$/.exec(tokens.get(name)!)![side + 1]!
  const pairs = [
    ['ink', 'surface', 4.5],
    ['ink', 'quiet', 4.5],
    ['ink-soft', 'surface', 4.5],
    ['ink-soft', 'quiet', 4.5],
    ['on-accent', 'accent', 4.5],
    ['accent', 'surface', 4.5],
    ['trouble', 'surface', 4.5],
    ['trouble', 'quiet', 4.5],
    ['edge', 'surface', 3],
    ['edge', 'quiet', 3],
    ['accent', 'quiet', 3],
  ] as const
  for (const [text, ground, least] of pairs)
    expect(contrast(colour(text), colour(ground)), `${text} on ${ground}`).toBeGreaterThanOrEqual(least)
})

function tidy(value: string) {
  return value.replace(/\s+/g, ' ').replaceAll("'", '"').trim()
}

/** WCAG 2: from 1 to 21. */
function contrast(one: string, other: string) {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light! + 0.05) / (dark! + 0.05)
}

function luminance(hex: string) {
  const full = hex.length === 4 ? hex.replace(/[0-9a-f]/gi, '$&$&') : hex
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(full.slice(at, at + 2), 16) / 255
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
}
