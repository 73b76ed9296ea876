// How the widget's figures are told: four tables, then each budget of ours, kept or missed.
import { type Figures, print } from '../rounds.ts'

const TABLES: Record<string, string[]> = {
  'Loading, 6× slower': ['bytes on load', 'requests', 'for code', 'script', 'script ÷ Sentry’s', 'main thread', 'blocking on load'],
  'Opening, 6× slower': [
    ...['bytes to open', 'shell', 'shell ÷ Sentry’s', 'content', 'interaction', 'interaction ÷ Sentry’s', 'longest after click', 'shift'],
  ],
  '4× slower': ['launcher, 4G', 'shell, 4G', 'content, 4G', 'shell, hovered', 'content, hovered'],
  'What it keeps': ['heap loaded', 'heap open', 'bytes a cycle', 'nodes a cycle', 'listeners a cycle'],
}

/** What no figure of Muse's may pass. Ratios hold on any machine, the rest of the times where this was written. */
const BUDGETS: [sentence: string, column: string, most: number][] = [
  ['requests for code before a click', 'for code', 1],
  ['requests before a click', 'requests', 3],
  ['script on load, of Sentry’s', 'script ÷ Sentry’s', 0.2],
  ['tasks over 50 ms on load, above a blank page', 'blocking on load', 0],
  ['click to shell, of Sentry’s', 'shell ÷ Sentry’s', 0.5],
  ['click to shell, ms', 'shell', 50],
  ['interaction, of Sentry’s', 'interaction ÷ Sentry’s', 0.5],
  ['interaction, ms', 'interaction', 50],
  ['longest task after the click, ms', 'longest after click', 50],
  ['click to content when prefetched, ms at 4×', 'content, hovered', 110],
  ['heap above a blank page, loaded', 'heap loaded', 100 * 1024],
  ['heap above a blank page, open', 'heap open', 450 * 1024],
  ['bytes left by an opening and closing', 'bytes a cycle', 200],
  ['nodes left', 'nodes a cycle', 0],
  ['listeners left', 'listeners a cycle', 0],
  ['layout shift', 'shift', 0],
]

/** Prints it all. */
export function tell(found: Record<string, Figures>): void {
  for (const [title, columns] of Object.entries(TABLES)) {
    const lines = Object.entries(found).map(([name, figures]) => [
      name,
      Object.fromEntries(columns.map((key) => [key, figures[key] ?? Number.NaN])),
    ])
    print(title, Object.fromEntries(lines))
  }
  for (const [name, figures] of Object.entries(found).filter(([name]) => name.startsWith('Muse'))) {
    for (const [sentence, column, most] of BUDGETS) {
      const figure = figures[column] ?? Number.NaN
      const verdict = Number.isNaN(figure) ? '  –   ' : figure <= most ? '✓ pass' : '✗ miss'
      console.log(`${verdict}  ${name}: ${sentence}: ${written(figure)} (at most ${written(most)})`)
    }
  }
  console.log()
}

const written = (figure: number) => (Number.isNaN(figure) ? '–' : figure.toLocaleString('en', { maximumFractionDigits: 2 }))
