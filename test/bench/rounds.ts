// How everything here is measured: all variants in each round, one after another, and medians over the rounds.

/** What one round of one variant gave, by the names of its columns. */
export type Figures = Record<string, number>

export interface Variant {
  name: string
  /** The variant of the same round whose `column` this one's is divided by. */
  against?: string
  column?: string
  run(): Promise<Figures> | Figures
}

export interface Line extends Figures {
  /** The median of the rounds' own ratios: what the machine did meanwhile it did to both. */
  ratio: number
}

/** The medians of each variant, by its name. */
export async function rounds(count: number, variants: Variant[], before?: () => Promise<void>): Promise<Record<string, Line>> {
  const all = new Map<string, Figures[]>(variants.map(({ name }) => [name, []]))
  for (let round = 0; round < count; round++) {
    await before?.()
    for (const { name, run } of variants) all.get(name)?.push(await run())
  }
  const lines = variants.map(({ name, against, column = 'rate' }): [string, Line] => {
    const own = all.get(name) ?? []
    const others = all.get(against ?? '') ?? []
    const ratio = median(own.map((figures, round) => (figures[column] ?? Number.NaN) / (others[round]?.[column] ?? Number.NaN)))
    const columns = Object.keys(own[0] ?? {})
    return [name, { ...Object.fromEntries(columns.map((key) => [key, median(own.map((figures) => figures[key] ?? Number.NaN))])), ratio }]
  })
  return Object.fromEntries(lines)
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** Prints lines as a table, under a title. */
export function print(title: string, lines: Record<string, Figures>): void {
  const columns = [...new Set(Object.values(lines).flatMap(Object.keys))]
  const cells = Object.entries(lines).map(([name, figures]) => [name, ...columns.map((column) => written(figures[column]))])
  const table = [[title, ...columns], ...cells]
  const widths = table[0]?.map((_, place) => Math.max(...table.map((row) => row[place]?.length ?? 0))) ?? []
  for (const row of table)
    console.log(row.map((cell, place) => (place ? cell.padStart((widths[place] ?? 0) + 2) : cell.padEnd(widths[0] ?? 0))).join(''))
  console.log()
}

function written(figure: number | undefined): string {
  if (figure === undefined || Number.isNaN(figure)) return '–'
  return figure >= 100 ? Math.round(figure).toLocaleString('en') : figure.toFixed(2)
}
