-- Logs of others, of which entries were taken in. An entry's values stand once, as the lines of the
-- act of our own that took it in; here is what shows that the other log holds it.

CREATE TABLE foreign_log (
  origin TEXT PRIMARY KEY,
  vkey TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The very bytes that were hashed, and the proof (C2SP tlog-proof) they came with.
CREATE TABLE foreign_entry (
  origin TEXT NOT NULL REFERENCES foreign_log (origin),
  number INTEGER NOT NULL CHECK (number >= 0),
  text TEXT NOT NULL,
  leaf BLOB NOT NULL CHECK (length (leaf) = 32),
  proof TEXT NOT NULL,
  PRIMARY KEY (origin, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE foreign_checkpoint (
  origin TEXT NOT NULL REFERENCES foreign_log (origin),
  size INTEGER NOT NULL CHECK (size > 0),
  note TEXT NOT NULL,
  PRIMARY KEY (origin, size)
) STRICT, WITHOUT ROWID;

-- Projection: by which acts of our own an entry was taken in; more than one where a later bundle
-- gave more of its lines.
CREATE TABLE foreign_take (
  origin TEXT NOT NULL,
  number INTEGER NOT NULL,
  entry INTEGER NOT NULL,
  PRIMARY KEY (origin, number, entry)
) STRICT, WITHOUT ROWID;

-- Projection: the log that a record was made in; NULL for our own.
ALTER TABLE record ADD COLUMN source TEXT;
