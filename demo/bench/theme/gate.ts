// The contrast gate: which colours of the widget meet, in which state, and whether they can be told apart (WCAG 2.2, 1.4.3 and 1.4.11).
import { contrast, type Hex, hexOf, mix, oklch, over } from './colour.ts'
import { HOVER } from './derive.ts'
import { aliasIn, put, settled, type Theme, worth } from './tokens.ts'
import { joined, type Pair, pairIn } from './values.ts'

export type Scheme = 'light' | 'dark'
export interface Meeting {
  /** The token on top: text, or the edge of something to press. */
  front: string
  /** The token below. */
  ground: string
  need: 4.5 | 3
  /** Where, in a word the page can translate. */
  place: string
  state: 'rest' | 'hover' | 'focus' | 'chosen' | 'invalid'
}
export interface Verdict extends Meeting {
  scheme: Scheme
  /** The colours as they are painted. */
  colours: { front: Hex; ground: Hex }
  ratio: number
  passes: boolean
}

const meet = (front: string, ground: string, need: 4.5 | 3, place: string, state: Meeting['state'] = 'rest') => ({
  ...{ front, ground, need, place, state },
})

/**
 * Every pair the stylesheets of the widget paint, in the panel and in the elements of a page. Disabled controls are exempt, hairlines
 * and the rest of the slider say nothing; of what stands beside a price the text is the page's own, and a badge's edge says nothing.
 */
export const meetings: readonly Meeting[] = [
  meet('on-launcher', 'launcher', 4.5, 'launcher'),
  meet('launcher-emblem', 'launcher', 3, 'launcher'),
  meet('ink', 'surface', 4.5, 'panel'),
  meet('ink-soft', 'surface', 4.5, 'notes'),
  meet('accent', 'surface', 3, 'emblem'),
  meet('on-accent', 'accent', 4.5, 'mainButton'),
  meet('on-accent', 'accent', 4.5, 'mainButton', 'hover'),
  meet('accent', 'surface', 3, 'mainButton'),
  meet('accent', 'surface', 3, 'panel', 'focus'),
  meet('accent', 'quiet', 3, 'panel', 'focus'),
  meet('accent', 'ticket', 3, 'amount', 'focus'),
  meet('ink', 'quiet', 4.5, 'plainButton', 'hover'),
  meet('ink-soft', 'quiet', 4.5, 'welcome'),
  meet('ink', 'quiet', 4.5, 'welcome'),
  meet('ink', 'ticket', 4.5, 'ticket'),
  meet('ink-soft', 'ticket', 4.5, 'ticket'),
  meet('edge', 'ticket', 3, 'plainButton'),
  meet('edge', 'surface', 3, 'plainButton'),
  meet('edge', 'ticket', 3, 'amount'),
  meet('ink', 'surface', 4.5, 'amount'),
  meet('accent', 'ticket', 3, 'slider'),
  meet('accent', 'surface', 4.5, 'chips', 'chosen'),
  meet('accent', 'surface', 3, 'tabs', 'chosen'),
  meet('ink-soft', 'surface', 4.5, 'tabs'),
  meet('trouble', 'surface', 4.5, 'refusal'),
  meet('trouble', 'ticket', 4.5, 'refusal'),
  meet('trouble', 'ticket', 3, 'amount', 'invalid'),
  meet('accent', 'quiet', 4.5, 'campaign'),
  meet('ink', 'quiet', 4.5, 'forms'),
  meet('ink-soft', 'quiet', 4.5, 'forms'),
  meet('edge', 'quiet', 3, 'forms'),
  meet('ink', 'surface', 4.5, 'forms'),
  meet('edge', 'surface', 3, 'forms'),
  meet('edge', 'quiet', 3, 'stars'),
  meet('accent', 'quiet', 3, 'stars', 'chosen'),
  meet('ink', 'surface', 4.5, 'checkout'),
  meet('ink-soft', 'surface', 4.5, 'checkout'),
  meet('edge', 'surface', 3, 'checkout'),
  meet('accent', 'surface', 3, 'checkout'),
]

/** Every meeting by day and by night, worst first: the one that falls furthest short of its need leads. */
export function judge(theme: Theme): Verdict[] {
  const verdicts = (['light', 'dark'] as const).flatMap((scheme) => meetings.map((meeting) => verdict(theme, meeting, scheme)))
  return verdicts.sort((a, b) => a.ratio / a.need - b.ratio / b.need)
}

export const failures = (theme: Theme) => judge(theme).filter(({ passes }) => !passes)

/** A sentence for what is exported, or nothing where all is well. */
export function warning(theme: Theme): string {
  const count = failures(theme).length
  return count ? `${count} of ${meetings.length * 2} pairs fall short of WCAG 2.2 AA contrast` : ''
}

function verdict(theme: Theme, meeting: Meeting, scheme: Scheme): Verdict {
  const colours = painted(theme, meeting, scheme)
  const ratio = contrast(colours.front, colours.ground)
  return { ...meeting, scheme, colours, ratio, passes: ratio >= meeting.need }
}

function painted(theme: Theme, { front, ground, state, place }: Meeting, scheme: Scheme) {
  const canvas = scheme === 'light' ? '#ffffff' : '#000000'
  const surface = over(sideOf(theme, 'surface', scheme), canvas)
  const below = over(sideOf(theme, ground, scheme), surface)
  const pressed = place === 'mainButton' && state === 'hover' ? mix(below, HOVER, over(sideOf(theme, 'ink', scheme), surface)) : below
  return { front: over(sideOf(theme, front, scheme), pressed), ground: pressed }
}

/** What a colour token comes to in one scheme. */
export function sideOf(theme: Theme, name: string, scheme: Scheme): Hex {
  const pairs = read.get(theme) ?? new Map<string, Pair>()
  const pair = pairs.get(name) ?? pairIn(settled(theme, name)) ?? ['#000000', '#ffffff']
  read.set(theme, pairs.set(name, pair))
  return pair[scheme === 'light' ? 0 : 1]
}
/** A theme never changes; another one is made. */
const read = new WeakMap<Theme, Map<string, Pair>>()

/** The nearest colour to the front one, in its hue, that passes here, and wherever else the same token stands in that scheme if one does. */
export function nearest(theme: Theme, verdict: Verdict): Hex | undefined {
  const { front, scheme } = verdict
  const everywhere = meetings.filter((meeting) => meeting.front === front)
  return (
    search(theme, verdict, (hex) => everywhere.every((meeting) => does(theme, meeting, scheme, hex))) ??
    search(theme, verdict, (hex) => does(theme, verdict, scheme, hex))
  )
}

/** The theme with that verdict's front token mended in its scheme. A token that only borrows gets a colour of its own. */
export function mend(theme: Theme, verdict: Verdict): Theme {
  const hex = nearest(theme, verdict)
  return hex ? withSide(theme, verdict.front, verdict.scheme, hex) : theme
}

/** Mends from the worst on until nothing fails, or nothing more can be done. */
export function mendAll(theme: Theme): Theme {
  let mended = theme
  for (let round = 0; round < meetings.length * 2; round++) {
    const [worst] = failures(mended)
    const next = worst ? mend(mended, worst) : mended
    if (next === mended) return mended
    mended = next
  }
  return mended
}

export function withSide(theme: Theme, name: string, scheme: Scheme, hex: Hex): Theme {
  const value = aliasIn(worth(theme, name)) ? settled(theme, name) : worth(theme, name)
  const pair: Pair = [...(pairIn(value) ?? ['#000000', '#ffffff'])]
  pair[scheme === 'light' ? 0 : 1] = hex
  return put(theme, name, joined(pair)!)
}

function does(theme: Theme, meeting: Meeting, scheme: Scheme, hex: Hex): boolean {
  return contrast(hex, painted(theme, meeting, scheme).ground) >= meeting.need
}

/** Steps away from where the colour is, to both sides at once, so that the first that passes is the nearest. */
function search(theme: Theme, { front, scheme }: Verdict, passes: (hex: Hex) => boolean): Hex | undefined {
  const from = oklch(sideOf(theme, front, scheme))
  for (let step = 1; step <= 200; step++)
    for (const l of [from.l - step / 200, from.l + step / 200]) {
      if (l < -0.005 || l > 1.005) continue
      const hex = hexOf({ ...from, l, alpha: 1 })
      if (passes(hex)) return hex
    }
  return undefined
}
