// What a designer brings from a shop that is there already: stylesheets as five kinds of shops write them, and what design tools export.
import { describe, expect, it, test } from 'vitest'
import { colourIn, paletteOfText } from '../demo/bench/formats/palette.ts'
import { read } from '../demo/bench/formats/read.ts'
import { linked, themeIn } from '../demo/bench/theme/link.ts'
import { themeOf, tokenOf } from '../demo/bench/theme/tokens.ts'
import { themes } from '../widget/theme/themes.ts'

const colours = (text: string) => read(text).palette?.map(({ hex }) => hex)

describe('a shop’s stylesheet', () => {
  it('of Shopify’s own theme: three bare numbers, with commas or without', () => {
    const css = `<style>:root,.color-scheme-1{--color-background:255,252,247;--color-button:140,47,74;--gradient:#fffcf7}
      :root{--color-base-accent-2: 51 79 180;--flex: 1 1 0;--grid:3 4 5}</style>`
    expect(colours(css)).toEqual(['#334fb4', '#8c2f4a', '#fffcf7'])
  })

  it('of shadcn: hue and percents, or the parts of an oklch()', () => {
    const css = '@layer base{:root{--background:0 0% 100%;--primary:142.1 76.2% 36.3%;--radius:0.5rem}.dark{--border:217.2 32.6% 17.5%}}'
    expect(colours(css)).toEqual(['#16a34a', '#1e293b', '#ffffff'])
    expect(colours(':root{--p: 49.12% 0.3096 275.75;--pc:89.824% 0.06192 275.75}')?.[0]).toBe('#491eff')
  })

  it('of today: oklch() wherever it stands, both sides of light-dark(), what color-mix() mixes, and wide colours', () => {
    expect(colours('a { border: 1px solid oklch(0.48 0.1 165) }')).toEqual(['#036f4f'])
    expect(colours('a { background: linear-gradient(oklab(0.48 -0.0966 0.0259), #fff) }')).toEqual(['#036f4f', '#ffffff'])
    const css =
      ':root{--brand:light-dark(#0b6e4f,\n  #59d3a8);--edge:light-dark(#6d0b4f, #d359a8);--tint:color-mix(in srgb,#c2185b 12%,white)}'
    expect(colours(css)?.slice(0, 2).toSorted()).toEqual(['#0b6e4f', '#59d3a8'])
    expect(colours(css)).toContain('#c2185b')
    expect(colours('b{color:color(display-p3 0.1 0.5 0.35)}')).toHaveLength(1)
  })

  it('of EC-CUBE and WooCommerce: plain rules, and colours by their names', () => {
    const css = '.ec-blockBtn--action{background-color:#DE5D50;color:white}.ec-headerNavRole{background: navy}.x{float:none;animation:fade}'
    expect(colours(css)).toEqual(['#000080', '#de5d50', '#ffffff'])
  })

  it('of several megabytes with nothing in them is read at once', () => {
    const start = performance.now()
    paletteOfText(`a{b:${' '.repeat(300_000)}1${' '.repeat(300_000)}}`)
    expect(performance.now() - start).toBeLessThan(5_000)
  })
})

describe('a theme, as a shop has it in its pages', () => {
  test.each([
    [
      'that outdoes others',
      'muse-widget{--muse-accent:#0b6e4f!important;--muse-radius: 4px ! important}',
      { accent: '#0b6e4f', radius: '4px' },
    ],
    [
      'in the shop’s own variables',
      ':root{--leaf:#0b6e4f;--ink:var(--leaf)}muse-widget{--muse-accent:var(--ink);--muse-edge:var(--none,#6d0b4f);--muse-ticket:var(--muse-quiet)}',
      { accent: '#0b6e4f', edge: '#6d0b4f', ticket: 'var(--muse-quiet)' },
    ],
    [
      'in variables that go in a circle',
      ':root{--a:var(--b);--b:var(--a)}muse-widget{--muse-accent:var(--a);--muse-radius:4px}',
      { radius: '4px' },
    ],
    [
      'by day and by night apart',
      'muse-widget{--muse-accent:#0b6e4f;--muse-radius:4px}@media (prefers-color-scheme:dark){:root{--x:1}muse-widget{--muse-accent:#59d3a8}}a{--muse-edge:#6d0b4f}',
      { accent: 'light-dark(#0b6e4f, #59d3a8)', radius: '4px', edge: '#6d0b4f' },
    ],
    [
      'by night in a class, where by day it is the widget’s own',
      'html.dark muse-widget{--muse-surface:#101413} html:not(.dark) muse-widget{--muse-edge:#6d0b4f}',
      { surface: `light-dark(${(tokenOf('surface')!.initial.match(/#\w+/) ?? [])[0]}, #101413)`, edge: '#6d0b4f' },
    ],
  ])('%s', (_, css, theme) => {
    expect(read(css).theme).toEqual(themeOf(theme).theme)
  })

  test.each([
    ['without quotes', '<script async src=https://x.example/muse.js data-shop=jej data-theme=ink></script>', 'ink'],
    ['named', '<script src="https://x.example/muse.js" data-theme="ink"></script>', 'ink'],
  ])('in a tag %s', (_, html, name) => {
    expect(read(html).theme).toEqual(themeOf(themes[name]!).theme)
  })

  test.each(['&quot;', '&#34;', '&#034;', '&#x22;', '&#X22;'])('in a tag whose quotes a template wrote as %s', (quote) => {
    const html = `<script src="https://x.example/muse.js" data-theme="{'accent': '#0b6e4f'}"></script>`.replaceAll("'", quote)
    expect(read(html)).toMatchObject({ theme: { accent: '#0b6e4f' }, unknown: [] })
  })

  it('in whatever order its values borrow from each other', () => {
    const given = { surface: 'var(--muse-launcher)', launcher: 'var(--muse-ticket)', ticket: '#fffdf8' }
    for (const entries of [Object.entries(given), Object.entries(given).toReversed()])
      expect(themeOf(Object.fromEntries(entries))).toEqual({ theme: given, unknown: [] })
    expect(themeOf({ launcher: 'var(--muse-ticket)', ticket: 'var(--muse-launcher)' }).unknown).toHaveLength(1)
  })

  it('with more typefaces than anybody has goes into a link and back', () => {
    const { theme } = read(JSON.stringify({ font: [...Array(30_000)].map((_, at) => `Face ${at}`).join(', ') }))
    expect(themeIn(linked(theme))).toEqual(theme)
  })
})

describe('one value, copied out of it', () => {
  test.each([
    ['222.2 47.4% 11.2%', '#0f172a'],
    ['--primary: 222.2 47.4% 11.2%;', '#0f172a'],
    ['140, 47, 74', '#8c2f4a'],
    ['rebeccapurple', '#663399'],
    ['color: #8c2f4a;', '#8c2f4a'],
  ])('%s', (text, hex) => {
    expect(colourIn(text)).toBe(hex)
    expect(read(text)).toMatchObject({ kind: 'palette', palette: [{ hex }] })
  })

  test.each(['bluee', '1 2', '12px 4px 2px', 'rgb(1px 2px 3px)', 'color-mix(in srgb, #0b6e4f 12%, white)', ''])(
    '%j is no colour',
    (text) => {
      expect(colourIn(text)).toBeUndefined()
    },
  )
})

it('the address of a shop cannot be opened from here, and that is said', () => {
  expect(read('https://shop.example/products?x=1')).toMatchObject({ kind: 'nothing', wrong: { what: 'address' } })
})

describe('a design tool’s export', () => {
  it('of Style Dictionary and Tokens Studio, from before there was a format', () => {
    const file = {
      color: { white: { value: '#fffdf8' }, accent: { value: '{brand.500.value}' }, surface: { value: '{color.white}' } },
      brand: { 500: { value: '#0b6e4f', type: 'color' } },
      size: { radius: { value: '8', type: 'borderRadius' } },
    }
    expect(read(JSON.stringify(file))).toMatchObject({
      kind: 'theme',
      theme: { accent: '#0b6e4f', surface: '#fffdf8', radius: '8px' },
      unknown: [],
    })
  })

  it('of Figma: plain numbers, and extensions that are not ours', () => {
    const root = { $extensions: { 'com.figma.modeName': 'Light' } }
    const colour = { $type: 'color', $value: { colorSpace: 'srgb', components: [0.043, 0.431, 0.31], hex: '#0B6E4F' } }
    expect(read(JSON.stringify({ radius: { $type: 'number', $value: 12 }, ...root }))).toMatchObject({ theme: { radius: '12px' } })
    // Nothing in it is called as ours are: the theme that is worn must stay.
    expect(read(JSON.stringify({ wine: colour, ...root }))).toMatchObject({ kind: 'palette', theme: {}, palette: [{ hex: '#0b6e4f' }] })
    expect(read(JSON.stringify({ step: { $type: 'dimension', $value: '8px' }, ...root }))).toMatchObject({ kind: 'nothing' })
  })

  it('of Figma’s REST API: modes are the sides of a colour, aliases are followed', () => {
    const collection = { modes: [{ modeId: '1:0', name: 'Light mode' }, { modeId: '1:1', name: 'Dark mode' }], defaultModeId: '1:0' } // biome-ignore format: as the API has it
    const variable = (name: string, day: unknown, night: unknown, resolvedType = 'COLOR') =>
      ({ name, resolvedType, variableCollectionId: 'c', valuesByMode: { '1:0': day, '1:1': night } }) // biome-ignore format: as the API has it
    const alias = { type: 'VARIABLE_ALIAS', id: 'VariableID:1:3' }
    const variables = {
      'VariableID:1:3': variable('color/brand/500', { r: 0.043, g: 0.431, b: 0.31, a: 1 }, { r: 0.349, g: 0.827, b: 0.659, a: 1 }),
      'VariableID:1:4': variable('Semantic/onAccent', { r: 1, g: 1, b: 1, a: 1 }, { r: 0, g: 0, b: 0, a: 1 }),
      'VariableID:1:5': variable('accent', alias, alias),
      'VariableID:1:6': variable('shape/radius', 12, 12, 'FLOAT'),
    }
    expect(read(JSON.stringify({ status: 200, meta: { variables, variableCollections: { c: collection } } }))).toMatchObject({
      kind: 'theme',
      theme: { accent: 'light-dark(#0b6e4f, #59d3a8)', 'on-accent': 'light-dark(#ffffff, #000000)', radius: '12px' },
      unknown: [],
    })
  })

  it('whose sides are groups of their own, or an extension', () => {
    const colour = ($value: string) => ({ $type: 'color', $value })
    const groups = { dark: { surface: colour('#101413'), ink: colour('#eeeeee') }, light: { surface: colour('#ffffff') } }
    const { theme } = themeOf({ surface: 'light-dark(#ffffff, #101413)', ink: '#eeeeee' })
    expect(read(JSON.stringify(groups)).theme).toEqual(theme)
    const modes = { surface: { ...colour('#ffffff'), $extensions: { mode: { light: '#ffffff', dark: '#101413' } } } }
    expect(read(JSON.stringify(modes)).theme.surface).toBe('light-dark(#ffffff, #101413)')
  })

  it('that has our name for something else: a text colour is no size of text', () => {
    const file = { color: { $type: 'color', text: { $value: '#201c1a' }, shadow: { $value: '#0003' }, accent: { $value: '#0b6e4f' } } }
    expect(read(JSON.stringify(file))).toMatchObject({ theme: { accent: '#0b6e4f' }, unknown: [] })
  })

  it('that takes over groups from others: what a group does not say itself, whatever comes of a circle', () => {
    const colour = ($value: string) => ({ $value })
    const house = { $type: 'color', house: { accent: colour('#0b6e4f'), ink: colour('#201c1a'), inner: { surface: colour('#fffdf8') } } }
    const own = { $extends: '{house}', ink: colour('#101413'), inner: { $extends: '#/house', quiet: colour('#f4f1ea') } }
    const file = {
      ...house,
      own,
      launcher: { $type: 'color', $value: '{own.accent}' },
      ticket: { $type: 'color', $value: '{own.inner.surface}' },
    }
    expect(read(JSON.stringify(file))).toMatchObject({
      theme: { launcher: 'var(--muse-accent)', ticket: 'var(--muse-surface)', accent: '#0b6e4f', quiet: '#f4f1ea', surface: '#fffdf8' },
      unknown: [],
    })
    const circle = {
      a: { $extends: '{b}', x: { $extends: '{b}' } },
      b: { $extends: '{a}', y: { $extends: '{a}' }, accent: { $type: 'color', $value: '#0b6e4f' } },
    }
    expect(read(JSON.stringify(circle)).theme).toEqual({ accent: '#0b6e4f' })
  })

  it('whose shadow and typeface are made of other tokens', () => {
    const px = (value: number, unit = 'px') => ({ value, unit })
    const parts = {
      dark: { $type: 'color', $value: { colorSpace: 'display-p3', components: [0, 0, 0], alpha: 0.2 } },
      four: { $type: 'dimension', $value: px(4) },
      face: { $type: 'fontFamily', $value: ['Inter', 'Noto Sans JP'] },
    }
    const shadow = (more: object) => ({
      $type: 'shadow',
      $value: { offsetX: px(0), offsetY: '{four}', blur: px(1, 'rem'), spread: px(0), ...more },
    })
    const font = { $type: 'fontFamily', $value: ['{face}', 'serif'] }
    const taken = (more: object) => read(JSON.stringify({ ...parts, font, shadow: shadow(more) }))
    const worn = { font: 'Inter, "Noto Sans JP", serif', shadow: '0px 4px 16px 0px #00000033' }
    expect(taken({ color: '{dark}' })).toMatchObject({ theme: worn, unknown: [] })
    expect(taken({ color: { $ref: '#/dark/$value' } })).toMatchObject({ theme: worn, unknown: [] })
    // What the widget has no shadow of is left out, and said.
    for (const more of [
      { color: '{dark}', inset: true },
      { color: '{dark}', blur: '{none}' },
      { color: '{shadow}' },
      { color: '#000', blur: px(1, 'em') },
    ])
      expect(taken(more)).toMatchObject({ theme: { font: worn.font }, unknown: [{ name: 'shadow' }] })
  })

  it('with colours in every space of the format', () => {
    const spaces = { srgb: 1, 'srgb-linear': 1, hsl: 50, hwb: 50, lab: 50, lch: 50, oklab: 0.5, oklch: 0.5, 'display-p3': 1, 'a98-rgb': 1, 'prophoto-rgb': 1, rec2020: 1, 'xyz-d65': 0.5, 'xyz-d50': 0.5 } // biome-ignore format: one list
    for (const [colorSpace, part] of Object.entries(spaces)) {
      const accent = { $type: 'color', $value: { colorSpace, components: ['none', part, part / 2], alpha: 0.5 } }
      expect(read(JSON.stringify({ accent })).theme.accent, colorSpace).toMatch(/^#[\da-f]{6}80$/)
    }
  })

  it('nested or chained beyond all measure is read to its end, or given up', () => {
    const chain = Object.fromEntries([...Array(1_500)].map((_, at) => [`c${at}`, { $type: 'color', $value: `{c${at + 1}}` }]))
    const start = performance.now()
    expect(
      read(JSON.stringify({ ...chain, c1500: { $type: 'color', $value: '#0b6e4f' }, accent: { $type: 'color', $value: '{c0}' } })).theme,
    ).toEqual({ accent: '#0b6e4f' })
    expect(read('<script '.repeat(30_000)).kind).toBe('nothing')
    expect(performance.now() - start).toBeLessThan(2_000)
    expect(read(`${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`).kind).toBe('nothing')
  })

  it('of hundreds of colours offers the dozen that tell most', () => {
    const steps = Object.fromEntries([...Array(200)].map((_, at) => [`grey${at}`, { $type: 'color', $value: `hsl(${at} 20% ${at / 2}%)` }]))
    const palette = colours(JSON.stringify({ ...steps, primary: { $type: 'color', $value: '#c2185b' } }))
    expect(palette?.[0]).toBe('#c2185b')
    expect(palette?.length).toBeLessThanOrEqual(12)
  })
})
