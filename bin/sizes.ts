// Weighs the built widget as it travels (brotli) against the budgets in package.json, and has the README tell the same budgets.
import { existsSync, readFileSync, statSync } from 'node:fs'

interface Chunk {
  file: string
  imports?: string[]
  dynamicImports?: string[]
}

const dist = 'dist/widget/'
const chunks: Record<string, Chunk> = JSON.parse(readFileSync(`${dist}.vite/manifest.json`, 'utf8'))
const budgets: Record<string, number> = JSON.parse(readFileSync('package.json', 'utf8')).budgets
const keys = Object.keys(chunks)
const [launcher, desk] = ['widget/tag.ts', 'widget/desk.ts'] as const
// The panel's chunk and the member's part of it are shared with the embeds, and have no names of their own: of what the desk fetches,
// they are those without.
const panel = chunks[desk]?.dynamicImports?.filter((key) => key.startsWith('_')) ?? []
const common = panel.filter((key) => !chunks[key]?.imports)
const words = keys.filter((key) => key.startsWith('widget/text/') && key.endsWith('-first.ts'))
const embeds = keys.filter((key) => /^widget\/embeds\/(?!embeds)/.test(key))
/** The themes that come with the widget, for a shop that names one in place of writing its own. */
const themes = 'widget/theme/themes.ts'
/** The ways to earn as actions, and their words. */
const ways = /^widget\/(panel\/Earn|text\/..-more)/
/** What all embeds stand on. */
const shared = keys.filter((key) => !/^widget\/embeds\//.test(key) && (key.startsWith('widget/') || panel.includes(key)))
if (panel.length !== 2 || common.length !== 1 || words.length < 2 || embeds.length !== 6)
  throw new Error(`the build has changed: ${panel}; ${words}; ${embeds}`)

/** What a shopper of this language may come to fetch, but for the embeds and the ways to earn. */
const reached = (word: string) => {
  const language = word.replace(/first\.ts$/, '')
  const ours = keys.filter((key) => key.startsWith('widget/') && !key.startsWith('widget/embeds/') && !ways.test(key) && key !== themes)
  return [...panel, ...ours].filter((key) => !key.startsWith('widget/text/') || key.startsWith(language))
}
const waysIn = (word: string) => ['widget/panel/EarnView.tsx', 'widget/panel/Earn.tsx', word.replace('first', 'more')]
// All that is fetched on the way to an open, filled panel: `more` and the amount form come after it, when there is time. What only a member
// or only a guest sees is a part of its own.
const member = (word: string) => [launcher, desk, ...panel, word]
const guest = (word: string) => [launcher, desk, ...common, 'widget/panel/Guest.tsx', word, word.replace('first', 'guest')]
const sizes: Record<string, number> = {
  launcher: weigh([launcher]),
  panel: Math.max(...words.flatMap((word) => [weigh(member(word)), weigh(guest(word))])),
  themes: weigh([themes]),
  total: Math.max(...words.map((word) => weigh(reached(word)))),
  earn: Math.max(...words.map((word) => weigh([...reached(word), ...waysIn(word)]) - weigh(reached(word)))),
  embed: Math.max(
    ...embeds.map((embed) => weigh([...shared, 'widget/embeds/embeds.ts', embed]) - weigh([...shared, 'widget/embeds/embeds.ts'])),
  ),
}

const complaints = Object.entries(sizes)
  .filter(([name, size]) => !(size <= (budgets[name] ?? 0)))
  .map(([name, size]) => `${name} is ${size} bytes, over its budget of ${budgets[name]}`)
complaints.push(...readmeDiffers())

const heaviest = (way: (word: string) => string[]) => Math.max(...words.map((word) => weigh(way(word))))
const told = { ...sizes, "panel, a member's": heaviest(member), "panel, a guest's": heaviest(guest) }
console.table(Object.fromEntries(Object.entries(told).map(([name, bytes]) => [name, { bytes, budget: budgets[name.split(',')[0]!] }])))
for (const complaint of complaints) console.error(`✗ ${complaint}`)
process.exit(complaints.length ? 1 : 0)

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
