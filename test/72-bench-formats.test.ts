// In and out: every format brings back the very theme that went out by it, and what is not ours gives at least its colours.
import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { designTokens } from '../demo/bench/formats/dtcg.ts'
import { flawIn } from '../demo/bench/formats/flaw.ts'
import { paletteOfPixels, paletteOfText } from '../demo/bench/formats/palette.ts'
import { read } from '../demo/bench/formats/read.ts'
import { stylesheet } from '../demo/bench/formats/stylesheet.ts'
import { attribute, json, tag } from '../demo/bench/formats/tag.ts'
import { derive } from '../demo/bench/theme/derive.ts'
import { put, themeOf } from '../demo/bench/theme/tokens.ts'
import { themes } from '../widget/theme/themes.ts'
import { anyTheme } from './themes.ts'

const settings = { server: 'https://points.example/', shop: 'jej', scheme: 'dark', position: 'bottom-right' }

describe('a thousand themes come back the same', () => {
  test.each([
    ['the JSON of data-theme', json],
    ['the attribute', attribute],
    ['the stylesheet', stylesheet],
    ['tokens.json', designTokens],
    ['the tag', (theme: object) => tag(theme as Record<string, string>, settings)],
  ])('from %s', (_name, write) => {
    fc.assert(
      fc.property(anyTheme, (theme) => {
        expect(read(write(theme))).toMatchObject({ kind: 'theme', theme, unknown: [] })
        expect(write(read(write(theme)).theme)).toBe(write(theme))
      }),
      { numRuns: 1000 },
    )
  })

  it('the widget’s own too', () => {
    for (const text of [stylesheet({}), designTokens({}), tag({}, settings)]) expect(read(text)).toMatchObject({ kind: 'theme', theme: {} })
  })
})

it('writes the tag as a merchant pastes it', () => {
  const theme = put(put({}, 'accent', '#005f73'), 'font', "'Zen Old Mincho', serif")
  expect(tag(theme, settings)).toBe(
    `<script async src="https://points.example/muse.js" data-shop="jej" data-scheme="dark" data-position="bottom-right" data-theme='${json(theme)}'></script>`,
  )
  expect(tag({}, { server: 'https://p.example', shop: 'a"b<c' })).toContain('data-shop="a&quot;b&lt;c"')
})

it('says in every format that a theme fails, and that one passes', () => {
  const bad = put({}, 'ink', '#ffffff')
  for (const text of [json(bad), stylesheet(bad), designTokens(bad), tag(bad, settings)]) expect(text).toMatch(/fall short of WCAG 2.2 AA/)
  for (const text of [json({}), stylesheet({}), designTokens({}), tag({}, settings)]) expect(text).not.toMatch(/fall short/)
})

it('takes along what a part borrows from, since the launcher is there before the widget’s own tokens', () => {
  const theme = put(put({}, 'launcher', 'var(--muse-accent)'), 'on-launcher', 'var(--muse-on-accent)')
  for (const text of [json(theme), stylesheet(theme)]) {
    expect(text).toMatch(/accent"?: ?"?light-dark\(#7d2c46, #ecb0c1\)/)
    expect(read(text).theme).toEqual(theme)
  }
})

describe('tokens.json', () => {
  it('is of the 2025.10 shape', () => {
    const file = JSON.parse(designTokens(put({}, 'launcher', 'var(--muse-accent)')))
    expect(file.meaning.accent).toEqual({
      $type: 'color',
      day: { $value: { colorSpace: 'srgb', components: [0.4902, 0.17255, 0.27451], hex: '#7d2c46' } },
      night: { $value: { colorSpace: 'srgb', components: [0.92549, 0.6902, 0.75686], hex: '#ecb0c1' } },
    })
    expect(file.component.launcher.night).toEqual({ $value: '{meaning.accent.night}' })
    expect(file.brand.radius).toEqual({ $type: 'dimension', $value: { value: 20, unit: 'px' } })
    expect(file.brand.time).toEqual({ $type: 'duration', $value: { value: 160, unit: 'ms' } })
    expect(file.meaning.shadow.$value).toMatchObject({ offsetY: { value: 12, unit: 'px' }, color: { alpha: 0.2 } })
    expect(file.component['button-radius']).toEqual({ $type: 'dimension', $value: '{meaning.radius-inner}' })
  })

  it('of somebody else gives what is called as ours are, through groups, aliases and pointers, and a palette', () => {
    const theirs = {
      colour: {
        $type: 'color',
        wine: { $value: { colorSpace: 'oklch', components: [0.4, 0.12, 5], alpha: 1 } },
        paper: { $value: '#fffaf0' },
        leaf: { $value: { colorSpace: 'hsl', components: [150, 40, 30] } },
      },
      role: {
        accent: { $value: '{colour.wine}' },
        surface: { $ref: '#/colour/paper/$value' },
        ink: { light: { $value: '{colour.leaf}' }, dark: { $value: '{colour.paper}' } },
      },
      corner: { radius: { $type: 'dimension', $value: { value: 0.5, unit: 'rem' } } },
      broken: { track: { $value: '{colour.nowhere}' }, quiet: { $value: '{broken.quiet}', $type: 'color' } },
    }
    const { kind, theme, palette } = read(JSON.stringify(theirs))
    expect(kind).toBe('theme')
    expect(theme).toEqual({
      radius: '8px',
      surface: '#fffaf0',
      ink: 'light-dark(#2e6b4d, #fffaf0)',
      accent: expect.stringMatching(/^#[0-9a-f]{6}$/),
    })
    expect(palette?.map(({ hex }) => hex)).toContain('#2e6b4d')
  })

  it('of groups that extend others has what those have, but for what they say themselves; in a circle they add nothing', () => {
    const theirs = {
      shop: {
        $extends: '{house}',
        surface: { $value: '#fffaf0' },
        ink: { light: { $value: '#221100' } },
        sale: { $extends: '#/season', edge: { $value: '{shop.accent}' } },
      },
      house: {
        $type: 'color',
        accent: { $value: '#7a0019' },
        ink: { light: { $value: '#101010' }, dark: { $value: '#f0f0f0' } },
        more: { $extends: '{house}', track: { $value: '#cccccc' } },
      },
      season: { $extends: '{shop}', trouble: { $value: '#b00020' } },
      lost: { $extends: '{nowhere}', quiet: { $type: 'color', $value: '#f6efe6' } },
      itself: { $extends: '{itself}', line: { $type: 'color', $value: '#33221144' } },
    }
    const { theme, unknown } = read(JSON.stringify(theirs))
    expect(unknown).toEqual([])
    expect(theme).toEqual({
      ...{ accent: '#7a0019', surface: '#fffaf0', ink: 'light-dark(#221100, #f0f0f0)', edge: 'var(--muse-accent)' },
      ...{ track: '#cccccc', trouble: '#b00020', quiet: '#f6efe6', line: '#33221144' },
    })
  })
})

describe('what is wrong is said, and is no theme', () => {
  test.each([
    ['{"accent": "#005f73",\n "brand": }', { what: 'json', line: 2, column: 11, wants: 'value' }],
    ['{"accent": "#005f73",}', { what: 'json', line: 1, column: 22, wants: 'noComma' }],
    ["{'accent': 1}", { what: 'json', line: 1, column: 2, wants: 'noSingle' }],
    ['{\r\n// mine\r\n"accent": "#fff"}', { what: 'json', line: 2, column: 1, wants: 'noComment' }],
    ['{"accent": "#005f73"', { what: 'json', line: 1, column: 21, wants: 'more' }],
    [`<script src="muse.js" data-theme='{"accent" "#fff"}'></script>`, { what: 'json', line: 1, column: 11, wants: 'colon' }],
    ['<script src="muse.js" data-theme="mos"></script>', { what: 'name', name: 'mos' }],
    ['%PDF-1.7\n\0\0', { what: 'binary' }],
    [' \n', { what: 'empty' }],
  ])('%j', (text, wrong) => {
    expect(read(text)).toEqual({ kind: 'nothing', theme: {}, unknown: [], wrong })
  })

  it('wherever a JSON text is broken, and only there', () => {
    const cut = fc.tuple(fc.json(), fc.nat(), fc.nat(3), fc.constantFrom('', ',', ']', '}', '"', "'", ' 1', '//', '\n', 'nul', '.', '\\'))
    fc.assert(
      fc.property(cut, ([json, at, less, more]) => {
        const place = at % (json.length + 1)
        const text = json.slice(0, place) + more + json.slice(place + less)
        const isValid = () => {
          try {
            JSON.parse(text)
            return true
          } catch {
            return false
          }
        }
        expect(flawIn(text) === undefined).toBe(isValid())
      }),
      { numRuns: 3000 },
    )
  })

  it('what a token cannot be, and what is no token, by name and with what was given', () => {
    const left = { name: 'accent', value: 'bluee' }
    expect(read('muse-widget { --muse-accent: bluee; --muse-nope: 1px; --muse-ink: #000 }')).toEqual({
      kind: 'theme',
      theme: { ink: '#000000' },
      unknown: [left, { name: 'nope', value: '1px' }],
    })
    expect(read('{"ink": "#000", "launcher": "var(--muse-launcher)"}').unknown).toEqual([
      { name: 'launcher', value: 'var(--muse-launcher)' },
    ])
    const file = { meaning: { $type: 'color', accent: { $value: 'bluee' }, edge: { $value: '{no.where}' }, ink: { $value: '#000' } } }
    expect(read(JSON.stringify(file))).toMatchObject({
      kind: 'theme',
      theme: { ink: '#000000' },
      unknown: [left, { name: 'edge', value: '{no.where}' }],
    })
  })

  test.each(['muse-widget { --muse-accent: bluee }', '{"accent": "bluee"}', '{"accent": {"$type": "color", "$value": "bluee"}}'])(
    '%s is no theme at all, and none is taken off for it',
    (text) => {
      expect(read(text)).toMatchObject({ kind: 'nothing', unknown: [{ name: 'accent', value: 'bluee' }] })
    },
  )
})

it('knows the themes that ship by their names', () => {
  const { theme } = themeOf(themes.moss!)
  expect(read('<p>Shop</p><script async src="https://p.example/muse.js" data-shop="jej" data-theme="moss"></script>')).toEqual({
    kind: 'theme',
    theme,
    unknown: [],
  })
})

describe('what is not ours', () => {
  it('a stylesheet: the brand before the borders', () => {
    const css =
      ':root { --brand-primary: #0a7d55; } a { color: rgb(10 125 85) } hr { border: 1px solid #ddd } p { color: #333; background: #fff }'
    const found = read(css)
    expect(found).toMatchObject({ kind: 'palette', theme: {} })
    expect(found.palette?.[0]?.hex).toBe('#0a7d55')
  })

  it('a shop’s page: its theme colour', () => {
    const html =
      '<!doctype html><meta name="theme-color" content="#c2185b"><style>body{background:#fafafa;color:#222}</style><p style="color:#222">'
    expect(read(html).palette?.[0]?.hex).toBe('#c2185b')
  })

  it('a page that bears our tag: its theme', () => {
    const theme = derive('#2f5d46')
    expect(read(`<!doctype html><body><p>Shop</p>${tag(theme, settings)}</body>`)).toMatchObject({ kind: 'theme', theme })
  })

  it('a picture: what is painted, in order of how telling it is', () => {
    const pixels = [...Array(600)].flatMap((_, at) => (at < 400 ? [255, 255, 255, 255] : at < 500 ? [194, 24, 91, 255] : [12, 12, 12, 255]))
    const palette = paletteOfPixels([...pixels, 0, 255, 0, 0])
    expect(palette.map(({ hex }) => hex).toSorted()).toEqual(['#0c0c0c', '#c2185b', '#ffffff'])
    expect(palette[0]).toEqual({ hex: '#c2185b', weight: 100 / 600 })
  })

  test.each(['', 'hello', '{"accent"', '[]', '{"a": 1}', 'null', '<p>', '<html data-theme="dark">'])('%j is nothing', (text) => {
    expect(read(text)).toMatchObject({ kind: 'nothing', theme: {} })
  })

  it('text of any kind breaks nothing, and makes no theme with a value of its own', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          anyTheme.map((theme) => json(theme).slice(3)),
        ),
        (text) => {
          expect(['theme', 'palette', 'nothing']).toContain(read(text).kind)
          expect(paletteOfText(text).every(({ hex }) => /^#[0-9a-f]{6}$/.test(hex))).toBe(true)
        },
      ),
    )
  })
})
