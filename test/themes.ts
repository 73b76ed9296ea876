// Themes at random, for the bench's tests: any tokens, any values of their kinds.
import * as fc from 'fast-check'
import { type Theme, themeOf, tokens } from '../demo/bench/theme/tokens.ts'
import type { Kind } from '../demo/bench/theme/values.ts'

const hex = fc.integer({ min: 0, max: 0xffffff }).map((number) => `#${number.toString(16).padStart(6, '0')}`)
const dyed = fc
  .tuple(hex, fc.option(fc.integer({ min: 0, max: 254 })))
  .map(([solid, alpha]) => (alpha === null ? solid : `${solid}${alpha.toString(16).padStart(2, '0')}`))
const names = ['Helvetica Neue', 'serif', 'Zen Old Mincho', 'ヒラギノ明朝 ProN', 'M PLUS 1p', 'system-ui', 'Kaisei Opti']
const colours = tokens.filter(({ kind }) => kind.type === 'colour').map(({ name }) => name)

export const anyColour = hex

const anyValue = (kind: Kind): fc.Arbitrary<string> => {
  switch (kind.type) {
    case 'colour':
      return fc.oneof(
        { weight: 6, arbitrary: fc.tuple(dyed, dyed).map(([day, night]) => `light-dark(${day}, ${night})`) },
        { weight: 2, arbitrary: dyed },
        { weight: 1, arbitrary: fc.constantFrom(...colours).map((name) => `var(--muse-${name})`) },
      )
    case 'dye':
      return hex
    case 'length':
      return fc.integer({ min: kind.least * 4, max: kind.most * 4 }).map((quarters) => `${quarters / 4}${kind.unit}`)
    case 'weight':
      return fc.integer({ min: 1, max: 9 }).map((hundreds) => `${hundreds * 100}`)
    case 'font':
      return fc.subarray(names, { minLength: 1 }).map((list) => list.map((name) => `"${name}"`).join(', '))
    case 'shadow':
      return fc
        .tuple(fc.integer({ min: -40, max: 40 }), fc.integer({ min: -40, max: 40 }), fc.nat(80), fc.integer({ min: -20, max: 20 }), dyed)
        .map(([x, y, blur, spread, cast]) => `${x}px ${y}px ${blur}px ${spread}px ${cast}`)
    case 'choice':
      return fc.constantFrom(...Object.values(kind.options))
  }
}

export const anyTheme: fc.Arbitrary<Theme> = fc
  .record(Object.fromEntries(tokens.map(({ name, kind }) => [name, anyValue(kind)])), { requiredKeys: [] })
  .map((given) => themeOf(given).theme)
