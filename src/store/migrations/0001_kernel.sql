-- What the record needs whatever it holds: the change log, drafts, what a machine keeps about itself, and the
-- full-text index. None of these tables is itself under the log.

-- One row for each named act. The row is written once, sealed, at the end of its transaction.
CREATE TABLE change_set (
  -- Order in this file.
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  -- The machine that wrote it, and its how-many-eth it is there.
  machine TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number >= 1),
  name TEXT NOT NULL CHECK (name <> ''),
  kind TEXT NOT NULL CHECK (kind IN ('act','final','undo','redo','migration')),
  -- The act an undo takes back, or a redo does again.
  act TEXT REFERENCES change_set (id),
  patient_id TEXT,
  at INTEGER NOT NULL,
  -- SHA-256 over that machine's last hash, this row and its changes.
  previous BLOB NOT NULL CHECK (length(previous) = 32),
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  UNIQUE (machine, number),
  CHECK ((kind IN ('undo','redo')) = (act IS NOT NULL))
) STRICT;
CREATE INDEX change_set_about ON change_set (act, seq) WHERE act IS NOT NULL;
CREATE INDEX change_set_of ON change_set (patient_id, seq) WHERE patient_id IS NOT NULL;
CREATE INDEX change_set_migration ON change_set (seq) WHERE kind = 'migration';

-- One row for each row of a fact written. An insert holds the columns that are not NULL, an update those that changed.
CREATE TABLE change (
  seq INTEGER PRIMARY KEY,
  change_set INTEGER NOT NULL,
  table_name TEXT NOT NULL,
  row_id TEXT NOT NULL,
  op TEXT NOT NULL CHECK (op IN ('insert','update','delete')),
  before TEXT CHECK ((before IS NULL) = (op = 'insert')),
  after TEXT CHECK ((after IS NULL) = (op = 'delete'))
) STRICT;
CREATE INDEX change_in ON change (change_set);
CREATE INDEX change_of ON change (row_id);

CREATE TRIGGER change_set_stays BEFORE UPDATE ON change_set BEGIN SELECT RAISE(ABORT, 'the log only grows'); END;
CREATE TRIGGER change_set_kept BEFORE DELETE ON change_set BEGIN SELECT RAISE(ABORT, 'the log only grows'); END;
CREATE TRIGGER change_stays BEFORE UPDATE ON change BEGIN SELECT RAISE(ABORT, 'the log only grows'); END;
CREATE TRIGGER change_kept BEFORE DELETE ON change BEGIN SELECT RAISE(ABORT, 'the log only grows'); END;

-- One row for each open form, replaced in place.
CREATE TABLE draft (
  form TEXT NOT NULL,
  subject TEXT NOT NULL,
  saved_at INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (form, subject)
) STRICT, WITHOUT ROWID;

-- What a machine keeps about itself.
CREATE TABLE machine (
  key TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Derived from the facts, rebuilt at will. The key begins with the day, so that newest first is the order of the key.
CREATE TABLE search_text (
  id INTEGER PRIMARY KEY,
  record TEXT NOT NULL,
  field TEXT NOT NULL,
  patient TEXT,
  date TEXT,
  text TEXT NOT NULL,
  UNIQUE (record, field)
) STRICT;
CREATE VIRTUAL TABLE search USING fts5 (
  text, content = 'search_text', content_rowid = 'id', tokenize = "unicode61 remove_diacritics 2", prefix = '3'
);
