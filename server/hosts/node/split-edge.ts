// Splitting a shop on a running edge: the first object does it, two seconds at a time, for whoever goes on asking.
import { ask } from './asking.ts'

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

/** How often what got no answer is asked again, each time after a second more. */
const PATIENCE = 10

/** Spreads a shop over `books` books, or goes on with it where it was broken off. Throws, saying why, when that cannot be. */
export async function splitOnEdge(splitting: Splitting, books: number, told: (step: Step) => void = () => {}): Promise<void> {
  for (;;) {
    const step = await asked<Step>(splitting, 'PUT', JSON.stringify({ books }))
    told(step)
    if (step.done) return
  }
}

/** Gives it up, as long as that is possible: the shop has one book again, and takes orders. */
export async function giveUpOnEdge(splitting: Splitting): Promise<void> {
  await asked(splitting, 'DELETE')
}

async function asked<Answer>(splitting: Splitting, method: string, body?: string): Promise<Answer> {
  const { url, operatorKey, shop } = splitting
  const at = `/v1/shops/${shop}`
  try {
    return await ask<Answer>({ url, method, path: `${at}/books`, credential: operatorKey, body, patience: PATIENCE })
  } catch (error) {
    // Where it is the address that there is not, there is the shop.
    if ((error as Error).cause === 'not-found') {
      await ask({ url, method: 'GET', path: `${at}/program`, credential: operatorKey, patience: 1 })
      throw new Error(`${url} is no edge, which alone divides a shop while it runs: stop it, and leave --url out.`)
    }
    throw error
  }
}
