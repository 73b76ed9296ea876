// The report: what a book issued, took back, spent and let expire, month by month and funder by funder, and what it owes its members.
import { Instant, Refusal, type Report } from '../contract.ts'
import { chart, type Kind, type MemberAccount, memberAccounts } from '../ledger/chart.ts'
import { dateBegins, instant, monthsBetween } from '../rules/calendar.ts'
import { wakeSome } from './chores.ts'
import { type ShopBook, terms } from './shop.ts'

/** What moved, in points. */
interface Moved {
  issued: number
  spent: number
  expired: number
  clawedBack: number
}

/** How many months a report tells apart at most. */
const MONTHS = 600

/**
 * Does what has come due first, or what is dated before `to` would come into the books after the report of it was read. Then
 * reads every transfer twice, in the database: its answer and its memory do not grow with the book. `from` and `to` are instants of
 * the wire, or dates of the shop's zone; without them all time. Refuses what is no instant, and more than 50 years.
 */
export function report(book: ShopBook, { from, to }: { from?: string | undefined; to?: string | undefined }): Report {
  while (wakeSome(book));
  const { currency, timeZone } = terms(book).program
  const [start, end] = [read('from', from, timeZone) ?? Number.MIN_SAFE_INTEGER, read('to', to, timeZone) ?? Number.MAX_SAFE_INTEGER]
  if (start > end) throw new Refusal('invalid-request', '"to" is before "from".', { path: ['to'] })
  const slots = slotsOf(book, timeZone, start, end)
  const flows = [...issues(book, slots.sql), ...ends(book, slots.sql)]
  const inside = flows.filter(({ slot }) => slot >= slots.first && slot < slots.last)
  const before = flows.filter(({ slot }) => slot < slots.last)
  const balances = balancesAt(book, end)
  return {
    from: from ?? null,
    to: to ?? null,
    currency,
    ...total(inside),
    ...balances,
    liability: balances.available + balances.pending + balances.held - balances.debt,
    members: book.all<{ count: number }>('SELECT COUNT(*) AS count FROM members WHERE at < ?', end)[0]?.count ?? 0,
    funders: Object.fromEntries(
      [...new Set(before.map(({ funder }) => funder))].sort().map((funder) => {
        const its = (some: Flow[]) => some.filter((flow) => flow.funder === funder)
        return [funder, { ...total(its(inside)), liability: owed(total(its(before))) }]
      }),
    ),
    months: slots.months
      .map(({ month, slots: [first, last] }) => ({ month, ...total(flows.filter(({ slot }) => slot >= first && slot < last)) }))
      .filter(({ month: _, ...moved }) => Object.values(moved).some((points) => points !== 0)),
  }
}

const owed = ({ issued, clawedBack, spent, expired }: Moved) => issued - clawedBack - spent - expired

// A plain date is where that day begins for the shop. In an address a plus that nobody escaped arrives as a space.
function read(name: string, text: string | undefined, timeZone: string): number | undefined {
  if (text === undefined) return undefined
  const escaped = text.replace(' ', '+')
  const at = Instant.safeParse(escaped).success ? instant(escaped) : dateBegins(text, timeZone)
  if (at !== undefined) return at
  throw new Refusal('invalid-request', `"${name}" is neither an instant such as "2026-06-01T00:00:00Z" nor a date.`, { path: [name] })
}

// Time in pieces, so that one pass tells them apart: a slot is how many of the cuts (beginnings of months, `start` and `end`) an
// instant has passed.
function slotsOf(book: ShopBook, timeZone: string, start: number, end: number) {
  const [known] = book.all<{ first: number | null; last: number }>('SELECT MIN(at) AS first, MAX(at) AS last FROM transfers')
  const [first, last] = [Math.max(start, known?.first ?? book.now), Math.min(end, (known?.last ?? book.now) + 1)]
  const months = known?.first === null || first >= last ? [] : monthsBetween(first, last, timeZone)
  if (months.length > MONTHS) throw new Refusal('invalid-request', `A report is of ${MONTHS} months at most.`, { path: ['from'] })
  const cuts = [...new Set([start, end, ...months.map(({ from }) => from), ...months.map(({ until }) => until)])].sort((a, b) => a - b)
  const slot = (at: number) => cuts.findLastIndex((cut) => cut <= at) + 1
  return {
    sql: added(cuts.map((cut) => `(t.at >= ${cut})`)),
    first: slot(start),
    last: slot(end),
    months: months.map(({ month, from, until }) => ({
      month,
      slots: [slot(Math.max(from, start)), slot(Math.min(until, end))] as const,
    })),
  }
}

// As a tree, since workerd takes no sum more than a hundred deep.
function added(terms: string[]): string {
  const half = terms.length >> 1
  return half === 0 ? (terms[0] ?? '0') : `(${added(terms.slice(0, half))} + ${added(terms.slice(half))})`
}

interface Flow extends Moved {
  slot: number
  funder: string
}
const none: Moved = { issued: 0, spent: 0, expired: 0, clawedBack: 0 }

// What came from and went back to funders, whose accounts say who they are. What was advanced to a member who owes it is neither.
function issues(book: ShopBook, slot: string): Flow[] {
  const rows = book.all<{ slot: number; debit: string; credit: string; points: number; advanced: number }>(
    `SELECT ${slot} AS slot, t.debit, t.credit, SUM(t.points) AS points,
       SUM(CASE WHEN t.kind = 'owe' AND t.note = 'advanced' THEN t.points ELSE 0 END) AS advanced
     FROM transfers t WHERE t.kind IN ('earn', 'grant', 'revoke', 'clawback', 'owe') GROUP BY 1, 2, 3`,
  )
  return rows.flatMap(({ slot, debit, credit, points, advanced }): Flow[] =>
    debit.startsWith('issued:')
      ? [{ ...none, slot, funder: debit.slice('issued:'.length), issued: points }]
      : [{ ...none, slot, funder: credit.slice('issued:'.length), issued: -advanced, clawedBack: points - advanced }],
  )
}

// What was used up or ran out: the lots say who funded it.
function ends(book: ShopBook, slot: string): Flow[] {
  const rows = book.all<{ slot: number; kind: 'spend' | 'return' | 'expire'; funder: string; points: number }>(
    `SELECT ${slot} AS slot, t.kind, l.funder, SUM(p.points) AS points
     FROM transfers t JOIN parts p ON p.transfer = t.id JOIN lots l ON l.id = p.lot
     WHERE t.kind IN ('spend', 'return', 'expire') GROUP BY 1, 2, 3`,
  )
  return rows.map(({ slot, kind, funder, points }): Flow => {
    if (kind === 'expire') return { ...none, slot, funder, expired: points }
    return { ...none, slot, funder, spent: kind === 'spend' ? points : -points }
  })
}

const total = (flows: Moved[]): Moved =>
  flows.reduce<Moved>(
    (sum, { issued, spent, expired, clawedBack }) => ({
      issued: sum.issued + issued,
      spent: sum.spent + spent,
      expired: sum.expired + expired,
      clawedBack: sum.clawedBack + clawedBack,
    }),
    none,
  )

function balancesAt(book: ShopBook, end: number): Record<MemberAccount, number> {
  const balances: Record<MemberAccount, number> = { pending: 0, available: 0, held: 0, debt: 0 }
  for (const { kind, points } of book.all<{ kind: Kind; points: number }>(
    'SELECT kind, SUM(points) AS points FROM transfers WHERE at < ? GROUP BY kind',
    end,
  )) {
    const [debit, credit] = chart[kind]
    for (const name of memberAccounts) balances[name] += (credit === name ? points : 0) - (debit === name ? points : 0)
  }
  return { ...balances, debt: 0 - balances.debt }
}
