// `npm run battery`: what is too long for every day. Names choose batteries (kills, syncs, cuts, disk, malformed, ebb, bank,
// split, interleavings, axe), sizes are options:
//   npm run battery -- axe --states=made,long --languages=ja --schemes=dark --widths=320,390
//   npm run battery -- kills bank --kills=200 --operations=100000 --host=edge
// Prints a table; the bank test's history is left in test-results/ as JSON lines. Ends with 1 when anything failed.
import { mkdirSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { interleave, type Told } from '../interleavings/started.ts'
import { axe } from './axe.ts'
import { bank } from './bank.ts'
import { cuts } from './cuts.ts'
import { canMount, fullDisk, readOnlyDisk } from './disk.ts'
import { ebb } from './ebb.ts'
import { kills } from './kills.ts'
import { malformed } from './malformed.ts'
import { split } from './split.ts'
import { canTrace, syncs } from './syncs.ts'
import { type HostName, prepare, type Victim } from './victim.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    kills: { type: 'string', default: '40' },
    answers: { type: 'string', default: '10000' },
    cuts: { type: 'string', default: '10000' },
    operations: { type: 'string', default: '20000' },
    requests: { type: 'string', default: '10000' },
    seed: { type: 'string' },
    rounds: { type: 'string', default: '10' },
    transfers: { type: 'string', default: '1000000' },
    interleavings: { type: 'string', default: '10000' },
    states: { type: 'string', default: '' },
    languages: { type: 'string', default: '' },
    schemes: { type: 'string', default: '' },
    widths: { type: 'string', default: '' },
    host: { type: 'string' },
  },
})
const size = (name: 'kills' | 'answers' | 'cuts' | 'operations' | 'requests' | 'rounds' | 'transfers' | 'interleavings') =>
  sizeOf(name, values[name])
const seed = values.seed === undefined ? undefined : Number(values.seed)
const hosts = (['node', 'edge'] as const).filter((name) => !values.host || values.host === name)

interface Battery {
  name: string
  hosts: readonly HostName[]
  /** What this machine lacks for it, if anything. */
  lacks?: string | false
  run(host: HostName): Promise<object>
}

const batteries: Battery[] = [
  { name: 'kills', hosts, run: (host) => on(host, (victim) => kills(victim, size('kills'))) },
  {
    name: 'syncs',
    hosts,
    lacks: !canTrace() && 'strace',
    run: (host) => syncs(host, size('answers')),
  },
  { name: 'cuts', hosts, run: (host) => on(host, (victim) => cuts(victim, size('cuts'))) },
  { name: 'disk full', hosts, lacks: !canMount() && 'leave to mount a disk', run: fullDisk },
  { name: 'disk read-only', hosts, lacks: !canMount() && 'leave to mount a disk', run: readOnlyDisk },
  {
    name: 'malformed',
    hosts,
    // As many again on workerd would take hours and tell the same.
    run: (host) => on(host, (victim) => malformed(victim, size('requests') / (host === 'edge' ? 10 : 1), seed), true),
  },
  { name: 'ebb', hosts: hosts.filter((host) => host === 'node'), run: (host) => on(host, (victim) => ebb(victim, size('rounds'))) },
  {
    name: 'bank',
    hosts,
    run: (host) => on(host, (victim) => bank(victim, size('operations'), `test-results/bank-${host}.jsonl`), true),
  },
  { name: 'split', hosts, run: (host) => on(host, (victim) => split(victim, size('transfers'))) },
  { name: 'interleavings', hosts: hosts.filter((host) => host === 'node'), run: () => manyInterleavings(size('interleavings')) },
  { name: 'axe', hosts: hosts.filter((host) => host === 'node'), run: () => axe(values) },
]

const wrong = positionals.find((asked) => !batteries.some(({ name }) => name.startsWith(asked)))
if (wrong) throw new Error(`There is no battery "${wrong}"; there are ${batteries.map(({ name }) => name).join(', ')}.`)
if (hosts.length === 0) throw new Error(`There is no host "${values.host}"; there are node and edge.`)

const rows: { battery: string; host: string; seconds: number; result: string }[] = []
mkdirSync('test-results', { recursive: true })
let failed = false
for (const { name, hosts, lacks, run } of batteries.filter(isAsked))
  for (const host of hosts) {
    const begin = performance.now()
    const done = lacks ? `skipped: there is no ${lacks} here` : await run(host).then(shown, failure)
    const row = { battery: name, host, seconds: Math.round((performance.now() - begin) / 1000), result: done }
    console.log(`${row.battery} on ${row.host}, ${row.seconds} s: ${row.result}`)
    rows.push(row)
  }

console.log(table(rows.map(({ seconds, ...row }) => ({ ...row, seconds: String(seconds) }))))
process.exit(failed ? 1 : 0)

// Of a size that is none a battery would do nothing, and pass.
function sizeOf(name: string, text: string): number {
  const size = Number(text)
  if (!Number.isInteger(size) || size < 1) throw new Error(`--${name} is a whole number above 0; it is not "${text}".`)
  return size
}

function isAsked({ name }: Battery) {
  return positionals.length === 0 || positionals.some((asked) => name.startsWith(asked))
}

async function on<T>(host: HostName, run: (victim: Victim) => Promise<T>, clock = false): Promise<T> {
  const victim = await prepare(host, { clock })
  try {
    return await run(victim)
  } catch (error) {
    console.error(victim.errors().slice(-2_000))
    throw error
  } finally {
    await victim.remove()
  }
}

/** By 2,500 and a seed each, lest one process piles up what a thousand pages leave behind. */
async function manyInterleavings(count: number) {
  const sums: Partial<Told> = {}
  for (let left = count, part = seed ?? 1; left > 0; left -= 2_500, part++)
    for (const [name, number] of Object.entries(await interleave(Math.min(left, 2_500), part)) as [keyof Told, number][])
      sums[name] = (sums[name] ?? 0) + Number(number)
  return sums
}

function shown(result: object): string {
  const text = (value: unknown): string => (typeof value === 'object' ? `(${shown(value as object)})` : String(value))
  return Object.entries(result)
    .map(([name, value]) => `${name} ${text(value)}`)
    .join(', ')
}

function failure(error: unknown): string {
  failed = true
  console.error(error)
  return `FAILED: ${error instanceof Error ? error.message.split('\n')[0] : error}`
}

function table(rows: Record<string, string>[]): string {
  const names = ['battery', 'host', 'seconds', 'result']
  const widths = names.map((name) => Math.max(name.length, ...rows.map((row) => row[name]?.length ?? 0)))
  const line = (cells: string[]) => `| ${cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(' | ')} |`
  return [
    line(names),
    line(widths.map((width) => '-'.repeat(width))),
    ...rows.map((row) => line(names.map((name) => row[name] ?? ''))),
  ].join('\n')
}
