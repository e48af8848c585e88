-- Tests asked for and their results: from requested to done, read and acted on.
CREATE TABLE diagnostic (
  id TEXT PRIMARY KEY,
  patient_id TEXT NOT NULL REFERENCES patient (id),
  -- The visit in which it was asked for or brought.
  visit_id TEXT REFERENCES visit (id),
  kind TEXT NOT NULL CHECK (kind IN ('xray','mri','ct','emg','ultrasound','lab','other')),
  what TEXT NOT NULL CHECK (what <> ''),
  question TEXT NOT NULL,
  requested TEXT CHECK (requested IS date(requested, '+0 days')),
  due TEXT CHECK (due IS date(due, '+0 days')),
  done TEXT CHECK (done IS date(done, '+0 days')),
  report TEXT NOT NULL,
  reading TEXT NOT NULL,
  read_at INTEGER,
  action TEXT NOT NULL,
  acted_at INTEGER,
  -- Why it is followed no longer, decided at the close of a day.
  let_go TEXT,
  -- Which fields were copied forward from the last test, and from when.
  copied TEXT CHECK (copied IS NULL OR json_valid(copied)),
  CHECK ((acted_at IS NULL) = (action = '')),
  CHECK (requested IS NOT NULL OR done IS NOT NULL),
  CHECK (read_at IS NULL OR done IS NOT NULL),
  CHECK (acted_at IS NULL OR read_at IS NOT NULL)
) STRICT;
CREATE INDEX diagnostic_of ON diagnostic (patient_id, coalesce(done, requested));
-- The last test of each kind stands beside the form of the next one.
CREATE INDEX diagnostic_of_kind ON diagnostic (patient_id, kind, coalesce(done, requested), id);
-- What the summary of a visit tells of its day.
CREATE INDEX diagnostic_requested ON diagnostic (patient_id, requested) WHERE requested IS NOT NULL;
CREATE INDEX diagnostic_read ON diagnostic (patient_id, read_at) WHERE read_at IS NOT NULL;
CREATE INDEX diagnostic_visit ON diagnostic (visit_id);
CREATE INDEX diagnostic_open_of ON diagnostic (patient_id) WHERE acted_at IS NULL AND let_go IS NULL;
CREATE INDEX diagnostic_open ON diagnostic (coalesce(done, due)) WHERE acted_at IS NULL AND let_go IS NULL;
CREATE INDEX diagnostic_acted ON diagnostic (acted_at) WHERE acted_at IS NOT NULL;
