// A visitor's session as a test: what shop and shopper did, each at its instant, and at the end the wallet that was seen.
import type { Receipt, Wallet } from '../../server/contract.ts'
import type { Entry } from '../journal.ts'
import { merchantsActs } from './merchant.ts'
import { type Done, rowsOf, shoppersActs } from './shopper.ts'
import { type Names, quoted, source } from './source.ts'

export type Session = {
  title: string
  member: string
  journal: Entry[]
  /** The shop's export, as lines of JSON. */
  exported: string
  wallet: Wallet
  receipts: Receipt[]
  /** The instant at which the wallet was read, in milliseconds. */
  now: number
}

/** The TypeScript of a test that belongs into test/, in the manner of the stories there. */
export function storyOf({ title, member, journal, exported, wallet, receipts, now }: Session): string {
  const names: Names = new Map()
  const shopper = shoppersActs(member, rowsOf(exported), journal, names)
  const { program, now: opened, done } = merchantsActs(member, journal, names)
  // What happened at one instant: the shop acted on what the shopper had done.
  const acts = [...shopper, ...done].sort((a, b) => a.at - b.at)
  const jumps = journal.flatMap((entry) => (entry.what === 'jump' ? entry.to : []))
  const body = [
    `const shop = await openShop({ program, now: ${instant(opened)} })`,
    `const shopper = shop.member(${quoted(member)})`,
    ...told(acts, jumps, opened),
    '',
    `shop.set(${instant(now)})`,
    ...seen(wallet, receipts, names),
    'expect(await shop.audit()).toMatchObject({ ok: true, sum: 0 })',
  ]
  const lines = withoutIdle(body, [...names.values()])
  const text = lines.join('\n')
  return `// A session at the demonstration's desk, kept as a test: the same calls at the same instants end in the same wallet.
import { expect, test } from 'vitest'
${text.includes('photo(') ? pictures.imports : ''}import { openShop } from './story.ts'

const program = ${source(program, names)}

test(${quoted(title)}, async () => {
${indented(lines)}
})
${text.includes('photo(') ? pictures.helper : ''}`
}

/** The acts in order, the clock set before each; a line between what the time machine keeps apart. */
function told(acts: Done[], jumps: number[], opened: number): string[] {
  let last = opened
  return acts.flatMap(({ at, lines }) => {
    if (at <= last) return lines
    const jumped = jumps.some((to) => last < to && to <= at)
    last = at
    return [...(jumped ? [''] : []), `shop.set(${instant(at)})`, ...lines]
  })
}

/** What nothing refers to later needs no name. */
function withoutIdle(lines: string[], names: string[]): string[] {
  const text = lines.join('\n')
  const idle = names.filter((name) => (text.match(new RegExp(`\\b${name}\\b`, 'g')) ?? []).length < 2)
  return lines.map((line) =>
    idle.some((name) => line.startsWith(`const ${name} =`)) ? line.replace(/^const \w+ = \((.*)\)\.body[.\w]*$/s, '$1') : line,
  )
}

function seen({ points, pending, coupons, gifts }: Wallet, receipts: Receipt[], names: Names): string[] {
  const expected = {
    points,
    pending: pending.map(({ order, points, availableAt }) => ({ order, points, availableAt })),
    coupons: coupons.map(({ code, points, state, order, discount }) => ({ code, points, state, order, discount })),
    gifts: gifts.map(({ id, points, state }) => ({ id, points, state })),
  }
  return [
    `expect(await shopper.wallet()).toMatchObject(${source(expected, names)})`,
    ...receipts.map(({ order, points, state, lines }) => {
      const told = { points, state, lines: lines.map(({ id, points, why }) => ({ id, points, why })) }
      return `expect((await shopper.get(${quoted(`/me/orders/${encodeURIComponent(order ?? '')}`)})).body).toMatchObject(${source(told, names)})`
    }),
  ]
}

const instant = (at: number) => quoted(new Date(at).toISOString())
const indented = (lines: string[]) =>
  lines
    .join('\n')
    .split('\n')
    .map((line) => (line ? `  ${line}` : ''))
    .join('\n')

/** A shopper's picture stays the shopper's: for the points any will do, as long as no two are alike. */
const pictures = {
  imports: `import { pngOf } from './pictures/files.ts'
import { dresses, photograph, shots } from './pictures/photos.ts'
`,
  helper: `
function photo(seed: number) {
  const [dress, shot] = [Object.values(dresses)[seed % 6]!, Object.values(shots)[seed % 6]!]
  const form = new FormData()
  form.set('photo', new Blob([pngOf(photograph(dress, shot, seed, 72))], { type: 'image/png' }), 'photo.png')
  return form
}
`,
}
