-- The register, version 1. The log is entry + disclosure + node + checkpoint + chunk; every other
-- table is a projection that can be thrown away and made again from it, save draft.

CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE entry (
  number INTEGER PRIMARY KEY CHECK (number >= 0),
  text TEXT NOT NULL,
  leaf BLOB NOT NULL CHECK (length (leaf) = 32)
) STRICT;

-- One row a "field" line of the entry, in its order; line is NULL once it was erased.
CREATE TABLE disclosure (
  number INTEGER NOT NULL REFERENCES entry (number),
  position INTEGER NOT NULL CHECK (position >= 0),
  line TEXT,
  PRIMARY KEY (number, position)
) STRICT, WITHOUT ROWID;

-- Hashes of complete subtrees (RFC 6962): level 0 are the leaves.
CREATE TABLE node (
  level INTEGER NOT NULL,
  place INTEGER NOT NULL,
  hash BLOB NOT NULL CHECK (length (hash) = 32),
  PRIMARY KEY (level, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE checkpoint (
  size INTEGER PRIMARY KEY CHECK (size > 0),
  note TEXT NOT NULL
) STRICT;

-- Contents of evidence, in pieces of 1 MiB; their SHA-256 is a field of the evidence record.
CREATE TABLE chunk (
  record TEXT NOT NULL,
  place INTEGER NOT NULL CHECK (place >= 0),
  bytes BLOB NOT NULL,
  PRIMARY KEY (record, place)
) STRICT, WITHOUT ROWID;

-- Projections from here.

CREATE TABLE act (
  number INTEGER PRIMARY KEY,
  time INTEGER NOT NULL,
  author TEXT NOT NULL,
  event TEXT NOT NULL,
  type TEXT NOT NULL,
  record TEXT NOT NULL,
  case_id TEXT
) STRICT;
CREATE INDEX act_case ON act (case_id, number) WHERE case_id IS NOT NULL;
CREATE INDEX act_record ON act (record, number);
CREATE INDEX act_rare ON act (event, number) WHERE event NOT IN ('created', 'changed', 'consulted');

CREATE TABLE user (
  fingerprint TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  public_key TEXT NOT NULL,
  recipient TEXT NOT NULL,
  added INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- doc: {"field": {"entry": 42, "value": …}}; identities and sealed values stand apart.
CREATE TABLE record (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL,
  case_id TEXT NOT NULL,
  reference TEXT NOT NULL UNIQUE,
  series TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  first_entry INTEGER NOT NULL,
  last_entry INTEGER NOT NULL,
  created INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  author TEXT NOT NULL,
  doc TEXT NOT NULL,
  UNIQUE (series, ordinal)
) STRICT;
CREATE INDEX record_case ON record (case_id, first_entry);
CREATE INDEX record_type ON record (type, first_entry);
-- Records that stand by themselves are listed by type.
CREATE INDEX record_standing ON record (type, first_entry) WHERE case_id = id AND type <> 'case';

CREATE TABLE identity (
  id TEXT PRIMARY KEY,
  doc TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What the list of cases shows and sorts by; one narrow row a case. next: the earlier of law (what
-- binds by law) and target (what the body set itself), so that neither hides the other.
CREATE TABLE case_row (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  reference TEXT NOT NULL,
  title TEXT,
  status TEXT NOT NULL,
  status_rank INTEGER NOT NULL,
  urgency TEXT,
  urgency_rank INTEGER NOT NULL,
  site TEXT,
  received TEXT NOT NULL,
  allegations INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  next_end INTEGER NOT NULL,
  next_rule TEXT,
  law_end INTEGER,
  law_rule TEXT,
  target_end INTEGER,
  target_rule TEXT
) STRICT;
-- One index an order, and one an order within a status: a page is read, never the table.
CREATE INDEX case_row_reference ON case_row (reference, key);
CREATE INDEX case_row_received ON case_row (received, key);
CREATE INDEX case_row_changed ON case_row (changed, key);
CREATE INDEX case_row_next ON case_row (next_end, key);
CREATE INDEX case_row_law ON case_row (ifnull (law_end, 9223372036854775807), key);
CREATE INDEX case_row_target ON case_row (ifnull (target_end, 9223372036854775807), key);
CREATE INDEX case_row_urgency ON case_row (urgency_rank, key);
CREATE INDEX case_row_status ON case_row (status_rank, key);
CREATE INDEX case_row_status_status ON case_row (status, status_rank, key);
CREATE INDEX case_row_status_reference ON case_row (status, reference, key);
CREATE INDEX case_row_status_received ON case_row (status, received, key);
CREATE INDEX case_row_status_changed ON case_row (status, changed, key);
CREATE INDEX case_row_status_next ON case_row (status, next_end, key);
CREATE INDEX case_row_status_law
  ON case_row (status, ifnull (law_end, 9223372036854775807), key);
CREATE INDEX case_row_status_target
  ON case_row (status, ifnull (target_end, 9223372036854775807), key);
CREATE INDEX case_row_status_urgency ON case_row (status, urgency_rank, key);

-- What a case can be picked out by: its status and holder, and the codes of its allegations and
-- periods. code is '' where nobody holds the case.
CREATE TABLE case_code (
  field TEXT NOT NULL,
  code TEXT NOT NULL,
  case_key INTEGER NOT NULL REFERENCES case_row (key),
  PRIMARY KEY (field, code, case_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_code_case ON case_code (case_key);

-- clock: the deadline as the act that started it logged it; ends is NULL for an open one.
CREATE TABLE deadline (
  key INTEGER PRIMARY KEY,
  record TEXT NOT NULL,
  case_id TEXT NOT NULL,
  entry INTEGER NOT NULL,
  rule TEXT NOT NULL,
  family TEXT NOT NULL,
  clock TEXT NOT NULL,
  ends INTEGER,
  running INTEGER NOT NULL CHECK (running IN (0, 1)),
  state TEXT NOT NULL,
  met TEXT
) STRICT;
CREATE INDEX deadline_running ON deadline (running, ends);
-- What stands still has no end; few do.
CREATE INDEX deadline_paused ON deadline (key)
  WHERE running = 1 AND ends IS NULL AND instr (clock, '"paused"') > 0;
CREATE INDEX deadline_case ON deadline (case_id);
CREATE INDEX deadline_record ON deadline (record, family);
CREATE INDEX deadline_rule ON deadline (rule) WHERE state <> 'superseded';

-- Records whose settings change how clocks are counted: few, and looked up by type.
CREATE INDEX record_setting ON record (type, first_entry)
  WHERE type IN ('body', 'holiday', 'target');

-- Which record points at which by which of its fields.
CREATE TABLE link (
  source TEXT NOT NULL,
  field TEXT NOT NULL,
  target TEXT NOT NULL,
  PRIMARY KEY (source, field, target)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_target ON link (target, source, field);

-- Where and between which days an allegation happened: the same event told twice is found by it.
CREATE TABLE occurrence (
  record TEXT PRIMARY KEY,
  site TEXT NOT NULL,
  first TEXT NOT NULL,
  last TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX occurrence_site ON occurrence (site, first, last);

-- rowid is record.key. Names and sealed values are never in here.
CREATE VIRTUAL TABLE search USING fts5 (
  text,
  tokenize = 'unicode61 remove_diacritics 2',
  prefix = '2 3'
);
INSERT INTO search (search, rank) VALUES ('secure-delete', 1);

-- Figures. Texts that facts are told in (dimensions and codes), by a number that keeps them narrow.
CREATE TABLE figure_name (
  key INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

-- What is counted of a record, from which entry on and up to which; day is that of its period, in
-- days since 1970. For a duration code is the number of days itself.
CREATE TABLE fact (
  unit INTEGER NOT NULL REFERENCES record (key),
  dimension INTEGER NOT NULL,
  code INTEGER NOT NULL,
  since INTEGER NOT NULL,
  until INTEGER,
  day INTEGER NOT NULL,
  case_key INTEGER NOT NULL,
  PRIMARY KEY (unit, dimension, code, since)
) STRICT, WITHOUT ROWID;
CREATE INDEX fact_period ON fact (dimension, day, unit, code, case_key, since, until);
-- What came and went on one day, for figures as of the middle of it. They grow at their end only.
CREATE INDEX fact_since ON fact (since, dimension, code, day);
CREATE INDEX fact_until ON fact (until, dimension, code, day) WHERE until IS NOT NULL;

-- The same added up: how many came in (or went out) by what was logged on one day.
CREATE TABLE tally (
  dimension INTEGER NOT NULL,
  month INTEGER NOT NULL,
  code INTEGER NOT NULL,
  logged INTEGER NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (dimension, month, code, logged)
) STRICT, WITHOUT ROWID;

-- What could not be projected is kept in the log and reported.
CREATE TABLE set_aside (
  entry INTEGER PRIMARY KEY,
  reason TEXT NOT NULL
) STRICT;

-- What a form holds before it is saved. Not part of the log.
CREATE TABLE draft (
  user TEXT NOT NULL,
  key TEXT NOT NULL,
  content TEXT NOT NULL,
  changed INTEGER NOT NULL,
  PRIMARY KEY (user, key)
) STRICT, WITHOUT ROWID;
