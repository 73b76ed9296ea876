// What happened to one member's points and through whom: the shop's calls, the shopper's own acts and time itself, each with the
// ledger's entries it caused and the wallet before and after. The balances are added up from the entries alone.
import type { History } from '../../server/contract.ts'
import type { Call, Entry, Jump } from '../journal.ts'

export type LedgerEntry = History['entries'][number]
/** Points in each account of a member; a debt is counted upwards. */
export type Balance = { pending: number; available: number; held: number; debt: number }
export type Move = LedgerEntry & { change: Balance }
/** A shopper's own act is done in the widget; `time` is points maturing or running out, and orders that lapse. */
export type Step = { at: number; by: Call | Jump | 'shopper' | 'time'; moves: Move[]; before: Balance; after: Balance }

const accounts = ['pending', 'available', 'held', 'debt'] as const
const none: Balance = { pending: 0, available: 0, held: 0, debt: 0 }

/** Which accounts of the member a kind of transfer touches, and which way. */
const chart: Record<string, Partial<Balance>> = {
  earn: { pending: 1 },
  activate: { pending: -1, available: 1 },
  grant: { available: 1 },
  revoke: { pending: -1 },
  clawback: { available: -1 },
  owe: { debt: 1 },
  repay: { available: -1, debt: -1 },
  hold: { available: -1, held: 1 },
  release: { available: 1, held: -1 },
  spend: { held: -1 },
  return: { available: 1 },
  expire: { available: -1 },
}

/**
 * The steps, oldest first, of `history` (newest first, as Muse tells it) and of the `journal`'s entries that concern `member`.
 * The balances end in the wallet as it is `now`, where the history does not begin at nothing. An entry follows from the latest call that names its order or coupon, or brings its gift; else from a jump over its instant.
 */
export function timelineOf(member: string, journal: Entry[], history: LedgerEntry[], now?: Balance): Step[] {
  const codes = new Set(history.flatMap(({ coupon }) => coupon ?? []))
  // The first version of the programme is the shop itself.
  const opening = journal.find((entry) => entry.what === 'call' && entry.path === '')
  const acts = journal.filter((entry) => entry.what === 'jump' || (entry !== opening && concerns(entry, member, codes)))
  const steps: Omit<Step, 'before' | 'after'>[] = acts.map((by) => ({ at: by.at, by, moves: [] }))
  let last: (typeof steps)[number] | undefined
  let lastAt = 0
  for (const entry of history.toReversed()) {
    const at = Date.parse(entry.at)
    const move = { ...entry, change: changeOf(entry) }
    // What repays a debt follows from whatever came in just before it, and names nothing.
    const cause = isUnnamedRepayment(entry) && last && at === lastAt ? last : causeOf(steps, entry, at)
    const by = byTime.has(entry.kind) ? 'time' : 'shopper'
    if (cause) cause.moves.push(move)
    else if (last && last.at === at && last.by === by) last.moves.push(move)
    else steps.push({ at, by, moves: [move] })
    last = cause ?? (last?.moves.includes(move) ? last : steps.at(-1))
    lastAt = at
  }
  const told = steps.filter(({ by, moves }) => moves.length > 0 || isTold(by)).sort((a, b) => a.at - b.at)
  return balanced(told, now ? minus(now, sumOf(told)) : none)
}

export const changeOf = ({ kind, points }: LedgerEntry): Balance =>
  Object.fromEntries(accounts.map((account) => [account, (chart[kind]?.[account] ?? 0) * points])) as Balance

const byTime = new Set(['activate', 'expire', 'revoke', 'clawback', 'owe', 'repay', 'return'])
/** How long a call may take before what the ledger did cannot be its doing, in milliseconds. */
const PATIENCE = 15_000

function causeOf(steps: Omit<Step, 'before' | 'after'>[], entry: LedgerEntry, at: number) {
  const mayBe = steps.filter(({ by }) => typeof by === 'object')
  const call = mayBe.findLast((step) => isCall(step.by) && step.at <= at && at - step.at < PATIENCE && brings(step.by, entry))
  return call ?? mayBe.findLast(({ by }) => isJump(by) && by.at < at && at <= by.to)
}

const isUnnamedRepayment = ({ kind, order, coupon }: Pick<LedgerEntry, 'kind' | 'order' | 'coupon'>) =>
  kind === 'repay' && !order && !coupon

/** The ledger's notes on what was asked for or posted begin with its kind. */
const notes: Record<string, string> = { gifts: 'gift ', reviews: 'review ', photos: 'photo', prizes: 'prize ' }

function brings({ path, status, body }: Call, { kind, order, coupon, note = '' }: LedgerEntry) {
  if (status >= 400) return false
  const [, noun = '', id = '', what = '', of] = path.split('/').map(decodeURIComponent)
  if (noun === 'coupons') return coupon === canonical(id)
  if (what === 'orders') return order === of
  const repays = isUnnamedRepayment({ kind, order, coupon })
  if (what === 'grants') return repays || (kind === 'grant' && note === (body as { reason?: string }).reason)
  const begins = notes[noun]
  return begins !== undefined && (repays || (note.startsWith(begins) && kind !== 'hold'))
}

/** Whether a call is about this member, or about the shop as a whole. */
export function concerns({ path, member: whose }: Call, member: string, codes: Set<string>) {
  const [, noun = '', id = ''] = path.split('/').map(decodeURIComponent)
  if (noun === 'members') return id === member
  if (noun === 'coupons') return codes.has(canonical(id))
  return noun === '' || noun === 'prizes' || whose === member
}

// Of what moved nothing, only these are worth a line: orders as they stand, new versions of the programme, refusals.
const isTold = (by: Step['by']) =>
  isJump(by) || (isCall(by) && (by.path === '' || /\/orders\//.test(by.path) || by.status >= 400) && by.status !== 404)

function balanced(steps: Omit<Step, 'before' | 'after'>[], first: Balance): Step[] {
  let before = first
  return steps.map((step) => {
    const after = plus(before, sumOf([step]))
    const told = { ...step, before, after }
    before = after
    return told
  })
}

const sumOf = (steps: Pick<Step, 'moves'>[]) => steps.flatMap(({ moves }) => moves).reduce((sum, { change }) => plus(sum, change), none)
const minus = (a: Balance, b: Balance): Balance =>
  Object.fromEntries(accounts.map((account) => [account, a[account] - b[account]])) as Balance
const plus = (a: Balance, b: Balance): Balance =>
  Object.fromEntries(accounts.map((account) => [account, a[account] + b[account]])) as Balance
const isCall = (by: Step['by']): by is Call => typeof by === 'object' && by.what === 'call'
const isJump = (by: Step['by']): by is Jump => typeof by === 'object' && by.what === 'jump'
/** A code as the books have it, however it was typed. */
export const canonical = (code: string) => code.replaceAll(/[\s-]/g, '').toUpperCase()
