// The audit: re-derives every balance from the transfers alone and says where a kept one differs.
import type { Audit } from '../contract.ts'
import { chart, type Kind } from './chart.ts'
import type { Sql, Value } from './sql.ts'

/** Reads the whole book. `sum` is that of all entries, two a transfer: anything but 0 is a fault, as is any problem. */
export function audit(sql: Sql): Audit {
  const problems: string[] = []
  const found = (what: string, rows: Record<string, Value>[]) => {
    for (const row of rows.slice(0, TOLD)) problems.push(`${what}: ${JSON.stringify(row)}`)
  }
  found('transfer outside the chart', offChart(sql))
  found('member balance', sql.all(members))
  found('lot balance', sql.all(lots))
  found('lot net of its order', sql.all(issued))
  found('transfer and its lots', sql.all(parts))
  found('transfer of somebody else’s lot', sql.all(strangers))
  found('transfer that the history leaves out', sql.all(unlinked))
  found('member who would be woken too late', sql.all(late))
  found('debt beside available points', sql.all(both))
  found('order that does not know its lots', sql.all(unknown))
  found('open coupon and waiting gift against their holds', sql.all(holds))
  found('held against open coupons and waiting gifts', sql.all(held))
  found('used coupon against its spend', sql.all(used))
  found('used coupon against its change', sql.all(changed))
  found('coupon against what of it is spent', sql.all(consumed))
  found('coupon that its code does not find', sql.all(unfound))
  found('points at checkout against their spend', sql.all(paid))
  found('accepted gift against its spend', sql.all(accepted))
  found('activity against its lot', sql.all(activities))
  found('lots of activities net of what was taken back', sql.all(taken))
  found(
    'row of nobody',
    orphans.flatMap((query) => sql.all<Record<string, Value>>(query)),
  )
  const [total] = sql.all<{ transfers: number; sum: number | null }>(
    `SELECT COUNT(*) AS transfers, SUM(credited - debited) AS sum FROM (${entries})`,
  )
  const [count] = sql.all<{ members: number }>('SELECT COUNT(*) AS members FROM members')
  const sum = total?.sum ?? 0
  return { ok: problems.length === 0 && sum === 0, transfers: total?.transfers ?? 0, sum, members: count?.members ?? 0, problems }
}

/** How many rows of one kind of problem are told: where a thousand are wrong, the first say why. */
const TOLD = 20

// Each transfer with the points that reached a known account and those that left one.
const isKnown = (column: string) =>
  `(${column} IN ('pending', 'available', 'held', 'debt', 'spent', 'expired') OR ${column} LIKE 'issued:%')`
const entries = `SELECT points * (${isKnown('credit')}) AS credited, points * (${isKnown('debit')}) AS debited FROM transfers`

function offChart(sql: Sql) {
  const rows = sql.all<{ kind: string; debit: string; credit: string; transfers: number }>(
    'SELECT kind, debit, credit, COUNT(*) AS transfers FROM transfers GROUP BY kind, debit, credit',
  )
  const is = (name: string, full: string) => (name === 'issued' ? /^issued:./.test(full) : full === name)
  return rows.filter(({ kind, debit, credit }) => {
    const [from, to] = Object.hasOwn(chart, kind) ? chart[kind as Kind] : ['?', '?']
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
    OR l.open <> (l.pending + l.available > 0)
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

const held = `SELECT m.customer, m.held, c.points AS open, g.points AS waiting FROM members m
  LEFT JOIN (SELECT member, SUM(points) AS points FROM coupons WHERE state = 'open' GROUP BY member) c ON c.member = m.id
  LEFT JOIN (SELECT member, SUM(points) AS points FROM gifts WHERE state = 'waiting' GROUP BY member) g ON g.member = m.id
  WHERE m.held <> COALESCE(c.points, 0) + COALESCE(g.points, 0)`

const strangers = `SELECT p.transfer, p.lot, t.member, l.member AS "of" FROM parts p
  JOIN transfers t ON t.id = p.transfer JOIN lots l ON l.id = p.lot WHERE l.member <> t.member`

// A history is read along a chain: what no later transfer points to is in nobody's.
const unlinked = `SELECT t.member, t.id, t.previous, t.before, m.last_transfer AS last FROM (
    SELECT member, id, previous, LAG(id) OVER theirs AS before, LEAD(id) OVER theirs AS after FROM transfers
    WINDOW theirs AS (PARTITION BY member ORDER BY id)
  ) t JOIN members m ON m.id = t.member
  WHERE t.previous IS NOT t.before OR (t.after IS NULL AND m.last_transfer IS NOT t.id)`

// Nobody looks at a member before they are due, so that what comes due earlier would wait.
const late = `SELECT m.customer, m.due, n.at FROM members m JOIN (
    SELECT member, MIN(at) AS at FROM (
      SELECT member, available_at AS at FROM lots WHERE open = 1 AND pending > 0
      UNION ALL SELECT member, expires_at FROM lots WHERE open = 1 AND available > 0
      UNION ALL SELECT member, expires_at FROM coupons WHERE state = 'open'
      UNION ALL SELECT member, changes_at FROM orders
    ) GROUP BY member
  ) n ON n.member = m.id WHERE m.due > n.at`

// What is available repays what is owed, but for what has run out and waits to be taken away.
const both = `SELECT m.customer, m.available, m.debt FROM members m WHERE m.debt < 0 AND EXISTS (
    SELECT 1 FROM lots l WHERE l.member = m.id AND l.open = 1 AND l.available > 0
      AND l.expires_at > (SELECT at FROM transfers WHERE id = m.last_transfer))`

// A lot that its order does not know of is earned once more by the next report.
const unknown = `SELECT o.member, o.id, l.id AS lot FROM lots l JOIN orders o ON o.member = l.member AND o.id = l.order_id
  WHERE NOT EXISTS (SELECT 1 FROM json_each(o.lots) WHERE value = l.id)
  UNION ALL SELECT o.member, o.id, j.value FROM orders o, json_each(o.lots) j LEFT JOIN lots l ON l.id = j.value
  WHERE l.order_id IS NOT o.id OR l.member IS NOT o.member`

// What is held lies where the hold says: another one would give it back to lots that it never left.
const holds = `SELECT r.member, r.id, r.points, t.kind, t.points AS held FROM (
    SELECT member, code AS id, points, hold FROM coupons WHERE state = 'open'
    UNION ALL SELECT member, id, points, hold FROM gifts WHERE state = 'waiting'
  ) r LEFT JOIN transfers t ON t.id = r.hold
  WHERE t.kind IS NOT 'hold' OR t.member IS NOT r.member OR t.points IS NOT r.points`

const accepted = `SELECT g.id, g.points, t.points AS spent FROM gifts g LEFT JOIN transfers t ON t.id = g.spend
  WHERE g.state = 'accepted' AND (g.points IS NOT t.points OR t.kind <> 'spend')`

// An activity's lot was issued what it brings while it is accepted, and else no more than what ran out of it.
const activities = `SELECT a.id, a.state, a.points, l.points AS issued, l.expired FROM activities a LEFT JOIN lots l ON l.id = a.lot
  WHERE COALESCE(l.member, a.member) <> a.member OR CASE a.state
    WHEN 'accepted' THEN a.points <> COALESCE(l.points, 0)
    ELSE COALESCE(l.points, 0) > COALESCE(l.expired, 0) END`

// What was granted to a member's activities, less what was taken back because of them, whichever lot it came from. What is owed for
// points that were advanced at a checkout is no activity's.
const taken = `SELECT a.member, a.issued, g.points AS granted, b.points AS back FROM (
    SELECT a.member, SUM(l.points) AS issued FROM activities a JOIN lots l ON l.id = a.lot GROUP BY a.member
  ) a JOIN (
    SELECT a.member, SUM(p.points) AS points FROM activities a JOIN parts p ON p.lot = a.lot JOIN transfers t ON t.id = p.transfer
    WHERE t.kind = 'grant' GROUP BY a.member
  ) g ON g.member = a.member LEFT JOIN (
    SELECT member, SUM(points) AS points FROM transfers
    WHERE kind IN ('clawback', 'owe') AND order_id IS NULL AND coupon IS NULL AND note IS NOT 'advanced' GROUP BY member
  ) b ON b.member = a.member
  WHERE a.issued <> g.points - COALESCE(b.points, 0)`

const used = `SELECT c.code, c.discount, t.points FROM coupons c LEFT JOIN transfers t ON t.id = c.spend
  WHERE c.state = 'used' AND (c.discount IS NOT t.points OR t.kind <> 'spend')`

const changed = `SELECT c.code, c.points, c.discount, t.kind, t.points AS change FROM coupons c LEFT JOIN transfers t ON t.id = c.change
  WHERE c.state = 'used' AND (c.points <> c.discount + COALESCE(t.points, 0) OR t.kind <> 'release')`

// Of what a coupon spent, nothing comes back twice: what is not back in its lots is spent while an order uses it, and else nothing.
const consumed = `SELECT c.code, c.state, c.discount, c.back, t.points AS spent FROM coupons c LEFT JOIN (
    SELECT member, coupon, SUM(points * ((kind = 'spend') - (kind = 'return'))) AS points FROM transfers
    WHERE kind IN ('spend', 'return') AND coupon IS NOT NULL GROUP BY member, coupon
  ) t ON t.member = c.member AND t.coupon = c.code
  WHERE COALESCE(t.points, 0) <> CASE c.state
    WHEN 'used' THEN c.discount - (SELECT COALESCE(SUM(json_extract(value, '$.points')), 0) FROM json_each(c.back))
    ELSE 0 END`

// Those whose entries wait in memory are found in the coupons themselves.
const unfound = `SELECT c.member, c.id FROM coupons c LEFT JOIN codes k ON k.code = c.code AND k.id = c.id
  WHERE c.id <= (SELECT upto FROM memtables WHERE name = 'codes') AND k.member IS NOT c.member`

// What an order used is spent, but for what is back in its lots.
const paid = `SELECT r.order_id, r.points, t.points AS spent, b.points AS back FROM payments r LEFT JOIN transfers t ON t.id = r.spend
   LEFT JOIN (SELECT order_id, member, SUM(points * ((kind = 'spend') - (kind = 'return'))) AS points FROM transfers
     WHERE order_id IS NOT NULL AND coupon IS NULL GROUP BY order_id, member) b ON b.order_id = r.order_id AND b.member = r.member
   WHERE r.points IS NOT t.points OR t.kind <> 'spend'
     OR b.points <> r.points - (SELECT COALESCE(SUM(json_extract(value, '$.points')), 0) FROM json_each(r.back))`

const orphan = (what: string, key: string, table: string, column: string, owner: string) =>
  `SELECT '${what}' AS row, r.${key} AS id, r.${column} AS "of" FROM ${table} r LEFT JOIN ${owner} o ON o.id = r.${column}
   WHERE o.id IS NULL AND r.${column} IS NOT NULL`
// One by one: workerd takes no more than five of them in one statement.
const orphans = [
  orphan('transfer', 'id', 'transfers', 'member', 'members'),
  orphan('lot', 'id', 'lots', 'member', 'members'),
  orphan('lot', 'id', 'lots', 'instead_of', 'lots'),
  orphan('coupon', 'id', 'coupons', 'member', 'members'),
  orphan('part', 'transfer', 'parts', 'transfer', 'transfers'),
  orphan('part', 'transfer', 'parts', 'lot', 'lots'),
  orphan('hold', 'id', 'coupons', 'hold', 'transfers'),
  orphan('spend', 'id', 'coupons', 'spend', 'transfers'),
  orphan('change', 'id', 'coupons', 'change', 'transfers'),
  orphan('activity', 'id', 'activities', 'member', 'members'),
  orphan('activity', 'id', 'activities', 'lot', 'lots'),
  orphan('gift', 'id', 'gifts', 'member', 'members'),
  orphan('gift', 'id', 'gifts', 'hold', 'transfers'),
  orphan('gift', 'id', 'gifts', 'spend', 'transfers'),
]
