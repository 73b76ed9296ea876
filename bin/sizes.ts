// Weighs the built widget as it travels (brotli) against the budgets in package.json, and has the README tell the same budgets.
import { existsSync, readFileSync, statSync } from 'node:fs'

interface Chunk {
  file: string
  isEntry?: boolean
  imports?: string[]
  dynamicImports?: string[]
}

const dist = 'dist/widget/'
const chunks: Record<string, Chunk> = JSON.parse(readFileSync(`${dist}.vite/manifest.json`, 'utf8'))
const budgets: Record<string, number> = JSON.parse(readFileSync('package.json', 'utf8')).budgets
const entry = named((key) => !!chunks[key]?.isEntry)
const panel = named((key) => key.startsWith('widget/panel/') && !!chunks[entry]?.dynamicImports?.includes(key))
const texts = Object.keys(chunks).filter((key) => key.startsWith('widget/text/'))

const sizes: Record<string, number> = {
  launcher: weigh([entry]),
  panel: Math.max(...texts.map((text) => weigh([entry, panel, text]))),
  total: weigh(Object.keys(chunks)),
}

const complaints = Object.entries(sizes)
  .filter(([name, size]) => !(size <= (budgets[name] ?? 0)))
  .map(([name, size]) => `${name} is ${size} bytes, over its budget of ${budgets[name]}`)
complaints.push(...readmeDiffers())

console.table(Object.fromEntries(Object.entries(sizes).map(([name, bytes]) => [name, { bytes, budget: budgets[name] }])))
for (const complaint of complaints) console.error(`✗ ${complaint}`)
process.exit(complaints.length ? 1 : 0)

function named(is: (key: string) => boolean) {
  const found = Object.keys(chunks).filter(is)
  if (found.length !== 1) throw new Error(`expected one chunk here, found: ${found.join(', ') || 'none'}`)
  return found[0]!
}

/** Bytes of these chunks, each with all it imports, and each of them once. */
function weigh(keys: string[]) {
  const files = new Set<string>()
  const take = (key: string) => {
    const { file, imports = [] } = chunks[key]!
    if (files.has(file)) return
    files.add(file)
    imports.forEach(take)
  }
  keys.forEach(take)
  return [...files].reduce((sum, file) => sum + statSync(`${dist}${file}.br`).size, 0)
}

/** Its table between the markers: each row begins with the budget's name, and ends with its bytes. */
function readmeDiffers() {
  const readme = existsSync('README.md') ? readFileSync('README.md', 'utf8') : ''
  const block = readme.match(/<!-- budgets -->(.*?)<!-- \/budgets -->/s)?.[1]
  if (block === undefined) return ['README.md has no <!-- budgets -->…<!-- /budgets -->']
  const rows = [...block.matchAll(/^\| *`?(\w+)`? *\|.*?(\d[\d,]*)[^|\d]*\|$/gm)]
  const told = Object.fromEntries(rows.map(([, name, bytes = '']) => [name, Number(bytes.replaceAll(',', ''))]))
  return [...new Set([...Object.keys(budgets), ...Object.keys(told)])]
    .filter((name) => budgets[name] !== told[name])
    .map((name) => `the budget "${name}" is ${budgets[name] ?? 'missing'} in package.json and ${told[name] ?? 'missing'} in README.md`)
}
