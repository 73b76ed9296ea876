// What the shop did, from its journal: each call as a line of a test, in the words of test/story.ts where it has them.
import type { Call, Entry } from '../journal.ts'
import type { Done } from './shopper.ts'
import { type Names, pathSource, quoted, source } from './source.ts'

type Report = { placedAt: string; updatedAt: string; state: string; shippedAt?: string; lines: { sku: string; seller?: string }[] }

/** Calls that a test need not repeat: credentials that ran out, and what was asked too often. */
const passing = new Set([401, 403, 413, 429])

/** The calls of the shop that concern this member or all members; its first is the programme with which the story opens. */
export function merchantsActs(member: string, journal: Entry[], names: Names): { program: object; now: number; done: Done[] } {
  const calls = journal
    .filter((entry) => entry.what === 'call')
    .filter((call, at, all) => !passing.has(call.status) && !isRepeated(call, at, all))
  const opening = calls.find(({ path }) => path === '')
  const { program } = (opening?.body ?? { program: {} }) as { program: object }
  const teller = reporting(member, names)
  const skus = new Set(calls.flatMap((call) => (orderOf(call, member) ? (call.body as Report).lines?.map(({ sku }) => sku) : []) ?? []))
  const sellers = calls.flatMap(({ path, body }) => (isProduct(path, skus) ? ((body as { seller?: string }).seller ?? []) : []))
  let last = program
  const done = calls.flatMap((call): Done[] => {
    if (call.path === '') {
      const { program: next } = call.body as { program: object }
      const isNew = Object.keys(changed(last, next)).length > 0
      last = next
      // `newProgram` lays its changes over the programme with which the story opens.
      return isNew ? one(call, `await shop.newProgram(${source(changed(program, next), names)})`) : []
    }
    if (call.path.startsWith('/products/') && !isProduct(call.path, skus)) return []
    if (call.path.startsWith('/sellers/') && !sellers.some((seller) => call.path === `/sellers/${seller}`)) return []
    return teller(call)
  })
  return { program, now: opening?.at ?? 0, done }
}

/** Pressed twice, it was done once. */
const isRepeated = ({ key, path }: Call, at: number, all: Call[]) =>
  key !== undefined && all.slice(0, at).some((earlier) => earlier.key === key && earlier.path === path)

const isProduct = (path: string, skus: Set<string>) => path.startsWith('/products/') && skus.has(decodeURIComponent(path.slice(10)))
const one = ({ at }: Call, line: string): Done[] => [{ at, lines: [line] }]

/** Tells calls one after another, since a report only says what changed since the last. */
function reporting(member: string, names: Names) {
  const documents = new Map<string, Report>()
  return (call: Call): Done[] => {
    const { method, path, body, status } = call
    const order = orderOf(call, member)
    if (order && method === 'PUT') {
      const before = documents.get(order)
      if (status < 400) documents.set(order, body as Report)
      return reported(call, member, order, before, names)
    }
    if (path.startsWith('/members/') && path !== grantsOf(member) && !path.startsWith(`${memberPath(member)}/orders/`)) return []
    if (path === grantsOf(member)) {
      const { points, ...more } = body as { points: number }
      return one(call, expecting(call, `shop.grant(${quoted(member)}, ${points}, ${source(more, names)})`))
    }
    // Of other members' requests the story knows nothing, nor of a month whose prizes they have won.
    if (path.startsWith('/prizes/') && !(status < 400 && (body as { photos: string[] }).photos.every((id) => names.has(id)))) return []
    if (/^\/(coupons|gifts|reviews|photos)\//.test(path) && !pathSource(path, names).includes('${')) return []
    const told = body === undefined ? '' : `, ${source(body, names)}`
    return one(call, expecting(call, `shop.merchant('${method}', ${pathSource(path, names)}${told})`))
  }
}

function reported(call: Call, member: string, order: string, before: Report | undefined, names: Names): Done[] {
  const document = call.body as Report
  const { updatedAt } = document
  const at = Date.parse(updatedAt)
  const who = `${quoted(member)}, ${quoted(order)}`
  const changes: Partial<Report> = changed(before ?? { placedAt: updatedAt, state: 'placed' }, document)
  delete changes.updatedAt
  const keys = Object.keys(changes).sort().join()
  if (keys === 'shippedAt,state' && changes.shippedAt === updatedAt) return [{ at, lines: [expecting(call, `shop.ship(${who})`)] }]
  if (keys === 'state' && changes.state === 'cancelled') return [{ at, lines: [expecting(call, `shop.cancel(${who})`)] }]
  return [{ at, lines: [expecting(call, `shop.report(${who}, ${source(changes, names)})`)] }]
}

/** A call that was refused is refused again. */
const expecting = ({ status }: Call, call: string) => (status < 400 ? `await ${call}` : `expect((await ${call}).status).toBe(${status})`)

const memberPath = (member: string) => `/members/${encodeURIComponent(member)}`
const grantsOf = (member: string) => `${memberPath(member)}/grants`

/** The order that a call reports, if it is this member's. */
function orderOf({ path }: Call, member: string) {
  const [, order] = /^\/orders\/([^/]+)$/.exec(path.startsWith(memberPath(member)) ? path.slice(memberPath(member).length) : '') ?? []
  return order === undefined ? undefined : decodeURIComponent(order)
}

/** What of `after` is not as it was in `before`, key by key at the top. */
function changed(before: object, after: object): object {
  const old = new Map(Object.entries(before).map(([key, value]) => [key, JSON.stringify(value)]))
  return Object.fromEntries(Object.entries(after).filter(([key, value]) => old.get(key) !== JSON.stringify(value)))
}
