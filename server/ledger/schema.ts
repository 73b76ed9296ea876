// What a book holds. The scripts are numbered by their place and append-only: a released one never changes.
// Instants are milliseconds, `NEVER` where there is none; ids are time-ordered, so that trees grow at their end.
import { activities, shopwide } from './schema-shop.ts'
import type { Sql } from './sql.ts'

const first = [
  // The shop. A book belongs to one shop, so no table names it.
  `CREATE TABLE shop (
    id TEXT PRIMARY KEY,
    origins TEXT NOT NULL,             -- JSON array of the storefront's origins
    books INTEGER NOT NULL,            -- in how many books its members are kept; the first has what is the whole shop's
    importing TEXT                     -- JSON: how far an import has come that must be whole before anything else; null when there is none
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
  // Where each book is alone, the others keep copies of the three tables above.
  `CREATE TABLE copies (
    book INTEGER NOT NULL,             -- the number of this book: 0 is the first
    as_of INTEGER NOT NULL             -- the instant up to which a copy is complete; in the first book, the latest that was ever told
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
    last_transfer INTEGER              -- newest link of the member's chain of transfers
  ) STRICT`,
  `CREATE INDEX members_due ON members (due) WHERE due < 8640000000000000`,

  // What every redeem writes has no REFERENCES: SQLite would look each of them up again, for a sixth of the whole. audit() does.

  // A lot: points that came together, with their own expiry. Its columns are what is left of it where.
  `CREATE TABLE lots (
    id INTEGER PRIMARY KEY,
    member INTEGER NOT NULL,
    funder TEXT NOT NULL,
    order_id TEXT,                     -- the order that earned it
    points INTEGER NOT NULL,           -- issued into it, less what was taken back because of its order
    pending INTEGER NOT NULL DEFAULT 0 CHECK (pending >= 0),
    available INTEGER NOT NULL DEFAULT 0 CHECK (available >= 0),
    expired INTEGER NOT NULL DEFAULT 0 CHECK (expired >= 0),
    open INTEGER NOT NULL DEFAULT 0 CHECK (open IN (0, 1)),   -- whether anything is pending or available in it
    available_at INTEGER NOT NULL,     -- NEVER while it waits for shipment
    expires_at INTEGER NOT NULL
  ) STRICT`,
  `CREATE INDEX lots_open ON lots (member) WHERE open = 1`,

  // The ledger: append-only. `parts` says which lots a transfer moved.
  `CREATE TABLE transfers (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    member INTEGER NOT NULL,
    points INTEGER NOT NULL CHECK (points > 0),
    debit TEXT NOT NULL,               -- the account the points left
    credit TEXT NOT NULL,              -- the account they came to
    order_id TEXT,
    coupon TEXT,
    note TEXT,
    previous INTEGER                   -- the member's transfer before this one
  ) STRICT`,
  `CREATE TABLE parts (
    transfer INTEGER NOT NULL,
    lot INTEGER NOT NULL,
    points INTEGER NOT NULL CHECK (points > 0),
    PRIMARY KEY (transfer, lot)
  ) STRICT, WITHOUT ROWID`,

  // A member's coupons lie side by side, so that a wallet finds them all in one place. They are found by their codes in `codes`.
  `CREATE TABLE coupons (
    member INTEGER NOT NULL,
    id INTEGER NOT NULL,               -- that of the transfer which held its points first
    code TEXT NOT NULL,
    points INTEGER NOT NULL CHECK (points > 0),
    state TEXT NOT NULL CHECK (state IN ('open', 'used', 'returned', 'expired')),
    issued_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    hold INTEGER NOT NULL,             -- which lots it holds
    order_id TEXT,                     -- the order that used it
    used_by TEXT CHECK (used_by IN ('checkout', 'report')),
    discount INTEGER,                  -- what that order took off
    spend INTEGER,
    back TEXT NOT NULL DEFAULT '[]',   -- JSON: what of it refunds gave back, as {lot, points}; all while the order is cancelled
    change INTEGER,                    -- the release of what the order could not use
    PRIMARY KEY (member, id)
  ) STRICT, WITHOUT ROWID`,
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
    facts TEXT NOT NULL DEFAULT '{}',  -- JSON: its sellers and products as they were when it was placed
    changes_at INTEGER NOT NULL DEFAULT 8640000000000000,   -- when time alone changes what it earns
    UNIQUE (member, id)
  ) STRICT`,
  `CREATE INDEX orders_changes ON orders (member, changes_at) WHERE changes_at < 8640000000000000`,

  // Answers kept under their idempotency key, in the order in which they were given: written at the end, forgotten at the beginning.
  `CREATE TABLE answers (
    id INTEGER PRIMARY KEY,
    hash INTEGER NOT NULL,             -- of key and asker: what it is found by, in the table hashes
    key TEXT NOT NULL,
    asker TEXT NOT NULL,
    request TEXT NOT NULL,
    status INTEGER NOT NULL,
    body TEXT NOT NULL,
    at INTEGER NOT NULL
  ) STRICT`,

  // Indexes by what comes in no order, of which the newest entries wait in memory: ledger/memtable.
  `CREATE TABLE codes (
    code TEXT NOT NULL,
    member INTEGER NOT NULL,
    id INTEGER NOT NULL,
    PRIMARY KEY (code, id)
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE hashes (
    hash INTEGER NOT NULL,
    id INTEGER NOT NULL,
    PRIMARY KEY (hash, id)
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE memtables (
    name TEXT PRIMARY KEY,             -- of the index
    upto INTEGER NOT NULL              -- the greatest id that is in it; greater ones wait
  ) STRICT`,
  "INSERT INTO memtables (name, upto) VALUES ('codes', 0), ('hashes', 0)",
]

// What ran out while an order that used it was cancelled, and stands after all, is given again in a lot of its own.
const second = [
  // The lot whose points ran out, in whose place this one has some that count as if they had not.
  'ALTER TABLE lots ADD COLUMN instead_of INTEGER',
  'CREATE INDEX lots_instead ON lots (instead_of) WHERE instead_of IS NOT NULL',
]

/** The scripts in the order in which they are applied; a book remembers the numbers of those it has seen. */
export const scripts: readonly string[][] = [[...first, ...activities, ...shopwide], second]

/** Brings a database up to the newest schema: applies, in one transaction each, the scripts it has not seen. Throws at a newer one. */
export function migrate(sql: Sql, now: number): void {
  sql.all('CREATE TABLE IF NOT EXISTS scripts (number INTEGER PRIMARY KEY, at INTEGER NOT NULL) STRICT')
  const seen = new Set(sql.all<{ number: number }>('SELECT number FROM scripts').map((row) => row.number))
  const newest = Math.max(0, ...seen)
  if (newest > scripts.length)
    throw new Error(`This book is of a newer Muse: it has had script ${newest}, and this one knows scripts up to ${scripts.length}.`)
  scripts.forEach((statements, index) => {
    if (seen.has(index + 1)) return
    sql.transaction(() => {
      for (const statement of statements) sql.all(statement)
      sql.all('INSERT INTO scripts (number, at) VALUES (?, ?)', index + 1, now)
    })
  })
}
