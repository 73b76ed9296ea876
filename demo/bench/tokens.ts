// Reads the widget's tokens out of the designer's own file, so that the bench offers exactly those that exist.

export type Token = { name: string; note: string; value: string } & (
  | { kind: 'colour'; light: string; dark: string }
  | { kind: 'size'; amount: number; unit: 'px' | 'ms'; most: number }
  | { kind: 'text' }
)
export type TokenGroup = { title: string; tokens: Token[] }

export function tokensIn(css: string): TokenGroup[] {
  const groups: TokenGroup[] = []
  const [, host = ''] = /:host\s*\{([^}]*)\}/.exec(css) ?? []
  for (const line of host.split('\n')) {
    const title = /^\s*\/\* *(\w[\w ]*?)[:.]/.exec(line)?.[1]
    if (title) groups.push({ title, tokens: [] })
    const found = /^\s*--muse-([\w-]+):\s*(.+?);(?:\s*\/\*\s*(.+?)\s*\*\/)?/.exec(line)
    if (found) groups.at(-1)?.tokens.push(token(found[1] ?? '', found[2] ?? '', found[3] ?? ''))
  }
  return groups.filter((group) => group.tokens.length > 0)
}

function token(name: string, value: string, note: string): Token {
  const both = /^light-dark\((#\w+), (#\w+)\)$/.exec(value)
  if (both) return { name, note, value, kind: 'colour', light: full(both[1] ?? ''), dark: full(both[2] ?? '') }
  const size = /^(\d+)(px|ms)$/.exec(value)
  if (size) {
    const amount = Number(size[1])
    return { name, note, value, kind: 'size', amount, unit: size[2] === 'ms' ? 'ms' : 'px', most: Math.max(amount * 2, 32) }
  }
  return { name, note, value, kind: 'text' }
}

/** A colour field wants six digits. */
const full = (hex: string) => (hex.length === 4 ? `#${[...hex.slice(1)].map((digit) => digit + digit).join('')}` : hex)
