// Whatever is pasted or dropped, read: a theme of ours in any of its formats, or the palette of what is not ours.
import type { Theme } from '../theme/tokens.ts'
import { readDesignTokens } from './dtcg.ts'
import { type Palette, paletteOfText } from './palette.ts'
import { readStylesheet } from './stylesheet.ts'
import { readJson, readTag } from './tag.ts'

export interface Read {
  /** `theme`: it says what the tokens are. `palette`: it has colours to derive from. `nothing`: neither. */
  kind: 'theme' | 'palette' | 'nothing'
  theme: Theme
  /** Names that are no tokens, or whose value is none of their kind. */
  unknown: string[]
  palette?: Palette
}

/** Tells by itself what it is given: JSON, a tag, a page, a stylesheet. */
export function read(text: string): Read {
  const bare = text.trim()
  const ours = bare.startsWith('{') ? (readDesignTokens(bare) ?? readJson(bare)) : (readTag(bare) ?? readStylesheet(bare))
  if (ours) return ours
  const palette = paletteOfText(bare)
  return { kind: palette.length ? 'palette' : 'nothing', theme: {}, unknown: [], palette }
}
