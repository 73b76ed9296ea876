// The bench's tokens: three layers over the designer's file, each value in one canonical writing.
import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { put, settled, themeOf, tokenOf, tokens, worth } from '../demo/bench/theme/tokens.ts'
import { canonical } from '../demo/bench/theme/values.ts'
import { anyTheme } from './themes.ts'

describe('the tokens', () => {
  it('are those of tokens.css and the brand, each once', () => {
    const css = ['tokens', 'tokens-parts']
      .map((name) => readFileSync(new URL(`../widget/theme/${name}.css`, import.meta.url), 'utf8'))
      .join('')
    const written = new Set([...css.matchAll(/--muse-([\w-]+):/g)].map(([, name]) => name!))
    expect(tokens.map(({ name }) => name).toSorted()).toEqual([...written, 'brand'].toSorted())
  })

  it('have three layers, and only the parts borrow', () => {
    expect([...new Set(tokens.map(({ layer }) => layer))]).toEqual(['brand', 'meaning', 'component'])
    const borrowing = tokens.filter(({ initial }) => initial.startsWith('var('))
    expect(borrowing.length).toBeGreaterThan(3)
    for (const { name, layer } of borrowing) expect(layer, name).toBe('component')
  })
})

test.each([
  ['accent', 'RED', '#ff0000'],
  ['accent', '#ABC', '#aabbcc'],
  ['accent', 'light-dark(white, rgb(0 0 0 / 50%))', 'light-dark(#ffffff, #00000080)'],
  ['accent', 'light-dark(#fff,#fff)', '#ffffff'],
  ['accent', 'oklch(0 0 0)', '#000000'],
  ['launcher', ' var(--muse-accent) ', 'var(--muse-accent)'],
  ['radius', '1.25rem', '20px'],
  ['radius', '0', '0px'],
  ['radius', '400px', '40px'],
  ['time', '.2s', '200ms'],
  ['font', "'Zen Old Mincho' , serif", '"Zen Old Mincho", serif'],
  ['weight', 'bold', '700'],
  ['shadow', '0 12px 40px #0003', '0px 12px 40px 0px #00000033'],
  ['shadow', 'rgba(0,0,0,.5) 1px 2px', '1px 2px 0px 0px #00000080'],
  ['shadow', 'none', '0px 0px 0px 0px #00000000'],
  ['emblem', 'dot', '0 0 0 3px'],
  ['launcher-label', 'hidden', 'none'],
])('%s: %s is written %s', (name, text, value) => {
  expect(canonical(tokenOf(name)!.kind, text)).toBe(value)
})

test.each([
  ['accent', 'url(https://elsewhere.example)'],
  ['accent', 'light-dark(#fff)'],
  ['accent', '#ff'],
  ['radius', '12'],
  ['radius', '12vw'],
  ['radius', 'calc(1px + 1px)'],
  ['font', 'a; background: url(x)'],
  ['font', ''],
  ['weight', 'heavy'],
  ['weight', 'constructor'],
  ['emblem', 'toString'],
  ['shadow', '0 1px -3px red'],
  ['emblem', '0 99px'],
])('%s: %s is refused', (name, text) => {
  expect(canonical(tokenOf(name)!.kind, text)).toBeUndefined()
  const before = put({}, 'accent', '#123456')
  expect(put(before, name, text)).toBe(before)
})

it('is canonical to write a canonical value', () => {
  fc.assert(
    fc.property(anyTheme, (theme) => {
      for (const [name, value] of Object.entries(theme)) expect(canonical(tokenOf(name)!.kind, value)).toBe(value)
      expect(themeOf(theme)).toEqual({ theme, unknown: [] })
    }),
  )
})

it('keeps no value that is the widget’s own, and no alias that ends nowhere', () => {
  const theme = put(put({}, 'accent', 'teal'), 'launcher', 'var(--muse-accent)')
  expect(settled(theme, 'launcher')).toBe('#008080')
  expect(put(theme, 'accent', 'var(--muse-launcher)')).toBe(theme)
  expect(put(theme, 'launcher', 'var(--muse-launcher)')).toBe(theme)
  expect(put(theme, 'launcher', 'var(--muse-radius)')).toBe(theme)
  expect(put(theme, 'launcher', 'var(--muse-surface)')).toEqual({ accent: '#008080' })
  expect(worth({}, 'constructor')).toBe('')
  expect(themeOf(JSON.parse('{"__proto__": "#fff", "constructor": "#fff", "accent": "#fff"}')).theme).toEqual({ accent: '#ffffff' })
})
