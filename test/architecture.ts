// What ARCHITECTURE.md says about who may know whom, as one function: from sources to the offences in them.
import { posix } from 'node:path'
import { type Import, type Parsed, parse } from './parsed.ts'

type Sources = Record<string, string>

/** Of the server, the lowest first. A file imports from its own floor and those below; beside each other on one floor is not below. */
const floors = [
  ['server/programs'],
  ['server/contract'],
  ['server/contract.ts'],
  ['server/ledger', 'server/rules'],
  ['server/acts'],
  ['server/http'],
  ['server/hosts'],
]

/** A package, and the only places that know it. `demo/` is another company's program, and takes what it likes. */
const doors: [opens: RegExp, name: string, only: RegExp][] = [
  [/^(hono|@hono\/.+?)(\/|$)/, 'hono', /^(server\/(http|hosts)|demo|test)\//],
  [/^ky(\/|$)/, 'ky', /^(widget\/panel\/api\.ts$|test\/)/],
  [/^node:/, 'node:*', /^(server\/hosts\/(node\/.+|node\.ts$|operator\.ts$|workerd\.ts$)|demo\/|test\/|bin\/|vite\.config\.ts$)/],
]

/** Time and chance are arguments here. */
const pure = /^server\/(ledger|rules|acts)\//
const impure = ['Date()', 'Date.now', 'Math.random', 'performance.now', 'crypto.getRandomValues', 'crypto.randomUUID', 'Temporal.Now']

const linesMax = 250
const nameless = /(^|\/)(utils?|helpers?|common|services?|misc)(\.|\/|$)/

export function offences(sources: Sources): string[] {
  const files = Object.entries(sources).map(([path, source]) => ({ path, ...parse(path, source) }))
  const imports = files.flatMap(({ path, imports }) => imports.map((each) => ({ ...each, from: path, to: resolve(path, each.specifier) })))
  return [
    ...imports.flatMap(({ from, to, ...how }) =>
      importOffences(from, to, how).map((offence) => `${from} imports ${how.specifier}: ${offence}`),
    ),
    // Inside the server a type binds as a call does; elsewhere a page may take the type of the room it hangs in.
    ...circles(imports.filter(({ from, type }) => top(from) === 'server' || !type)),
    ...files.flatMap((file) => fileOffences(file).map((offence) => `${file.path}: ${offence}`)),
  ]
}

function importOffences(from: string, to: string, { type, specifier }: Import): string[] {
  const offences = doors
    .filter(([opens, , only]) => opens.test(specifier) && !only.test(from))
    .map(([, name]) => `${name} has another door`)
  if (/^(demo|test)\//.test(to) && top(from) !== top(to) && top(from) !== 'test') {
    offences.push(`nobody imports ${top(to)}/`)
  } else if (top(from) === 'server') {
    if (!isBelow(from, to)) offences.push('not its own floor nor one below')
  } else if (top(to) === 'server' && /^(widget|demo)$/.test(top(from))) {
    const may = (to === 'server/contract.ts' && type) || (top(from) === 'demo' && /^server\/(hosts|programs)\//.test(to))
    if (!may) offences.push(`of the server, ${top(from)}/ knows only ${top(from) === 'demo' ? 'hosts/ and ' : ''}the types of contract.ts`)
  }
  return offences
}

const top = (path: string) => path.split('/')[0]!

/** Packages are on no floor, and are judged by their doors. */
function isBelow(from: string, to: string) {
  if (to.startsWith('package:') || to === 'package.json') return true
  const place = (path: string) => floors.flat().find((floor) => path === floor || path.startsWith(`${floor}/`)) ?? ''
  const level = (path: string) => floors.findIndex((floor) => floor.includes(place(path)))
  return level(to) >= 0 && (place(to) === place(from) || level(to) < level(from))
}

function resolve(from: string, specifier: string) {
  return specifier.startsWith('.') ? posix.join(posix.dirname(from), specifier.replace(/\?.*/, '')) : `package:${specifier}`
}

function circles(imports: { from: string; to: string }[]): string[] {
  const found = new Set<string>()
  const done = new Set<string>()
  const walk = (path: string, way: string[]) => {
    const seen = way.indexOf(path)
    if (seen >= 0) found.add(`in a circle: ${[...way.slice(seen), path].join(' → ')}`)
    if (seen >= 0 || done.has(path)) return
    for (const { from, to } of imports) if (from === path) walk(to, [...way, path])
    done.add(path)
  }
  for (const { from } of imports) walk(from, [])
  return [...found]
}

function fileOffences({ path, mentions, header, lines }: Parsed & { path: string }): string[] {
  const offences = pure.test(path) ? impure.filter((name) => mentions.has(name)).map((name) => `${name} is the host's to call`) : []
  if (nameless.test(path)) offences.push('this name says nothing')
  if (!header) offences.push('has no header comment')
  if (lines > linesMax) offences.push(`has ${lines} lines of code; ${linesMax} is the most`)
  return offences
}
