// From one brand colour a whole theme, by day and by night. Everything that is read keeps 4.5 : 1 on every ground it stands on, and
// what is pressed 3 : 1: lightness gives way until it does, hue and character stay.
import { contrast, type Hex, hexOf, mix, type Oklch, oklch } from './colour.ts'
import { type Theme, themeOf } from './tokens.ts'
import { joined } from './values.ts'

type Dye = Omit<Oklch, 'alpha'>
interface Side {
  [token: string]: Hex
}

/** How much of the brand colours the greys, at most. */
const TINT = 0.009
/** Libraries differ in the fourth digit of a luminance; nobody's should find us short. */
const SPARE = 0.005
/** How a pressed main button is mixed (`.main:hover`). */
export const HOVER = 0.88

/** A theme around a brand colour; what `kept` says besides colours (type, shape, motion) stays. */
export function derive(brand: Hex, kept: Theme = {}): Theme {
  const solid = brand.slice(0, 7)
  const dye = oklch(solid)
  const [day, night] = [byDay(dye, solid), byNight(dye)]
  const colours = Object.keys(day).map((name) => [name, joined([day[name]!, night[name]!])!] as const)
  const { shadow: _shadow, ...rest } = kept
  const cast = hexOf({ ...grey(dye, 2), l: 0.22, alpha: 0.2 })
  return themeOf({ ...rest, brand: solid, ...Object.fromEntries(colours), shadow: `0px 12px 40px 0px ${cast}` }).theme
}

function byDay(brand: Dye, hex: Hex): Side {
  const tone = (l: number, much: number) => ({ ...grey(brand, much), l })
  const quiet = hexOf(tone(0.971, 1))
  const surface = hexOf(tone(0.997, 0.4))
  const grounds = [surface, quiet]
  const accent = passes(hex, grounds, 4.5) ? hex : darker(brand, grounds, 4.5)
  const ink = darker(tone(0.235, 2), grounds, 12)
  return {
    ...{ surface, quiet, ink, accent },
    'ink-soft': darker(tone(0.5, 2), grounds, 4.5),
    edge: darker(tone(0.64, 1.8), grounds, 3),
    track: hexOf(tone(0.87, 1.6)),
    line: hexOf({ ...tone(0.3, 1.6), alpha: 0.16 }),
    scrim: hexOf({ ...tone(0.18, 2), alpha: 0.48 }),
    'on-accent': lighter({ ...brand, c: 0, l: 1 }, [accent, mix(accent, HOVER, ink)], 4.5),
    trouble: darker({ l: 0.49, c: 0.17, h: 29 }, grounds, 4.5),
  }
}

function byNight(brand: Dye): Side {
  const tone = (l: number, much: number) => ({ ...grey(brand, much), l })
  const surface = hexOf(tone(0.212, 1.2))
  const quiet = hexOf(tone(0.262, 1.3))
  const grounds = [surface, quiet]
  const accent = lighter({ ...brand, l: Math.max(0.79, brand.l), c: Math.min(brand.c, 0.125) }, grounds, 4.5)
  const ink = lighter(tone(0.955, 0.7), grounds, 12)
  return {
    ...{ surface, quiet, ink, accent },
    'ink-soft': lighter(tone(0.745, 1), grounds, 4.5),
    edge: lighter(tone(0.585, 1.3), grounds, 3),
    track: hexOf(tone(0.39, 1.5)),
    line: hexOf({ ...tone(0.85, 1), alpha: 0.18 }),
    scrim: hexOf({ ...tone(0.1, 1.5), alpha: 0.62 }),
    'on-accent': darker({ ...brand, l: 0.22, c: Math.min(brand.c, 0.06) }, [accent, mix(accent, HOVER, ink)], 4.5),
    trouble: lighter({ l: 0.8, c: 0.11, h: 25 }, grounds, 4.5),
  }
}

const grey = ({ c, h }: Dye, much: number) => ({ l: 0, c: Math.min(c * 0.1, TINT) * much, h })

export const darker = (dye: Dye, grounds: Hex[], need: number) => reached(dye, grounds, need, 0)
export const lighter = (dye: Dye, grounds: Hex[], need: number) => reached(dye, grounds, need, 1)

/** The colour itself where it passes, else the first on its way to black (0) or white (1) that does. */
function reached(dye: Dye, grounds: Hex[], need: number, end: 0 | 1): Hex {
  const at = (l: number) => hexOf({ ...dye, l })
  if (passes(at(dye.l), grounds, need)) return at(dye.l)
  let [fails, does] = [dye.l, end as number]
  for (let step = 0; step < 14; step++) {
    const middle = (fails + does) / 2
    if (passes(at(middle), grounds, need)) does = middle
    else fails = middle
  }
  return at(does)
}

const passes = (hex: Hex, grounds: Hex[], need: number) => grounds.every((ground) => contrast(hex, ground) >= need + SPARE)
