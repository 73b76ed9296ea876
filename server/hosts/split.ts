// `npm run split -- SHOP BOOKS`: spreads a shop over 32 or 1,024 books. Of the embedded host, whose server has to be stopped first; of the
// edge, which goes on running, with `--url`. `--give-up` ends what was begun on the edge and is to be left.

import { addressed } from './node/asking.ts'
import { command } from './node/command.ts'
import { split } from './node/split.ts'
import { giveUpOnEdge, type Splitting, type Step, splitOnEdge } from './node/split-edge.ts'

const usage = 'npm run split -- SHOP 32, or MUSE_OPERATOR_KEY=… npm run split -- SHOP 32 --url https://… [--give-up]'
const does = 'Spreads a shop over 32 or 1024 books: in MUSE_DATA, whose server has to be stopped first, or on a running edge with --url.'
const options = { url: { type: 'string' }, 'give-up': { type: 'boolean', default: false } } as const

await command({ usage, does, names: [1, 2], options }, async ([shop = '', books], { url, 'give-up': giveUp }) => {
  const operatorKey = process.env.MUSE_OPERATOR_KEY ?? ''
  if ((url && !operatorKey) || (giveUp && !url)) throw new Error(`Say which shop, and who asks: ${usage}`)
  if (!giveUp && books !== '32' && books !== '1024') throw new Error('A shop can be split into 32 or 1024 books.')
  const edge = url ? { url: addressed(url), operatorKey, shop } : undefined
  if (edge) await (giveUp ? leave(edge) : onEdge(edge, Number(books)))
  else embedded(shop, Number(books))
})

function embedded(shop: string, books: number): void {
  const moved = split(process.env.MUSE_DATA || '.muse', shop, books, Date.now())
  console.log(`${shop} has ${books} books now; ${moved} rows were moved. The books as they were are kept beside them as *.before.`)
}

async function onEdge(edge: Splitting, books: number): Promise<void> {
  await splitOnEdge(edge, books, tell)
  console.log(`${edge.shop} has ${books} books now.`)
}

async function leave(edge: Splitting): Promise<void> {
  await giveUpOnEdge(edge)
  console.log(`${edge.shop} has the book it had.`)
}

function tell({ phase, rows, done }: Step): void {
  if (!done) console.log(phase === 'reading' ? `${rows} rows are where they belong` : phase)
}
