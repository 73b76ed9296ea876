// <muse-badge sku>: the seller's badge of a product, and the campaign that counts for it; nothing where there is neither.
import type { Badge } from '../../server/contract.ts'
import type { Stage } from '../stage.ts'
import css from '../theme/inline.css?inline'
import type { Site } from './embeds.ts'

/** As many as one request may name. */
const MOST = 100

export function live({ element, stage, program, create, box, clear, watched }: Site) {
  let last = 0
  const show = async () => {
    last++
    const turn = last
    const sku = element.getAttribute('sku')
    const badge = sku ? await badgeOf(stage, sku) : undefined
    if (turn !== last) return
    if (!badge) return clear()
    const campaign = program.campaigns.find(({ id }) => id === badge.campaign)
    const drawn = box(css)
    for (const label of [badge.badge, campaign?.title]) {
      if (!label) continue
      const mark = create('span')
      mark.className = 'mark'
      mark.textContent = label
      drawn.append(mark)
    }
  }
  watched(show, 'sku')
}

const known = new Map<string, Promise<Badge | undefined>>()
let waiting = new Map<string, (badge: Badge | undefined) => void>()

/** The badge of a product the shop has told of. All that a page wants to know in one go is one request. */
function badgeOf(stage: Stage, sku: string): Promise<Badge | undefined> {
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
