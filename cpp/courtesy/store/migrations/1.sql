-- Instants are microseconds since 1970 UTC, days are days since 1970. Names of columns and words of states are those of
-- docs/store.md.

CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value
) WITHOUT ROWID;

-- Channels, zones, kinds, reasons, who did something: codes are never given up.
CREATE TABLE words (
  code INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
);

-- The columns of customers and assets as they were given. The cells of the one with place 3 stand in the column a3.
CREATE TABLE columns (
  tab TEXT NOT NULL,
  name TEXT NOT NULL,
  place INTEGER NOT NULL,
  type TEXT NOT NULL,
  PRIMARY KEY (tab, name)
) WITHOUT ROWID;

-- Ids are whole numbers where they look like one, and else texts: 17 and "17" are one id.
CREATE TABLE customers (
  no INTEGER PRIMARY KEY,
  id NOT NULL UNIQUE
);

CREATE TABLE assets (
  no INTEGER PRIMARY KEY,
  id NOT NULL UNIQUE,
  customer INTEGER NOT NULL
);
CREATE INDEX assets_of_customer ON assets (customer);

-- What happened, by customer; never changed. `seq` counts all events in the order in which they came.
CREATE TABLE events (
  customer INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  id NOT NULL,
  kind INTEGER NOT NULL,
  at TEXT NOT NULL,
  asset,
  value REAL,
  unit TEXT,
  due TEXT,
  ref,
  channel TEXT,
  "by" TEXT,
  note TEXT,
  topic,
  recorded INTEGER NOT NULL,
  PRIMARY KEY (customer, seq)
) WITHOUT ROWID;
CREATE UNIQUE INDEX event_ids ON events (id);

-- Who has changed since a refresh looked at them, and with which number that change was counted.
CREATE TABLE changed (
  customer INTEGER PRIMARY KEY,
  seq INTEGER NOT NULL
);

-- Whom to look at in that hour (since 1970) or after it: numbers of customers, 64 bits each, the lowest byte first.
CREATE TABLE agenda (
  hour INTEGER NOT NULL,
  part INTEGER NOT NULL,
  customers BLOB NOT NULL,
  PRIMARY KEY (hour, part)
) WITHOUT ROWID;

-- Since when each occasion is in force, in the wording that has this fingerprint.
CREATE TABLE activation (
  occasion TEXT PRIMARY KEY,
  fingerprint BLOB NOT NULL,
  since INTEGER NOT NULL
) WITHOUT ROWID;

-- What rows of the outbox share.
CREATE TABLE steps (
  code INTEGER PRIMARY KEY,
  occasion TEXT NOT NULL,
  step TEXT NOT NULL,
  audience TEXT NOT NULL,
  purpose TEXT NOT NULL,
  message TEXT NOT NULL,
  team TEXT NOT NULL,
  late TEXT NOT NULL,
  UNIQUE (occasion, step, audience, purpose, message, team, late)
);

-- What is owed, in the order in which it is claimed: claims read and write rows that lie together.
CREATE TABLE outbox (
  channel INTEGER NOT NULL,
  wake INTEGER NOT NULL,
  key BLOB NOT NULL CHECK (length(key) = 16),
  customer INTEGER NOT NULL,
  customer_id NOT NULL,
  state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 11),
  due INTEGER NOT NULL,
  step INTEGER NOT NULL,
  asset,
  event,
  local INTEGER NOT NULL,
  zone INTEGER NOT NULL,
  priority INTEGER NOT NULL,
  anchor INTEGER NOT NULL,
  expires INTEGER,
  reason INTEGER NOT NULL,
  good_until INTEGER,
  contact BLOB,
  gesture TEXT,
  cost REAL,
  partner TEXT,
  token INTEGER,
  lease INTEGER,
  attempts INTEGER NOT NULL,
  crashes INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  why TEXT,
  PRIMARY KEY (channel, wake, key)
) WITHOUT ROWID;

-- Where the rows of a customer lie in the outbox.
CREATE TABLE owed (
  customer INTEGER NOT NULL,
  key BLOB NOT NULL,
  channel INTEGER NOT NULL,
  wake INTEGER NOT NULL,
  PRIMARY KEY (customer, key)
) WITHOUT ROWID;

-- No row of the channel that can be claimed, or is claimed, lies before it. Many wake at one instant.
CREATE TABLE fronts (
  channel INTEGER PRIMARY KEY,
  wake INTEGER NOT NULL,
  key BLOB NOT NULL
);

-- Every change of state.
CREATE TABLE audit (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  key BLOB NOT NULL,
  customer INTEGER NOT NULL,
  state INTEGER NOT NULL,
  who INTEGER NOT NULL,
  why TEXT
);

-- Keyed hashes of the ids of those who were erased, so that nobody brings them back. The key is made with the file.
CREATE TABLE tombstones (
  hash BLOB PRIMARY KEY
) WITHOUT ROWID;

INSERT INTO settings (name, value) VALUES
  ('tombstone_key', lower(hex(randomblob(32))));
