// What a book holds beside the ledger: what members do for points, and, in a shop's first book, what belongs to the whole shop.

/** A member's own: activities, gifts, points at checkout. */
export const activities = [
  // What a member did for points, once for ever: `key` is the network followed, the product reviewed, the photo's id, the month and place won.
  `CREATE TABLE activities (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,           -- as the wire names it: begins with the symbols of the member's bucket, as a coupon's code does
    member INTEGER NOT NULL REFERENCES members,
    kind TEXT NOT NULL CHECK (kind IN ('follow', 'review', 'photo', 'prize')),
    key TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'accepted', 'declined')),
    points INTEGER NOT NULL CHECK (points >= 0),   -- what it brings while it is accepted
    lot INTEGER REFERENCES lots,       -- the lot it brought
    at INTEGER NOT NULL,
    document TEXT NOT NULL,            -- JSON: what a review says
    UNIQUE (member, kind, key)
  ) STRICT`,
  `CREATE INDEX activities_state ON activities (kind, state, seq)`,
  `CREATE INDEX activities_reviews ON activities (key, seq) WHERE kind = 'review'`,
  `CREATE INDEX activities_photos ON activities (member, at) WHERE kind = 'photo'`,
  // What members asked for out of the merchant's list: its points are held until the merchant decides.
  `CREATE TABLE gifts (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    member INTEGER NOT NULL REFERENCES members,
    gift TEXT NOT NULL,
    title TEXT NOT NULL,
    points INTEGER NOT NULL CHECK (points > 0),
    state TEXT NOT NULL CHECK (state IN ('waiting', 'accepted', 'declined')),
    hold INTEGER NOT NULL REFERENCES transfers,   -- which lots it holds
    spend INTEGER REFERENCES transfers,
    at INTEGER NOT NULL
  ) STRICT`,
  `CREATE INDEX gifts_member ON gifts (member, seq)`,
  `CREATE INDEX gifts_state ON gifts (state, seq)`,
  // Points that paid for an order at its checkout.
  `CREATE TABLE payments (
    seq INTEGER PRIMARY KEY,
    member INTEGER NOT NULL REFERENCES members,
    order_id TEXT NOT NULL,
    points INTEGER NOT NULL CHECK (points > 0),
    spend INTEGER NOT NULL REFERENCES transfers,
    back TEXT NOT NULL DEFAULT '[]',   -- JSON: which of them refunds gave back, as {lot, points}; all while the order is cancelled
    at INTEGER NOT NULL,               -- when it was first paid for with points: the program then in force judges changes
    UNIQUE (member, order_id)
  ) STRICT`,
]

/** The whole shop's, in its first book: the catalogue, the gallery and its prizes. */
export const shopwide = [
  // Versions, append-only: an order is settled by those in force when it was placed.
  `CREATE TABLE sellers (
    seq INTEGER PRIMARY KEY,
    seller TEXT NOT NULL,
    at INTEGER NOT NULL,
    document TEXT NOT NULL
  ) STRICT`,
  `CREATE INDEX sellers_seller ON sellers (seller, seq)`,
  `CREATE TABLE products (
    seq INTEGER PRIMARY KEY,
    sku TEXT NOT NULL,
    at INTEGER NOT NULL,
    seller TEXT,
    percent REAL,
    latest INTEGER NOT NULL,           -- 1 for the newest version of the product
    document TEXT NOT NULL
  ) STRICT`,
  `CREATE INDEX products_sku ON products (sku, seq)`,
  `CREATE INDEX products_seller ON products (seller, percent) WHERE latest = 1`,
  // The gallery. A picture is in it before its member's book has given points for it, and is never in it twice.
  `CREATE TABLE photos (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    customer TEXT NOT NULL,
    digest TEXT NOT NULL UNIQUE,       -- SHA-256 of the bytes as they came
    fingerprint TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    caption TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'accepted', 'declined')),
    month TEXT,                        -- the prize it won, the latest
    place INTEGER,
    at INTEGER NOT NULL,
    picture BLOB NOT NULL
  ) STRICT`,
  `CREATE INDEX photos_state ON photos (state, seq)`,
  `CREATE INDEX photos_customer ON photos (customer, at)`,
  // Pieces of fingerprints: the same picture shares at least one of them.
  `CREATE TABLE pieces (
    piece INTEGER NOT NULL,
    photo INTEGER NOT NULL REFERENCES photos,
    PRIMARY KEY (piece, photo)
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE prizes (
    month TEXT NOT NULL,
    place INTEGER NOT NULL,
    photo TEXT NOT NULL,
    points INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (month, place)
  ) STRICT, WITHOUT ROWID`,
]
