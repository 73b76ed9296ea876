// A theme as a Design Tokens file (DTCG Format Module 2025.10): `*.tokens.json`. Written out whole, defaults and all, because other
// tools know no defaults. The format has no modes, so a colour by day and by night is a group of two tokens.
import { warning } from '../theme/gate.ts'
import { aliasIn, type Theme, tokenOf, tokens, worth } from '../theme/tokens.ts'
import { fontsIn, pairIn, shadowIn } from '../theme/values.ts'
import type { Design } from './figma.ts'

/** What of the file is the widget's alone. */
export const MINE = 'muse.widget'

export function designTokens(theme: Theme): string {
  const file: Design = {
    $schema: 'https://www.designtokens.org/schemas/2025.10/format.json',
    $description: `A theme of the Muse widget. ${warning(theme) || 'Every pair passes WCAG 2.2 AA contrast'}.`,
  }
  const choices: Record<string, string> = {}
  for (const { name, layer, kind } of tokens) {
    if (kind.type === 'choice') choices[name] = worth(theme, name)
    else file[layer] = { ...(file[layer] as object), [name]: design(theme, name) }
  }
  // What the format has no type for.
  file.$extensions = { [MINE]: choices }
  return `${JSON.stringify(file, null, 2)}\n`
}

function design(theme: Theme, name: string): Design {
  const { kind } = tokenOf(name)!
  const value = worth(theme, name)
  const alias = aliasIn(value)
  const target = alias && `${tokenOf(alias)!.layer}.${alias}`
  switch (kind.type) {
    case 'colour': {
      const pair = pairIn(value)
      const side = (at: 0 | 1) => ({ $value: pair ? colour(pair[at]) : `{${target}.${['day', 'night'][at]}}` })
      return { $type: 'color', day: side(0), night: side(1) }
    }
    case 'dye':
      return { $type: 'color', $value: colour(value) }
    case 'length':
      return {
        $type: kind.unit === 'ms' ? 'duration' : 'dimension',
        $value: target ? `{${target}}` : { value: Number.parseFloat(value), unit: kind.unit },
      }
    case 'weight':
      return { $type: 'fontWeight', $value: Number(value) }
    case 'font':
      return { $type: 'fontFamily', $value: fontsIn(value) }
    default: {
      const { x, y, blur, spread, colour: cast } = shadowIn(value)!
      const px = (value: number) => ({ value, unit: 'px' })
      return { $type: 'shadow', $value: { color: colour(cast), offsetX: px(x), offsetY: px(y), blur: px(blur), spread: px(spread) } }
    }
  }
}

function colour(hex: string) {
  const channel = (at: number) => Number((Number.parseInt(hex.slice(at, at + 2), 16) / 255).toFixed(5))
  const alpha = hex.length > 7 ? { alpha: channel(7) } : {}
  return { colorSpace: 'srgb', components: [channel(1), channel(3), channel(5)], ...alpha, hex: hex.slice(0, 7) }
}
