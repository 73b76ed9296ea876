// Whatever is pasted or dropped, read: a theme of ours in any of its formats, or the palette of what is not ours.
import type { Stray, Theme } from '../theme/tokens.ts'
import { readDesignTokens } from './dtcg-in.ts'
import { flawIn } from './flaw.ts'
import { colourIn, type Palette, paletteOfText } from './palette.ts'
import { readStylesheet } from './stylesheet.ts'
import { readJson, readTag } from './tag.ts'
import { refused, type Wrong } from './wrong.ts'

export interface Read {
  /** `theme`: it says what the tokens are. `palette`: it has colours to derive from. `nothing`: neither. */
  kind: 'theme' | 'palette' | 'nothing'
  theme: Theme
  /** What is no token, or whose value is none of its kind. */
  unknown: Stray[]
  palette?: Palette
  /** Why there is nothing in it, where that can be said. */
  wrong?: Wrong
}

/** Tells by itself what it is given: JSON, a tag, a page, a stylesheet. */
export function read(text: string): Read {
  try {
    return told(text)
  } catch (error) {
    // Nested deeper than the browser follows: nobody's theme.
    if (error instanceof RangeError) return { kind: 'nothing', theme: {}, unknown: [] }
    throw error
  }
}

function told(text: string): Read {
  const bare = text.trim()
  if (!bare) return refused({ what: 'empty' })
  if (bare.includes('\0')) return refused({ what: 'binary' })
  if (/^https?:\/\/\S+$/.test(bare)) return refused({ what: 'address' })
  const flaw = bare.startsWith('{') ? flawIn(bare) : undefined
  if (flaw) return refused({ what: 'json', ...flaw })
  const ours = bare.startsWith('{') ? (readDesignTokens(bare) ?? readJson(bare)) : (readTag(bare) ?? readStylesheet(bare))
  if (ours) return worthWearing(ours)
  const colour = colourIn(bare)
  const palette = colour ? [{ hex: colour.slice(0, 7), weight: 1 }] : paletteOfText(bare)
  return { kind: palette.length ? 'palette' : 'nothing', theme: {}, unknown: [], palette }
}

/** Where no token could be read, it was not the widget's own theme that was meant. */
const worthWearing = (found: Read): Read =>
  Object.keys(found.theme).length || !found.unknown.length ? found : { ...found, kind: found.palette?.length ? 'palette' : 'nothing' }
