-- What the record needs whatever it holds: the change log, drafts, what a machine keeps about itself, and the
-- full-text index. None of these tables is itself under the log.

-- The names the log uses, each once: tables and columns of facts, and machines. It says them by number.
CREATE TABLE log_name (
  n INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE CHECK (name <> '')
) STRICT;

-- One row for each named act. The row is written once, sealed, at the end of its transaction. Identities are the 16
-- bytes of their UUID.
CREATE TABLE change_set (
  -- Order in this file.
  seq INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  -- The machine that wrote it, and its how-many-eth it is there.
  machine INTEGER NOT NULL REFERENCES log_name (n),
  number INTEGER NOT NULL CHECK (number >= 1),
  name TEXT NOT NULL CHECK (name <> ''),
  kind TEXT NOT NULL CHECK (kind IN ('act','final','undo','redo','migration')),
  -- The act an undo takes back, or a redo does again.
  act INTEGER REFERENCES change_set (seq),
  patient_id BLOB CHECK (length(patient_id) = 16),
  at INTEGER NOT NULL,
  -- SHA-256 over that machine's last hash, this row and its changes.
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  UNIQUE (machine, number),
  CHECK ((kind IN ('undo','redo')) = (act IS NOT NULL))
) STRICT;
CREATE INDEX change_set_about ON change_set (act, seq) WHERE act IS NOT NULL;
CREATE INDEX change_set_of ON change_set (patient_id, seq) WHERE patient_id IS NOT NULL;
CREATE INDEX change_set_migration ON change_set (seq) WHERE kind = 'migration';

-- One row for each row of a fact written. An insert holds the columns that are not NULL, an update those that changed,
-- as images that the program writes and reads.
CREATE TABLE change (
  -- Its change set times 2^24, and its how-many-eth it is there.
  seq INTEGER PRIMARY KEY,
  change_set INTEGER GENERATED ALWAYS AS (seq >> 24) VIRTUAL,
  in_table INTEGER NOT NULL REFERENCES log_name (n),
  -- The 16 bytes of a UUID; any other identity as text.
  row_id ANY NOT NULL,
  before BLOB,
  after BLOB,
  op TEXT GENERATED ALWAYS AS (iif(before IS NULL, 'insert', iif(after IS NULL, 'delete', 'update'))) VIRTUAL,
  CHECK (before IS NOT NULL OR after IS NOT NULL)
) STRICT;
CREATE INDEX change_of ON change (row_id);

CREATE TRIGGER log_name_stays BEFORE UPDATE ON log_name BEGIN SELECT RAISE(ABORT, 'the log only grows'); END;
CREATE TRIGGER log_name_kept BEFORE DELETE ON log_name BEGIN SELECT RAISE(ABORT, 'the log only grows'); END;
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
-- Identities are short, as in the log.
CREATE TABLE search_text (
  id INTEGER PRIMARY KEY,
  record ANY NOT NULL,
  field TEXT NOT NULL,
  patient BLOB,
  date TEXT,
  text TEXT NOT NULL
) STRICT;
CREATE INDEX search_text_of ON search_text (record);
-- Words are found by their beginnings as they are typed: of these lengths the newest come without looking at the rest.
CREATE VIRTUAL TABLE search USING fts5 (
  text, content = 'search_text', content_rowid = 'id', tokenize = "unicode61 remove_diacritics 2", prefix = '3 4 5 6'
);
-- The newest are read from the end of a list, a whole page of it at once: small pages keep that short however long the list.
INSERT INTO search (search, rank) VALUES ('pgsz', 1000);
