// `npm run bench`: prints tables and writes bench.json. Ratios travel from machine to machine, absolute figures do not.
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { benchEdge } from './edge.ts'
import { benchGrowth } from './growth.ts'
import { benchHttp } from './http.ts'
import { type Figures, print } from './rounds.ts'
import { benchSql } from './sql.ts'
import { tell } from './widget/told.ts'
import { benchWidget } from './widget.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '7' },
    largest: { type: 'string', default: '1e6' },
    cycles: { type: 'string', default: '1000' },
  },
})
const numbers = { rounds: Number(values.rounds), largest: Number(values.largest), cycles: Number(values.cycles) }
for (const [name, number] of Object.entries(numbers))
  if (!(number >= (name === 'cycles' ? 0 : 1)))
    throw new Error(`--${name} is a number; it is not "${values[name as keyof typeof values]}".`)
const { rounds: count, largest, cycles } = numbers
const sizes = [1e3, 1e5, 1e6, 5e6].filter((size) => size <= largest)

type Found = Record<string, Figures>
const parts: [name: string, title: string, run: () => Promise<Found>, show?: (found: Found) => void][] = [
  ['http', 'Node, connections', () => benchHttp(count)],
  ['sql', 'SQLite', () => benchSql(count)],
  ['edge', 'workerd, connections', () => benchEdge(count)],
  ['growth', 'By transfers in the book', () => benchGrowth(count, sizes)],
  ['widget', 'The widget', () => benchWidget(count, cycles), tell],
]
const wrong = positionals.find((name) => !parts.some(([part]) => part === name))
if (wrong) throw new Error(`There is no part "${wrong}"; the parts are ${parts.map(([name]) => name).join(', ')}.`)

const found: Record<string, Found> = {}
for (const [name, title, run, show = (lines: Found) => print(title, lines)] of parts) {
  if (positionals.length > 0 && !positionals.includes(name)) continue
  found[name] = await run()
  show(found[name])
}
writeFileSync('bench.json', `${JSON.stringify(found, null, 2)}\n`)
