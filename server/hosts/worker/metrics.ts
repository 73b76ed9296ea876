// /metrics of the distributed host: what all books of all shops have counted, and what ended in the Worker, added up.
import { VERSION } from '../../http/app.ts'
import { createMetrics } from '../../http/metrics.ts'
import { tell } from './ended.ts'
import { bookAt, type Env, shopsAt } from './env.ts'
import { atOnce } from './many.ts'

/**
 * The document of these shops, or of all and of what is no shop's. A book that does not answer is an error: without it the sums would fall, and whoever reads
 * them would take that for a new start.
 */
export async function gatherMetrics(env: Env, asked: string[]): Promise<string> {
  const sum = createMetrics(Date.now(), VERSION)
  const count = async (shop: string, book: number) => {
    const { books, counts } = await bookAt(env, shop, book).count()
    sum.take(counts)
    return Array.from({ length: book === 0 ? books - 1 : 0 }, (_, more) => () => count(shop, more + 1))
  }
  const shops = asked.length > 0 ? asked : await shopsAt(env).list()
  if (asked.length === 0) {
    sum.take(await tell(env))
    const gone = await shopsAt(env).gone()
    if (gone) sum.take(gone)
  }
  const others = await atOnce(shops.map((shop) => () => count(shop, 0)))
  await atOnce(others.flat())
  return sum.text()
}
