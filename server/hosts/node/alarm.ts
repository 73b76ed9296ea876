// The alarm of all open books: what time does happens a little at a time, so that whoever asks meanwhile has their turn in between.
import { alarm as ring } from '../../acts/chores.ts'
import { readShop } from '../../acts/shop.ts'
import type { Host } from '../../http/host.ts'
import type { Sql } from '../../ledger/sql.ts'

/** Gives the function that rings for every one of `books`, by `shop/number`. One that rings already is joined. */
export function createAlarm(books: ReadonlyMap<string, Sql>, { now, dice, report }: Pick<Host, 'now' | 'dice' | 'report'>) {
  const ringIn = async (name: string, sql: Sql): Promise<void> => {
    const first = books.get(`${name.split('/')[0]}/0`)
    const shop = first && readShop(first)
    if (!shop) return
    // At one instant, lest an order's day come after the program in force on it was read.
    const book = { ...sql, shop, now: now(), dice }
    while (books.get(name) === sql && ring(book)) await turn()
  }
  const ringAll = async (): Promise<void> => {
    for (const [name, sql] of [...books]) {
      await ringIn(name, sql).catch((error) => report(error, { method: 'alarm', route: '' }))
      await turn()
    }
  }
  let ringing: Promise<void> | undefined
  return (): Promise<void> => {
    ringing ??= ringAll().finally(() => {
      ringing = undefined
    })
    return ringing
  }
}

// Everybody else's, until it is ours again.
const turn = () => new Promise(setImmediate)
