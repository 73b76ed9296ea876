// Splitting a shop on a running edge: the first object does it, two seconds at a time, for whoever goes on asking.
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'

/** How far it is: `rows` have been read by now. */
export interface Step {
  books: number
  done: boolean
  phase: string
  rows: number
}

export interface Splitting {
  /** Where the edge answers. */
  url: string
  operatorKey: string
  shop: string
}

/** What the command was asked for. `edge` is undefined where it is the files of the embedded host; throws a sentence that says how to ask. */
export function asked(args: string[], { MUSE_OPERATOR_KEY: operatorKey }: Record<string, string | undefined>) {
  const options = { url: { type: 'string' }, 'give-up': { type: 'boolean', default: false } } as const
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options })
  const [shop = '', books = ''] = positionals
  const { url, 'give-up': giveUp } = values
  if (!shop || (url && !operatorKey) || (giveUp && !url))
    throw new Error('Say which shop, and who asks: MUSE_OPERATOR_KEY=… npm run split -- SHOP 32 --url https://… [--give-up]')
  const edge: Splitting | undefined = url ? { url, operatorKey: operatorKey ?? '', shop } : undefined
  return { shop, books: Number(books), giveUp, edge }
}

/** How often what got no answer is asked again, each time after a second more. */
const PATIENCE = 10

/** Spreads a shop over `books` books, or goes on with it where it was broken off. Throws, saying why, when that cannot be. */
export async function splitOnEdge(splitting: Splitting, books: number, told: (step: Step) => void = () => {}): Promise<void> {
  for (;;) {
    const step = await ask<Step>(splitting, 'PUT', { books })
    told(step)
    if (step.done) return
  }
}

/** Gives it up, as long as that is possible: the shop has one book again, and takes orders. */
export async function giveUpOnEdge(splitting: Splitting): Promise<void> {
  await ask(splitting, 'DELETE')
}

async function ask<Answer>({ url, operatorKey, shop }: Splitting, method: string, body?: object): Promise<Answer> {
  for (let time = 1; ; time++) {
    const response = await fetch(`${url}/v1/shops/${shop}/books`, {
      method,
      headers: { Authorization: `Bearer ${operatorKey}`, 'Content-Type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    }).catch((error: Error) => error)
    if (response instanceof Response && response.ok) return (await response.json()) as Answer
    const why = response instanceof Error ? response.message : ((await response.json()) as { detail: string }).detail
    if ((response instanceof Response && response.status < 500) || time === PATIENCE) throw new Error(why)
    await wait(time * 1_000)
  }
}
