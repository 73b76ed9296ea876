// What items earn, asked for together: all that a page wants to know in one go is one request.
import type { OrderLine, PublicProgram, Receipt } from '../../server/contract.ts'
import type { Stage } from '../stage.ts'

export type Item = Omit<OrderLine, 'id'>

export interface Earns {
  points: number
  why: string | null
  /** The title of the campaign that counts. */
  campaign: string | null
}

/** One answer's worth of lines, as the server takes them. */
const MOST = { lines: 1_000, price: 1e12 }
/** How long an answer is good for: campaigns begin and end while a page stands open. */
const LIFE = 60_000

interface Wanted {
  item: Item
  settle(line: Receipt['lines'][number] | undefined): void
}

const known = new Map<string, Promise<Earns | undefined>>()
let waiting: Wanted[] = []

/** What one of these earns by itself; undefined when there is no answer. */
export function quoted(stage: Stage, program: PublicProgram, item: Item): Promise<Earns | undefined> {
  const key = stage.api + JSON.stringify(item)
  const kept = known.get(key)
  if (kept) return kept
  const found = new Promise<Receipt['lines'][number] | undefined>((settle) => {
    if (waiting.length === 0) queueMicrotask(() => ask(stage))
    waiting.push({ item, settle })
  }).then((line) => line && { points: pointsOf(line, program), why: line.why, campaign: line.campaignTitle })
  known.set(key, found)
  const forget = () => known.delete(key)
  found.then((earns) => (earns ? setTimeout(forget, LIFE) : forget()))
  return found
}

async function ask({ api, signal }: Stage) {
  const wanted = waiting
  waiting = []
  for (const some of portions(wanted)) {
    const lines = some.map(({ item }, index) => ({ id: String(index), ...item }))
    const receipt = await post(`${api}/quotes`, { lines }, signal)
    some.forEach(({ settle }, index) => {
      settle(receipt?.lines[index])
    })
  }
}

async function post(url: string, body: object, signal: AbortSignal): Promise<Receipt | undefined> {
  try {
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(url, { method: 'POST', credentials: 'omit', headers, body: JSON.stringify(body), signal })
    if (answer.ok) return await answer.json()
  } catch {}
}

function portions(wanted: Wanted[]): Wanted[][] {
  const all: Wanted[][] = []
  let price = 0
  for (const one of wanted) {
    price += one.item.price
    const last = all.at(-1)
    if (last && last.length < MOST.lines && price <= MOST.price) last.push(one)
    else {
      all.push([one])
      price = one.item.price
    }
  }
  return all
}

/** A receipt rounds once for all its lines, and an item's price speaks for itself: so its points are worked out from its own rate. */
function pointsOf({ paid, percent, multiply, why }: Receipt['lines'][number], { earning }: PublicProgram): number {
  if (why) return 0
  const weight = BigInt(paid) * BigInt(Math.round(percent * 1e4)) * BigInt(Math.round(multiply * 1e4))
  const point = 10_000_000_000n
  const up: Record<string, bigint> = { floor: 0n, round: point / 2n, ceil: point - 1n }
  return Number((weight + (up[String(earning.purchase.rounding)] ?? 0n)) / point)
}
