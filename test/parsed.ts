// What the architecture test sees of a source file: whom it imports, which calls it mentions, how long it is.
import { parseSync } from 'vite'

export interface Import {
  specifier: string
  /** Gone before anything runs: `import type`. */
  type: boolean
}

export interface Parsed {
  imports: Import[]
  /** `Date.now` and its like, by their last two names; `Date()` is Date called, or made new, without an argument. */
  mentions: Set<string>
  /** Whether it begins with a comment. */
  header: boolean
  /** Those of code: neither blank nor all comment. */
  lines: number
}

/** Of all kinds of node, what is looked at here. */
interface Node {
  type: string
  name?: string
  value?: unknown
  source?: Node
  importKind?: string
  exportKind?: string
  object?: Node
  property?: Node
  callee?: Node
  arguments?: Node[]
}

export function parse(path: string, source: string): Parsed {
  const parsed: Parsed = { imports: [], mentions: new Set(), header: /^\s*\/[/*]/.test(source), lines: 0 }
  // Data has no room for comments, and a stylesheet, one declaration a line, is no longer for having many.
  if (path.endsWith('.json')) return { ...parsed, header: true }
  if (path.endsWith('.css')) return parsed
  const { program, comments, errors } = parseSync(path, source)
  if (errors[0]) throw new Error(`${path}: ${errors[0].message}`)
  visit(program as Node, parsed)
  let code = source
  for (const { start, end } of comments.toReversed()) code = code.slice(0, start) + code.slice(end)
  return { ...parsed, lines: code.split('\n').filter((line) => line.trim()).length }
}

function visit(node: Node, parsed: Parsed) {
  look(node, parsed)
  for (const child of Object.values(node).flat()) if (typeof child?.type === 'string') visit(child, parsed)
}

function look({ type, source, importKind, exportKind, object, property, callee, ...node }: Node, { imports, mentions }: Parsed) {
  if (typeof source?.value === 'string') {
    imports.push({ specifier: source.value, type: type === 'TSImportType' || importKind === 'type' || exportKind === 'type' })
  }
  if (type === 'MemberExpression') mentions.add(`${object?.name ?? nameOf(object?.property)}.${nameOf(property)}`)
  if (callee?.name === 'Date' && !node.arguments?.length) mentions.add('Date()')
}

const nameOf = (node?: Node) => node?.name ?? node?.value
