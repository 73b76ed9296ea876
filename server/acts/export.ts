// The export: everything a book holds, one JSON object a row, table by table, in an order that an import can follow.
import type { Sql, Value } from '../ledger/sql.ts'

// Keys stay behind: an export is for the merchant's files, and a secret has no business there.
const tables = ['shop', 'programs', 'members', 'lots', 'transfers', 'parts', 'coupons', 'orders'] as const

/** Lines of JSON, `{"table": "members", …columns}` each: together more than one string can hold. */
export const exportBook = (sql: Sql): string[] =>
  tables.flatMap((table) => sql.all<Record<string, Value>>(`SELECT * FROM ${table}`).map((row) => JSON.stringify({ table, ...row })))
