// What a book holds. The scripts are numbered by their place and append-only: a released one never changes.
// Instants are milliseconds, `NEVER` where there is none; ids are time-ordered, so that trees grow at their end.
import type { Sql } from './sql.ts'

const first = [
  // The shop. A book belongs to one shop, so no table names it.
  `CREATE TABLE shop (
    id TEXT PRIMARY KEY,
    origins TEXT NOT NULL,             -- JSON array of the storefront's origins
    books INTEGER NOT NULL             -- in how many books its members are kept; the first has what is the whole shop's
  ) STRICT`,
  `CREATE TABLE programs (
    version INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,               -- in force from here on
    document TEXT NOT NULL
  ) STRICT`,
  `CREATE TABLE keys (
    kid TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('secret', 'signing')),
    value TEXT NOT NULL,               -- signing: the secret itself; secret: its SHA-256
    at INTEGER NOT NULL
  ) STRICT`,

  // Members with their balances, each of which audit() re-derives from the transfers.
  `CREATE TABLE members (
    id INTEGER PRIMARY KEY,
    customer TEXT NOT NULL UNIQUE,     -- the storefront's id for this person
    name TEXT,
    at INTEGER NOT NULL,
    pending INTEGER NOT NULL DEFAULT 0 CHECK (pending >= 0),
    available INTEGER NOT NULL DEFAULT 0 CHECK (available >= 0),
    held INTEGER NOT NULL DEFAULT 0 CHECK (held >= 0),
    debt INTEGER NOT NULL DEFAULT 0 CHECK (debt <= 0),
    due INTEGER NOT NULL,              -- no later than the next instant at which time itself moves points
    last_transfer INTEGER,             -- newest link of the member's chain of transfers
    last_coupon INTEGER                -- newest link of the member's chain of coupons
  ) STRICT`,
  `CREATE INDEX members_due ON members (due) WHERE due < 8640000000000000`,

  // A lot: points that came together, with their own expiry. Its columns are what is left of it where.
  `CREATE TABLE lots (
    id INTEGER PRIMARY KEY,
    member INTEGER NOT NULL REFERENCES members,
    funder TEXT NOT NULL,
    order_id TEXT,                     -- the order that earned it
    points INTEGER NOT NULL,           -- issued into it, less what was taken back because of its order
    pending INTEGER NOT NULL DEFAULT 0 CHECK (pending >= 0),
    available INTEGER NOT NULL DEFAULT 0 CHECK (available >= 0),
    expired INTEGER NOT NULL DEFAULT 0 CHECK (expired >= 0),
    available_at INTEGER NOT NULL,     -- NEVER while it waits for shipment
    expires_at INTEGER NOT NULL
  ) STRICT`,
  `CREATE INDEX lots_open ON lots (member, expires_at, id) WHERE pending + available > 0`,

  // The ledger: append-only. `parts` says which lots a transfer moved.
  `CREATE TABLE transfers (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    member INTEGER NOT NULL REFERENCES members,
    points INTEGER NOT NULL CHECK (points > 0),
    debit TEXT NOT NULL,               -- the account the points left
    credit TEXT NOT NULL,              -- the account they came to
    order_id TEXT,
    coupon TEXT,
    note TEXT,
    previous INTEGER                   -- the member's transfer before this one
  ) STRICT`,
  `CREATE TABLE parts (
    transfer INTEGER NOT NULL REFERENCES transfers,
    lot INTEGER NOT NULL REFERENCES lots,
    points INTEGER NOT NULL CHECK (points > 0),
    PRIMARY KEY (transfer, lot)
  ) STRICT, WITHOUT ROWID`,

  `CREATE TABLE coupons (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    member INTEGER NOT NULL REFERENCES members,
    points INTEGER NOT NULL CHECK (points > 0),
    state TEXT NOT NULL CHECK (state IN ('open', 'used', 'returned', 'expired')),
    issued_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    hold INTEGER NOT NULL REFERENCES transfers,   -- which lots it holds
    order_id TEXT,                     -- the order that used it
    used_by TEXT CHECK (used_by IN ('checkout', 'report')),
    discount INTEGER,                  -- what that order took off
    spend INTEGER REFERENCES transfers,
    change INTEGER REFERENCES transfers,          -- the release of what the order could not use
    previous INTEGER                   -- the member's coupon before this one
  ) STRICT`,
  `CREATE INDEX coupons_open ON coupons (member, id) WHERE state = 'open'`,
  `CREATE INDEX coupons_order ON coupons (member, order_id) WHERE order_id IS NOT NULL`,

  `CREATE TABLE orders (
    seq INTEGER PRIMARY KEY,
    member INTEGER NOT NULL REFERENCES members,
    id TEXT NOT NULL,
    placed_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    program INTEGER NOT NULL,          -- the version in force when it was placed
    document TEXT NOT NULL,
    lots TEXT NOT NULL,                -- JSON array of the lots it earned, one a funder
    UNIQUE (member, id)
  ) STRICT`,

  // Answers kept under their idempotency key, in the order in which they were given: written at the end, forgotten at the beginning.
  `CREATE TABLE answers (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    asker TEXT NOT NULL,
    request TEXT NOT NULL,
    status INTEGER NOT NULL,
    body TEXT NOT NULL,
    at INTEGER NOT NULL,
    UNIQUE (key, asker)
  ) STRICT`,
]

/** The scripts in the order in which they are applied; a book remembers the numbers of those it has seen. */
export const scripts: readonly string[][] = [first]

/** Brings a database up to the newest schema: applies, in one transaction each, the scripts it has not seen. */
export function migrate(sql: Sql, now: number): void {
  sql.all('CREATE TABLE IF NOT EXISTS scripts (number INTEGER PRIMARY KEY, at INTEGER NOT NULL) STRICT')
  const seen = new Set(sql.all<{ number: number }>('SELECT number FROM scripts').map((row) => row.number))
  scripts.forEach((statements, index) => {
    if (seen.has(index + 1)) return
    sql.transaction(() => {
      for (const statement of statements) sql.all(statement)
      sql.all('INSERT INTO scripts (number, at) VALUES (?, ?)', index + 1, now)
    })
  })
}
