// Where a text that is to be JSON goes wrong, and what was wanted there: browsers tell of it in English, each in words of its own, and
// not all say where.

export interface Flaw {
  /** From 1. */
  line: number
  column: number
  wants: 'value' | 'name' | 'colon' | 'comma' | 'more' | 'end' | 'text' | 'noComma' | 'noComment' | 'noSingle'
}
type Wants = Flaw['wants']

const blank = /[ \t\r\n]*/y
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a text in JSON may not hold.
const text = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y
const other = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.])|[{}[\],:]/y

/** The first flaw of a text, or undefined where it is JSON. */
export function flawIn(json: string): Flaw | undefined {
  const open: string[] = []
  let wants: Wants = 'value'
  // What has just been opened may close at once; after a comma it may not.
  let isFresh = false
  for (let at = 0; ; ) {
    at += taken(blank, json, at).length
    if (at === json.length) return wants === 'end' ? undefined : flaw(json, at, 'more')
    const found = taken(text, json, at) || taken(other, json, at)
    if (!found) return flaw(json, at, unreadable[json[at]!] ?? wants)
    const isClosing = found === { '{': '}', '[': ']' }[open.at(-1)!]
    if (isClosing && (isFresh || wants === 'comma')) {
      open.pop()
      wants = open.length ? 'comma' : 'end'
    } else if (isClosing && wants !== 'colon' && !(found === '}' && wants === 'value')) {
      return flaw(json, at, 'noComma')
    } else {
      const next = after(found, wants, open)
      if (!next) return flaw(json, at, wants)
      wants = next
    }
    isFresh = found === '{' || found === '['
    at += found.length
  }
}

/** What begins like this and is no part of JSON is one of the usual slips. */
const unreadable: Record<string, Wants> = { '"': 'text', "'": 'noSingle', '/': 'noComment' }

/** What is wanted next, or undefined where this is not what is wanted now. */
function after(found: string, wants: Wants, open: string[]): Wants | undefined {
  if (wants === 'colon') return found === ':' ? 'value' : undefined
  if (wants === 'comma') return found !== ',' ? undefined : open.at(-1) === '{' ? 'name' : 'value'
  if (wants === 'name') return found.startsWith('"') ? 'colon' : undefined
  if (wants !== 'value' || /^[}\],:]/.test(found)) return undefined
  if (!/^[{[]/.test(found)) return open.length ? 'comma' : 'end'
  open.push(found)
  return found === '{' ? 'name' : 'value'
}

function taken(pattern: RegExp, json: string, at: number): string {
  pattern.lastIndex = at
  return pattern.exec(json)?.[0] ?? ''
}

function flaw(json: string, at: number, wants: Wants): Flaw {
  const lines = json.slice(0, at).split(/\r\n|\n|\r/)
  return { line: lines.length, column: lines.at(-1)!.length + 1, wants }
}
