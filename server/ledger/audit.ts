// The audit: re-derives every balance from the transfers alone and says where a kept one differs.
import type { Audit } from '../contract.ts'
import { chart, type Kind } from './chart.ts'
import type { Sql, Value } from './sql.ts'

/** Reads the whole book. `sum` is that of all entries, two a transfer: anything but 0 is a fault, as is any problem. */
export function audit(sql: Sql): Audit {
  const problems: string[] = []
  const found = (what: string, rows: Record<string, Value>[]) => {
    for (const row of rows.slice(0, 20)) problems.push(`${what}: ${JSON.stringify(row)}`)
  }
  found('transfer outside the chart', offChart(sql))
  found('member balance', sql.all(members))
  found('lot balance', sql.all(lots))
  found('lot net of its order', sql.all(issued))
  found('transfer and its lots', sql.all(parts))
  found('held against open coupons', sql.all(held))
  found('used coupon against its spend', sql.all(used))
  const [total] = sql.all<{ transfers: number; sum: number | null }>(
    `SELECT COUNT(*) AS transfers, SUM(credited - debited) AS sum FROM (${entries})`,
  )
  const [count] = sql.all<{ members: number }>('SELECT COUNT(*) AS members FROM members')
  const sum = total?.sum ?? 0
  return { ok: problems.length === 0 && sum === 0, transfers: total?.transfers ?? 0, sum, members: count?.members ?? 0, problems }
}

// Each transfer with the points that reached a known account and those that left one.
const known = "(%s IN ('pending', 'available', 'held', 'debt', 'spent', 'expired') OR %s LIKE 'issued:%%')"
const isKnown = (column: string) => known.replaceAll('%s', column).replaceAll('%%', '%')
const entries = `SELECT points * (${isKnown('credit')}) AS credited, points * (${isKnown('debit')}) AS debited FROM transfers`

function offChart(sql: Sql) {
  const rows = sql.all<{ kind: string; debit: string; credit: string; transfers: number }>(
    'SELECT kind, debit, credit, COUNT(*) AS transfers FROM transfers GROUP BY kind, debit, credit',
  )
  const is = (name: string, full: string) => (name === 'issued' ? full.startsWith('issued:') && full.length > 7 : full === name)
  return rows.filter(({ kind, debit, credit }) => {
    const [from, to] = chart[kind as Kind] ?? ['?', '?']
    return !is(from, debit) || !is(to, credit)
  })
}

const moved = (name: string) => `SUM(points * ((credit = '${name}') - (debit = '${name}')))`

const members = `SELECT m.customer, m.pending, m.available, m.held, m.debt, t.pending AS p, t.available AS a, t.held AS h, t.debt AS d
  FROM members m LEFT JOIN (
    SELECT member, ${moved('pending')} AS pending, ${moved('available')} AS available, ${moved('held')} AS held, ${moved('debt')} AS debt
    FROM transfers GROUP BY member
  ) t ON t.member = m.id
  WHERE m.pending <> COALESCE(t.pending, 0) OR m.available <> COALESCE(t.available, 0)
    OR m.held <> COALESCE(t.held, 0) OR m.debt <> COALESCE(t.debt, 0)
    OR m.pending < 0 OR m.available < 0 OR m.held < 0 OR m.debt > 0`

const movedPart = (name: string) => `SUM(p.points * ((t.credit = '${name}') - (t.debit = '${name}')))`

const lots = `SELECT l.id, l.pending, l.available, s.pending AS p, s.available AS a, s.held AS h, s.expired AS x FROM lots l LEFT JOIN (
    SELECT p.lot, ${movedPart('pending')} AS pending, ${movedPart('available')} AS available, ${movedPart('held')} AS held,
      ${movedPart('expired')} AS expired FROM parts p JOIN transfers t ON t.id = p.transfer GROUP BY p.lot
  ) s ON s.lot = l.id
  WHERE l.pending <> COALESCE(s.pending, 0) OR l.available <> COALESCE(s.available, 0) OR l.expired <> COALESCE(s.expired, 0)
    OR COALESCE(s.held, 0) < 0`

// What an order's lots were issued, less what was taken back because of that order, whichever lot it came from.
const issued = `SELECT l.member, l.order_id, l.points, t.net FROM (
    SELECT member, order_id, SUM(points) AS points FROM lots WHERE order_id IS NOT NULL GROUP BY member, order_id
  ) l LEFT JOIN (
    SELECT member, order_id, SUM(points * ((debit LIKE 'issued:%') - (credit LIKE 'issued:%'))) AS net
    FROM transfers WHERE order_id IS NOT NULL GROUP BY member, order_id
  ) t ON t.member = l.member AND t.order_id = l.order_id
  WHERE l.points <> COALESCE(t.net, 0)`

const parts = `SELECT t.id, t.kind, t.points, SUM(p.points) AS parts FROM transfers t LEFT JOIN parts p ON p.transfer = t.id
  WHERE t.kind <> 'owe' GROUP BY t.id HAVING t.points <> COALESCE(parts, 0)`

const held = `SELECT m.customer, m.held, SUM(c.points) AS open FROM members m LEFT JOIN coupons c ON c.member = m.id AND c.state = 'open'
  GROUP BY m.id HAVING m.held <> COALESCE(open, 0)`

const used = `SELECT c.code, c.discount, t.points FROM coupons c LEFT JOIN transfers t ON t.id = c.spend
  WHERE c.state = 'used' AND (c.discount IS NOT t.points OR t.kind <> 'spend')`
