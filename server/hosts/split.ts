// `npm run split -- SHOP BOOKS`: spreads a shop over 32 or 1,024 books. Of the embedded host, whose server has to be stopped first; of the
// edge, which goes on running, with `--url`. `--give-up` ends what was begun on the edge and is to be left.
import { asked, giveUpOnEdge, type Splitting, type Step, splitOnEdge } from './node-divide.ts'
import { split } from './node-split.ts'

try {
  const { shop, books, giveUp, edge } = asked(process.argv.slice(2), process.env)
  if (edge) await (giveUp ? leave(edge) : onEdge(edge, books))
  else embedded(shop, books)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

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
