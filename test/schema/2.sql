-- A book made by scripts 1 to 2. Script 2: ff5dc290a3c950a9eaa46b57bea0b656f9f3f9f04b724e6cf1ff7cfd058371ac
-- {"now":"2026-06-09T01:00:00.000Z","keys":{"secret":"sk_5jNxec7XZ0QfwR7MvxDFU1l2n4xtZWiuA8JbPQHhNec","signing":{"kid":"k_gi2r-brf","secret":"sig_P06EhzAvgmWqN_Ij43Rpo-1ZHTQanEZpzCyAKUyQCi0"}},"kept":{"key":"kept","text":"{\"coupon\":{\"code\":\"NNH7P358H2W6QX3H\",\"points\":500,\"value\":500,\"currency\":\"JPY\",\"state\":\"open\",\"issuedAt\":\"2026-06-01T01:00:00.000Z\",\"expiresAt\":\"2026-07-01T01:00:00.000Z\",\"order\":null,\"discount\":null},\"wallet\":{\"member\":{\"id\":\"spender\"},\"points\":{\"available\":4600,\"pending\":0,\"held\":500,\"debt\":0},\"pending\":[],\"coupons\":[{\"code\":\"NNH7P358H2W6QX3H\",\"points\":500,\"value\":500,\"currency\":\"JPY\",\"state\":\"open\",\"issuedAt\":\"2026-06-01T01:00:00.000Z\",\"expiresAt\":\"2026-07-01T01:00:00.000Z\",\"order\":null,\"discount\":null}],\"activities\":[],\"gifts\":[],\"expiring\":[{\"points\":4600,\"at\":\"2027-06-01T01:00:00.000Z\"}]}}"},"wallets":[{"member":{"id":"spender"},"points":{"available":5230,"pending":0,"held":50,"debt":0},"pending":[],"coupons":[{"code":"NN483JG3J53HX00V","points":700,"value":700,"currency":"JPY","state":"returned","issuedAt":"2026-06-01T01:00:00.000Z","expiresAt":"2026-07-01T01:00:00.000Z","order":null,"discount":null},{"code":"NNH7P358H2W6QX3H","points":500,"value":500,"currency":"JPY","state":"used","issuedAt":"2026-06-01T01:00:00.000Z","expiresAt":"2026-07-01T01:00:00.000Z","order":"bought","discount":300}],"activities":[{"kind":"photo","points":10,"state":"done"},{"kind":"follow","network":"x","points":10,"state":"done"}],"gifts":[{"id":"NN8C777J3CX0QZZA","gift":"pin","title":"Pin","points":50,"state":"waiting","at":"2026-06-09T01:00:00.000Z"}],"expiring":[{"points":4710,"at":"2027-06-01T01:00:00.000Z"},{"points":10,"at":"2027-06-09T01:00:00.000Z"},{"points":10,"at":"2027-06-09T01:00:00.000Z"},{"points":500,"at":"2027-06-09T01:00:00.000Z"}]},{"member":{"id":"debtor"},"points":{"available":0,"pending":0,"held":250,"debt":250},"pending":[],"coupons":[{"code":"DNQNYE8APNQDK564","points":250,"value":250,"currency":"JPY","state":"open","issuedAt":"2026-06-09T01:00:00.000Z","expiresAt":"2026-07-09T01:00:00.000Z","order":null,"discount":null}],"activities":[{"kind":"photo","points":10,"state":"open"},{"kind":"follow","network":"x","points":10,"state":"open"}],"gifts":[],"expiring":[]},{"member":{"id":"waiter"},"points":{"available":0,"pending":321,"held":0,"debt":0},"pending":[{"order":"o2","points":123,"availableAt":null,"waitsFor":"shipment"},{"order":"o3","points":198,"availableAt":null,"waitsFor":"shipment"}],"coupons":[],"activities":[{"kind":"photo","points":10,"state":"open"},{"kind":"follow","network":"x","points":10,"state":"open"}],"gifts":[],"expiring":[]},{"member":{"id":"forgetful"},"points":{"available":0,"pending":0,"held":80,"debt":0},"pending":[],"coupons":[{"code":"1NZQW1SX2DJ5XT7A","points":80,"value":80,"currency":"JPY","state":"open","issuedAt":"2026-06-01T01:00:00.000Z","expiresAt":"2026-07-01T01:00:00.000Z","order":null,"discount":null}],"activities":[{"kind":"photo","points":10,"state":"open"},{"kind":"follow","network":"x","points":10,"state":"open"}],"gifts":[],"expiring":[]}],"transfers":{"ok":true,"transfers":27,"sum":0,"members":4,"problems":[]}}
BEGIN;
CREATE TABLE scripts (number INTEGER PRIMARY KEY, at INTEGER NOT NULL) STRICT;
CREATE TABLE shop (
    id TEXT PRIMARY KEY,
    origins TEXT NOT NULL,             -- JSON array of the storefront's origins
    books INTEGER NOT NULL,            -- in how many books its members are kept; the first has what is the whole shop's
    importing TEXT                     -- JSON: how far an import has come that must be whole before anything else; null when there is none
  ) STRICT;
CREATE TABLE programs (
    version INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,               -- in force from here on
    document TEXT NOT NULL
  ) STRICT;
CREATE TABLE keys (
    kid TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('secret', 'signing')),
    value TEXT NOT NULL,               -- signing: the secret itself; secret: its SHA-256
    at INTEGER NOT NULL
  ) STRICT;
CREATE TABLE copies (
    book INTEGER NOT NULL,             -- the number of this book: 0 is the first
    as_of INTEGER NOT NULL             -- the instant up to which a copy is complete; in the first book, the latest that was ever told
  ) STRICT;
CREATE TABLE members (
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
  ) STRICT;
CREATE INDEX members_due ON members (due) WHERE due < 8640000000000000;
CREATE TABLE lots (
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
  , instead_of INTEGER) STRICT;
CREATE INDEX lots_open ON lots (member) WHERE open = 1;
CREATE TABLE transfers (
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
  ) STRICT;
CREATE TABLE parts (
    transfer INTEGER NOT NULL,
    lot INTEGER NOT NULL,
    points INTEGER NOT NULL CHECK (points > 0),
    PRIMARY KEY (transfer, lot)
  ) STRICT, WITHOUT ROWID;
CREATE TABLE coupons (
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
  ) STRICT, WITHOUT ROWID;
CREATE INDEX coupons_order ON coupons (member, order_id) WHERE order_id IS NOT NULL;
CREATE TABLE orders (
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
  ) STRICT;
CREATE INDEX orders_changes ON orders (member, changes_at) WHERE changes_at < 8640000000000000;
CREATE TABLE answers (
    id INTEGER PRIMARY KEY,
    hash INTEGER NOT NULL,             -- of key and asker: what it is found by, in the table hashes
    key TEXT NOT NULL,
    asker TEXT NOT NULL,
    request TEXT NOT NULL,
    status INTEGER NOT NULL,
    body TEXT NOT NULL,
    at INTEGER NOT NULL
  ) STRICT;
CREATE TABLE codes (
    code TEXT NOT NULL,
    member INTEGER NOT NULL,
    id INTEGER NOT NULL,
    PRIMARY KEY (code, id)
  ) STRICT, WITHOUT ROWID;
CREATE TABLE hashes (
    hash INTEGER NOT NULL,
    id INTEGER NOT NULL,
    PRIMARY KEY (hash, id)
  ) STRICT, WITHOUT ROWID;
CREATE TABLE memtables (
    name TEXT PRIMARY KEY,             -- of the index
    upto INTEGER NOT NULL              -- the greatest id that is in it; greater ones wait
  ) STRICT;
CREATE TABLE activities (
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
  ) STRICT;
CREATE INDEX activities_state ON activities (kind, state, seq);
CREATE INDEX activities_reviews ON activities (key, seq) WHERE kind = 'review';
CREATE INDEX activities_photos ON activities (member, at) WHERE kind = 'photo';
CREATE TABLE gifts (
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
  ) STRICT;
CREATE INDEX gifts_member ON gifts (member, seq);
CREATE INDEX gifts_state ON gifts (state, seq);
CREATE TABLE payments (
    seq INTEGER PRIMARY KEY,
    member INTEGER NOT NULL REFERENCES members,
    order_id TEXT NOT NULL,
    points INTEGER NOT NULL CHECK (points > 0),
    spend INTEGER NOT NULL REFERENCES transfers,
    back TEXT NOT NULL DEFAULT '[]',   -- JSON: which of them refunds gave back, as {lot, points}; all while the order is cancelled
    at INTEGER NOT NULL,               -- when it was first paid for with points: the program then in force judges changes
    UNIQUE (member, order_id)
  ) STRICT;
CREATE TABLE sellers (
    seq INTEGER PRIMARY KEY,
    seller TEXT NOT NULL,
    at INTEGER NOT NULL,
    document TEXT NOT NULL
  ) STRICT;
CREATE INDEX sellers_seller ON sellers (seller, seq);
CREATE TABLE products (
    seq INTEGER PRIMARY KEY,
    sku TEXT NOT NULL,
    at INTEGER NOT NULL,
    seller TEXT,
    percent REAL,
    latest INTEGER NOT NULL,           -- 1 for the newest version of the product
    document TEXT NOT NULL
  ) STRICT;
CREATE INDEX products_sku ON products (sku, seq);
CREATE INDEX products_seller ON products (seller, percent) WHERE latest = 1;
CREATE TABLE photos (
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
  ) STRICT;
CREATE INDEX photos_state ON photos (state, seq);
CREATE INDEX photos_customer ON photos (customer, at);
CREATE TABLE pieces (
    piece INTEGER NOT NULL,
    photo INTEGER NOT NULL REFERENCES photos,
    PRIMARY KEY (piece, photo)
  ) STRICT, WITHOUT ROWID;
CREATE TABLE prizes (
    month TEXT NOT NULL,
    place INTEGER NOT NULL,
    photo TEXT NOT NULL,
    points INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (month, place)
  ) STRICT, WITHOUT ROWID;
CREATE INDEX lots_instead ON lots (instead_of) WHERE instead_of IS NOT NULL;
INSERT INTO scripts VALUES (1, 1780275600000);
INSERT INTO scripts VALUES (2, 1780275600000);
INSERT INTO shop VALUES ('old', '["https://shop.example"]', 1, NULL);
INSERT INTO programs VALUES (1, 1780275600000, '{"name":"JeJ Muse","currency":"JPY","timeZone":"Asia/Tokyo","startsAt":null,"earning":{"purchase":{"percent":1,"rounding":"floor","award":"shipped","delay":"P7D","exclude":{"tags":[],"categories":[],"skus":[]}},"welcome":{"points":0},"review":{"points":0,"award":"posted"},"photo":{"points":0,"perDay":1,"award":"posted"},"prizes":[],"follow":{"points":0,"award":"posted","accounts":{}}},"redeeming":{"coupon":{"min":1,"max":5000,"step":1,"life":"P30D","prefix":""},"checkout":null,"exclude":{"tags":[]},"shipping":false,"withOtherCodes":false,"change":"return","gifts":[]},"campaigns":[],"sellers":null,"expiry":{"life":"P1Y"},"links":{"signIn":null,"signUp":null,"contact":null},"theme":{},"texts":{}}');
INSERT INTO programs VALUES (2, 1780966800000, '{"name":"JeJ Muse","currency":"JPY","timeZone":"Asia/Tokyo","startsAt":null,"earning":{"purchase":{"percent":2,"rounding":"floor","award":"shipped","delay":"P7D","exclude":{"tags":[],"categories":[],"skus":[]}},"welcome":{"points":0},"review":{"points":0,"award":"posted"},"photo":{"points":10,"perDay":1,"award":"posted"},"prizes":[500],"follow":{"points":10,"award":"posted","accounts":{"x":"https://x.com/shop"}}},"redeeming":{"coupon":{"min":1,"max":5000,"step":1,"life":"P30D","prefix":""},"checkout":{"max":null},"exclude":{"tags":[]},"shipping":false,"withOtherCodes":false,"change":"return","gifts":[{"id":"pin","title":"Pin","points":50}]},"campaigns":[],"sellers":null,"expiry":{"life":"P1Y"},"links":{"signIn":null,"signUp":null,"contact":null},"theme":{},"texts":{}}');
INSERT INTO keys VALUES ('s_B9yhJewr', 'secret', '6c846b7f7743fea7e55ade31c8c97ffdec8a301833e1c2ee565ce96ee77e9a92', 1780275600000);
INSERT INTO keys VALUES ('k_gi2r-brf', 'signing', 'sig_P06EhzAvgmWqN_Ij43Rpo-1ZHTQanEZpzCyAKUyQCi0', 1780275600000);
INSERT INTO members VALUES (1, 'spender', NULL, 1780275600000, 0, 5230, 50, 0, 1811811600000, 27);
INSERT INTO members VALUES (2, 'forgetful', NULL, 1780275600000, 0, 0, 80, 0, 1782867600000, 10);
INSERT INTO members VALUES (3, 'debtor', NULL, 1780275600000, 0, 0, 250, -250, 1783558800000, 20);
INSERT INTO members VALUES (4, 'waiter', NULL, 1780275600000, 321, 0, 0, 0, 8640000000000000, 21);
INSERT INTO lots VALUES (1, 1, 'shop', NULL, 5000, 0, 4710, 0, 1, 1780275600000, 1811811600000, NULL);
INSERT INTO lots VALUES (2, 1, 'shop', NULL, 100, 0, 0, 100, 0, 1780275600000, 1780617600000, NULL);
INSERT INTO lots VALUES (3, 2, 'shop', NULL, 80, 0, 0, 0, 0, 1780275600000, 1811811600000, NULL);
INSERT INTO lots VALUES (4, 3, 'shop', 'o1', 0, 0, 0, 0, 0, 8640000000000000, 8640000000000000, NULL);
INSERT INTO lots VALUES (5, 4, 'shop', 'o2', 123, 123, 0, 0, 1, 8640000000000000, 8640000000000000, NULL);
INSERT INTO lots VALUES (6, 1, 'shop', NULL, 100, 0, 0, 0, 0, 1780966800000, 1780617600000, 2);
INSERT INTO lots VALUES (7, 4, 'shop', 'o3', 198, 198, 0, 0, 1, 8640000000000000, 8640000000000000, NULL);
INSERT INTO lots VALUES (8, 1, 'shop', NULL, 10, 0, 10, 0, 1, 1780966800000, 1812502800000, NULL);
INSERT INTO lots VALUES (9, 1, 'shop', NULL, 10, 0, 10, 0, 1, 1780966800000, 1812502800000, NULL);
INSERT INTO lots VALUES (10, 1, 'shop', NULL, 500, 0, 500, 0, 1, 1780966800000, 1812502800000, NULL);
INSERT INTO transfers VALUES (1, 1780275600000, 'grant', 1, 5000, 'issued:shop', 'available', NULL, NULL, 'gift', NULL);
INSERT INTO transfers VALUES (2, 1780275600000, 'grant', 1, 100, 'issued:shop', 'available', NULL, NULL, 'gift', 1);
INSERT INTO transfers VALUES (3, 1780275600000, 'hold', 1, 500, 'available', 'held', NULL, 'NNH7P358H2W6QX3H', NULL, 2);
INSERT INTO transfers VALUES (4, 1780275600000, 'spend', 1, 300, 'held', 'spent', 'bought', 'NNH7P358H2W6QX3H', NULL, 3);
INSERT INTO transfers VALUES (5, 1780275600000, 'release', 1, 200, 'held', 'available', NULL, 'NNH7P358H2W6QX3H', NULL, 4);
INSERT INTO transfers VALUES (6, 1780275600000, 'return', 1, 300, 'spent', 'available', 'bought', 'NNH7P358H2W6QX3H', NULL, 5);
INSERT INTO transfers VALUES (7, 1780275600000, 'hold', 1, 700, 'available', 'held', NULL, 'NN483JG3J53HX00V', NULL, 6);
INSERT INTO transfers VALUES (8, 1780275600000, 'release', 1, 700, 'held', 'available', NULL, 'NN483JG3J53HX00V', NULL, 7);
INSERT INTO transfers VALUES (9, 1780275600000, 'grant', 2, 80, 'issued:shop', 'available', NULL, NULL, 'gift', NULL);
INSERT INTO transfers VALUES (10, 1780275600000, 'hold', 2, 80, 'available', 'held', NULL, '1NZQW1SX2DJ5XT7A', NULL, 9);
INSERT INTO transfers VALUES (11, 1780275600000, 'earn', 3, 300, 'issued:shop', 'pending', 'o1', NULL, NULL, NULL);
INSERT INTO transfers VALUES (12, 1780275600000, 'earn', 4, 123, 'issued:shop', 'pending', 'o2', NULL, NULL, NULL);
INSERT INTO transfers VALUES (13, 1780617600000, 'expire', 1, 100, 'available', 'expired', NULL, NULL, NULL, 8);
INSERT INTO transfers VALUES (14, 1780966800000, 'grant', 1, 100, 'issued:shop', 'available', NULL, 'NNH7P358H2W6QX3H', 'advanced', 13);
INSERT INTO transfers VALUES (15, 1780966800000, 'hold', 1, 300, 'available', 'held', 'bought', 'NNH7P358H2W6QX3H', NULL, 14);
INSERT INTO transfers VALUES (16, 1780966800000, 'spend', 1, 300, 'held', 'spent', 'bought', 'NNH7P358H2W6QX3H', NULL, 15);
INSERT INTO transfers VALUES (17, 1780880400000, 'activate', 3, 300, 'pending', 'available', 'o1', NULL, NULL, 11);
INSERT INTO transfers VALUES (18, 1780966800000, 'hold', 3, 250, 'available', 'held', NULL, 'DNQNYE8APNQDK564', NULL, 17);
INSERT INTO transfers VALUES (19, 1780966800000, 'clawback', 3, 50, 'available', 'issued:shop', 'o1', NULL, NULL, 18);
INSERT INTO transfers VALUES (20, 1780966800000, 'owe', 3, 250, 'debt', 'issued:shop', 'o1', NULL, NULL, 19);
INSERT INTO transfers VALUES (21, 1780966800000, 'earn', 4, 198, 'issued:shop', 'pending', 'o3', NULL, NULL, 12);
INSERT INTO transfers VALUES (22, 1780966800000, 'grant', 1, 10, 'issued:shop', 'available', NULL, NULL, 'follow x', 16);
INSERT INTO transfers VALUES (23, 1780966800000, 'hold', 1, 50, 'available', 'held', NULL, NULL, 'gift Pin', 22);
INSERT INTO transfers VALUES (24, 1780966800000, 'hold', 1, 40, 'available', 'held', 'paid', NULL, NULL, 23);
INSERT INTO transfers VALUES (25, 1780966800000, 'spend', 1, 40, 'held', 'spent', 'paid', NULL, NULL, 24);
INSERT INTO transfers VALUES (26, 1780966800000, 'grant', 1, 10, 'issued:shop', 'available', NULL, NULL, 'photo', 25);
INSERT INTO transfers VALUES (27, 1780966800000, 'grant', 1, 500, 'issued:shop', 'available', NULL, NULL, 'prize 2026-06 1', 26);
INSERT INTO parts VALUES (1, 1, 5000);
INSERT INTO parts VALUES (2, 2, 100);
INSERT INTO parts VALUES (3, 1, 400);
INSERT INTO parts VALUES (3, 2, 100);
INSERT INTO parts VALUES (4, 1, 200);
INSERT INTO parts VALUES (4, 2, 100);
INSERT INTO parts VALUES (5, 1, 200);
INSERT INTO parts VALUES (6, 1, 200);
INSERT INTO parts VALUES (6, 2, 100);
INSERT INTO parts VALUES (7, 1, 600);
INSERT INTO parts VALUES (7, 2, 100);
INSERT INTO parts VALUES (8, 1, 600);
INSERT INTO parts VALUES (8, 2, 100);
INSERT INTO parts VALUES (9, 3, 80);
INSERT INTO parts VALUES (10, 3, 80);
INSERT INTO parts VALUES (11, 4, 300);
INSERT INTO parts VALUES (12, 5, 123);
INSERT INTO parts VALUES (13, 2, 100);
INSERT INTO parts VALUES (14, 6, 100);
INSERT INTO parts VALUES (15, 1, 200);
INSERT INTO parts VALUES (15, 6, 100);
INSERT INTO parts VALUES (16, 1, 200);
INSERT INTO parts VALUES (16, 6, 100);
INSERT INTO parts VALUES (17, 4, 300);
INSERT INTO parts VALUES (18, 4, 250);
INSERT INTO parts VALUES (19, 4, 50);
INSERT INTO parts VALUES (21, 7, 198);
INSERT INTO parts VALUES (22, 8, 10);
INSERT INTO parts VALUES (23, 1, 50);
INSERT INTO parts VALUES (24, 1, 40);
INSERT INTO parts VALUES (25, 1, 40);
INSERT INTO parts VALUES (26, 9, 10);
INSERT INTO parts VALUES (27, 10, 500);
INSERT INTO coupons VALUES (1, 3, 'NNH7P358H2W6QX3H', 500, 'used', 1780275600000, 1782867600000, 3, 'bought', 'checkout', 300, 16, '[]', 5);
INSERT INTO coupons VALUES (1, 7, 'NN483JG3J53HX00V', 700, 'returned', 1780275600000, 1782867600000, 7, NULL, NULL, NULL, NULL, '[]', NULL);
INSERT INTO coupons VALUES (2, 10, '1NZQW1SX2DJ5XT7A', 80, 'open', 1780275600000, 1782867600000, 10, NULL, NULL, NULL, NULL, '[]', NULL);
INSERT INTO coupons VALUES (3, 18, 'DNQNYE8APNQDK564', 250, 'open', 1780966800000, 1783558800000, 18, NULL, NULL, NULL, NULL, '[]', NULL);
INSERT INTO orders VALUES (1, 1, 'bought', 1780275600000, 1780966800000, 1, '{"placedAt":"2026-06-01T01:00:00.000Z","updatedAt":"2026-06-09T01:00:00.000Z","state":"placed","lines":[{"id":"1","sku":"dress","price":300,"quantity":1}]}', '[]', '{"products":{"dress":{"seller":null,"percent":null}},"sellers":{}}', 8640000000000000);
INSERT INTO orders VALUES (2, 3, 'o1', 1780275600000, 1780966800000, 1, '{"placedAt":"2026-06-01T01:00:00.000Z","updatedAt":"2026-06-09T01:00:00.000Z","state":"cancelled","shippedAt":"2026-06-01T01:00:00.000Z","lines":[{"id":"1","sku":"dress","price":30000,"quantity":1}]}', '[4]', '{"products":{"dress":{"seller":null,"percent":null}},"sellers":{}}', 8640000000000000);
INSERT INTO orders VALUES (3, 4, 'o2', 1780275600000, 1780275600000, 1, '{"placedAt":"2026-06-01T01:00:00.000Z","updatedAt":"2026-06-01T01:00:00.000Z","state":"placed","lines":[{"id":"1","sku":"dress","price":12300,"quantity":1}]}', '[5]', '{"products":{"dress":{"seller":null,"percent":null}},"sellers":{}}', 8640000000000000);
INSERT INTO orders VALUES (4, 4, 'o3', 1780966800000, 1780966800000, 2, '{"placedAt":"2026-06-09T01:00:00.000Z","updatedAt":"2026-06-09T01:00:00.000Z","state":"placed","lines":[{"id":"1","sku":"dress","price":9900,"quantity":1}]}', '[7]', '{"products":{"dress":{"seller":null,"percent":null}},"sellers":{}}', 8640000000000000);
INSERT INTO answers VALUES (1, 847927652675178, '9455a5a7-0c84-4dfd-ba76-786be2440f0e', 'shop', '["/members/{member}/grants",{"member":"spender"},{"points":5000,"reason":"gift"}]', 201, '{"granted":5000,"wallet":{"member":{"id":"spender"},"points":{"available":5000,"pending":0,"held":0,"debt":0},"pending":[],"coupons":[],"activities":[],"gifts":[],"expiring":[{"points":5000,"at":"2027-06-01T01:00:00.000Z"}]}}', 1780275600000);
INSERT INTO answers VALUES (2, 1138505034168463, '100b0009-19ac-448e-9a9f-41255a1cf3ee', 'shop', '["/members/{member}/grants",{"member":"spender"},{"points":100,"reason":"gift","expiresAt":"2026-06-05T00:00:00Z"}]', 201, '{"granted":100,"wallet":{"member":{"id":"spender"},"points":{"available":5100,"pending":0,"held":0,"debt":0},"pending":[],"coupons":[],"activities":[],"gifts":[],"expiring":[{"points":100,"at":"2026-06-05T00:00:00.000Z"},{"points":5000,"at":"2027-06-01T01:00:00.000Z"}]}}', 1780275600000);
INSERT INTO answers VALUES (3, 4288739575128470, 'kept', 'member spender', '["/me/coupons",{},{"points":500}]', 201, '[{"coupon":0,"wallet":{"member":{"id":"spender"},"points":{"available":4600,"pending":0,"held":500,"debt":0},"pending":[],"coupons":{"code":"NNH7P358H2W6QX3H","points":500,"value":500,"currency":"JPY","state":"open","issuedAt":"2026-06-01T01:00:00.000Z","expiresAt":"2026-07-01T01:00:00.000Z","order":null,"discount":null},"activities":[],"gifts":[],"expiring":[{"points":4600,"at":"2027-06-01T01:00:00.000Z"}]}}]', 1780275600000);
INSERT INTO answers VALUES (4, 3405473694212281, '2228828f-a3aa-4f2a-a332-35f62b5b9939', 'member spender', '["/me/coupons",{},{"points":700}]', 201, '[{"coupon":0,"wallet":{"member":{"id":"spender"},"points":{"available":4400,"pending":0,"held":700,"debt":0},"pending":[],"coupons":{"code":"NN483JG3J53HX00V","points":700,"value":700,"currency":"JPY","state":"open","issuedAt":"2026-06-01T01:00:00.000Z","expiresAt":"2026-07-01T01:00:00.000Z","order":null,"discount":null},"activities":[],"gifts":[],"expiring":[{"points":4400,"at":"2027-06-01T01:00:00.000Z"}]}},["NNH7P358H2W6QX3H",500,500,"JPY","returned","2026-06-01T01:00:00.000Z","2026-07-01T01:00:00.000Z","bought",300]]', 1780275600000);
INSERT INTO answers VALUES (5, 2152245047024184, '3ca3d583-ce41-4d00-977c-620ad1b198eb', 'shop', '["/members/{member}/grants",{"member":"forgetful"},{"points":80,"reason":"gift"}]', 201, '{"granted":80,"wallet":{"member":{"id":"forgetful"},"points":{"available":80,"pending":0,"held":0,"debt":0},"pending":[],"coupons":[],"activities":[],"gifts":[],"expiring":[{"points":80,"at":"2027-06-01T01:00:00.000Z"}]}}', 1780275600000);
INSERT INTO answers VALUES (6, 226240543386934, 'e1711162-6f72-4f72-969f-878a36878826', 'member forgetful', '["/me/coupons",{},{"points":80}]', 201, '[{"coupon":0,"wallet":{"member":{"id":"forgetful"},"points":{"available":0,"pending":0,"held":80,"debt":0},"pending":[],"coupons":{"code":"1NZQW1SX2DJ5XT7A","points":80,"value":80,"currency":"JPY","state":"open","issuedAt":"2026-06-01T01:00:00.000Z","expiresAt":"2026-07-01T01:00:00.000Z","order":null,"discount":null},"activities":[],"gifts":[],"expiring":[]}}]', 1780275600000);
INSERT INTO answers VALUES (7, 997691788904305, 'f6f382a2-389d-4d83-a2bd-651aa730abff', 'member debtor', '["/me/coupons",{},{"points":250}]', 201, '[{"coupon":0,"wallet":{"member":{"id":"debtor"},"points":{"available":50,"pending":0,"held":250,"debt":0},"pending":[],"coupons":{"code":"DNQNYE8APNQDK564","points":250,"value":250,"currency":"JPY","state":"open","issuedAt":"2026-06-09T01:00:00.000Z","expiresAt":"2026-07-09T01:00:00.000Z","order":null,"discount":null},"activities":[],"gifts":[],"expiring":[{"points":50,"at":"2027-06-08T01:00:00.000Z"}]}}]', 1780966800000);
INSERT INTO answers VALUES (8, 197319933488662, '552f64d6-0c82-45bb-b76a-5e3c63b49170', 'member spender', '["/me/gifts",{},{"gift":"pin"}]', 201, '[{"id":"NN8C777J3CX0QZZA","state":"waiting","points":50,"wallet":{"member":{"id":"spender"},"points":{"available":4760,"pending":0,"held":50,"debt":0},"pending":[],"coupons":{"code":"NN483JG3J53HX00V","points":700,"value":700,"currency":"JPY","state":"returned","issuedAt":"2026-06-01T01:00:00.000Z","expiresAt":"2026-07-01T01:00:00.000Z","order":null,"discount":null},"activities":[{"kind":"photo","points":10,"state":"open"},{"kind":"follow","network":"x","points":10,"state":"done"}],"gifts":[{"id":"NN8C777J3CX0QZZA","gift":"pin","title":"Pin","points":50,"state":"waiting","at":"2026-06-09T01:00:00.000Z"}],"expiring":[{"points":4750,"at":"2027-06-01T01:00:00.000Z"},{"points":10,"at":"2027-06-09T01:00:00.000Z"}]}},["NNH7P358H2W6QX3H",500,500,"JPY","used","2026-06-01T01:00:00.000Z","2026-07-01T01:00:00.000Z","bought",300]]', 1780966800000);
INSERT INTO answers VALUES (9, 4292718858369776, '1f3a94ad-43b0-4b11-85c2-815a088e3821', 'member spender', '["/me/photos",{},{"digest":"bbc0f3054d713521c6ce43bc648f1f7c5e387878071381492d948d91c8441d04","caption":""}]', 201, '[{"id":"NN1XB029SM7FEG2M","state":"accepted","points":10,"wallet":{"member":{"id":"spender"},"points":{"available":4730,"pending":0,"held":50,"debt":0},"pending":[],"coupons":{"code":"NN483JG3J53HX00V","points":700,"value":700,"currency":"JPY","state":"returned","issuedAt":"2026-06-01T01:00:00.000Z","expiresAt":"2026-07-01T01:00:00.000Z","order":null,"discount":null},"activities":[{"kind":"photo","points":10,"state":"done"},{"kind":"follow","network":"x","points":10,"state":"done"}],"gifts":[{"id":"NN8C777J3CX0QZZA","gift":"pin","title":"Pin","points":50,"state":"waiting","at":"2026-06-09T01:00:00.000Z"}],"expiring":[{"points":4710,"at":"2027-06-01T01:00:00.000Z"},{"points":10,"at":"2027-06-09T01:00:00.000Z"},{"points":10,"at":"2027-06-09T01:00:00.000Z"}]}},["NNH7P358H2W6QX3H",500,500,"JPY","used","2026-06-01T01:00:00.000Z","2026-07-01T01:00:00.000Z","bought",300]]', 1780966800000);
INSERT INTO memtables VALUES ('codes', 0);
INSERT INTO memtables VALUES ('hashes', 0);
INSERT INTO activities VALUES (1, 'NND7GM4N0X7DR923', 1, 'follow', 'x', 'accepted', 10, 8, 1780966800000, '{"waits":false}');
INSERT INTO activities VALUES (2, 'NN1XB029SM7FEG2M', 1, 'photo', 'NN1XB029SM7FEG2M', 'accepted', 10, 9, 1780966800000, '{}');
INSERT INTO activities VALUES (3, 'NNTS3SXW3KY2J62W', 1, 'prize', '2026-06 1', 'accepted', 500, 10, 1780966800000, '{"photo":"NN1XB029SM7FEG2M"}');
INSERT INTO gifts VALUES (1, 'NN8C777J3CX0QZZA', 1, 'pin', 'Pin', 50, 'waiting', 23, NULL, 1780966800000);
INSERT INTO payments VALUES (1, 1, 'paid', 40, 25, '[]', 1780966800000);
INSERT INTO sellers VALUES (1, 's1', 1780966800000, '{"name":"S","joinedAt":"2026-05-01T00:00:00Z"}');
INSERT INTO products VALUES (1, 'dress', 1780966800000, 's1', NULL, 1, '{"title":"Dress","price":900,"seller":"s1"}');
INSERT INTO photos VALUES (1, 'NN1XB029SM7FEG2M', 'spender', 'bbc0f3054d713521c6ce43bc648f1f7c5e387878071381492d948d91c8441d04', 'e00c2bdd7b074c66fd59a6a121a9805779d773d10e0f476c7d16815e754a923e67946a9b6f966b956da3729f6a9c71a07598', 72, 96, '', 'accepted', '2026-06', 1, 1780966800000, X'ffd8ffe000104a46494600010100000100010000ffdb008400060606060706070808070a0b0a0b0a0f0e0c0c0e0f1610111011101622151915151915221e241e1c1e241e362a26262a363e3432343e4c44444c5f5a5f7c7ca701060606060706070808070a0b0a0b0a0f0e0c0c0e0f1610111011101622151915151915221e241e1c1e241e362a26262a363e3432343e4c44444c5f5a5f7c7ca7ffc20011080060004803012100021101031101ffc400340000020301010101000000000000000000040500060703010208010003010101010000000000000000000002030405010600ffda000c03010002100310000000b98589e83c217f054a359e39ad5c72f596b154f86056755c73c4ee6851284ebd68ceaadaac66c7fe5f7d7d7304094c3b3da33aab42709bf3129bbda0ff000c81e43f31b0db33abb42795188e77a7e947b894a9e3f0357671d8d164c153a7d7a9c4467dca3b0b5a1e7b07e1f0d3b896df004d1277175f19140e0f7ea52c3f4017064fecee3ee922e048d849c466a8ab192a88d9f50999d197b4e04eac3099281192bef32eff0098d3238d3cf8e670010e461e66eb726e6ae0b988eab588af46afffc4003e10000201030301040703080b000000000001020300041105122131061341511422617191b1e11516232442738183a1a2c132344344525463a3b2c2d1ffda0008010100013f0075c78f4a914795228e28ae01c8a973823ad6a5da9d2ecee5add84b23270c5002a0f91c91c8a8ae60bc8567824df1b83b5b047438f1a9c120f8d4dcf19a61e35a1e9106a26e3be790777b3050819dd9eb9068f6574f18fc59fe2bff00957bd9db286da6955e52523660091e03dd538c0f9d68fd8ad05f4db5b8b88a599e7b786421dc808597276ecc55b580d3f54d4ed228c476d886585376ee1d76b1c924f55a9ce478d4e7ae299735d9318f4efd9ff3a6ad4f9b0bbfd0bfcaae0a80cc4800724d68d3d92da35b5b08f64249c2306037b16fd557bab5835ecf9601e3cc6e769cfa84f8e29750b3ba665865c951c8c11f3a9baf1440eb5d96c7e59fb3fe74e2b5438b0bce3fb093fe352c85f50bf2496fc67032727838156d2cab24e81d8239f594700e3a521c5ccab5a5ab7da23d53801cb11e030464d4e7c33464e48cf15d949322f89ff4ff00ed4e6b557c585e7977127caaeb4082447bd49991a4c975c6549ce38e98a2a62bd9109fe892a4fba98edbc271d6a2b0b48219de0882b3f5392781ce066a63c51dd8e40ad2b5bfb30cff0083deef2bf9db76edcfb0f9d3f6c47f92ff0073e957bdaaefede78bd0f1bd19376fce370c7955d6a505bd8224e4faf2ed01065b1c31382474a9b55d12db5612c3a534cbbf21a69396cf5caf22b54ed05a35e4325be8d6518f10c81c7ee0b4fda0612ec9a0448dc63299c83e7c9352b038209c1f11c83449e45311d38229bad3d6ad65ab3ea67361723076a66261c03eead4bb35ad432c7becf19f0de87e46b52ecf5e410dbcb3cf6b017e423c983c55de9302db77b26a96bc018119ef0fc2a1f45586248aefbe600f542bb40c79d3be72334f4c715797222b7964e8429da7dbd055feadaa99d1cdfdc93e6656ad4ee259cacd348cee71b9d8ee27031c9ab960615a31cb3425638d9caae48504e3db50db5f46a920b59b21bfc27e66b26886e066a41c0e7d957f756307742eccad1b4832919196dbce393d2b55bfd04ba983452141e099df2456a1ae5bb5b4090691671aaa60ee4dec7dbbb8ab8ed0de0b010430dbc281b71eee3c64d3ebbaa1b4689ae485239c05142fef3d1c8f4a948f2de6bef3b63faa7f1fd2bef4b01cd9ff001fd2a4ed2b1feeb81fa4fa55cc5a86a91453416b94491933bd7ae01c738ad57419608ff1350b25718ca994ee1fa88ab8d3f4f8ec236975684b9cfab1a9907c454d168d1d8ee6bf9256e30a88571efdd4d268ab064add31eb83b40fdd835e9761dc30f40e7cfbd6adfc5779e341bcc54b677b25b452a5accc8c78608483838eb4fa46a93598905abed1c7ad843f038a4d0b5092d5898d5001d5987c38cd4ba0de2daab9961da7ae0927e18a9b4102d377a57874d9f5a5b2d396dd835e61c751bd7afbab7f4e5b345c7b6999bcb9a8bb497d0d94564238f6464e0953bbd625bc0d5c769b549115165544030555411efcb64d1d6efd82a35c1281c314185dd8f02456b575320815659141cf01881c7b056b4c498b91f9c2989e703c2bffc40026110002010302060203000000000000000000010203113121711012132241a104516181b1ffda0008010201013f0081532538390b4761609cdc29ca4b28a737515d9d49421dbe597bb4fed22382a6b4a48a5da89abd2d991834911c70c342593c3d88e0a8b960d8a7792dca6dcb9bf0ec49b562382ad3ea5371bdae47e172b4fa9e882779afb6ce4ba5a8b02e09abad88bc171708a5da2c2dc693f249d886a88a7db7628af62439265392bd88bd169e457f624cb1497709ab7ec4ff00a265b623a31364447fffc4002b1100020201030302040700000000000000010200031104122122415113333132718105102342617282ffda0008010301013f00304720430cb0ed5262dac71c0895abb75761186091e09865fedb44ed2a0dbb76d38c609ec25da7b941764c29865fed37da57100f4b4d357ec37fb865dcd67ed104d2ea77ad3595e50039f399f883b00101e097cc318641136e25145cd5ad8b6840405f265da5215cb5aeec0f73c730c30c1a8d3d5a754360e31f0e65baa0fea6ca9db38c1c604bd48b0e576e79c432b5dd622f96023d75a1bb6a28fa0c4b9802c49fd93526a7643ea0f97ebf9541cdc9b71bb3c4b29b89b37ea18f19e91b63e9aa04e72c76e724c74afa7a17e1e27a0de656ab558aece0012cd53396d94b9caf7e0623b6a58b74a2f4f7393196de3f57b789bbf889628ddb881d3e65daba03375e7a7b4b358a4f0a7e58d7d871d2267fb4b1430c10d0d690f6867fffd9');
INSERT INTO pieces VALUES (168510, 1);
INSERT INTO pieces VALUES (1285458, 1);
INSERT INTO pieces VALUES (2189333, 1);
INSERT INTO pieces VALUES (3518964, 1);
INSERT INTO pieces VALUES (4392867, 1);
INSERT INTO pieces VALUES (5405217, 1);
INSERT INTO pieces VALUES (6540987, 1);
INSERT INTO pieces VALUES (7438423, 1);
INSERT INTO pieces VALUES (8407146, 1);
INSERT INTO pieces VALUES (9542250, 1);
INSERT INTO pieces VALUES (10591221, 1);
INSERT INTO pieces VALUES (11633574, 1);
INSERT INTO pieces VALUES (12680111, 1);
INSERT INTO pieces VALUES (14090337, 1);
INSERT INTO prizes VALUES ('2026-06', 1, 'NN1XB029SM7FEG2M', 500, 1780966800000);
COMMIT;
