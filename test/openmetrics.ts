// Reads OpenMetrics by the letter of its version 1.0, as far as this project writes it.

interface Family {
  type: string
  unit?: string
  help?: string
  samples: { name: string; labels: Record<string, string>; value: number }[]
}

/** Reads OpenMetrics 1.0 strictly: order, names, suffixes, escapes, buckets. Throws at the first thing that is not right. */
export function parse(text: string): Map<string, Family> {
  const families = new Map<string, Family>()
  if (!text.endsWith('\n# EOF\n')) throw new Error('does not end with # EOF')
  let name = ''
  for (const line of text.slice(0, -'# EOF\n'.length).split('\n').slice(0, -1)) {
    const meta = /^# (TYPE|UNIT|HELP) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)$/.exec(line)
    if (meta?.[1] === 'TYPE') {
      name = meta[2]!
      if (families.has(name)) throw new Error(`${name} comes twice`)
      if (!/^(counter|gauge|histogram|info)$/.test(meta[3]!)) throw new Error(line)
      families.set(name, { type: meta[3]!, samples: [] })
    } else if (meta) {
      if (meta[2] !== name || families.get(name)!.samples.length) throw new Error(`out of place: ${line}`)
      if (meta[1] === 'UNIT' && !name.endsWith(`_${meta[3]}`)) throw new Error(`not in its name: ${line}`)
      Object.assign(families.get(name)!, { [meta[1]!.toLowerCase()]: meta[3] })
    } else families.get(name)!.samples.push(sample(line, name, families.get(name)!.type))
  }
  for (const [name, family] of families) if (family.type === 'histogram') mustAddUp(name, family)
  return families
}

const suffixes: Record<string, string[]> = { counter: ['_total'], gauge: [''], info: ['_info'], histogram: ['_bucket', '_count', '_sum'] }

function sample(line: string, family: string, type: string) {
  const [, name, labels = '', value] = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (-?\d+(?:\.\d+)?(?:e[+-]\d+)?)$/.exec(line) ?? []
  if (!name || !suffixes[type]!.some((suffix) => name === family + suffix)) throw new Error(`not a sample of ${family}: ${line}`)
  const pairs = labels === '' ? [] : labels.split(/,(?=[a-z_]+=")/)
  const read = pairs.map((pair) => /^([a-z_]+)="((?:[^"\\\n]|\\["\\n])*)"$/.exec(pair) ?? fail(line))
  return { name, labels: Object.fromEntries(read.map(([, key, text]) => [key, text])), value: Number(value) }
}

function fail(line: string): never {
  throw new Error(`not labels: ${line}`)
}

// The buckets of one set of labels come in order, never fall, end with +Inf, and that is the count.
function mustAddUp(name: string, { samples }: Family) {
  const sets = new Map<string, { le: string; value: number }[]>()
  for (const { name: own, labels, value } of samples) {
    const { le = '', ...rest } = labels
    const set = sets.get(JSON.stringify(rest)) ?? []
    sets.set(JSON.stringify(rest), set)
    if (own === `${name}_bucket`) set.push({ le, value })
    else if (own === `${name}_count` && set.at(-1)?.value !== value) throw new Error(`${own} is not its last bucket`)
  }
  for (const buckets of sets.values()) {
    const bounds = buckets.map(({ le }) => (le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le)))
    if (bounds.at(-1) !== Number.POSITIVE_INFINITY) throw new Error(`${name} has no +Inf`)
    if (bounds.some((bound, index) => bound <= (bounds[index - 1] ?? -1))) throw new Error(`${name}: its bounds do not rise`)
    if (buckets.some(({ value }, index) => value < (buckets[index - 1]?.value ?? 0))) throw new Error(`${name}: its buckets fall`)
  }
}

/** The value of the sample whose labels are these. */
export const reading = (families: Map<string, Family>, name: string, labels: Record<string, string>) =>
  [...families.values()]
    .flatMap(({ samples }) => samples)
    .find((it) => it.name === name && JSON.stringify(it.labels) === JSON.stringify(labels))?.value
