// From one brand colour a theme, and the contrast gate. Colorjs.io, which the bench does not use, has the last word on colours.
import Color from 'colorjs.io'
import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { contrast, hexIn, hexOf, oklch } from '../demo/bench/theme/colour.ts'
import { derive } from '../demo/bench/theme/derive.ts'
import { failures, judge, meetings, mend, mendAll, nearest, sideOf, warning, withSide } from '../demo/bench/theme/gate.ts'
import { put, settled, tokens } from '../demo/bench/theme/tokens.ts'
import { seeded } from './seeded.ts'
import { anyColour, anyTheme } from './themes.ts'

const schemes = ['light', 'dark'] as const
const oracle = new Map<string, number>()

/** Contrast as the other library has it, of what is opaque. */
function judged(front: string, ground: string) {
  const [light, dark] = [front, ground].map(luminance).sort((a, b) => b - a)
  return (light! + 0.05) / (dark! + 0.05)
}
function luminance(hex: string) {
  const known = oracle.get(hex) ?? new Color(hex).luminance
  oracle.set(hex, known)
  return known
}

test('ten thousand brand colours: all text 4.5 : 1, all controls 3 : 1, by day and by night', () => {
  const random = seeded(20_261_122)
  const any = () => Math.floor(random() * 2 ** 24)
  const edges = ['#000000', '#ffffff', '#ffff00', '#00ff00', '#0000ff', '#ff0000', '#808080', '#767676', '#777777']
  const brands = [...edges, ...Array.from({ length: 10_000 }, () => `#${any().toString(16).padStart(6, '0')}`)]
  const wrong: string[] = []
  for (const brand of brands) {
    const theme = derive(brand)
    for (const scheme of schemes) {
      const side = (name: string) => sideOf(theme, name, scheme)
      const pressed = new Color(side('ink'))
        .mix(side('accent'), 0.88, { space: 'oklab', outputSpace: 'srgb' })
        .toString({ format: 'hex', collapse: false })
      for (const { front, ground, need, state, place } of meetings) {
        const below = place === 'mainButton' && state === 'hover' ? pressed : side(ground)
        const ratio = judged(side(front), below)
        if (ratio < need) wrong.push(`${brand} ${scheme} ${front}/${ground} ${state}: ${ratio}`)
      }
    }
    oracle.clear()
  }
  expect(wrong).toEqual([])
}, 120_000)

describe('a derived theme', () => {
  it('gives every colour of the meaning layer, both sides, and keeps the type and the shape', () => {
    const theme = derive('#2f5d46', { radius: '4px', accent: '#000000' })
    const colours = tokens.filter(({ layer, kind }) => layer === 'meaning' && kind.type === 'colour')
    for (const { name } of colours) expect(settled(theme, name), name).toMatch(/^light-dark\(#\w+, #\w+\)$/)
    expect([theme.brand, theme.radius]).toEqual(['#2f5d46', '4px'])
    expect(sideOf(theme, 'accent', 'light')).toBe('#2f5d46')
  })

  it('is of the brand’s hue on both sides', () => {
    fc.assert(
      fc.property(anyColour, (brand) => {
        const { c, h } = oklch(brand)
        fc.pre(c > 0.06)
        for (const scheme of schemes) {
          const accent = oklch(sideOf(derive(brand), 'accent', scheme))
          fc.pre(accent.c > 0.03)
          expect(Math.abs(((accent.h - h + 540) % 360) - 180)).toBeLessThan(6)
        }
      }),
    )
  })
})

describe('colour arithmetic', () => {
  it('agrees with the other library on contrast', () => {
    fc.assert(
      fc.property(anyColour, anyColour, (one, other) => {
        expect(contrast(one, other)).toBeCloseTo(judged(one, other), 2)
        expect(contrast(one, other)).toBe(contrast(other, one))
      }),
    )
  })

  it('comes back from OKLCH as it went in', () => {
    fc.assert(
      fc.property(anyColour, (hex) => {
        expect(hexOf(oklch(hex))).toBe(hex)
      }),
    )
  })

  test.each([
    ['tomato', '#ff6347'],
    ['rgb(255 99 71 / 0)', '#ff634700'],
    ['hsl(120 100% 25%)', '#008000'],
    ['color(srgb 1 0 0)', '#ff0000'],
    ['oklch(100% 0 0)', '#ffffff'],
  ])('reads %s', (text, hex) => expect(hexIn(text)).toBe(hex))
})

describe('the gate', () => {
  it('passes the widget’s own theme', () => {
    expect(failures({}).map(({ front, ground, scheme, ratio }) => `${front}/${ground} ${scheme} ${ratio}`)).toEqual([])
    expect(warning({})).toBe('')
  })

  it('looks at each pair in both schemes, the worst first', () => {
    fc.assert(
      fc.property(anyTheme, (theme) => {
        const verdicts = judge(theme)
        expect(verdicts).toHaveLength(meetings.length * 2)
        const shares = verdicts.map(({ ratio, need }) => ratio / need)
        expect(shares).toEqual(shares.toSorted((a, b) => a - b))
        for (const { ratio, colours } of verdicts) expect(ratio).toBeCloseTo(judged(colours.front, colours.ground), 2)
      }),
      { numRuns: 50 },
    )
  })

  it('mends with the nearest colour that passes, in that scheme alone', () => {
    const theme = put({}, 'ink-soft', 'light-dark(#b0a8a5, #b5aaa5)')
    const [worst] = failures(theme)
    expect(worst).toMatchObject({ front: 'ink-soft', scheme: 'light', passes: false })
    const hex = nearest(theme, worst!)!
    const mended = mend(theme, worst!)
    expect(failures(mended)).toEqual([])
    expect(settled(mended, 'ink-soft')).toBe(`light-dark(${hex}, #b5aaa5)`)
    // A step nearer to where it was would not do.
    const { l, c, h } = oklch(hex)
    expect(failures(withSide(theme, 'ink-soft', 'light', hexOf({ l: l + 0.006, c, h }))).length).toBeGreaterThan(0)
  })

  it('gives a part that borrows its colour one of its own', () => {
    const theme = put(put({}, 'launcher', 'var(--muse-accent)'), 'on-launcher', 'var(--muse-accent)')
    const [worst] = failures(theme)
    expect(failures(mend(theme, worst!)).length).toBeLessThan(failures(theme).length)
    expect(mend(theme, worst!)).toHaveProperty(worst!.front, expect.stringContaining('light-dark('))
  })

  it('mends whatever grounds leave room for text', () => {
    fc.assert(
      fc.property(
        anyColour,
        fc.array(fc.tuple(fc.constantFrom('ink', 'ink-soft', 'edge', 'trouble', 'on-accent'), anyColour)),
        (brand, changes) => {
          let theme = derive(brand)
          for (const [name, hex] of changes) theme = put(theme, name, hex)
          expect(failures(mendAll(theme))).toEqual([])
        },
      ),
      { numRuns: 60 },
    )
  })

  it('says in one sentence how many fall short', () => {
    expect(warning(put({}, 'ink', '#ffffff'))).toMatch(/^\d+ of 78 pairs fall short of WCAG 2.2 AA contrast$/)
  })
})
