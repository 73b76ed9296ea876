// The themes that ship: stylesheets of 25 lines at most, which the bench reads, and which pass its gate.
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { read } from '../demo/bench/formats/read.ts'
import { stylesheet } from '../demo/bench/formats/stylesheet.ts'
import { failures, judge } from '../demo/bench/theme/gate.ts'
import { themeOf } from '../demo/bench/theme/tokens.ts'
import { themes } from '../widget/theme/themes.ts'

const folder = new URL('../widget/theme/themes/', import.meta.url)

it('are all in the folder, under their names', () => {
  expect(Object.keys(themes).toSorted()).toEqual(
    readdirSync(folder)
      .map((file) => file.replace('.css', ''))
      .toSorted(),
  )
})

describe.each(Object.entries(themes))('%s', (name, worn) => {
  const css = readFileSync(new URL(`${name}.css`, folder), 'utf8')
  const { theme, unknown } = themeOf(worn)

  it('is a stylesheet of 25 lines at most', () => {
    expect(css.trimEnd().split('\n').length).toBeLessThanOrEqual(25)
  })

  it('says only what the bench knows, and comes back from it the same', () => {
    expect(unknown).toEqual([])
    expect(read(css)).toMatchObject({ kind: 'theme', theme, unknown: [] })
    expect(read(stylesheet(theme)).theme).toEqual(theme)
  })

  it('passes the contrast gate by day and by night', () => {
    const short = failures(theme).map(
      ({ front, ground, place, state, scheme, ratio }) => `${front}/${ground} ${place} ${state} ${scheme} ${ratio}`,
    )
    expect(short).toEqual([])
  })
})

it('clear: all text is 7 : 1', () => {
  const { theme } = themeOf(themes.clear!)
  for (const { need, ratio, front } of judge(theme)) if (need === 4.5) expect(ratio, front).toBeGreaterThanOrEqual(7)
})
