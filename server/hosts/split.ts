// `npm run split -- SHOP BOOKS`: spreads a shop over 32 or 1,024 books. Stop the server first.
import { split } from './node-split.ts'

const [shop = '', books = ''] = process.argv.slice(2)
const data = process.env.MUSE_DATA || '.muse'
try {
  const moved = split(data, shop, Number(books), Date.now())
  console.log(`${shop} has ${books} books now; ${moved} rows were moved. The books as they were are kept beside them as *.before.`)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
