// What the shop has told of its products, by sku: all that a page wants to know in one go is one request.
import type { Badge } from '../../server/contract.ts'
import type { Stage } from '../stage.ts'

/** As many as one request may name. */
const MOST = 100

const known = new Map<string, Promise<Badge | undefined>>()
let waiting = new Map<string, (badge: Badge | undefined) => void>()

/** What is said beside a product: its points, its campaign, its seller's badge; undefined of one the shop has not told of. */
export function badgeOf(stage: Stage, sku: string): Promise<Badge | undefined> {
  const key = `${stage.api} ${sku}`
  const kept = known.get(key)
  if (kept) return kept
  const found = new Promise<Badge | undefined>((settle) => {
    if (waiting.size === 0) queueMicrotask(() => ask(stage))
    waiting.set(sku, settle)
  })
  known.set(key, found)
  return found
}

async function ask({ api, signal }: Stage) {
  const wanted = [...waiting]
  waiting = new Map()
  for (let from = 0; from < wanted.length; from += MOST) {
    const some = wanted.slice(from, from + MOST)
    const query = some.map(([sku]) => `sku=${encodeURIComponent(sku)}`).join('&')
    const found = await read(`${api}/badges?${query}`, signal)
    for (const [sku, settle] of some) {
      if (!found) known.delete(`${api} ${sku}`)
      settle(found && Object.hasOwn(found, sku) ? found[sku] : undefined)
    }
  }
}

async function read(url: string, signal: AbortSignal): Promise<Record<string, Badge> | undefined> {
  try {
    const answer = await fetch(url, { credentials: 'omit', signal })
    if (answer.ok) return await answer.json()
  } catch {}
}
