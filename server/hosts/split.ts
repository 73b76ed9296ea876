// `npm run split -- SHOP BOOKS`: spreads a shop over 32 or 1,024 books. Of the embedded host, whose server has to be stopped first; of the
// edge, which goes on running, with `--url`. `--give-up` ends what was begun on the edge and is to be left.
import { parseArgs } from 'node:util'
import { giveUpOnEdge, type Splitting, type Step, splitOnEdge } from './edge-split.ts'
import { split } from './node-split.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { url: { type: 'string' }, 'give-up': { type: 'boolean', default: false } },
})
const [shop = '', books = ''] = positionals
try {
  await (values.url ? onEdge(values.url) : embedded())
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

function embedded(): void {
  const moved = split(process.env.MUSE_DATA || '.muse', shop, Number(books), Date.now())
  console.log(`${shop} has ${books} books now; ${moved} rows were moved. The books as they were are kept beside them as *.before.`)
}

async function onEdge(url: string): Promise<void> {
  const operatorKey = process.env.MUSE_OPERATOR_KEY
  if (!operatorKey) throw new Error('Say who asks: MUSE_OPERATOR_KEY=… npm run split -- SHOP 32 --url https://…')
  const splitting: Splitting = { url, operatorKey, shop }
  if (values['give-up']) {
    await giveUpOnEdge(splitting)
    return console.log(`${shop} has one book, as before.`)
  }
  await splitOnEdge(splitting, Number(books), tell)
  console.log(`${shop} has ${books} books now.`)
}

function tell({ phase, rows }: Step): void {
  console.log(phase === 'reading' ? `${rows} rows are where they belong` : phase)
}
