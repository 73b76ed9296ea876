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
// The panel's chunk is shared with the embeds, and has no name of its own: of what the desk fetches, it is the one without.
const panel = chunks[desk]?.dynamicImports?.filter((key) => key.startsWith('_') || key.startsWith('widget/panel/mount')) ?? []
const words = keys.filter((key) => key.startsWith('widget/text/') && key.endsWith('-first.ts'))
const embeds = keys.filter((key) => /^widget\/embeds\/(?!embeds)/.test(key))
/** What a shopper of this language may come to fetch, but for the embeds and the ways to earn. */
const reached = (word: string) => {
  const language = word.replace(/first\.ts$/, '')
  const ours = keys.filter((key) => key.startsWith('widget/') && !key.startsWith('widget/embeds/') && !ways.test(key) && key !== themes)
  return ours.filter((key) => !key.startsWith('widget/text/') || key.startsWith(language))
}
/** The themes that come with the widget, for a shop that names one in place of writing its own. */
const themes = 'widget/theme/themes.ts'
const ways = /^widget\/(panel\/Earn|text\/..-more)/
const shared = keys.filter((key) => key.startsWith('widget/') && !key.startsWith('widget/embeds/'))
if (panel.length !== 1 || words.length < 2 || embeds.length !== 6) throw new Error(`the build has changed: ${panel}; ${words}; ${embeds}`)

const waysIn = (word: string) => ['widget/panel/EarnView.tsx', 'widget/panel/Earn.tsx', word.replace('first', 'more')]
// All that is fetched on the way to a member's open, filled panel: `more` and the amount form come after it, when there is time.
const opened = (word: string) => [launcher, desk, ...panel, word]
// A guest's panel is filled by a part of its own and the rest of the words, which come beside the panel's code.
const guest = (word: string) => [...opened(word), 'widget/panel/Guest.tsx', word.replace('first', 'rest')]
const sizes: Record<string, number> = {
  launcher: weigh([launcher]),
  panel: Math.max(...words.map((word) => weigh(opened(word)))),
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

const told = { ...sizes, "panel, a guest's": Math.max(...words.map((word) => weigh(guest(word)))) }
console.table(Object.fromEntries(Object.entries(told).map(([name, bytes]) => [name, { bytes, budget: budgets[name] }])))
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
